"""A record's form: saves by itself, keeps drafts, says what is wrong in place."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.forms import buttons, drafts, form_of, notice, paper_form, stored
from tests.support.journal_rows import batches, new_paper
from tests.support.typing import (
    commit,
    compose,
    go_into,
    leave_field,
    text_of,
    type_into,
)
from tests.support.waiting import wait
from ui import style
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.forms.rows import RowsEditor
from xuncha_desktop.model import fields
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import conflicts, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def store(context: Context) -> Store:
    """The store the context works on."""
    return context.store


def test_each_field_left_is_one_step_of_undo(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    before = len(batches(context.store))
    for name, text in (("overview", "概述"), ("place", "财政所"), ("amount", "12.5")):
        type_into(form, name, text)
        leave_field(form)
    assert [batch.label for batch in batches(context.store)[before:]] == [
        "修改问题概述",
        "修改问题发生单位",
        "修改涉及金额（万元）",
    ]
    undo.undo(context.store)
    assert (text_of(form, "amount"), text_of(form, "place")) == ("", "财政所")
    undo.undo(context.store)
    assert (stored(context, form)["place"], text_of(form, "place")) == ("", "")
    undo.redo(context.store)
    assert text_of(form, "place") == "财政所"


def test_a_field_left_as_it_was_writes_nothing(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, overview="概述", amount=1_286_400_000)
    before = len(batches(context.store))
    for name in ("title", "overview", "amount"):
        go_into(form, name)
        leave_field(form)
    line = type_into(form, "place", "财政所")
    assert isinstance(line, QLineEdit)
    line.clear()
    line.textEdited.emit("")
    leave_field(form)
    form.leave()
    assert len(batches(context.store)) == before
    assert drafts(context, form) == {}


def test_typing_is_on_disk_within_two_seconds(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    type_into(form, "overview", "还没离开这一栏")
    qtbot.waitUntil(lambda: drafts(context, form) == {"overview": "还没离开这一栏"}, timeout=2000)
    assert stored(context, form)["overview"] == ""
    leave_field(form)
    assert stored(context, form)["overview"] == "还没离开这一栏"
    assert drafts(context, form) == {}


def crashed(context: Context, qtbot: QtBot, name: str, text: str, **values: Any) -> RecordForm:
    """A form over a record whose field was being typed in when the program died."""
    first = paper_form(context, qtbot, **values)
    record = first.record
    type_into(first, name, text)
    first._drafts.write()
    context.flush_drafts()
    first.blockSignals(True)
    context.bus.changed.disconnect(first._on_news)
    first.boxes[name].editor.blockSignals(True)
    return form_of(context, qtbot, "paper", record)


def test_what_a_crash_left_is_offered_in_its_field_and_can_be_kept(context: Context, qtbot: QtBot) -> None:
    form = crashed(context, qtbot, "overview", "没来得及存")
    assert text_of(form, "overview") == "没来得及存"
    assert {"保留", "丢弃"} <= buttons(form, "overview").keys()
    assert stored(context, form)["overview"] == ""
    buttons(form, "overview")["保留"].click()
    assert stored(context, form)["overview"] == "没来得及存"
    assert not {"保留", "丢弃"} & buttons(form, "overview").keys()
    assert drafts(context, form) == {}


def test_what_a_crash_left_can_be_thrown_away(context: Context, qtbot: QtBot) -> None:
    form = crashed(context, qtbot, "amount", "12.5", amount=1_000_000)
    assert text_of(form, "amount") == "1.0012.5"
    buttons(form, "amount")["丢弃"].click()
    assert text_of(form, "amount") == "1.00"
    assert drafts(context, form) == {}
    type_into(form, "amount", "5")
    leave_field(form)
    assert stored(context, form)["amount"] == 1_005_000
    assert conflicts.of_record(context.store, "paper", form.record) == []


def test_a_draft_equal_to_what_was_saved_is_not_offered(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, amount=12_500_000)
    context.drafts.put("paper", form.record, "amount", "12.5", {})
    context.drafts.put("paper", form.record, "sources", [], {})
    form.load(form.record)
    assert not {"保留", "丢弃"} & (buttons(form, "amount").keys() | buttons(form, "sources").keys())
    assert drafts(context, form) == {}


def test_the_offer_of_a_draft_does_not_follow_to_another_record(context: Context, qtbot: QtBot) -> None:
    form = crashed(context, qtbot, "overview", "没来得及存")
    form.load(new_paper(context.store))
    assert not {"保留", "丢弃"} & buttons(form, "overview").keys()
    assert text_of(form, "overview") == ""


def test_a_draft_older_than_the_record_becomes_a_conflict_and_other_fields_do_not(
    context: Context, qtbot: QtBot
) -> None:
    first = paper_form(context, qtbot)
    record = first.record
    type_into(first, "overview", "崩溃前写的")
    first._drafts.write()
    context.flush_drafts()
    context.bus.changed.disconnect(first._on_news)
    first.boxes["overview"].editor.blockSignals(True)
    records.edit(context.store, "paper", record, {"overview": "后来别处写的", "place": "后来的单位"})
    form = form_of(context, qtbot, "paper", record)
    type_into(form, "place", "，再补充")
    leave_field(form)
    assert conflicts.of_record(context.store, "paper", record) == []
    buttons(form, "overview")["保留"].click()
    [conflict] = conflicts.of_record(context.store, "paper", record)
    assert {version.value for version in conflict.versions} == {"崩溃前写的", "后来别处写的"}


def test_what_was_taken_out_of_pasted_text_is_said_below_the_field(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    widget = go_into(form, "overview")
    QApplication.clipboard().setText("甲\x01乙\x02丙")
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    told = "粘贴的文字里有 2 个不能保存的字符，已去掉：U+0001、U+0002。"

    def shown() -> list[str]:
        QApplication.processEvents()
        return [label.text() for label in form.boxes["overview"].findChildren(QLabel) if label.isVisible()]

    assert told in shown()
    leave_field(form)
    assert stored(context, form)["overview"] == "甲乙丙"
    assert told in shown()
    form.load(new_paper(context.store))
    assert told not in shown()


def test_a_new_record_is_only_a_draft_until_a_field_with_something_in_it_is_left(
    context: Context, qtbot: QtBot
) -> None:
    form = form_of(context, qtbot)
    form.begin({"inspection": context.inspection})
    before = len(batches(context.store))
    go_into(form, "title")
    leave_field(form)
    assert form.is_new
    type_into(form, "title", "办公用房出租未公开竞价")
    qtbot.waitUntil(lambda: drafts(context, form) == {"title": "办公用房出租未公开竞价"}, timeout=2000)
    assert len(batches(context.store)) == before
    leave_field(form)
    assert not form.is_new
    assert len(batches(context.store)) == before + 1
    assert stored(context, form)["title"] == "办公用房出租未公开竞价"
    assert drafts(context, form) == {}


def test_a_new_record_left_empty_never_was(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot)
    form.begin({"inspection": context.inspection})
    record, before = form.record, len(batches(context.store))
    form.load(new_paper(context.store))
    assert len(batches(context.store)) == before + 1
    assert records.options(context.store, "paper").keys() == {form.record}
    assert record != form.record


def test_an_error_stands_under_its_field_and_costs_no_typing(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    type_into(form, "amount", "约十二万")
    leave_field(form)
    assert "应为金额，如 12.5 或 125000元" in notice(form, "amount")
    assert text_of(form, "amount") == "约十二万"
    type_into(form, "overview", "照样能存")
    leave_field(form)
    assert stored(context, form)["overview"] == "照样能存"
    assert text_of(form, "amount") == "约十二万"
    record = form.record
    form.load(new_paper(context.store))
    form.load(record)
    assert text_of(form, "amount") == "约十二万"
    line = go_into(form, "amount")
    assert isinstance(line, QLineEdit)
    line.selectAll()
    commit(line, "12万")
    leave_field(form)
    assert notice(form, "amount") == ""
    assert stored(context, form)["amount"] == 12_000_000


def test_a_locked_form_takes_no_typing_and_shows_everything(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, overview="概述", amount=12_500_000)
    form.set_read_only(True)
    for name in ("title", "overview", "amount", "period_from", "people"):
        before = text_of(form, name)
        QTest.keyClicks(go_into(form, name), "99")
        assert text_of(form, name) == before
    for name in ("problem_type", "level", "quick_fix"):
        assert not form.boxes[name].editor.isEnabled()
    form.leave()
    assert stored(context, form)["overview"] == "概述"
    form.set_read_only(False)
    type_into(form, "overview", "改")
    assert text_of(form, "overview") == "概述改"


def test_asking_for_a_field_not_yet_made_brings_it_into_view(context: Context, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(QLineEdit())
    window.resize(700, 400)
    window.show()
    QTest.qWaitForWindowActive(window)
    form = RecordForm(context, "paper")
    layout.addWidget(form)
    form.load(new_paper(context.store))
    form.show()
    form.focus("note")
    widget = form.boxes["note"].editor.focus_widget()
    scroll = form.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)

    def in_view() -> bool:
        top = widget.mapTo(scroll.viewport(), QPoint(0, 0)).y()
        return widget.hasFocus() and 0 <= top < scroll.viewport().height() - widget.height()

    qtbot.waitUntil(in_view)


def test_the_line_being_written_stays_in_view_where_the_form_is_low(context: Context, qtbot: QtBot) -> None:
    form = RecordForm(context, "paper")
    qtbot.addWidget(form)
    form.resize(700, 300)
    form.finish()
    form.show()
    form.load(new_paper(context.store))
    widget = go_into(form, "overview")
    for _ in range(15):
        commit(widget, "一段\n")
    scroll = form.findChild(QScrollArea)
    editor: Any = widget
    assert isinstance(scroll, QScrollArea)

    def in_view() -> bool:
        line = editor.cursorRect()
        bottom = editor.viewport().mapTo(scroll.viewport(), line.bottomLeft()).y()
        return 0 < bottom <= scroll.viewport().height()

    qtbot.waitUntil(in_view)


def test_a_record_deleted_elsewhere_is_told(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    with qtbot.waitSignal(form.gone):
        records.delete(context.store, "paper", [form.record])


def in_the_first_party(form: RecordForm) -> tuple[RowsEditor, Any]:
    """The rows, and the line of the first one's name with the cursor in it."""
    editor = form.boxes["parties"].editor
    assert isinstance(editor, RowsEditor)
    line: Any = editor._rows[0][1][1].focus_widget()
    line.setFocus()
    return editor, line


def test_a_row_being_begun_stays_while_another_row_is_saved(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": "甲", "note": ""}])
    editor, name = in_the_first_party(form)
    commit(name, "所")
    editor.add.click()
    assert stored(context, form)["parties"][0]["name"] == "甲所"
    assert len(editor._rows) == 2
    new: Any = editor._rows[1][1][1].focus_widget()
    new.setFocus()
    commit(new, "乙所")
    leave_field(form)
    assert [row["name"] for row in stored(context, form)["parties"]] == ["甲所", "乙所"]


def test_the_rows_of_another_record_take_the_editors_there_are_and_nothing_else_of_the_first(
    context: Context, qtbot: QtBot
) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": name, "note": name} for name in "甲乙丙"])
    other = records.create(
        context.store, "paper", {"inspection": context.inspection, "parties": [{"kind": "", "name": "丁", "note": ""}]}
    )
    editor = form.boxes["parties"].editor
    assert isinstance(editor, RowsEditor)
    first = editor._rows[0][1]
    form.load(other)
    assert [row["name"] for row in editor.value()] == ["丁"]
    assert editor.value() == stored(context, form)["parties"]
    assert editor._rows[0][1] is first
    name: Any = first[1].focus_widget()
    name.setFocus()
    commit(name, "某")
    leave_field(form)
    assert [row["name"] for row in stored(context, form)["parties"]] == ["丁某"]
    editor._removers[0].click()
    assert stored(context, form)["parties"] == ()


def test_a_row_somebody_is_in_becomes_no_other_row(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": "甲", "note": ""}])
    [row] = stored(context, form)["parties"]
    editor, line = in_the_first_party(form)
    above = {"id": new_id(), "kind": "", "name": "先到的", "note": ""}
    records.edit(context.store, "paper", form.record, {"parties": [above, row]})
    assert [name.value() for _, (_, name, *_) in editor._rows] == ["先到的", "甲"]
    assert line.text() == "甲", "what is typed next would go to somebody else"
    assert not editor._rows[0][1][1].isAncestorOf(line)


def test_news_in_a_row_being_typed_in_costs_no_keystroke(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": "甲", "note": ""}])
    [row] = stored(context, form)["parties"]
    _, line = in_the_first_party(form)
    compose(line, "suo")
    records.edit(context.store, "paper", form.record, {"parties": [{**row, "note": "别处写的"}]})
    commit(line, "所")
    assert line.text() == "甲所"
    leave_field(form)
    assert stored(context, form)["parties"][0]["name"] == "甲所"


def test_clearing_the_form_leaves_nothing_of_the_record_on_the_screen(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, overview="概述", amount=12_500_000)
    form.clear()
    assert not form.isEnabled()
    assert (text_of(form, "overview"), text_of(form, "amount"), text_of(form, "title")) == ("", "", "")


def test_the_history_of_a_field_opens_from_its_clock(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, overview="先")
    type_into(form, "overview", "后")
    leave_field(form)
    form.boxes["overview"].history_asked.emit()
    popup: Any = next(w for w in form.findChildren(QWidget, "popup") if w.isVisible())
    texts = " ".join(label.text() for label in popup.findChildren(QLabel))
    assert "问题概述：修改经过" in texts
    assert "甲虚构" in texts
    qtbot.waitUntil(lambda: popup.text.toPlainText() == "先后")
    popup.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: popup.text.toPlainText() == "先")
    popup.close()


def history_shown(form: RecordForm) -> str:
    """What the open popup says; it is closed again."""
    popup: Any = next(w for w in form.findChildren(QWidget, "popup") if w.isVisible())
    words = "\n".join(label.text() for label in popup.findChildren(QLabel))
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    return words


@pytest.mark.parametrize("name", ["overview", "place", "level", "quick_fix"])
def test_ctrl_h_opens_the_history_of_the_field_with_the_cursor(context: Context, qtbot: QtBot, name: str) -> None:
    form = paper_form(context, qtbot, overview="概述", place="财政所", level="own", quick_fix=True)
    form.focus(name)
    widget = form.boxes[name].editor.focus_widget()
    if name in ("overview", "place"):
        commit(widget, "写着")
    before = form.values()
    QTest.keyClick(widget, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    words = history_shown(form)
    assert words.startswith(f"{fields('paper')[name].label}：修改经过")
    assert "甲虚构" in words
    assert form.values() == before
    assert widget.hasFocus()
    assert "Ctrl+H" in form.boxes[name].history_button.toolTip()


@pytest.mark.parametrize("size", [14, 18])
def test_nothing_moves_when_the_pointer_brings_out_the_clock(
    qapp: QApplication, context: Context, qtbot: QtBot, size: int
) -> None:
    style.apply(qapp, "light", size)
    form = paper_form(context, qtbot, overview="概述")
    for box in form.boxes.values():
        before = [widget.geometry() for widget in (box, box.editor)]
        QApplication.sendEvent(box, QEnterEvent(QPointF(), QPointF(), QPointF()))
        wait(1)
        assert [widget.geometry() for widget in (box, box.editor)] == before, box.editor.field.label
        assert not box.editor.field.stored or box.history_button.isVisible()
        QApplication.sendEvent(box, QEvent(QEvent.Type.Leave))


def test_ctrl_h_in_a_row_opens_the_history_of_its_cell(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": "甲", "note": ""}])
    editor = form.boxes["parties"].editor
    assert isinstance(editor, RowsEditor)
    line: Any = editor._rows[0][1][1].focus_widget()
    line.setFocus()
    commit(line, "所")
    leave_field(form)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    words = history_shown(form)
    assert words.startswith("责任主体：修改经过")
    assert words.index("甲所") < words.rindex("甲")


def test_a_record_that_does_not_exist_yet_has_no_history(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot)
    form.begin({"inspection": context.inspection})
    QTest.keyClick(go_into(form, "title"), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert not [w for w in form.findChildren(QWidget, "popup") if w.isVisible()]


def test_a_form_asked_to_edit_its_record_puts_the_cursor_into_its_first_field(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, title="题")
    go_into(form, "note")
    context.edit_asked.emit("paper", "another")
    assert form.boxes["note"].editor.focus_widget().hasFocus()
    context.edit_asked.emit("paper", form.record)
    title = form.boxes["title"].editor.focus_widget()
    assert isinstance(title, QLineEdit)
    assert title.hasFocus()
    assert title.cursorPosition() == 1
