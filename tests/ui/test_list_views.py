"""Both views of a list: the row one is on stays in sight, and keys lead where they do in any list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.test_lists import add, panel_of
from ui.context import Context


@pytest.mark.parametrize("table", [False, True])
def test_the_row_one_is_on_stays_in_sight_when_the_window_shrinks(context: Context, qtbot: QtBot, table: bool) -> None:
    made = add(context, *({"title": f"第{number:04}份"} for number in range(40)))
    panel = panel_of(context, qtbot, sort="title")
    panel.set_state(table=table)
    view = panel.view()
    panel.select(made[7])
    panel.resize(520, 300)
    QApplication.processEvents()
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()), proper=False)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())  # looked away on purpose
    at = view.verticalScrollBar().value()
    panel.resize(520, 280)
    QApplication.processEvents()
    assert abs(view.verticalScrollBar().value() - at) < 100


@pytest.mark.parametrize("table", [False, True])
def test_home_and_end_lead_to_the_first_and_last_record_and_tab_out_of_the_list(
    context: Context, qtbot: QtBot, table: bool
) -> None:
    made = add(context, *({"title": f"第{number}份"} for number in range(3)))
    panel = panel_of(context, qtbot, sort="number")
    panel.set_state(table=table)
    panel.select(made[1])
    panel.view().setFocus()
    qtbot.keyClick(panel.view(), Qt.Key.Key_End)
    assert panel.current() == made[2]
    qtbot.keyClick(panel.view(), Qt.Key.Key_Home)
    assert (panel.current(), panel.selected()) == (made[0], [made[0]])
    qtbot.keyClick(panel.view(), Qt.Key.Key_Tab)
    assert panel.search.hasFocus()
    assert panel.current() == made[0]


@pytest.mark.parametrize("table", [False, True])
def test_the_row_one_is_on_is_seen_when_keys_lead_back_to_the_list(context: Context, qtbot: QtBot, table: bool) -> None:
    made = add(context, *({"title": f"第{number:04}份"} for number in range(60)))
    panel = panel_of(context, qtbot, sort="title")
    panel.set_state(table=table)
    view = panel.view()
    panel.select(made[50])
    panel.search.setFocus()
    view.verticalScrollBar().setValue(0)
    view.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()), proper=False)
