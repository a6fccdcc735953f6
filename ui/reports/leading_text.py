"""A text to read from which a click or Enter leads to where it is written; put together in turns."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.turns import Turns


class LeadingText(QTextEdit):
    """A subclass fills it and knows the ways."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = Turns(self)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setProperty("role", "editor")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)

    def lead(self, cursor: QTextCursor) -> None:
        """To where the text under the cursor is written."""
        raise NotImplementedError

    def stop(self) -> None:
        """Leave the document as it is."""
        self._turns.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click leads to the source; selecting text to copy does not."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.lead(self.cursorForPosition(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lead(self.textCursor())
        else:
            super().keyPressEvent(event)
