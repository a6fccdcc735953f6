"""The items of a checklist in the order, groups and columns that were chosen, as every other list has them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.support.checklist_desk import begin
from tests.support.ready_papers import add_paper
from tests.support.typing import commit
from ui import style
from ui.checklists.item_model import ItemModel
from ui.context import Context
from ui.screens.checklist import ChecklistScreen
from ui.tables.list_menu import list_menu
from ui.tables.list_model import GROUP_ROLE
from xuncha_desktop.services import checklists, overlays, records
from xuncha_desktop.services.checklists import Line

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., ChecklistScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    def make(width: int = 1366 - 176) -> ChecklistScreen:
        screen = ChecklistScreen(context)
        qtbot.addWidget(screen)
        screen.resize(width, 660)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.items.table.setFocus()
        return screen

    return make


def lines(context: Context) -> list[Line]:
    return checklists.lines(context.store, context.inspection)


def model_of(screen: ChecklistScreen) -> ItemModel:
    model = screen.items.table.model()
    assert isinstance(model, ItemModel)
    return model


def trigger(screen: ChecklistScreen, title: str, words: str) -> None:
    """Choose something in a part of the list's menu."""
    part = next(menu for menu in list_menu(screen.items).findChildren(QMenu) if menu.title() == title)
    next(action for action in part.actions() if action.text() == words).trigger()


def groups(screen: ChecklistScreen) -> list[tuple[str, int]]:
    model = model_of(screen)
    found = [model.index(row, 0).data(GROUP_ROLE) for row in range(model.rowCount())]
    return [(group.text, group.count) for group in found if group]


def columns(screen: ChecklistScreen) -> list[str]:
    return screen.items.table.columns_shown()


def test_items_are_grouped_by_the_menu_and_found_grouped_the_next_time(context: Context, show: Show) -> None:
    [first, second, *others] = lines(context)
    checklists.set_state(context.store, [first.result], "found")
    checklists.set_state(context.store, [second.result], "clean")
    screen = show()
    table = screen.items.table
    table.choose([second.result], second.result)
    trigger(screen, "分组", "按状态")
    assert groups(screen) == [("未开始", len(others)), ("未发现问题", 1), ("发现问题", 1)]
    assert [line.result for line in table.chosen_lines()] == [second.result]
    assert table.columnSpan(0, 0) == table.model().columnCount()
    trigger(screen, "分组", "按核查人")
    assert groups(screen) == [("（未填）", len(others)), ("甲虚构", 2)]
    trigger(screen, "分组", "按必查")
    assert [words for words, _ in groups(screen)] == ["必查", "选查"]
    again = show()
    assert [words for words, _ in groups(again)] == ["必查", "选查"]
    trigger(screen, "分组", "不分组")
    assert groups(screen) == []
    assert table.columnSpan(0, 0) == 1


def test_the_arrows_and_the_digits_pass_over_the_lines_of_groups(qtbot: QtBot, context: Context, show: Show) -> None:
    every = lines(context)
    checklists.set_state(context.store, [every[-1].result], "found")
    screen = show()
    screen.items.set_state(group="state")
    table = screen.items.table
    table.choose([every[-2].result], every[-2].result)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert [line.result for line in table.chosen_lines()] == [every[-1].result]
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.chosen_lines()) == len(every)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 1 + len(every)
    table.choose([every[0].result], every[0].result)
    qtbot.keyClick(table, Qt.Key.Key_3)
    assert [line.result for line in table.chosen_lines()] == [every[0].result]
    assert groups(screen) == [("未开始", len(every) - 2), ("未发现问题", 1), ("发现问题", 1)]


def test_an_item_that_leaves_the_filter_hands_over_to_the_next_in_its_group(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    screen = show()
    screen.items.states.value = ("open",)
    screen.items.set_state(group="must")
    must = [line for line in lines(context) if line.must]
    table = screen.items.table
    table.choose([must[0].result], must[0].result)
    qtbot.keyClick(table, Qt.Key.Key_3)
    assert [line.result for line in table.chosen_lines()] == [must[1].result]


def test_columns_give_way_to_the_text_until_some_are_chosen(qtbot: QtBot, show: Show) -> None:
    screen = show()
    table = screen.items.table
    assert columns(screen) == ["must", "code", "text", "state", "papers"]
    screen.resize(860, 660)  # list and item take turns: the list has all the room
    qtbot.waitUntil(lambda: columns(screen) == ["must", "code", "area", "text", "state", "papers"])
    screen.resize(1190, 660)
    qtbot.waitUntil(lambda: "area" not in columns(screen))
    trigger(screen, "显示哪些列", "核查人")
    trigger(screen, "显示哪些列", "监督重点")
    trigger(screen, "显示哪些列", "编号")
    wanted = ["must", "area", "text", "state", "member", "papers"]
    assert columns(screen) == wanted
    assert table.columnWidth(wanted.index("text")) >= 200
    again = show()
    assert columns(again) == wanted
    trigger(again, "显示哪些列", "恢复原来的列和列宽")
    assert columns(again) == ["must", "code", "text", "state", "papers"]


def test_a_few_chosen_columns_are_all_seen_in_large_text_without_scrolling(qapp: QApplication, show: Show) -> None:
    style.apply(qapp, "dark", 18)
    screen = show(1366 - 228)
    screen.items.set_state(columns=["must", "text", "state"])
    QApplication.processEvents()
    assert screen.items.table.horizontalScrollBar().maximum() == 0
    assert columns(screen) == ["must", "text", "state"]


def test_a_column_is_dragged_to_another_place_and_width_and_stays_so(context: Context, show: Show) -> None:
    screen = show()
    header = screen.items.table.horizontalHeader()

    def middle(name: str) -> QPoint:
        section = [field.name for field in model_of(screen).columns].index(name)
        return QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) // 2, header.height() // 2)

    beyond = QPoint(-20, 0)
    QTest.mousePress(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle("state"))
    QTest.mouseMove(header.viewport(), middle("state") + beyond)
    QTest.mouseMove(header.viewport(), middle("text") + beyond * 4)
    QTest.mouseRelease(header.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle("text") + beyond * 4)
    QApplication.processEvents()
    wanted = ["must", "code", "state", "text", "papers"]
    assert columns(screen) == wanted
    screen.items.table.setColumnWidth(2, 133)
    again = show()
    assert columns(again) == wanted
    assert again.items.table.columnWidth(2) == 133


def test_a_heading_sorts_and_turns_the_order_which_is_remembered(context: Context, show: Show) -> None:
    named = lines(context)[3]
    add_paper(context.store, "写到此项", check_items=(named.item,))
    screen = show()
    header = screen.items.table.horizontalHeader()
    place = [field.name for field in model_of(screen).columns].index("papers")
    header.sectionClicked.emit(place)
    header.sectionClicked.emit(place)
    model = model_of(screen)
    assert model.ids()[0] == named.result
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (place, Qt.SortOrder.DescendingOrder)
    again = show()
    assert model_of(again).ids()[0] == named.result
    trigger(screen, "排序", "按清单次序")
    assert model.ids() == [line.result for line in lines(context)]


def test_f2_asks_for_the_note(qtbot: QtBot, show: Show) -> None:
    screen = show()
    qtbot.keyClick(screen.items.table, Qt.Key.Key_F2)
    assert screen.detail.form.boxes["note"].editor.focus_widget().hasFocus()


def test_a_note_being_typed_stays_while_the_list_is_arranged_anew(context: Context, show: Show) -> None:
    screen = show()
    screen.detail.ask_reason()
    commit(screen.detail.form.boxes["note"].editor.focus_widget(), "写到一半")
    trigger(screen, "分组", "按监督重点")
    trigger(screen, "显示哪些列", "检查方法")
    assert screen.detail.form.values()["note"] == "写到一半"
    assert lines(context)[0].note == ""


def test_problems_of_the_last_round_have_columns_and_a_layout_of_their_own(context: Context, show: Show) -> None:
    add_paper(context.store, "接待费无公函")
    screen, before = show(), context.inspection
    trigger(screen, "显示哪些列", "底稿")
    context.choose_inspection(begin(context.store, mode="lookback", previous=before))
    screen.refresh(None)
    assert columns(screen) == ["must", "code", "text", "state", "verdict"]
    screen.items.search.setText("绝无此词")
    screen.items.refresh()
    assert "verdict" in columns(screen)
    context.choose_inspection(before)
    screen.refresh(None)
    assert columns(screen) == ["must", "code", "text", "state"]


def test_suspicions_are_seen_beside_the_items_that_rest_on_them(context: Context, show: Show) -> None:
    record = begin(context.store, mode="mobile")
    item = overlays.selection(context.store, record).candidates[0].item
    overlays.choose(context.store, [record], {item: "采购单价偏高"})
    context.choose_inspection(record)
    screen = show(860)
    assert columns(screen) == ["must", "code", "suspicion", "text", "state", "papers"]
    [line] = lines(context)
    records.edit(context.store, "check_result", line.result, {"note": "查阅三年账册"})
    trigger(screen, "显示哪些列", "核查情况")
    model = screen.items.table.model()
    assert model.index(0, columns(screen).index("note")).data() == "查阅三年账册"
