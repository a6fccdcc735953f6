"""清单 on the screen: states by digit, reasons in place, a paper begun from an item."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper
from tests.support.typing import commit
from ui import style
from ui.context import Context
from ui.forms.picker import Picker
from ui.screens.checklist import ChecklistScreen
from xuncha_desktop.services import checklists, records
from xuncha_desktop.services.checklists import Line
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

Show = Callable[..., ChecklistScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    def make(width: int = 1190) -> ChecklistScreen:
        screen = ChecklistScreen(context)
        qtbot.addWidget(screen)
        screen.resize(width, 660)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.items.table.setFocus()
        return screen

    yield make


def lines(context: Context) -> list[Line]:
    return checklists.lines(context.store, context.inspection)


def choose(screen: ChecklistScreen, *rows: int) -> None:
    results = [lines(screen.context)[row].result for row in rows]
    screen.items.table.choose(results, results[0])


def test_it_opens_at_the_first_item_and_says_how_far_it_is(context: Context, show: Show) -> None:
    screen = show()
    first, total = lines(context)[0], len(lines(context))
    must = sum(line.must for line in lines(context))
    assert screen.detail.text.text() == first.text
    assert screen.detail.how.words.text() == first.how
    assert screen.items.told.text() == f"0/{total} 已核查　★ 必查 {must} 项未完成"
    assert ChecklistScreen.count(context) == total


def test_a_digit_sets_the_state_of_the_item_and_undo_takes_it_back(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    qtbot.keyClick(screen.items.table, Qt.Key.Key_3)
    assert lines(context)[0].state == "clean"
    assert screen.detail.chips["clean"].isChecked()
    assert screen.items.bar.value() == 1
    undo.undo(context.store)
    assert screen.detail.chips["open"].isChecked()
    assert screen.items.bar.value() == 0


def test_a_digit_sets_several_items_in_one_action_and_leaves_alone_what_is_so_already(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    screen = show()
    choose(screen, 1)
    qtbot.keyClick(screen.items.table, Qt.Key.Key_4)
    before = len(batches(context.store))
    choose(screen, 0, 1, 2)
    assert screen.detail.text.text() == "已选 3 项"
    with qtbot.waitSignal(context.undo_offered) as offered:
        qtbot.keyClick(screen.items.table, Qt.Key.Key_4)
    assert offered.args == ["2 项已标为“发现问题”"]
    assert len(batches(context.store)) == before + 1
    assert [line.state for line in lines(context)[:4]] == ["found", "found", "found", "open"]
    assert len(screen.items.table.chosen_lines()) == 3


def test_a_digit_with_ctrl_or_beyond_six_changes_nothing(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    qtbot.keyClick(screen.items.table, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(screen.items.table, Qt.Key.Key_7)
    assert {line.state for line in lines(context)} == {"open"}


def test_setting_an_item_aside_asks_for_the_reason_in_place(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    screen.detail.chips["not_applicable"].click()
    note = screen.detail.form.boxes["note"].editor.focus_widget()
    assert note.hasFocus()
    assert screen.detail.reason.isVisible()
    assert screen.detail.reason.text() == "标为“不适用”要在“核查情况”里写明原因，写好才算核查完。"
    assert screen.items.bar.value() == 0
    commit(note, "该单位无此类事项。")
    screen.items.table.setFocus()
    assert lines(context)[0].note == "该单位无此类事项。"
    assert not screen.detail.reason.isVisible()
    assert screen.items.bar.value() == 1


def test_a_note_is_one_action_and_is_saved_when_another_item_is_chosen(context: Context, show: Show) -> None:
    screen = show()
    screen.detail.ask_reason()
    before = len(batches(context.store))
    commit(screen.detail.form.boxes["note"].editor.focus_widget(), "查阅三年记录")
    choose(screen, 1)
    assert [batch.label for batch in batches(context.store)[before:]] == ["修改核查情况"]
    assert [line.note for line in lines(context)[:2]] == ["查阅三年记录", ""]
    assert screen.detail.form.values()["note"] == ""


def test_a_note_being_typed_outlives_a_change_from_elsewhere(context: Context, show: Show) -> None:
    screen = show()
    screen.detail.ask_reason()
    commit(screen.detail.form.boxes["note"].editor.focus_widget(), "写到一半")
    checklists.set_state(context.store, [lines(context)[5].result], "clean")
    assert screen.detail.form.values()["note"] == "写到一半"
    screen.leave()
    assert lines(context)[0].note == "写到一半"


def test_filters_keep_to_state_must_and_words(qtbot: QtBot, context: Context, show: Show) -> None:
    checklists.set_state(context.store, [lines(context)[0].result], "found")
    screen = show()
    model = screen.items.table.model()
    screen.items.states.value = ("found",)
    screen.items.states.changed.emit()
    assert model.rowCount() == 1
    screen.items.clear_filters()
    screen.items.must.click()
    assert model.rowCount() == sum(line.must for line in lines(context))
    screen.items.search.setText("绝无此词")
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    assert screen.items.none.isVisible()
    assert not any(chip.isEnabled() for chip in screen.detail.chips.values())


def test_a_filter_keeps_to_who_checked_the_items(qtbot: QtBot, context: Context, show: Show) -> None:
    [first, second, *_] = lines(context)
    for line, member in zip((first, second), records.options(context.store, "member"), strict=False):
        records.edit(context.store, "check_result", line.result, {"member": member})
    screen = show()
    chip = screen.items.members
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Down)
    picker = next(popup for popup in chip.findChildren(Picker) if popup.isVisible())
    commit(picker.search, "乙虚构")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    assert [line.member for line in screen.items.table.chosen_lines()] == ["乙虚构"]
    assert screen.items.table.model().rowCount() == 1
    screen.items.clear_filters()
    assert chip.value == ()


def test_an_item_that_leaves_the_filter_hands_over_to_the_next(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    screen.items.states.value = ("open",)
    screen.items.states.changed.emit()
    for _ in range(2):
        qtbot.keyClick(screen.items.table, Qt.Key.Key_3)
    assert [line.state for line in lines(context)[:3]] == ["clean", "clean", "open"]
    assert screen.items.table.chosen_lines()[0].code == lines(context)[2].code


def test_a_click_on_a_column_sorts_and_the_selection_stays(context: Context, show: Show) -> None:
    screen = show()
    choose(screen, 3)
    chosen = lines(context)[3].result
    screen.items.table.horizontalHeader().sectionClicked.emit(2)
    shown = [screen.items.table.model().index(row, 2).data() for row in range(len(lines(context)))]
    assert shown == sorted(shown)
    assert [line.result for line in screen.items.table.chosen_lines()] == [chosen]


def test_a_paper_is_begun_with_the_type_and_the_item(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    first = lines(context)[0]
    with qtbot.waitSignal(context.new_paper) as asked:
        qtbot.mouseClick(screen.detail.write, Qt.MouseButton.LeftButton)
    assert asked.args == [{"problem_type": first.problem_type, "check_items": (first.item,)}]


def test_papers_that_name_the_item_are_links(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    paper = add_paper(context.store, "写到此项&<b>", check_items=(lines(context)[0].item,))
    links = screen.detail.papers.links
    assert [link.accessibleName() for link in links] == ["打开问题底稿：写到此项&<b>"]
    assert links[0].text() == "写到此项&&<b>"
    with qtbot.waitSignal(context.open_record) as asked:
        qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert asked.args == ["paper", paper]
    records.delete(context.store, "paper", [paper])
    assert screen.detail.papers.links == []


def test_an_item_asked_for_is_shown_whatever_the_filters_hide(context: Context, show: Show) -> None:
    screen = show()
    screen.items.states.value = ("found",)
    screen.items.states.changed.emit()
    wanted = lines(context)[7]
    assert screen.open_record("check_result", wanted.result)
    assert screen.detail.text.text() == wanted.text
    assert not screen.open_record("paper", "x")


def test_the_chosen_rows_are_copied_for_excel(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    first = lines(context)[0]
    qtbot.keyClick(screen.items.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        f"必查\t编号\t监督重点\t检查事项\t状态\t底稿\n★\t{first.code}\t{first.area}\t{first.text}\t○ 未开始\t"
    )


def test_where_there_is_room_for_one_enter_opens_and_esc_returns(qtbot: QtBot, show: Show) -> None:
    screen = show(width=863)
    assert screen.items.isVisible()
    assert not screen.detail.isVisible()
    screen.items.table.activated.emit(screen.items.table.currentIndex())
    assert screen.detail.isVisible()
    assert not screen.items.isVisible()
    qtbot.keyClick(screen.split, Qt.Key.Key_Escape)
    assert screen.items.isVisible()
    assert screen.items.table.hasFocus()


def test_without_a_checklist_the_way_to_one_is_said(qtbot: QtBot, context: Context, show: Show) -> None:
    inspection = records.create(context.store, "inspection", {"mode": "routine"})
    context.choose_inspection(inspection)
    screen = show()
    assert screen.nothing.isVisible()
    assert screen.nothing.button.x() >= style.metrics.wide_gap, "it stands off the navigation"
    assert ChecklistScreen.count(context) == 0
    screen.setFocus()
    assert screen.nothing.button.hasFocus()
    with qtbot.waitSignal(context.open_record) as asked:
        qtbot.keyClick(screen.nothing.button, Qt.Key.Key_Space)
    assert asked.args == ["inspection.unit", inspection]
    unit = records.create(context.store, "unit", {"name": "中共虚构林场委员会", "kind": "other"})
    records.edit(context.store, "inspection", inspection, {"unit": unit})
    with qtbot.waitSignal(context.open_record) as asked:
        screen.nothing.button.click()
    assert asked.args == ["inspection.checklist", inspection]


def test_keys_go_to_the_items_when_the_screen_comes_up(show: Show) -> None:
    screen = show()
    screen.setFocus()
    assert screen.items.table.hasFocus()
