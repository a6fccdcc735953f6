"""Keys of the window that work from wherever one is: help, and the keypad's Enter."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import new_paper
from tests.support.typing import press
from ui.main_window import MainWindow
from ui.screens.interviews import InterviewsScreen
from ui.screens.papers import PapersScreen
from ui.screens.settings import SettingsScreen
from ui.settings.shortcuts import ShortcutsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window, a paper in front."""
    screen = window.show_screen("papers")
    assert isinstance(screen, PapersScreen)
    screen.editor.form.finish()
    screen.open_record("paper", new_paper(window.context.store))
    QApplication.processEvents()
    return window


def test_f1_shows_all_keys_from_inside_a_text(window: MainWindow) -> None:
    screen = window.current()
    assert isinstance(screen, PapersScreen)
    screen.editor.form.focus("overview")
    press(Qt.Key.Key_F1)
    current = window.current()
    assert isinstance(current, SettingsScreen)
    assert isinstance(current.stack.currentWidget(), ShortcutsPage)


@pytest.mark.parametrize(
    ("key", "more"),
    [(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)],
)
def test_ctrl_enter_hands_a_paper_in_on_both_enter_keys(
    window: MainWindow, qtbot: QtBot, key: Qt.Key, more: Qt.KeyboardModifier
) -> None:
    screen = window.current()
    assert isinstance(screen, PapersScreen)
    screen.editor.form.focus("overview")
    press(key, Qt.KeyboardModifier.ControlModifier | more)
    qtbot.waitUntil(lambda: window.status.words.text().startswith("还缺 "))


def test_f2_goes_from_the_list_into_the_first_field(window: MainWindow, qtbot: QtBot) -> None:
    screen = window.current()
    assert isinstance(screen, PapersScreen)
    screen.editor.form.focus("note")
    screen.panel.view().setFocus()
    QTest.keyClick(screen.panel.view(), Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: screen.editor.form.boxes["title"].editor.focus_widget().hasFocus())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus_as_space_does(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    interviews = window.show_screen("interviews")
    assert isinstance(interviews, InterviewsScreen)
    QApplication.processEvents()
    first = QApplication.focusWidget()
    assert isinstance(first, QPushButton), "an empty list puts the focus on its first step"
    press(key)
    qtbot.waitUntil(lambda: interviews.editor.form.isAncestorOf(QApplication.focusWidget() or interviews))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_keys_of_a_closed_search_lead_nowhere(window: MainWindow, key: Qt.Key) -> None:
    window.show_screen("interviews")
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Escape)
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    current = window.current()
    assert current is not None
    assert current.NAME == "interviews"
