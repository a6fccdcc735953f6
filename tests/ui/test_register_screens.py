"""现场记录: the nine registers as a member uses them, with the keyboard alone, and what they bring back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.field_desk import day, new_record, values_of
from tests.support.journal_rows import new_paper
from tests.support.registers import REGISTERS, Desk, cells, gaps, missing, tab_to, words
from tests.support.typing import commit, press, type_into
from ui import style
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from ui.forms.picker import Picker
from ui.records.blocks import BlockRows
from ui.records.register_screen import RegisterScreen
from ui.screens.borrowings import BorrowingsScreen
from ui.screens.catalog import SCREENS
from ui.screens.interviews import InterviewsScreen
from ui.screens.meetings import MeetingsScreen
from ui.screens.quick_fixes import QuickFixesScreen
from ui.screens.visits import VisitsScreen
from xuncha_desktop.model import fields
from xuncha_desktop.services import field_records, records
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Desk:
    """The small case's registers."""
    return Desk(context, qtbot)


def test_nine_registers_stand_between_papers_and_evidence_each_with_its_key() -> None:
    names = [entry.name for entry in SCREENS]
    first, end = names.index("papers") + 1, names.index("evidence")
    assert [entry.screen for entry in SCREENS[first:end]] == REGISTERS
    titles = ["谈话", "调阅", "信访", "走访", "测评", "抽凭", "立行立改", "事实确认", "组务会"]
    assert [entry.title for entry in SCREENS[first:end]] == titles
    assert [entry.key for entry in SCREENS[first:end]] == [f"Ctrl+{n}" for n in range(1, 10)]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda screen: screen.NAME)
def test_an_empty_register_says_what_belongs_there_and_its_button_begins(
    desk: Desk, register: type[RegisterScreen]
) -> None:
    screen = desk.open(register)
    assert screen.EMPTY in words(screen.panel)
    assert "Ctrl+N" in words(screen.side)
    step = next(b for b in screen.panel.findChildren(QPushButton) if b.text() == screen.STEP and b.isVisible())
    step.click()
    assert screen.side.currentWidget() is not screen.nothing
    screen.new_record()
    assert screen.editor.form.is_new
    assert screen.editor.number.text().startswith("新")
    assert desk.stored(screen) == 0


@pytest.mark.parametrize("register", REGISTERS, ids=lambda screen: screen.NAME)
def test_a_record_is_written_shown_copied_deleted_and_brought_back(desk: Desk, register: type[RegisterScreen]) -> None:
    screen = desk.open(register)
    screen.new_record()
    type_into(screen.editor.form, "note", "虚构备注")
    screen.leave()
    record = screen.editor.form.record
    assert screen.panel.current() == record
    number = desk.values(screen)["number"]
    assert screen.editor.number.text() == number
    assert number.endswith("-JXG-0001")
    assert screen.editor.state.text()[2:] == cells(screen, record)["state"]
    lacking = [button.text()[2:] for button in gaps(screen) if button.text().startswith("☐")]
    assert cells(screen, record)["_extra"] == f"缺：{'、'.join(gap for gap in lacking if '（建议）' not in gap)}"
    screen.editor.copy_button.click()
    assert screen.editor.form.record != record
    assert desk.values(screen)["number"].endswith("-0002")
    screen.editor.delete_button.click()
    QApplication.processEvents()
    assert screen.editor.form.record == record
    undo.undo(desk.store)
    assert len(screen.panel.model.ids()) == 2


def test_a_talk_is_written_by_keyboard_alone(desk: Desk) -> None:
    screen = desk.open(InterviewsScreen)
    screen.new_record()
    desk.qtbot.waitUntil(lambda: screen.editor.form.boxes["person_kind"].editor.focus_widget().hasFocus())
    press(Qt.Key.Key_Down)
    commit(tab_to("地点"), "虚构谈话室")
    chooser = tab_to("添加谈话人")
    press(Qt.Key.Key_Space)
    picker = next(p for p in chooser.findChildren(Picker) if p.isVisible())
    commit(picker.search, "yxg")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    for thing in ("身份", "目的", "保密要求", "如实反映"):
        tab_to(f"已告知事项：{thing}")
        press(Qt.Key.Key_Space)
    commit(tab_to("问答"), "问：谁保管印章？")
    tab_to("对象确认方式")
    press(Qt.Key.Key_Down)
    screen.leave()
    found = desk.values(screen)
    assert (found["person_kind"], found["place"], found["confirmation"]) == ("secretary", "虚构谈话室", "signed")
    assert len(found["talkers"]) == 2
    assert screen.editor.gauge.words.text() == "必填内容已齐"
    assert screen.editor.state.text() == "● 已确认"


def test_the_gauge_follows_the_typing_and_leads_to_the_field(desk: Desk) -> None:
    screen = desk.open(BorrowingsScreen, new_record(desk.store, "borrowing", name="会议记录", due_on=day(-1)))
    assert "缺失说明" in missing(screen)
    button = next(button for button in gaps(screen) if "缺失说明" in button.text())
    button.click()
    field = screen.editor.form.boxes["missing"].editor.focus_widget()
    desk.qtbot.waitUntil(field.hasFocus)
    commit(field, "未移交")
    assert "缺失说明" not in missing(screen)
    type_into(screen.editor.form, "received_on", day(0))
    screen.leave()
    assert not any("缺失说明" in button.text() for button in gaps(screen))
    assert screen.editor.state.text() == "● 已提供"


def test_f6_leads_from_one_field_that_lacks_something_to_the_next(desk: Desk) -> None:
    screen = desk.open(BorrowingsScreen, new_record(desk.store, "borrowing", name="会议记录", received_on=day(-1)))
    form = screen.editor.form
    reached: list[str] = []
    for _ in range(3):
        QTest.keyClick(screen, Qt.Key.Key_F6)
        reached.append(form.field_of(QApplication.focusWidget()))
    needed = [gap.field for gap in field_records.gaps("borrowing", form.values()) if gap.blocking and not gap.met]
    in_form = [name for name in form.boxes if name in needed]
    assert reached == [*in_form, *in_form][:3]


def test_a_record_begun_elsewhere_keeps_what_it_was_given(desk: Desk) -> None:
    paper = new_paper(desk.store, title="护栏缺失")
    screen = desk.open(QuickFixesScreen)
    row = {"id": "01890000-0000-7000-8000-0000000000bb", "evidence": None, "pages": "", "record": "x"}
    screen.begin({"title": "护栏", "papers": (paper,), "citations": (row,)})
    screen.editor.form.save_field("title")
    found = desk.values(screen)
    assert (found["title"], found["papers"], len(found["citations"])) == ("护栏", (paper,), 1)
    assert found["due_on"] == day(15)


def test_another_place_opens_a_record_at_a_field_and_in_its_inspection(desk: Desk) -> None:
    record = new_record(desk.store, "interview", text="问：")
    desk.context.choose_inspection(records.create(desk.store, "inspection", {}))
    screen = desk.open(InterviewsScreen)
    assert screen.panel.model.ids() == []
    assert screen.open_record("interview.text", record)
    desk.qtbot.waitUntil(lambda: screen.editor.form.boxes["text"].editor.focus_widget().hasFocus())
    assert screen.panel.current() == record
    assert not screen.open_record("visit", record)
    assert screen.open_record("interview", "")
    assert screen.editor.form.is_new


def test_a_new_record_left_by_a_crash_is_offered_and_can_be_taken_up_or_dropped(desk: Desk) -> None:
    given = {"inspection": desk.context.inspection, "way": "home"}
    first, second = (f"01890000-0000-7000-8000-0000000000a{last}" for last in "ab")
    desk.context.drafts.put("visit", first, "place", "没存下的a", {}, given)
    desk.context.drafts.put("visit", second, "place", "没存下的b", {}, given)
    desk.context.drafts.put("petition", second, "subject", "别处的", {}, given)
    screen = desk.open(VisitsScreen)
    assert screen.unsaved.isVisible()
    screen.unsaved.keep.click()
    assert screen.editor.form.values()["place"] == "没存下的a"
    screen.leave()
    assert desk.values(screen)["place"] == "没存下的a"
    screen.refresh(None)
    screen.unsaved.discard.click()
    assert not screen.unsaved.isVisible()
    assert [draft.entity for draft in desk.context.drafts.every()] == ["petition"]


def test_without_an_inspection_a_new_record_says_what_comes_first(desk: Desk) -> None:
    desk.context.choose_inspection("")
    for register in (InterviewsScreen, BorrowingsScreen):
        screen = desk.open(register)
        screen.new_record()
        screen.first_step()
        assert screen.side.currentWidget() is screen.nothing
    assert set(desk.told) == {"还没有巡察任务；请先到“任务”新增一项（Alt+2）。"}


def test_another_record_chosen_while_typing_saves_the_first(desk: Desk) -> None:
    first, second = (new_record(desk.store, "visit", place=place) for place in ("甲村", "乙村"))
    screen = desk.open(VisitsScreen, first)
    type_into(screen.editor.form, "text", "正写着")
    screen.panel.select(second)
    desk.qtbot.waitUntil(lambda: screen.editor.form.record == second)
    assert values_of(desk.store, "visit", first)["text"] == "正写着"


def test_the_base_list_becomes_a_batch_of_the_borrowing_list(desk: Desk) -> None:
    screen = desk.open(BorrowingsScreen)
    assert isinstance(screen, BorrowingsScreen)
    screen.first_step()
    assert screen.side.currentWidget() is screen.base
    screen.base.take.click()
    asked = desk.stored(screen)
    assert asked > 10
    assert screen.side.currentWidget() is screen.editor
    assert len(screen.panel.model.ids()) == asked
    screen.first_step()
    screen.base.left.emit()
    assert screen.side.currentWidget() is screen.editor


def test_a_request_is_written_as_a_block_by_keyboard_and_taken_away_again(desk: Desk) -> None:
    screen = desk.open(VisitsScreen, new_record(desk.store, "visit", place="青石村"))
    screen.editor.form.focus("requests")
    desk.qtbot.waitUntil(screen.editor.form.boxes["requests"].editor.focus_widget().hasFocus)
    press(Qt.Key.Key_Space)
    commit(tab_to("诉求"), "修复机耕桥")
    press(Qt.Key.Key_Tab)
    tab_to("去向")
    press(Qt.Key.Key_Down)
    commit(tab_to("答复期限"), day(-1))
    commit(tab_to("回访结果"), "满意")
    screen.leave()
    [row] = desk.values(screen)["requests"]
    assert (row["request"], row["route"], row["due_on"], row["answer"]) == ("修复机耕桥", "quick_fix", day(-1), "满意")
    assert screen.editor.state.text() == "■ 诉求逾期"
    QApplication.processEvents()  # the cross of a new row is shown a turn later
    remove = tab_to("群众诉求：删去第 1 行")
    assert isinstance(remove, QToolButton)
    remove.click()
    assert desk.values(screen)["requests"] == ()
    assert screen.editor.state.text() == "○ 无诉求"


def test_the_parts_of_a_block_do_not_lie_upon_each_other(desk: Desk) -> None:
    rows = [{"topic": "papers", "subject": "审核", "discussion": "议"}, {"topic": "division", "subject": "分工"}]
    screen = desk.open(MeetingsScreen, new_record(desk.store, "meeting", agenda=rows))
    editor = screen.editor.form.boxes["agenda"].editor
    QApplication.processEvents()
    assert isinstance(editor, BlockRows)
    parts = [child for child in editor.holder.children() if isinstance(child, QWidget) and not child.isHidden()]
    assert len(parts) == 2 * (3 + 3 + 1 + 1)  # labels, fields, cross, line
    for place, part in enumerate(parts):
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[:place])


def test_what_the_panel_proposes_is_written_like_typing(desk: Desk) -> None:
    screen = desk.open(InterviewsScreen, new_record(desk.store, "interview", person_kind="finance"))
    assert screen.editor.panel.take.isVisible()
    screen.editor.panel.take.click()
    assert "【" in desk.values(screen)["outline"]
    undo.undo(desk.store)
    assert desk.values(screen)["outline"] == ""


@pytest.mark.parametrize("register", REGISTERS, ids=lambda screen: screen.NAME)
@pytest.mark.parametrize(("size", "width"), [(14, 560), (18, 712)])
def test_no_field_is_wider_than_its_form_and_no_button_is_cut(
    desk: Desk, qapp: QApplication, register: type[RegisterScreen], size: int, width: int
) -> None:
    style.apply(qapp, "light", size)
    rows = {f.name: [{}] for f in fields(register.ENTITY).values() if f.target in ("visit_request", "poll_question")}
    screen = desk.open(register, new_record(desk.store, register.ENTITY, **rows))
    editor = screen.editor
    editor.setParent(None)
    desk.qtbot.addWidget(editor)
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
    assert editor.copy_button.shortcut().toString() == "Ctrl+D"
