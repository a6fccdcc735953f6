"""覆盖矩阵 on the screen: marks to walk and open, words where nothing is, quick with many papers."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.support.checklist_desk import line
from tests.support.ready_papers import add_paper
from ui.checklists.matrix_headers import short_number
from ui.checklists.matrix_model import MARK, count_words
from ui.checklists.matrix_page import MatrixPage
from ui.context import Context
from ui.screens.checklist import ChecklistScreen
from xuncha_desktop.services import checklists, records

Show = Callable[[], ChecklistScreen]


@pytest.fixture
def papers(context: Context) -> list[str]:
    """Two papers about the first item, one of them about the third as well; one about none."""
    first, third = (line(context.store, context.inspection, code).item for code in ("ZJ-01", "ZJ-03"))
    one = add_paper(context.store, "只写第一项", check_items=(first,))
    both = add_paper(context.store, "写两项", check_items=(first, third))
    add_paper(context.store, "没有对应")
    return [one, both]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    def make() -> ChecklistScreen:
        screen = ChecklistScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1190, 640)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        screen.items.table.setFocus()
        qtbot.keyClick(screen.items.table, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        return screen

    return make


def test_ctrl_m_goes_to_the_matrix_and_back(qtbot: QtBot, papers: list[str], show: Show) -> None:
    screen = show()
    assert screen.matrix.isVisible()
    assert screen.matrix.view.hasFocus()
    assert screen.matrix.switch.buttons["matrix"].isChecked()
    assert screen.matrix.told.text() == "22 项 × 2 份底稿，20 项没有底稿和记录，1 份底稿没有对应事项"
    qtbot.keyClick(screen.matrix.view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert screen.split.isVisible()
    qtbot.mouseClick(screen.items.switch.buttons["matrix"], Qt.MouseButton.LeftButton)
    assert screen.matrix.isVisible()
    qtbot.keyClick(screen.matrix.view, Qt.Key.Key_Escape)
    assert screen.items.table.hasFocus()


def test_arrows_walk_the_cells_ctrl_goes_to_the_next_mark_and_enter_opens_the_paper(
    qtbot: QtBot, context: Context, papers: list[str], show: Show
) -> None:
    screen = show()
    view = screen.matrix.view
    assert screen.matrix.foot.text() == "ZJ-01 学习贯彻　对应　〔2031〕09-01-09-XGZ-DG-001　只写第一项（已审签）"
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert screen.matrix.foot.text().startswith("ZJ-03 乡村振兴　不对应　")
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (2, 1)
    with qtbot.waitSignal(context.open_record) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert asked.args == ["paper", papers[1]]
    qtbot.keyClick(view, Qt.Key.Key_Left)
    with qtbot.assertNotEmitted(context.open_record):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_a_click_opens_the_paper_of_a_mark_or_of_a_column_and_the_item_of_a_row(
    qtbot: QtBot, context: Context, papers: list[str], show: Show
) -> None:
    screen = show()
    view = screen.matrix.view
    with qtbot.waitSignal(context.open_record) as asked:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.cells.index(2, 1)).center()
        )
    assert asked.args == ["paper", papers[1]]
    header = view.horizontalHeader()
    with qtbot.waitSignal(context.open_record) as asked:
        place = QPoint(header.sectionViewportPosition(0) + 8, 20)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["paper", papers[0]]
    rows = view.verticalHeader()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, rows.sectionViewportPosition(4) + 8))
    assert screen.split.isVisible()
    assert screen.detail.line is not None
    assert screen.detail.line.code == "ZJ-05"


def test_rows_that_nothing_is_about_say_so_in_words(context: Context, papers: list[str]) -> None:
    store, inspection = context.store, context.inspection

    def words(code: str) -> tuple[str, str]:
        return count_words(line(store, inspection, code))

    records.create(store, "visit", {"inspection": inspection, "check_items": (line(store, inspection, "ZJ-04").item,)})
    checklists.set_state(store, [line(store, inspection, "ZJ-05").result], "found")
    checklists.set_state(store, [line(store, inspection, "ZJ-06").result], "clean")
    assert words("ZJ-01") == ("底稿 2", "secondary")
    assert words("ZJ-02") == ("没有底稿和记录", "text")
    assert words("ZJ-04") == ("没有底稿　记录 1", "secondary")
    assert words("ZJ-05") == ("没有底稿和记录", "warning")
    assert words("ZJ-06") == ("没有底稿和记录", "secondary")


def test_only_must_check_or_bare_items_are_shown_when_asked(
    qtbot: QtBot, context: Context, papers: list[str], show: Show
) -> None:
    screen = show()
    page = screen.matrix
    qtbot.mouseClick(page.must, Qt.MouseButton.LeftButton)
    assert {row.must for row in page.view.cells.matrix.lines} == {True}
    qtbot.mouseClick(page.must, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.bare, Qt.MouseButton.LeftButton)
    assert len(page.view.cells.matrix.lines) == 20
    assert page.view.cells.columnCount() == 0
    assert page.foot.text() == ""


def test_it_follows_what_papers_say_and_the_keyboard_stays(
    qtbot: QtBot, context: Context, papers: list[str], show: Show
) -> None:
    screen = show()
    view = screen.matrix.view
    view.setCurrentIndex(view.cells.index(2, 1))
    records.edit(context.store, "paper", papers[0], {"check_items": ()})
    assert view.cells.columnCount() == 1
    assert (view.currentIndex().row(), view.currentIndex().column()) == (2, 0)
    assert view.cells.marked(view.currentIndex())


def test_all_of_it_is_copied_for_excel(qtbot: QtBot, papers: list[str], show: Show) -> None:
    screen = show()
    qtbot.keyClick(screen.matrix.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = [row.split("\t") for row in QGuiApplication.clipboard().text().split("\n")]
    assert copied[0][:5] == ["编号", "检查事项", "状态", "底稿", "记录"]
    assert copied[1][0] == "ZJ-01"
    assert copied[1][3:] == ["2", "0", MARK, MARK]
    assert copied[3][5:] == ["", MARK]
    assert len(copied) == 23


@pytest.mark.parametrize(
    ("number", "shown"),
    [("〔2031〕09-01-09-XGZ-DG-004", "DG-004"), ("临-JXG-0012", "临-JXG-0012"), ("", "")],
)
def test_of_a_formal_number_the_end_is_shown(number: str, shown: str) -> None:
    assert short_number(number) == shown


def test_an_inspection_without_papers_says_how_they_get_here(qtbot: QtBot, context: Context) -> None:
    page = MatrixPage(context)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.refresh()
    page.show()
    assert page.view.cells.columnCount() == 0
    assert page.view.cells.rowCount() == 22
    assert not page.grab().isNull()


def test_three_hundred_papers_are_shown_at_once(qtbot: QtBot, context: Context) -> None:
    items = [row.item for row in checklists.lines(context.store, context.inspection)]
    with context.store.write("虚构底稿") as session:
        for number in range(300):
            values = {
                "inspection": context.inspection,
                "title": f"虚构问题{number}",
                "number": f"临-JXG-{number:04}",
                "check_items": (items[number % 20], items[(number * 7) % 20]),
            }
            records.add(session, "paper", values)
    page = MatrixPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 640)
    page.show()
    page.refresh()
    page.grab()
    took = []
    for _ in range(5):
        began = time.perf_counter()
        page.refresh()
        page.grab()
        took.append(time.perf_counter() - began)
    assert page.view.cells.columnCount() == 300
    assert min(took) < 0.3
