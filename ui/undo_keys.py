"""Ctrl+Z inside a text takes back typing first; when there is none left, the last action of the case."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget


class UndoKeys(QObject):
    """Lets the window have Ctrl+Z and Ctrl+Y whenever the text that has the focus has nothing to take back.

    It listens to the widget with the focus alone: a filter on the whole application would see every event.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit | QTextEdit):
            now.installEventFilter(self)  # a second time does no harm: Qt moves the filter to the front

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text without undo of its own from claiming the keys."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        back, again = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        if not (back or again):
            return False
        if isinstance(watched, QLineEdit):
            return not (watched.isUndoAvailable() if back else watched.isRedoAvailable())
        if isinstance(watched, QTextEdit):
            document = watched.document()
            return not (document.isUndoAvailable() if back else document.isRedoAvailable())
        return False
