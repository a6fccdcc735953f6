"""Lists that were opened before: what is painted anew after news, and what is laid out anew."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.test_lists import add, panel_of
from ui.context import Context
from xuncha_desktop.services import records


class Timers(QObject):
    """Counts the timers of a view that fire: it lays its rows out by one."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.count = 0
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Timer
        return False


@pytest.mark.parametrize("table", [False, True])
def test_news_of_words_paints_the_rows_anew(context: Context, qtbot: QtBot, table: bool) -> None:
    made = add(context, *({"title": f"第{number}份"} for number in range(3)))
    panel = panel_of(context, qtbot, sort="number")
    panel.set_state(table=table)
    panel.select(made[0])
    before = panel.view().grab().toImage()
    records.edit(context.store, "paper", made[1], {"title": "改过的名称"})
    panel.refresh()
    QApplication.processEvents()
    assert panel.view().grab().toImage() != before
    assert panel.model.index(panel.model.row_of(made[1]), 0).data() == "改过的名称"
    assert panel.current() == made[0]


def test_rows_are_laid_out_anew_only_where_others_come_or_go(context: Context, qtbot: QtBot) -> None:
    made = add(context, *({"title": f"第{number}份"} for number in range(3)))
    panel = panel_of(context, qtbot, sort="number")
    assert panel.reading is not None
    QApplication.processEvents()
    seen = Timers(panel.reading)
    records.edit(context.store, "paper", made[1], {"title": "改过的名称"})
    panel.refresh()
    QApplication.processEvents()
    assert seen.count == 0
    records.delete(context.store, "paper", [made[2]])
    panel.refresh()
    QApplication.processEvents()
    assert seen.count > 0
