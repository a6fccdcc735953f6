"""Lists: order, filters, groups and columns in SQL; what one chose and where one was survive every refresh."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from tests.support.typing import commit
from ui.context import Context
from ui.forms.picker import Picker
from ui.tables.list_menu import list_menu
from ui.tables.list_model import GROUP_ROLE
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action, ListSetup
from ui.tables.record_model import RecordModel
from ui.tables.two_lines import TwoLines
from xuncha_desktop.services import lists, records
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
COPY = (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def store(context: Context) -> Store:
    """The store the context works on."""
    return context.store


def add(context: Context, *papers: dict[str, Any]) -> list[str]:
    """Papers of the inspection, written in one action."""
    with context.store.write("登记") as session:
        made = [records.add(session, "paper", {"inspection": context.inspection, **values}) for values in papers]
        return [record.id for record in made]


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Every SQL statement sent meanwhile."""
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            seen.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store._engine, "before_cursor_execute", note)


def panel_of(context: Context, qtbot: QtBot, *actions: Action, **said: Any) -> ListPanel:
    """A list of papers on the screen."""
    given: dict[str, Any] = {
        "name": "test",
        "title": "底稿",
        "entity": "paper",
        "columns": ("title", "number", "state", "amount", "dated"),
        "describe": lambda cells: TwoLines(cells.get("title", "")),
        "also": ("title",),
        "filters": ("state", "handlers"),
        "groups": ("state", "dated"),
        "sorts": ("title", "state", "amount", "dated"),
        "totals": ("amount", "people"),
        "empty": "这里放底稿。",
        "first_step": "写第一份",
        "where": lambda: {"inspection": context.inspection},
    }
    panel = ListPanel(context, ListSetup(**(given | said)), actions)
    qtbot.addWidget(panel)
    panel.resize(520, 600)
    panel.show()
    QTest.qWaitForWindowActive(panel)
    panel.refresh()
    return panel


def titles(panel: ListPanel) -> list[str]:
    """The titles shown, from top to bottom."""
    found = records.titles(panel.context.store, "paper", panel.model.ids())
    return [found[record] for record in panel.model.ids()]


def texts(panel: ListPanel, column: int = 0) -> list[str]:
    """What a column says, group lines included."""
    return [str(panel.model.index(row, column).data()) for row in range(panel.model.rowCount())]


def test_titles_are_sorted_by_pinyin_in_both_directions(context: Context, qtbot: QtBot) -> None:
    add(context, *({"title": title} for title in ("赵", "安", "李", "a4 纸", "长（zhang）", "白")))
    panel = panel_of(context, qtbot, sort="title")
    found = titles(panel)
    assert [title for title in found if title in "安白李赵"] == ["安", "白", "李", "赵"]
    panel.set_state(descending=True)
    assert titles(panel) == found[::-1]


def test_states_are_sorted_as_a_paper_passes_through_them_and_amounts_as_numbers(
    context: Context, qtbot: QtBot
) -> None:
    add(
        context,
        {"title": "审", "state": "approved", "amount": 900_000},
        {"title": "草", "state": "draft", "amount": 10_000_000},
        {"title": "核", "state": "review"},
    )
    panel = panel_of(context, qtbot, sort="state")
    assert titles(panel) == ["草", "核", "审"]
    panel.set_state(sort="amount")
    assert titles(panel) == ["核", "审", "草"]


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_the_order(context: Context, qtbot: QtBot) -> None:
    add(context, *({"title": title} for title in ("乙", "甲")))
    panel = panel_of(context, qtbot, describe=None)
    header = panel.table.horizontalHeader()
    header.sectionClicked.emit(0)
    assert (titles(panel), header.sortIndicatorOrder()) == (["甲", "乙"], Qt.SortOrder.AscendingOrder)
    header.sectionClicked.emit(0)
    assert (titles(panel), header.sortIndicatorOrder()) == (["乙", "甲"], Qt.SortOrder.DescendingOrder)


def test_a_filter_keeps_to_the_chosen_values_and_the_foot_adds_up_what_is_left(context: Context, qtbot: QtBot) -> None:
    leader, handler = records.options(context.store, "member")
    add(
        context,
        {"title": "甲", "state": "draft", "amount": 12_500_000, "people": 3, "handlers": [leader]},
        {"title": "乙", "state": "review", "amount": 1_000_000, "handlers": [leader, handler]},
    )
    panel = panel_of(context, qtbot, sort="title")
    assert panel.foot.text() == "涉及金额（万元） 13.50　涉及人次 3"
    state, people = panel.chips
    state.click()
    picker = next(p for p in state.findChildren(Picker) if p.isVisible())
    commit(picker.search, "dfh")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    assert titles(panel) == ["乙"]
    assert panel.foot.text() == "涉及金额（万元） 1.00"
    assert state.text() == "待复核 ▾"
    state.clear()
    people._toggle(handler)
    assert titles(panel) == ["乙"]
    people._toggle(leader)
    assert titles(panel) == ["甲", "乙"]


def test_the_list_s_own_search_finds_words_in_any_text(context: Context, qtbot: QtBot) -> None:
    add(context, {"title": "甲", "overview": "办公用房出租"}, {"title": "乙", "overview": "接待费 \x0210\x030%"})
    panel = panel_of(context, qtbot)
    panel.search.setText("100%")
    qtbot.waitUntil(lambda: titles(panel) == ["乙"])
    panel.search.setText("没有的词")
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "没有符合条件的记录；清除查找或筛选再看。" in words
    assert not any(b.isVisible() and b.text() == "写第一份" for b in panel.findChildren(QPushButton))


def test_tab_comes_from_the_list_to_all_that_stands_above_it(context: Context, qtbot: QtBot) -> None:
    add(context, {"title": "甲"})
    panel = panel_of(context, qtbot)
    tool = QPushButton("新的")
    panel.add_tool(tool)
    QApplication.processEvents()
    panel.setFocus()
    met: list[str] = []
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus.accessibleName() or getattr(focus, "text", str)())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert met[1:] == ["在列表里查找", "排序、分组和列", *(chip.accessibleName() for chip in panel.chips), "新的"]


def test_an_empty_list_says_what_belongs_here_and_offers_the_first_step(context: Context, qtbot: QtBot) -> None:
    panel = panel_of(context, qtbot)
    assert "这里放底稿。" in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    step = next(b for b in panel.findChildren(QPushButton) if b.text() == "写第一份")
    with qtbot.waitSignal(panel.first_step_asked):
        step.click()


def test_groups_stand_in_their_own_order_with_their_number_and_cannot_be_chosen(context: Context, qtbot: QtBot) -> None:
    add(
        context,
        {"title": "甲", "state": "approved"},
        {"title": "乙", "state": "draft"},
        {"title": "丙", "state": "draft"},
        {"title": "丁"},
    )
    panel = panel_of(context, qtbot, sort="title")
    panel.set_state(group="state")
    groups = [panel.model.index(row, 0).data(GROUP_ROLE) for row in range(panel.model.rowCount())]
    named = [(group.text, group.count) for group in groups if group]
    assert named[:2] == [("草稿", 2), ("已审签", 1)]
    assert ("（未填）", 1) in named
    assert panel.model.ids() == [r for r in panel.model.ids() if panel.model.row_of(r) >= 0]
    assert not panel.model.flags(panel.model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert texts(panel)[:3] == ["草稿　2", "丙", "乙"]


@pytest.mark.parametrize("table", [False, True])
def test_the_arrows_pass_over_the_lines_of_groups(context: Context, qtbot: QtBot, table: bool) -> None:
    one, other = add(context, {"title": "甲", "state": "draft"}, {"title": "乙", "state": "approved"})
    panel = panel_of(context, qtbot)
    panel.set_state(table=table, group="state")
    panel.select(one)
    QTest.keyClick(panel.view(), Qt.Key.Key_Down)
    assert panel.selected() == [other] == [panel.current()]
    for _ in range(3):
        QTest.keyClick(panel.view(), Qt.Key.Key_Up)
    assert panel.selected() == [one] == [panel.current()]


def menu(panel: ListPanel, title: str) -> QMenu:
    """A part of the list's menu."""
    whole = list_menu(panel)
    return next(m for m in whole.findChildren(QMenu) if m.title() == title)


def test_columns_are_chosen_in_the_menu_and_remembered(context: Context, qtbot: QtBot) -> None:
    add(context, {"title": "甲", "place": "财政所"})
    panel = panel_of(context, qtbot)
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "问题发生单位").trigger()
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "编制日期").trigger()
    next(a for a in menu(panel, "排序").actions() if a.text() == "按状态").trigger()
    next(a for a in menu(panel, "分组").actions() if a.text() == "按状态").trigger()
    next(a for a in list_menu(panel).actions() if a.text() == "按列显示").trigger()
    names = [column.name for column in panel.model.columns]
    assert "place" in names
    assert "dated" not in names
    again = panel_of(context, qtbot)
    assert [column.name for column in again.model.columns] == names
    assert (again.state["sort"], again.state["group"], again.state["table"]) == ("state", "state", True)
    assert again.table.isVisible()


def drag_column(panel: ListPanel, begin: int, end: int) -> None:
    """Drag a heading to the place of another one with the mouse, as the header itself follows it."""
    header = panel.table.horizontalHeader()

    def middle(section: int) -> QPoint:
        return QPoint(header.sectionViewportPosition(section) + header.sectionSize(section) // 2, header.height() // 2)

    left, beyond = Qt.MouseButton.LeftButton, QPoint(20 if end > begin else -20, 0)
    QTest.mousePress(header.viewport(), left, Qt.KeyboardModifier.NoModifier, middle(begin))
    QTest.mouseMove(header.viewport(), middle(begin) + beyond)
    QTest.mouseMove(header.viewport(), middle(end) + beyond)
    QTest.mouseRelease(header.viewport(), left, Qt.KeyboardModifier.NoModifier, middle(end) + beyond)
    QApplication.processEvents()


def column_names(panel: ListPanel) -> list[str]:
    """The fields of the columns from left to right as they are seen."""
    header = panel.table.horizontalHeader()
    return [panel.model.columns[header.logicalIndex(place)].name for place in range(header.count())]


def test_columns_keep_the_order_and_width_they_were_dragged_to(context: Context, qtbot: QtBot) -> None:
    one, _ = add(context, {"title": "甲", "amount": 10_000_000, "state": "draft"}, {"title": "乙"})
    panel = panel_of(context, qtbot, describe=None)
    panel.resize(1200, 600)
    panel.select(one)
    with qtbot.assertNotEmitted(panel.current_changed):
        drag_column(panel, 3, 0)
        panel.table.setColumnWidth(column_names(panel).index("title"), 333)
    names = ["amount", "title", "number", "state", "dated"]
    assert column_names(panel) == names == [column.name for column in panel.model.columns]
    assert panel.selected() == [one] == [panel.current()]
    again = panel_of(context, qtbot, describe=None)
    again.resize(1200, 600)
    assert column_names(again) == names
    assert again.table.columnWidth(1) == 333
    assert "甲" not in context.settings.window_layouts["list-test"]


def test_a_column_shown_again_leaves_the_others_in_their_order_and_width(context: Context, qtbot: QtBot) -> None:
    add(context, {"title": "甲", "place": "财政所"})
    panel = panel_of(context, qtbot, describe=None)
    panel.resize(1400, 600)
    drag_column(panel, 3, 0)
    panel.table.setColumnWidth(0, 222)
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "问题发生单位").trigger()
    assert column_names(panel) == ["amount", "title", "number", "state", "place", "dated"]
    assert panel.table.columnWidth(0) == 222
    assert panel.table.columnWidth(1) == 260
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "涉及金额（万元）").trigger()
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "涉及金额（万元）").trigger()
    assert panel.table.columnWidth(column_names(panel).index("amount")) == 222


def test_the_columns_a_list_came_with_are_brought_back_with_their_widths(context: Context, qtbot: QtBot) -> None:
    add(context, {"title": "甲"})
    panel = panel_of(context, qtbot, describe=None)
    panel.resize(1400, 600)
    before = panel.table.widths()
    drag_column(panel, 3, 0)
    panel.table.setColumnWidth(0, 222)
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "底稿名称").trigger()
    next(a for a in menu(panel, "显示哪些列").actions() if a.text() == "恢复原来的列和列宽").trigger()
    assert column_names(panel) == ["title", "number", "state", "amount", "dated"]
    assert panel.table.widths() == before


def test_copied_rows_stand_in_the_order_of_the_columns_as_seen(context: Context, qtbot: QtBot) -> None:
    [one] = add(context, {"title": "甲", "amount": 10_000_000})
    panel = panel_of(context, qtbot, describe=None)
    panel.resize(1200, 600)
    drag_column(panel, 3, 0)
    panel.select(one)
    QTest.keyClick(panel.table, *COPY)
    assert QApplication.clipboard().text().split("\n")[0].startswith("涉及金额（万元）\t底稿名称")


@pytest.mark.parametrize("table", [False, True])
def test_f2_opens_the_record_and_asks_its_form_to_take_the_keyboard(
    context: Context, qtbot: QtBot, table: bool
) -> None:
    [one] = add(context, {"title": "甲", "state": "draft"})
    panel = panel_of(context, qtbot)
    panel.set_state(table=table, group="state")
    panel.select(one)
    asked: list[tuple[str, ...]] = []
    panel.opened.connect(lambda record: asked.append((record,)))
    context.edit_asked.connect(lambda entity, record: asked.append((entity, record)))
    QTest.keyClick(panel.view(), Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: len(asked) > 1)
    assert asked == [(one,), ("paper", one)]
    panel.view().selectionModel().setCurrentIndex(panel.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    with qtbot.assertNotEmitted(panel.opened):
        QTest.keyClick(panel.view(), Qt.Key.Key_F2)


@pytest.mark.parametrize(
    "left",
    [
        "?",
        "[]",
        json.dumps({"columns": ["title", "gone"], "sort": "gone", "group": "gone", "table": "yes", "descending": 3}),
        json.dumps({"columns": "title", "group": ["state"], "widths": ["title"]}),
        json.dumps({"widths": {"title": "wide", "gone": 100, "state": -5, "number": True}}),
    ],
)
def test_a_layout_of_another_version_is_read_as_far_as_it_makes_sense(
    context: Context, qtbot: QtBot, left: str
) -> None:
    add(context, {"title": "甲"})
    context.settings.window_layouts["list-test"] = left
    panel = panel_of(context, qtbot)
    assert titles(panel) == ["甲"]
    assert (panel.state["sort"], panel.state["group"], panel.state["table"]) == ("", "", False)


def test_what_is_chosen_and_where_one_is_survive_a_refresh(context: Context, qtbot: QtBot) -> None:
    made = add(context, *({"title": f"第{number:03}份"} for number in range(300)))
    panel = panel_of(context, qtbot, sort="title")
    view = panel.view()
    panel.select(made[150])
    view.selectionModel().select(
        panel.model.index(panel.model.row_of(made[152]), 0), QItemSelectionModel.SelectionFlag.Select
    )
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + 100)
    before = (panel.selected(), panel.current(), bar.value())
    with qtbot.assertNotEmitted(panel.current_changed):
        records.edit(context.store, "paper", made[150], {"place": "财政所"})
        panel.refresh()
    assert (panel.selected(), panel.current(), bar.value()) == before
    panel.set_state(table=True)
    assert set(panel.selected()) == {made[150], made[152]}
    assert panel.current() == made[150]


def test_choosing_a_record_hidden_by_a_filter_widens_the_list(context: Context, qtbot: QtBot) -> None:
    one, other = add(context, {"title": "甲", "state": "draft"}, {"title": "乙", "state": "review"})
    panel = panel_of(context, qtbot)
    panel.chips[0]._toggle("draft")
    assert panel.model.ids() == [one]
    panel.select(other)
    assert panel.current() == other
    assert panel.chips[0].value == ()


def test_several_chosen_bring_the_bar_of_actions(context: Context, qtbot: QtBot) -> None:
    made = add(context, {"title": "甲"}, {"title": "乙"}, {"title": "丙"})
    done: list[list[str]] = []
    panel = panel_of(context, qtbot, Action("处理", "check", done.append), sort="title")
    act = next(b for b in panel.findChildren(QPushButton) if b.text() == "处理")
    panel.select(made[0])
    assert not act.isVisible()
    panel.view().selectAll()
    assert act.isVisible()
    assert panel.foot.text() == "已选 3 条"
    act.click()
    assert sorted(done[0]) == sorted(made)


def test_copied_rows_are_a_table_for_excel(context: Context, qtbot: QtBot) -> None:
    add(
        context,
        {"title": "=1+1", "state": "draft", "amount": -1_500_000, "dated": "2031-03-04"},
        {"title": "两行\n标题\t制表", "state": "approved", "amount": 1_286_400_000},
        {"title": "-减号", "number": "+12"},
    )
    panel = panel_of(context, qtbot, sort="title")
    for table in (False, True):
        panel.set_state(table=table)
        panel.view().setFocus()
        panel.view().selectAll()
        QTest.keyClick(panel.view(), *COPY)
        lines = QApplication.clipboard().text().split("\n")
        assert lines[0] == "底稿名称\t临时编号\t状态\t涉及金额（万元）\t编制日期"
        assert sorted(lines[1:]) == [
            "'-减号\t+12\t\t\t",
            "'=1+1\t\t草稿\t-1.50\t2031年3月4日",
            "两行 标题 制表\t\t已审签\t1,286.40\t",
        ]


def test_nothing_chosen_leaves_the_clipboard_alone(context: Context, qtbot: QtBot) -> None:
    add(context, {"title": "甲"})
    panel = panel_of(context, qtbot)
    QApplication.clipboard().setText("别的")
    panel.view().clearSelection()
    QTest.keyClick(panel.view(), *COPY)
    assert QApplication.clipboard().text() == "别的"


def test_return_opens_the_record_and_the_arrows_tell_which_one_is_current(context: Context, qtbot: QtBot) -> None:
    first, second = add(context, {"title": "甲"}, {"title": "乙"})
    panel = panel_of(context, qtbot, sort="title")
    panel.select(first)
    panel.setFocus()
    assert panel.view().hasFocus()
    with qtbot.waitSignal(panel.current_changed) as told:
        QTest.keyClick(panel.view(), Qt.Key.Key_Down)
    assert told.args == [second]
    with qtbot.waitSignal(panel.opened) as opened:
        QTest.keyClick(panel.view(), Qt.Key.Key_Return)
    assert opened.args == [second]


def test_markup_in_a_title_is_shown_as_it_was_typed(context: Context, store: Store) -> None:
    add(context, {"title": "<img src='file:///x'> 与 <b>粗</b>"})
    model = RecordModel(store, "paper", ["title"])
    model.show(lists.Query("paper"))
    assert model.index(0, 0).data() == "<img src='file:///x'> 与 <b>粗</b>"
    assert "&lt;img" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
