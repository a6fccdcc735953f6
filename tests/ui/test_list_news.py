"""Lists that were opened before: what is painted anew after news, and what is laid out anew."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_lists import add, panel_of
from ui.context import Context
from xuncha_desktop.services import records


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
    records.edit(context.store, "paper", made[1], {"title": "改过的名称"})
    with qtbot.assertNotEmitted(panel.model.modelReset):
        panel.refresh()
    records.delete(context.store, "paper", [made[2]])
    with qtbot.waitSignal(panel.model.modelReset):
        panel.refresh()
