"""The table of items to choose from: a click on the box or Space ticks, F2 writes."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from ui import style
from ui.checklists.choosing_model import ChoosingModel
from ui.tables.rows import dress_rows
from ui.tables.wrapping import wrap_rows

_WIDTHS = {"chosen": 40, "code": 88, "area": 104, "tags": 220, "suspicion": 260}
_ROOM = 700  # narrower than this, the text needs the room of the area


class ChoosingTable(QTableView):
    """`ticked` gives rows and whether they are to be chosen."""

    ticked = Signal(list, bool)

    def __init__(self, model: ChoosingModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName("可选的事项")
        dress_rows(self)
        self.setProperty("framed", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        style.sized(self, ChoosingTable._fit_columns)
        wrap_rows(self)
        self.clicked.connect(self._on_click)

    def fit(self) -> None:
        """Give the columns of this mode their room, the keyboard its first row."""
        self._fit_columns()
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        for column, name in enumerate(self._model.names):
            stretched = name == "text"
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, mode)
            if not stretched:
                header.resizeSection(column, style.metrics.scaled(_WIDTHS[name]))
        self._hide_area()

    def finish_editing(self) -> None:
        """Take over what is being written in a cell."""
        editor = QApplication.focusWidget()
        if editor is not None and editor is not self and self.viewport().isAncestorOf(editor):
            self.commitData(editor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the chosen rows, or leaves them where all are ticked."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        if event.key() == Qt.Key.Key_Space and rows:
            self.ticked.emit(rows, not all(self._model.rows[row].chosen for row in rows))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the area out where there is little room."""
        super().resizeEvent(event)
        self._hide_area()

    def _hide_area(self) -> None:
        self.setColumnHidden(self._model.names.index("area"), self.width() < style.metrics.scaled(_ROOM))

    def _on_click(self, index: QModelIndex) -> None:
        if self._model.names[index.column()] == "chosen":
            self.ticked.emit([index.row()], not self._model.rows[index.row()].chosen)
