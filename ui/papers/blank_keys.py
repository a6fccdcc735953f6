"""The blanks of a sentence pattern in a text: the first is selected when it is put in, Tab goes to the next."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from xuncha_desktop.services import blanks


class BlankKeys(QObject):
    """Watches one text; where no blank follows, Tab leaves the field as always."""

    def __init__(self, text: QTextEdit) -> None:
        super().__init__(text)
        self._text = text
        text.installEventFilter(self)

    def select_next(self, start: int) -> bool:
        """Select the first blank from this place on; False where there is none."""
        document = self._text.document()
        words = blanks.unfilled(self._text.toPlainText())
        found = [cursor for word in words if not (cursor := document.find(f"{{{word}}}", start)).isNull()]
        if found:
            self._text.setTextCursor(min(found, key=QTextCursor.selectionStart))
        return bool(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab, and nothing else."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            tab = event.key() == Qt.Key.Key_Tab and not event.modifiers() and not self._text.isReadOnly()
            if tab and self.select_next(self._text.textCursor().selectionEnd()):
                return True
        return super().eventFilter(watched, event)
