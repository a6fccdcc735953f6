"""Lists of thousands: cells are read for what is seen, a page at a time."""

from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_lists import add, panel_of, statements
from ui.context import Context
from ui.tables.record_model import CELLS_ROLE, PAGE, RecordModel
from xuncha_desktop.services import lists


def test_three_thousand_rows_open_with_one_page_of_cells(context: Context, qtbot: QtBot) -> None:
    add(context, *({"title": f"第{number:04}份"} for number in range(3000)))
    with statements(context.store) as seen:
        panel = panel_of(context, qtbot, sort="title")
        QApplication.processEvents()
    cells = [statement for statement in seen if "paper.overview" in statement]
    assert len(panel.model.ids()) == 3000
    assert len(cells) == 1
    assert len(seen) < 12
    with statements(context.store) as seen:
        panel.view().scrollToBottom()
        QApplication.processEvents()
    assert 1 <= len([statement for statement in seen if "paper.overview" in statement]) <= 2


def test_cells_come_in_pages_and_each_page_once(context: Context) -> None:
    add(context, *({"title": f"第{number:04}份"} for number in range(PAGE + 10)))
    asked: list[int] = []

    def extra(chosen: Any) -> dict[str, str]:
        asked.append(len(chosen))
        return {}

    model = RecordModel(context.store, "paper", ["title"], extra=extra)
    model.show(lists.Query("paper", {"inspection": context.inspection}, sort="title"))
    for row in (0, 5, PAGE - 1, PAGE, PAGE + 9, 0):
        assert model.index(row, 0).data() == f"第{row:04}份"
        assert model.index(row, 0).data(CELLS_ROLE)["title"] == f"第{row:04}份"
    assert asked == [PAGE, 10]


def test_a_page_begins_where_one_looks_and_goes_on_in_the_way_one_scrolls(context: Context) -> None:
    add(context, *({"title": f"第{number:04}份"} for number in range(4 * PAGE)))
    asked: list[int] = []
    model = RecordModel(context.store, "paper", ["title"], extra=lambda chosen: asked.append(len(chosen)) or {})
    model.show(lists.Query("paper", {"inspection": context.inspection}, sort="title"))
    for row in range(PAGE + 10, PAGE + 20):  # a jump: one page holds all that is seen
        assert model.index(row, 0).data() == f"第{row:04}份"
    assert asked == [PAGE]
    for row in range(PAGE + 9, -1, -1):  # upwards
        assert model.index(row, 0).data() == f"第{row:04}份"
    assert asked == [PAGE, PAGE, 10]
