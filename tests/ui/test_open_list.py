"""A list opened from a number shows exactly the records it counts, says which, and gives the others back."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper
from ui.main_window import MainWindow
from ui.screens.borrowings import BorrowingsScreen
from ui.screens.papers import PapersScreen
from ui.screens.workbench import WorkbenchScreen
from ui.tables.list_panel import ListPanel
from xuncha_desktop.services import inspections, records

LEFT = Qt.MouseButton.LeftButton


def papers_of(window: MainWindow) -> PapersScreen:
    screen = window.screens["papers"]
    assert isinstance(screen, PapersScreen)
    return screen


def told(panel: ListPanel) -> str:
    """The words over the list; empty where it shows everything."""
    line = panel.only_line
    return line.words.text() if line is not None and line.isVisible() else ""


def test_a_number_on_the_workbench_opens_the_papers_behind_it_in_their_list(qtbot: QtBot, window: MainWindow) -> None:
    store = window.context.store
    lacking = [add_paper(store, title, state="draft", basis="") for title in ("甲", "乙")]
    add_paper(store, "已审签的")
    workbench = window.show_screen("workbench")
    assert isinstance(workbench, WorkbenchScreen)
    qtbot.waitUntil(lambda: bool(workbench.shown and workbench.shown.lacking.count == 2 and not workbench.reader.busy))
    chip = next(button for button in workbench.today.tasks.gaps.buttons if button.text() == "定性依据 2")
    qtbot.mouseClick(chip, LEFT)
    qtbot.waitUntil(lambda: window.current() is window.screens["papers"])
    screen = papers_of(window)
    qtbot.waitUntil(lambda: told(screen.panel) == "只看：缺“定性依据”的底稿")
    assert set(screen.panel.model.ids()) == set(lacking)
    qtbot.waitUntil(lambda: screen.editor.form.record in lacking)
    assert screen.panel.current() == screen.editor.form.record


def test_show_all_gives_back_the_other_records(qtbot: QtBot, window: MainWindow) -> None:
    one, other = (add_paper(window.context.store, title) for title in ("甲", "乙"))
    window.show_screen("papers")
    window.context.open_list.emit("paper", "两份中的一份", (one,))
    panel = papers_of(window).panel
    qtbot.waitUntil(lambda: panel.model.ids() == [one])
    assert panel.only_line is not None
    qtbot.mouseClick(panel.only_line.clear, LEFT)
    assert set(panel.model.ids()) == {one, other}
    assert told(panel) == ""


def test_opening_a_record_that_is_left_out_shows_all_again(qtbot: QtBot, window: MainWindow) -> None:
    one, other = (add_paper(window.context.store, title) for title in ("甲", "乙"))
    window.show_screen("papers")
    window.context.open_list.emit("paper", "两份中的一份", (one,))
    panel = papers_of(window).panel
    qtbot.waitUntil(lambda: panel.model.ids() == [one])
    window.context.open_record.emit("paper", other)
    qtbot.waitUntil(lambda: panel.current() == other)
    assert told(panel) == ""


def test_a_record_deleted_leaves_the_narrowed_list_and_an_empty_one_says_why(qtbot: QtBot, window: MainWindow) -> None:
    store = window.context.store
    draft = add_paper(store, "甲", state="draft")
    add_paper(store, "乙")
    window.show_screen("papers")
    window.context.open_list.emit("paper", "底稿状态：草稿", (draft,))
    panel = papers_of(window).panel
    qtbot.waitUntil(lambda: panel.model.ids() == [draft])
    records.delete(store, "paper", [draft])
    qtbot.waitUntil(lambda: panel.model.ids() == [])
    assert told(panel) == "只看：底稿状态：草稿"
    assert panel.heading.text().endswith("0")


def test_in_another_inspection_the_number_says_nothing_any_more(qtbot: QtBot, window: MainWindow) -> None:
    store, context = window.context.store, window.context
    one = add_paper(store, "甲")
    village = next(iter(records.options(store, "unit", code="WMC")))
    other = inspections.start(store, [village], {"mode": "village"})[0]
    there = add_paper(store, "丙", inspection=other)
    window.show_screen("papers")
    context.open_list.emit("paper", "一份", (one,))
    panel = papers_of(window).panel
    qtbot.waitUntil(lambda: panel.model.ids() == [one])
    context.choose_inspection(other)
    qtbot.waitUntil(lambda: panel.model.ids() == [there])
    assert told(panel) == ""


def test_a_register_is_opened_with_all_its_records_or_with_some(qtbot: QtBot, window: MainWindow) -> None:
    store, here = window.context.store, {"inspection": window.context.inspection}
    came = records.create(store, "borrowing", {**here, "name": "账册", "received_on": "2031-03-02"})
    asked = records.create(store, "borrowing", {**here, "name": "还没有来的"})
    window.context.open_list.emit("borrowing", "已提供的资料", (came,))
    qtbot.waitUntil(lambda: isinstance(window.current(), BorrowingsScreen))
    panel = window.screens["borrowings"].findChild(ListPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel.model.ids() == [came])
    window.show_screen("workbench")
    window.context.open_list.emit("borrowing", "", None)
    qtbot.waitUntil(lambda: set(panel.model.ids()) == {came, asked})
