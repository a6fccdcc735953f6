"""A screen by itself as somebody sees it: as large as in the window, in front, all its fields made."""

from typing import TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Shown = TypeVar("Shown", bound=QWidget)
SIZE = (1190, 690)  # what the window leaves a screen at 1366×768


def shown(screen: Shown, qtbot: QtBot) -> Shown:
    """Put a screen in front."""
    qtbot.addWidget(screen)
    screen.resize(*SIZE)
    screen.show()
    QTest.qWaitForWindowActive(screen)
    return screen
