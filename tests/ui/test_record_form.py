"""A record's form: saves by itself, keeps drafts, never overwrites what somebody is typing."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import batches, new_paper
from tests.support.typing import (
    another_writer,
    commit,
    compose,
    go_into,
    leave_field,
    made,
    text_of,
    type_beside,
    type_into,
)
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.forms.rows import RowsEditor
from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.model.base import Row
from xuncha_desktop.services import conflicts, history, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

TYPED = {Kind.TEXT: "写", Kind.LONGTEXT: "写", Kind.INT: "7", Kind.MONEY: "7.25", Kind.DATE: "2031-03-07"}
NEWS = {Kind.TEXT: "他处", Kind.LONGTEXT: "他处", Kind.INT: 4, Kind.MONEY: 4_000_000, Kind.DATE: "2031-02-04"}
WITHOUT_FORM = {"link", "replica", "export_record"}


def _text_fields() -> list[tuple[str, str]]:
    """One field of each kind that is typed into, of every entity that has a form."""
    found: list[tuple[str, str]] = []
    for entity, cls in entities().items():
        if issubclass(cls, Row) or entity in WITHOUT_FORM:
            continue
        kinds: dict[Kind, str] = {}
        for described in fields(entity).values():
            if described.kind in TYPED:
                kinds.setdefault(described.kind, described.name)
        found += [(entity, name) for name in kinds.values()]
    return found


every_text = pytest.mark.parametrize(("entity", "name"), _text_fields())


@pytest.fixture
def store(context: Context) -> Store:
    """The store the context works on."""
    return context.store


def form_of(context: Context, qtbot: QtBot, entity: str = "paper", record: str = "") -> RecordForm:
    """A form on the screen showing a record."""
    form = RecordForm(context, entity)
    qtbot.addWidget(form)
    made(form)
    if record:
        form.load(record)
    return form


def paper_form(context: Context, qtbot: QtBot, **values: Any) -> RecordForm:
    """A form showing a new paper."""
    return form_of(context, qtbot, "paper", new_paper(context.store, **values))


def field_form(context: Context, qtbot: QtBot, entity: str, name: str) -> RecordForm:
    """A form of one field alone, showing an empty record."""
    form = RecordForm(context, entity, leave_out=frozenset(fields(entity)) - {name})
    qtbot.addWidget(form)
    made(form).load(records.create(context.store, entity, {}))
    return form


def stored(context: Context, form: RecordForm) -> dict[str, Any]:
    """The record as the case has it."""
    return records.load(context.store, form.entity, form.record).values


def notice(form: RecordForm, name: str) -> str:
    """The sentence under a field."""
    return form.boxes[name].notice.text()


def buttons(form: RecordForm, name: str) -> dict[str, QToolButton]:
    """The buttons a field offers in place, by their words; the last of each."""
    QApplication.processEvents()  # layouts show what was put into them
    return {b.text(): b for b in form.boxes[name].findChildren(QToolButton) if b.text() and b.isVisible()}


def drafts(context: Context, form: RecordForm) -> dict[str, Any]:
    """What lies on disk for the record."""
    context.flush_drafts()
    return {draft.field: draft.value for draft in context.drafts.of(form.entity, form.record)}


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
    first._write_drafts()
    context.flush_drafts()
    first.blockSignals(True)
    context.bus.changed.disconnect(first._on_news)
    first.boxes[name].editor.blockSignals(True)
    return form_of(context, qtbot, "paper", record)


def test_what_a_crash_left_is_offered_in_its_field_and_can_be_kept(context: Context, qtbot: QtBot) -> None:
    form = crashed(context, qtbot, "overview", "没来得及存")
    assert text_of(form, "overview") == "没来得及存"
    assert {"恢复", "丢弃"} <= buttons(form, "overview").keys()
    assert stored(context, form)["overview"] == ""
    buttons(form, "overview")["恢复"].click()
    assert stored(context, form)["overview"] == "没来得及存"
    assert not {"恢复", "丢弃"} & buttons(form, "overview").keys()
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
    assert not {"恢复", "丢弃"} & (buttons(form, "amount").keys() | buttons(form, "sources").keys())
    assert drafts(context, form) == {}


def test_the_offer_of_a_draft_does_not_follow_to_another_record(context: Context, qtbot: QtBot) -> None:
    form = crashed(context, qtbot, "overview", "没来得及存")
    form.load(new_paper(context.store))
    assert not {"恢复", "丢弃"} & buttons(form, "overview").keys()
    assert text_of(form, "overview") == ""


def test_a_draft_older_than_the_record_becomes_a_conflict_and_other_fields_do_not(
    context: Context, qtbot: QtBot
) -> None:
    first = paper_form(context, qtbot)
    record = first.record
    type_into(first, "overview", "崩溃前写的")
    first._write_drafts()
    context.flush_drafts()
    context.bus.changed.disconnect(first._on_news)
    first.boxes["overview"].editor.blockSignals(True)
    records.edit(context.store, "paper", record, {"overview": "后来别处写的", "place": "后来的单位"})
    form = form_of(context, qtbot, "paper", record)
    type_into(form, "place", "，再补充")
    leave_field(form)
    assert conflicts.of_record(context.store, "paper", record) == []
    buttons(form, "overview")["恢复"].click()
    [conflict] = conflicts.of_record(context.store, "paper", record)
    assert {version.value for version in conflict.versions} == {"崩溃前写的", "后来别处写的"}


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


def in_conflict(first: RecordForm, second: RecordForm, name: str, one: str, other: str) -> None:
    """Two windows that change a field without seeing each other."""
    type_beside(first, name, one)
    type_beside(second, name, other)
    first.leave()
    second.leave()


def test_two_windows_on_one_record_keep_both_versions_until_somebody_decides(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot, overview="原")
    second = form_of(context, qtbot, "paper", first.record)
    type_beside(first, "overview", "，甲写的")
    type_beside(second, "overview", "，乙写的")
    first.leave()
    assert text_of(second, "overview") == "原，乙写的"
    assert "他处已改" in notice(second, "overview")
    second.leave()
    [conflict] = conflicts.of_record(context.store, "paper", first.record)
    assert {version.value for version in conflict.versions} == {"原，甲写的", "原，乙写的"}
    QApplication.processEvents()
    for form in (first, second):
        shown = " ".join(label.text() for label in form.boxes["overview"].findChildren(QLabel) if label.isVisible())
        assert "原，甲写的" in shown
        assert "原，乙写的" in shown
        assert {"用这一版", "以上面文字为准"} <= buttons(form, "overview").keys()
    use = [b for b in second.boxes["overview"].findChildren(QToolButton) if b.text() == "用这一版" and b.isVisible()]
    wanted = conflict.versions[1].value
    use[1].click()
    assert conflicts.count(context.store) == 0
    for form in (first, second):
        assert text_of(form, "overview") == wanted
        assert "用这一版" not in buttons(form, "overview")
    values = {event.value for event in history.of_field(context.store, "paper", first.record, "overview")}
    assert {"原，甲写的", "原，乙写的"} <= values


def test_a_conflict_can_be_settled_with_words_of_one_s_own(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot, overview="原")
    second = form_of(context, qtbot, "paper", first.record)
    in_conflict(first, second, "overview", "甲", "乙")
    type_beside(second, "overview", "，合并")
    typed = text_of(second, "overview")
    buttons(second, "overview")["以上面文字为准"].click()
    assert conflicts.count(context.store) == 0
    assert stored(context, second)["overview"] == typed
    second.leave()
    assert conflicts.count(context.store) == 0


def test_choosing_a_version_gives_up_what_was_typed_over_the_conflict(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot, overview="原")
    second = form_of(context, qtbot, "paper", first.record)
    in_conflict(first, second, "overview", "甲", "乙")
    type_beside(second, "overview", "？")
    use = next(b for b in second.boxes["overview"].findChildren(QToolButton) if b.text() == "用这一版")
    use.click()
    second.leave()
    assert conflicts.count(context.store) == 0
    assert stored(context, second)["overview"] == text_of(second, "overview")
    assert "？" not in text_of(second, "overview")


def test_a_conflict_cannot_be_settled_with_what_cannot_be_read(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot)
    second = form_of(context, qtbot, "paper", first.record)
    in_conflict(first, second, "amount", "1", "2")
    type_beside(second, "amount", "多")
    buttons(second, "amount")["以上面文字为准"].click()
    assert "应为金额" in notice(second, "amount")
    assert conflicts.count(context.store) == 1


def test_going_back_to_what_the_field_said_before_makes_no_conflict(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, place="财政所")
    line = type_into(form, "place", "？")
    records.edit(context.store, "paper", form.record, {"place": "农业中心"})
    assert isinstance(line, QLineEdit)
    line.backspace()
    line.textEdited.emit(line.text())
    leave_field(form)
    assert conflicts.count(context.store) == 0
    assert (text_of(form, "place"), notice(form, "place")) == ("农业中心", "")
    type_into(form, "place", "（村）")
    leave_field(form)
    assert conflicts.count(context.store) == 0
    assert stored(context, form)["place"] == "农业中心（村）"


@every_text
def test_news_never_overwrites_typing_and_both_versions_stay(
    context: Context, qtbot: QtBot, entity: str, name: str
) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    type_into(form, name, TYPED[kind])
    records.edit(context.store, entity, record, {name: NEWS[kind]})
    assert text_of(form, name) == TYPED[kind]
    assert "他处已改" in notice(form, name)
    leave_field(form)
    [conflict] = conflicts.of_record(context.store, entity, record)
    assert NEWS[kind] in {version.value for version in conflict.versions}
    assert len({repr(version.value) for version in conflict.versions}) == 2
    assert "用这一版" in buttons(form, name)


@every_text
def test_news_during_a_composed_word_costs_no_keystroke(context: Context, qtbot: QtBot, entity: str, name: str) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    widget = go_into(form, name)
    compose(widget, "xie")
    records.edit(context.store, entity, record, {name: NEWS[kind]})
    assert text_of(form, name) == ""
    assert form.boxes[name].editor.composing
    before = len(batches(context.store))
    compose(widget, "xiez")
    assert len(batches(context.store)) == before
    commit(widget, TYPED[kind])
    assert text_of(form, name) == TYPED[kind]
    leave_field(form)
    versions = {repr(v.value) for c in conflicts.of_record(context.store, entity, record) for v in c.versions}
    assert repr(NEWS[kind]) in versions
    assert len(versions) == 2


@every_text
def test_news_is_shown_once_a_composed_word_is_given_up(context: Context, qtbot: QtBot, entity: str, name: str) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    widget = go_into(form, name)
    compose(widget, "xie")
    records.edit(context.store, entity, record, {name: NEWS[kind]})
    compose(widget, "")
    assert form.boxes[name].editor.value() == NEWS[kind]
    assert notice(form, name) == ""
    leave_field(form)
    assert conflicts.count(context.store) == 0


@every_text
def test_a_field_left_in_the_middle_of_a_word_keeps_the_word(
    context: Context, qtbot: QtBot, entity: str, name: str
) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    widget = go_into(form, name)
    compose(widget, TYPED[kind])
    leave_field(form)
    assert stored(context, form)[name] == form.boxes[name].editor.value() != fields(entity)[name].empty


@every_text
def test_a_busy_case_keeps_the_text_and_takes_it_when_it_is_free(
    context: Context, qtbot: QtBot, entity: str, name: str
) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    waits: list[bool] = []
    context.locked_out.connect(waits.append)
    kind = fields(entity)[name].kind
    with another_writer(context.store):
        type_into(form, name, TYPED[kind])
        leave_field(form)
        assert waits[-1] is True
        assert text_of(form, name) == TYPED[kind]
        assert stored(context, form)[name] == fields(entity)[name].empty
    qtbot.waitUntil(lambda: waits[-1] is False, timeout=3000)
    assert stored(context, form)[name] == form.boxes[name].editor.value()
    assert drafts(context, form) == {}


def test_the_draft_of_a_composed_word_waits_for_its_end(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    widget = type_into(form, "overview", "已有")
    compose(widget, "de zi")
    form._write_drafts()
    assert drafts(context, form) == {}
    assert form.boxes["overview"].editor.composing
    commit(widget, "的字")
    qtbot.waitUntil(lambda: drafts(context, form) == {"overview": "已有的字"}, timeout=2500)


def test_locking_in_the_middle_of_a_word_keeps_the_word(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    compose(go_into(form, "overview"), "未完")
    form.leave()
    assert stored(context, form)["overview"] == "未完"


def test_a_retry_does_not_save_the_field_one_is_still_in(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    with another_writer(context.store):
        type_into(form, "place", "财政所")
        leave_field(form)
        type_into(form, "overview", "正写着")
    qtbot.waitUntil(lambda: stored(context, form)["place"] == "财政所", timeout=3000)
    assert stored(context, form)["overview"] == ""
    assert text_of(form, "overview") == "正写着"


def test_another_record_shown_while_the_case_is_busy_loses_nothing(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    first, second = form.record, new_paper(context.store)
    with another_writer(context.store):
        type_into(form, "overview", "还没存")
        form.load(second)
        assert text_of(form, "overview") == ""
        assert records.load(context.store, "paper", first).values["overview"] == ""
    qtbot.waitUntil(lambda: records.load(context.store, "paper", first).values["overview"] == "还没存", timeout=3000)
    context.flush_drafts()
    assert context.drafts.every() == []


def test_a_new_record_begun_while_the_case_is_busy_is_made_later(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot)
    form.begin({"inspection": context.inspection})
    first = form.record
    with another_writer(context.store):
        type_into(form, "title", "忙时写的")
        leave_field(form)
        form.begin({"inspection": context.inspection})
    qtbot.waitUntil(lambda: first in records.options(context.store, "paper"), timeout=3000)
    assert records.load(context.store, "paper", first).values["title"] == "忙时写的"


def test_a_record_deleted_elsewhere_is_told(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    with qtbot.waitSignal(form.gone):
        records.delete(context.store, "paper", [form.record])


def test_a_row_being_begun_stays_while_another_row_is_saved(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": "甲", "note": ""}])
    editor = form.boxes["parties"].editor
    assert isinstance(editor, RowsEditor)
    name: Any = editor._rows[0][1][1].focus_widget()
    name.setFocus()
    commit(name, "所")
    editor.add.click()
    assert stored(context, form)["parties"][0]["name"] == "甲所"
    assert len(editor._rows) == 2
    new: Any = editor._rows[1][1][1].focus_widget()
    new.setFocus()
    commit(new, "乙所")
    leave_field(form)
    assert [row["name"] for row in stored(context, form)["parties"]] == ["甲所", "乙所"]


def test_news_in_a_row_being_typed_in_costs_no_keystroke(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[{"kind": "", "name": "甲", "note": ""}])
    [row] = stored(context, form)["parties"]
    editor = form.boxes["parties"].editor
    assert isinstance(editor, RowsEditor)
    line: Any = editor._rows[0][1][1].focus_widget()
    line.setFocus()
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
    assert texts.index("先后") < texts.rindex("先")
    assert "甲虚构" in texts
    popup.close()
