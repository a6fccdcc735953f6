"""The table of the page: scrolls like Excel, takes keys for rows and columns."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from ui import style
from ui.imports.column_heads import ColumnHeads
from ui.imports.preview_model import PreviewModel
from ui.tables.views import copy_rows

_WIDTH, _WIDEST, _LETTER = 150, 300, 14


class PreviewTable(QTableView):
    """Del takes rows out or back in, Alt+↓ opens the field of a column, F2 corrects a cell."""

    rows_switched = Signal(list)  # rows of the sheet
    row_shown = Signal(int)

    def __init__(self, model: PreviewModel) -> None:
        super().__init__()
        self._preview = model
        self.setModel(model)
        self.heads = ColumnHeads(self, model)
        self.setHorizontalHeader(self.heads)
        self.setAccessibleName("读到的表格")
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        side = self.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        style.sized(self, PreviewTable._size)

    def _size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(style.metrics.row)
        self.fit()

    def fit(self) -> None:
        """Columns as wide as their headings and the first rows want."""
        for section in range(self._preview.columnCount()):
            texts = [str(self._preview.data(self._preview.index(line, section)) or "") for line in range(self._lines())]
            longest = max(map(len, [*texts, self.heads.buttons[section].text()]))
            wide = min(max(_WIDTH, longest * _LETTER + 24), _WIDEST)
            self.setColumnWidth(section, style.metrics.scaled(wide))

    def go_to(self, row: int, column: int | None) -> None:
        """Put the keyboard on a cell of the sheet."""
        index = self._preview.index_of(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        elif column is not None and self._preview.rowCount():
            section = [one.place for one in self._preview.columns].index(column)
            self.scrollTo(self._preview.index(0, section))
        self.setFocus()

    def current_row(self) -> int:
        """The sheet's row that the keyboard is on; 0 for none."""
        index = self.currentIndex()
        return self._preview.row_at(index.row()) if index.isValid() else 0

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which row the keyboard is on."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.row_shown.emit(self._preview.row_at(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for rows, columns and copying; pasting is the page's."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if (alt_down or event.key() == Qt.Key.Key_F4) and self.currentIndex().isValid():
            self.heads.open(self.currentIndex().column())
        elif event.key() == Qt.Key.Key_Delete:
            self._switch()
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        elif event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the chosen rows."""
        if rows := self._chosen():
            menu = QMenu(self)
            menu.aboutToHide.connect(menu.deleteLater)
            back = all(self._preview.is_left_out(row) for row in rows)
            what = f"导入这 {len(rows)} 行" if back else f"不导入这 {len(rows)} 行"
            menu.addAction(f"{what}　Del").triggered.connect(self._switch)
            menu.popup(event.globalPos())

    def _switch(self) -> None:
        if rows := self._chosen():
            self.rows_switched.emit(rows)

    def _chosen(self) -> Sequence[int]:
        lines = sorted({index.row() for index in self.selectedIndexes()})
        return [self._preview.row_at(line) for line in lines]

    def _lines(self) -> int:
        return min(self._preview.rowCount(), 30)
