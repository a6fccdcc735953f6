"""Lists that were opened before: what is painted anew after news, and what is laid out anew."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_lists import add, panel_of
from ui.context import Context
from xuncha_desktop.services import records
from xuncha_desktop.store.journal import Changes


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


def test_a_record_filled_in_stays_in_its_place_until_one_comes_back(context: Context, qtbot: QtBot) -> None:
    made = add(context, *({"title": f"第{number}份"} for number in range(4)))
    panel = panel_of(context, qtbot, sort="title")
    news = Changes({"paper": {made[0]}})
    records.edit(context.store, "paper", made[0], {"title": "第九份，改到后面"})
    panel.refresh(news)
    assert panel.model.ids() == made
    assert panel.model.index(0, 0).data() == "第九份，改到后面"
    panel.hide()
    panel.show()
    assert panel.model.ids() == [*made[1:], made[0]]
    records.edit(context.store, "paper", made[2], {"title": "第八份"})
    records.delete(context.store, "paper", [made[1]])
    panel.refresh(news)  # others have gone: in order again
    assert panel.model.ids() == [made[3], made[2], made[0]]
