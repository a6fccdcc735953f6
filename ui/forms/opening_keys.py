"""Keys that open a list to choose from, or a menu, on the button that a click or Space opens already."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_F4)
_HARMLESS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class OpeningKeys(QObject):
    """Enter, ↓, F4, Alt+↓ open the list; a letter opens it, too, and is looked for at once."""

    def __init__(self, button: QAbstractButton, open_with: Callable[[str], object]) -> None:
        super().__init__(button)
        self._open = open_with
        button.installEventFilter(self)
        button.clicked.connect(lambda: open_with(""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the keys of the button."""
        if isinstance(event, QKeyEvent) and (typed := _asked(event)) is not None:
            self._open(typed)
            return True
        return super().eventFilter(watched, event)


class MenuKeys(QObject):
    """The same keys for a menu, in which nothing is looked for."""

    def __init__(self, button: QAbstractButton, open_menu: Callable[[], object]) -> None:
        super().__init__(button)
        self._open = open_menu
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the keys of the button."""
        if isinstance(event, QKeyEvent) and _asked(event) == "":
            self._open()
            return True
        return super().eventFilter(watched, event)


def _asked(event: QKeyEvent) -> str | None:
    """What to look for in the list that a pressed key opens; None where it opens nothing."""
    held = event.modifiers() & ~_HARMLESS
    plain = held == Qt.KeyboardModifier.NoModifier
    alt_down = event.key() == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier
    if event.type() != QEvent.Type.KeyPress:
        return None
    if alt_down or (plain and event.key() in _OPEN):
        return ""
    return event.text() if plain and event.text().isprintable() and event.text().strip() else None
