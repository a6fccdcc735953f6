"""底稿: a paper from its first key to its sign-off."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support import paper_screen
from tests.support.journal_rows import new_paper
from tests.support.paper_screen import values
from tests.support.typing import commit, press, type_into
from ui import style
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from ui.forms.long_text import LongTextEditor
from ui.forms.picker import Picker
from ui.screens.papers import PapersScreen
from xuncha_desktop.services import evidence, papers, records
from xuncha_desktop.services.evidence import Stored
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

COMPLETE: dict[str, Any] = {
    "title": "办公用房出租未公开竞价",
    "overview": "虚构镇把办公用房租给亲属经营的公司。",
    "sources": ("documents",),
    "verified_facts": "查阅合同并谈话核实。",
    "basis": "虚构办法第三条",
    "parties": [{"kind": "", "name": "甲所", "note": ""}],
}


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> PapersScreen:
    return paper_screen.made(context, qtbot)


def choose(screen: PapersScreen, record: str, qtbot: QtBot) -> None:
    """Choose a paper in the list and wait for its form."""
    screen.panel.select(record)
    qtbot.waitUntil(lambda: screen.editor.form.record == record)


def complete_paper(context: Context, **values: Any) -> str:
    """A paper that lacks nothing."""
    [problem_type, *_] = records.options(context.store, "problem_type")
    handlers = list(records.options(context.store, "member"))
    record = new_paper(
        context.store, **{**COMPLETE, "problem_type": problem_type, "handlers": handlers, "state": "draft", **values}
    )
    stored = Stored("合同.pdf", "application/pdf", 1, "0" * 64, 3)
    evidence.register(context.store, [stored], context.inspection, record)
    return record


def tab_to(accessible_name: str) -> QWidget:
    """Press Tab until a widget is reached, as somebody without a mouse does."""
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == accessible_name:
            return focus
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {accessible_name}")


def popup(widget: QWidget) -> Picker:
    """The picker now open under a widget."""
    return next(p for p in widget.findChildren(Picker) if p.isVisible())


def test_a_first_paper_is_written_and_submitted_by_keyboard_alone(
    screen: PapersScreen, qtbot: QtBot, told: list[str]
) -> None:
    context = screen.context
    screen.new_record()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    commit(tab_to("底稿名称"), "办公用房出租未公开竞价")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].startswith("还缺 8 项：问题分类、问题概述、支撑材料、问题来源、查证事实、定性依据、责任主体")
    assert values(screen)["title"] == "办公用房出租未公开竞价"
    press(Qt.Key.Key_Tab)
    chooser = tab_to("问题分类")
    press(Qt.Key.Key_Space)
    search = popup(chooser).search
    commit(search, "A101")
    QTest.keyClick(search, Qt.Key.Key_Return)
    commit(tab_to("问题概述"), "概述")
    source = tab_to("问题来源：谈话") if "问题来源：谈话" in names(screen) else tab_to(first_of(screen, "sources"))
    QTest.keyClick(source, Qt.Key.Key_Space)
    commit(tab_to("查证事实"), "事实")
    commit(tab_to("定性依据"), "依据")
    QTest.keyClick(tab_to("责任主体初步分析：添加一行"), Qt.Key.Key_Space)
    commit(tab_to("责任主体"), "甲所")
    press(Qt.Key.Key_Tab)
    stored = Stored("合同.pdf", "application/pdf", 1, "0" * 64, 3)
    evidence.register(context.store, [stored], context.inspection, screen.editor.form.record)
    chooser = tab_to("添加承办人")
    press(Qt.Key.Key_Space)
    search = popup(chooser).search
    commit(search, "yxg")
    QTest.keyClick(search, Qt.Key.Key_Return)
    popup(chooser).close()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: told[-1] == "已提交复核")
    assert values(screen)["state"] == "review"


def names(screen: PapersScreen) -> set[str]:
    """Accessible names of everything on the form."""
    return {widget.accessibleName() for widget in screen.editor.form.findChildren(QWidget)}


def first_of(screen: PapersScreen, name: str) -> str:
    """The accessible name of a field's first widget."""
    return screen.editor.form.boxes[name].editor.focus_widget().accessibleName()


def test_an_empty_new_paper_cannot_be_submitted_and_says_why(screen: PapersScreen, told: list[str]) -> None:
    screen.new_record()
    screen.editor.submit()
    assert told[-1].startswith("还缺 9 项：底稿名称")


def test_a_paper_with_an_unreadable_field_is_not_submitted(screen: PapersScreen, told: list[str]) -> None:
    screen.open_record("paper", complete_paper(screen.context))
    type_into(screen.editor.form, "amount", "约十万")
    screen.editor.submit()
    assert "还没有存下" in told[-1]
    assert values(screen)["state"] == "draft"


def test_leaving_the_first_field_keeps_the_new_paper_on_the_screen_and_chooses_it(screen: PapersScreen) -> None:
    older = new_paper(screen.context.store, title="旧的")
    screen.panel.select(older)
    screen.new_record()
    record = screen.editor.form.record
    assert screen.panel.current() == ""
    type_into(screen.editor.form, "title", "新的")
    screen.leave()
    assert screen.editor.form.record == record == screen.panel.current()
    assert screen.panel.selected() == [record]


def test_another_paper_chosen_while_typing_saves_the_first_and_shows_the_second(
    screen: PapersScreen, qtbot: QtBot
) -> None:
    first, second = (new_paper(screen.context.store, title=title) for title in ("甲", "乙"))
    choose(screen, first, qtbot)
    type_into(screen.editor.form, "overview", "正写着")
    choose(screen, second, qtbot)
    assert screen.panel.current() == second
    assert records.load(screen.context.store, "paper", first).values["overview"] == "正写着"
    assert screen.editor.form.values()["overview"] == ""


def test_the_list_says_what_a_paper_lacks(screen: PapersScreen) -> None:
    record = new_paper(screen.context.store)
    line = screen.panel.model.row_of(record)
    cells: Any = screen.panel.model.index(line, 0).data(Qt.ItemDataRole.UserRole + 1)
    assert cells["_extra"].startswith("缺：问题分类、问题概述")


def test_the_gauge_leads_to_the_field_that_is_missing(screen: PapersScreen, qtbot: QtBot) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    button = next(b for b in screen.editor.gauge.findChildren(QToolButton) if "定性依据" in b.text())
    assert button.text().startswith("☐")
    button.click()
    basis = screen.editor.form.boxes["basis"].editor.focus_widget()
    qtbot.waitUntil(basis.hasFocus)
    type_into(screen.editor.form, "basis", "虚构办法")
    assert button.text().startswith("☑")


def test_a_duplicate_is_shown_and_can_be_undone(screen: PapersScreen, told: list[str]) -> None:
    record = complete_paper(screen.context)
    screen.open_record("paper", record)
    screen.editor.head.copy_button.click()
    assert screen.editor.form.record != record
    assert values(screen)["title"] == "办公用房出租未公开竞价（副本）"
    assert values(screen)["citations"] == ()
    assert told[-1] == "已复制为新底稿"
    undo.undo(screen.context.store)
    assert records.options(screen.context.store, "paper").keys() == {record}
    assert screen.side.currentWidget() is screen.nothing


def test_a_deleted_paper_leaves_the_screen_and_its_neighbour_is_shown(
    screen: PapersScreen, told: list[str], qtbot: QtBot
) -> None:
    first, second, third = (new_paper(screen.context.store, title=title) for title in ("甲", "乙", "丙"))
    screen.panel.set_state(sort="title")
    choose(screen, second, qtbot)
    screen.editor.head.delete_button.click()
    assert told[-1] == "已删除 1 份底稿"
    assert second not in screen.panel.model.ids()
    qtbot.waitUntil(lambda: screen.editor.form.record == screen.panel.current())
    assert screen.editor.form.record in (first, third)
    undo.undo(screen.context.store)
    assert second in screen.panel.model.ids()


def test_the_last_paper_deleted_leaves_an_empty_screen_that_says_how_to_begin(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    screen.editor.head.delete_button.click()
    assert screen.side.currentWidget() is screen.nothing
    assert screen.editor.form.record == ""
    words = [label.text() for label in screen.panel.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("这里放问题底稿") for text in words)


def test_an_undone_creation_takes_the_paper_off_the_screen(screen: PapersScreen) -> None:
    screen.new_record()
    type_into(screen.editor.form, "title", "写错了")
    screen.leave()
    undo.undo(screen.context.store)
    assert screen.side.currentWidget() is screen.nothing
    undo.redo(screen.context.store)
    assert len(screen.panel.model.ids()) == 1


def test_an_approved_paper_is_numbered_locked_and_cannot_be_deleted(screen: PapersScreen, told: list[str]) -> None:
    screen.open_record("paper", complete_paper(screen.context))
    screen.editor.head.approve_button.click()
    assert told[-1] == "已标为已审签，编号并锁定"
    assert values(screen)["state"] == "approved"
    assert values(screen)["official_number"]
    assert screen.editor.head.number.text() == values(screen)["official_number"]
    overview: Any = screen.editor.form.boxes["overview"].editor.focus_widget()
    assert overview.isReadOnly()
    screen.delete([screen.editor.form.record])
    assert "不能删除" in told[-1]
    assert len(screen.panel.model.ids()) == 1


def test_approving_twice_or_with_gaps_is_refused(screen: PapersScreen, told: list[str]) -> None:
    lacking, whole = new_paper(screen.context.store), complete_paper(screen.context)
    screen._approve([whole, lacking])
    assert "还缺" in told[-1]
    assert records.load(screen.context.store, "paper", whole).values["state"] == "draft"
    screen._approve([whole])
    assert told[-1] == "已将 1 份标为已审签"
    screen._approve([whole])
    assert "不用再审签" in told[-1]


def test_a_paper_is_sent_back_only_with_a_reason(screen: PapersScreen, told: list[str]) -> None:
    record = complete_paper(screen.context)
    screen.open_record("paper", record)
    screen.editor.approve()
    number = values(screen)["official_number"]
    screen.editor.head.return_button.click()
    assert screen.editor.head.reason_bar.isVisible()
    press(Qt.Key.Key_Return)
    assert "要写明原因" in told[-1]
    assert values(screen)["state"] == "approved"
    commit(screen.editor.head.reason, "补充会议记录")
    press(Qt.Key.Key_Return)
    assert values(screen)["state"] == "returned"
    assert values(screen)["official_number"] == number
    assert screen.editor.head.returned.text() == "退回原因：补充会议记录"
    assert not screen.editor.head.reason_bar.isVisible()
    type_into(screen.editor.form, "overview", "又能写了")
    screen.leave()
    assert values(screen)["overview"].endswith("又能写了")


def test_the_reason_being_written_does_not_follow_to_another_paper(screen: PapersScreen, qtbot: QtBot) -> None:
    first, second = complete_paper(screen.context), complete_paper(screen.context)
    screen.open_record("paper", first)
    screen.editor.approve()
    screen.editor.head.return_button.click()
    commit(screen.editor.head.reason, "写给第一份的")
    choose(screen, second, qtbot)
    assert not screen.editor.head.reason_bar.isVisible()
    assert screen.editor.head.reason.text() == ""


@pytest.mark.parametrize(("name", "words"), [("overview", "句式"), ("basis", "依据库")])
def test_a_picker_puts_its_text_where_the_cursor_is(screen: PapersScreen, name: str, words: str) -> None:
    screen.open_record("paper", new_paper(screen.context.store, **{name: "前后"}))
    box = screen.editor.form.boxes[name]
    assert isinstance(box.editor, LongTextEditor)
    cursor = box.editor.text.textCursor()
    cursor.setPosition(1)
    box.editor.text.setTextCursor(cursor)
    tool = next(b for b in box.findChildren(QToolButton) if b.text() == words)
    tool.click()
    picker = popup(tool)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    text = box.editor.value()
    assert len(text) > 6
    assert (text[0], text[-1]) == ("前", "后")
    screen.leave()
    assert values(screen)[name] == text


def test_a_new_paper_left_by_a_crash_is_offered_and_can_be_taken_up_again(screen: PapersScreen) -> None:
    context = screen.context
    context.drafts.put("paper", "01890000-0000-7000-8000-0000000000aa", "title", "没存下的", {}, _new(context))
    screen.refresh(None)
    assert screen.unsaved.isVisible()
    screen.unsaved.taken.emit(screen.unsaved.draft.record, screen.unsaved.draft.context)  # type: ignore[union-attr]
    assert screen.editor.form.values()["title"] == "没存下的"
    screen.leave()
    assert values(screen)["title"] == "没存下的"
    assert values(screen)["inspection"] == context.inspection
    screen.refresh(None)
    assert not screen.unsaved.isVisible()


def _new(context: Context) -> dict[str, Any]:
    return {"inspection": context.inspection, "level": "own", "destination": "report"}


def test_the_paper_being_written_is_not_offered_as_left_over(screen: PapersScreen) -> None:
    screen.new_record()
    type_into(screen.editor.form, "title", "正写着")
    screen.editor.form._drafts.write()
    screen.refresh(None)
    assert not screen.unsaved.isVisible()


def test_another_inspection_shows_its_own_papers_and_not_the_last_one(screen: PapersScreen) -> None:
    context = screen.context
    screen.open_record("paper", new_paper(context.store))
    other = records.create(context.store, "inspection", {})
    context.choose_inspection(other)
    assert screen.panel.model.ids() == []
    assert screen.side.currentWidget() is screen.nothing
    assert papers.gaps(screen.editor.form.values(), ())[0].met is False


@pytest.mark.parametrize(("size", "width"), [(14, 560), (16, 640), (18, 712)])
def test_no_field_is_wider_than_its_form_and_no_button_is_cut(
    context: Context, qtbot: QtBot, qapp: QApplication, size: int, width: int
) -> None:
    style.apply(qapp, "light", size)
    screen = PapersScreen(context)
    qtbot.addWidget(screen)
    screen.editor.form.finish()
    record = complete_paper(context, title="长" * 200, place="长" * 200)
    long_name = Stored(f"{'很长的材料名称' * 20}.pdf", "application/pdf", 1, "1" * 64, 3)
    evidence.register(context.store, [long_name], context.inspection, record)
    screen.editor.form.load(record)
    editor = screen.editor
    editor.setParent(None)
    qtbot.addWidget(editor)
    editor.resize(width, 600)
    editor.show()
    QApplication.processEvents()
    scroll = editor.form.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    page = scroll.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= scroll.viewport().width()
    for button in editor.findChildren(QPushButton):
        if button.isVisible() and not isinstance(button, ElidedButton):
            assert button.width() >= button.sizeHint().width(), button.accessibleName()
    assert editor.head.copy_button.shortcut().toString() == "Ctrl+D"
    assert editor.head.copy_button.accessibleName() == "复制"


def test_a_low_window_leaves_the_form_its_room(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    met = next(b for b in screen.editor.gauge.findChildren(QToolButton) if "底稿名称" in b.text())
    assert met.isVisible()
    screen.resize(911, 440)
    screen.split.show_detail()
    QApplication.processEvents()
    assert not met.isVisible()
    assert screen.editor.form.height() > 220


def test_a_locked_paper_offers_no_pickers(screen: PapersScreen) -> None:
    screen.open_record("paper", complete_paper(screen.context))
    tool = next(b for b in screen.editor.form.findChildren(QToolButton) if b.text() == "依据库")
    assert not tool.isHidden()
    screen.editor.approve()
    assert tool.isHidden()


def test_no_row_can_be_taken_out_of_a_signed_paper(screen: PapersScreen) -> None:
    screen.open_record("paper", complete_paper(screen.context))
    removers = [b for b in screen.editor.form.findChildren(QToolButton) if b.toolTip() == "删去这一行"]
    assert removers
    assert all(remover.isEnabled() for remover in removers)
    screen.editor.approve()
    assert not any(remover.isEnabled() for remover in removers)
