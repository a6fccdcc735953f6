"""Standing on a passage of a text that is written on the screen, or choosing it."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget


def choose_passage(widget: QWidget, start: int, length: int) -> None:
    """Choose these characters in an editor of long texts and bring them into view; other editors have no places."""
    if isinstance(widget, QTextEdit):
        text = widget.toPlainText()
        cursor = widget.textCursor()
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[: start + length]), QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
        widget.ensureCursorVisible()


def _units(text: str) -> int:
    """Qt counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
