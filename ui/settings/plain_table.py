"""A short table to read: as high as its rows, within reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui import style
from ui.tables.rows import dress_rows
from ui.tables.wrapping import fit_rows

_MOST_ROWS = 10


class PlainTable(QTableWidget):
    """Rows of plain words under their headings."""

    def __init__(self, name: str, headings: Sequence[str], most_rows: int = _MOST_ROWS) -> None:
        super().__init__(0, len(headings))
        self._most_rows = most_rows
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setProperty("framed", True)
        dress_rows(self)
        self.setWordWrap(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        style.sized(self, PlainTable._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew where the width is another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Fill the table."""
        self.clearSelection()
        self.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                self.setItem(line, column, item)
        self.setVisible(bool(rows))
        self._fit()

    def _fit(self) -> None:
        fit_rows(self)
        rows = sum(self.rowHeight(row) for row in range(min(self.rowCount(), self._most_rows)))
        head = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + rows + 2 * self.frameWidth() + 2)
