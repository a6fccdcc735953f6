"""What both ways of seeing a list have in common: whole rows of records, their keys, and copying them for Excel."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.tables.list_model import ID_ROLE, ListModel
from ui.tables.rows import dress_rows
from ui.tables.views import copy_rows


class RecordView(QTableView):
    """Records in rows; `opened` when one is entered, `edit_asked` at F2."""

    opened = Signal()
    edit_asked = Signal()

    def __init__(self, model: ListModel) -> None:
        super().__init__()
        self.setModel(model)
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.activated.connect(lambda _: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows for Excel, F2 asks to edit."""
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        elif event.key() == Qt.Key.Key_F2 and self.currentIndex().data(ID_ROLE):
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whose keys lead here sees the row they are on."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The row one is on is still seen, all of it, when the window gives less room."""
        seen = self.visualRect(self.currentIndex()).top() in range(event.oldSize().height())
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End lead to the first and the last record; a table goes to the first and last column of one."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)
