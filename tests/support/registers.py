"""The nine registers as their tests use them: opened, read, and walked through with the keyboard."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.field_desk import values_of
from tests.support.screens import shown
from tests.support.typing import press
from ui.context import Context
from ui.records.register_screen import RegisterScreen
from ui.screens.catalog import SCREENS
from ui.tables.record_model import CELLS_ROLE
from xuncha_desktop.services import lists

REGISTERS = [entry.screen for entry in SCREENS if issubclass(entry.screen, RegisterScreen)]


class Desk:
    """Opens registers on the screen and remembers what was told."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context, self.store, self.qtbot = context, context.store, qtbot
        self.told: list[str] = []
        context.told.connect(self.told.append)
        context.undo_offered.connect(self.told.append)

    def open(self, register: type[RegisterScreen], record: str = "") -> RegisterScreen:
        """A register in front, all its fields made."""
        screen = register(self.context)
        screen.editor.form.finish()
        shown(screen, self.qtbot)
        if record:
            assert screen.open_record(register.ENTITY, record)
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        QApplication.processEvents()
        return screen

    def values(self, screen: RegisterScreen) -> dict[str, Any]:
        """The record shown, as the case has it."""
        return values_of(self.store, screen.ENTITY, screen.editor.form.record)

    def stored(self, screen: RegisterScreen) -> int:
        """How many records there are."""
        return lists.count(self.store, lists.Query(screen.ENTITY))


def tab_to(accessible_name: str) -> QWidget:
    """Press Tab until a widget is reached, as somebody without a mouse does."""
    for _ in range(80):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == accessible_name:
            return focus
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {accessible_name}")


def missing(screen: RegisterScreen) -> set[str]:
    """What the gauge says is not there."""
    return {button.text()[2:] for button in gaps(screen) if button.text().startswith("☐")}


def gaps(screen: RegisterScreen) -> list[QToolButton]:
    """The lines of the gauge."""
    return [button for button in screen.editor.gauge.findChildren(QToolButton) if not button.isHidden()]


def words(widget: QWidget) -> str:
    """Everything a widget says now."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def cells(screen: RegisterScreen, record: str) -> dict[str, str]:
    """What the list knows of a record."""
    return screen.panel.model.index(screen.panel.model.row_of(record), 0).data(CELLS_ROLE)
