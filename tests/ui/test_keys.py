"""Every key of the program stands in the one list the settings show."""

import re

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QTabWidget

from tests.support.journal_rows import new_paper
from ui.forms.field_history import KEY
from ui.forms.record_form import RecordForm
from ui.main_window import MainWindow
from ui.settings.shortcuts import KEYS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window with every screen, tab and form made."""
    new_paper(window.context.store)
    for name in window.screen_names():
        screen = window.show_screen(name)
        for stack in [*screen.findChildren(QStackedWidget), *screen.findChildren(QTabWidget)]:
            for place in range(stack.count()):
                stack.setCurrentIndex(place)
        for form in screen.findChildren(RecordForm):
            form.finish()
        QApplication.processEvents()
    return window


def listed() -> set[str]:
    """The keys of the list one by one: "Alt+1 … Alt+3" is three."""
    found: set[str] = set()
    for _, rows in KEYS:
        for keys, _ in rows:
            for part in re.split(r" / |，", keys.replace("Alt+↑ ↓", "Alt+Up / Alt+Down")):
                ends = re.fullmatch(r"(\D*)(\d) … (?:\D*)(\d)", part)
                places = range(int(ends[2]), int(ends[3]) + 1) if ends else ()
                found |= {f"{ends[1]}{place}" for place in places} if ends else {part}
    return found


def named(keys: QKeySequence) -> str:
    """A key as the list names it."""
    return keys.toString(QKeySequence.SequenceFormat.PortableText).replace("Return", "Enter")


def test_every_key_of_every_screen_is_in_the_list(window: MainWindow) -> None:
    found = {named(shortcut.key()) for shortcut in window.findChildren(QShortcut)}
    found |= {named(button.shortcut()) for button in window.findChildren(QAbstractButton)}
    found = {keys for keys in found if keys and "Shift+Z" not in keys}  # the other key some systems have for redo
    assert {"Alt+1", "Ctrl+N", "Ctrl+D", "Ctrl+Enter", "Ctrl+E", KEY} <= found
    assert found - listed() == set()


def test_what_views_and_forms_listen_to_is_in_the_list() -> None:
    assert {"F1", "F2", "Enter", "Del", "Esc", "Ctrl+C", "1", "6", KEY} <= listed()
