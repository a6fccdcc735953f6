"""Enter presses the button that has the focus, as Space does; Qt itself does so in dialogs only."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press(event: QKeyEvent, button: QWidget | None) -> bool:
    """Press it if it is a button and this is Enter, alone and struck once; whether it was pressed."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    struck = event.key() in KEYS and not held and not event.isAutoRepeat()
    if struck and isinstance(button, QAbstractButton) and shiboken6.isValid(button):
        button.click()
        return True
    return False
