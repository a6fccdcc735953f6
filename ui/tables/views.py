"""The two ways a list is seen: two-line rows to read, columns to compare. Both keep selection and scroll."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView

from ui import style
from ui.tables.list_model import ID_ROLE, Index, ListModel
from ui.tables.record_model import RecordModel
from ui.tables.rows import dress_rows
from ui.tables.two_lines import Describe, TwoLineDelegate
from xuncha_desktop.model import Field, Kind

_TITLE, _OTHER = 260, 120  # the first column is what the record is called
_WIDTHS = {
    Kind.LONGTEXT: 320,
    Kind.RICHTEXT: 320,
    Kind.REF: 180,
    Kind.REFS: 160,
    Kind.TEXT: 160,
    Kind.AUTO: 140,
    Kind.ENUM: 90,
}


def chosen(view: QAbstractItemView) -> list[str]:
    """Ids of the selected records, from top to bottom."""
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    model = view.model()
    ids = (model.data(model.index(row, 0), ID_ROLE) for row in rows)
    return [record for record in ids if record]


def stand_on(view: QAbstractItemView, row: int) -> None:
    """Choose one row, whatever keys are held: after Ctrl+Z the view itself would turn the choice round."""
    mode = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(view.model().index(row, 0), mode)


def choose(view: QAbstractItemView, records: Sequence[str], current: str) -> None:
    """Select records again after a refresh."""
    model = view.model()
    assert isinstance(model, ListModel)
    selection = QItemSelection()
    for record in records:
        if (row := model.row_of(record)) >= 0:
            selection.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
    view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    if (row := model.row_of(current)) >= 0:
        view.selectionModel().setCurrentIndex(model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)


class ReadingList(QListView):
    """Two-line rows."""

    opened = Signal()
    edit_asked = Signal()

    def __init__(self, model: RecordModel, describe: Describe) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = TwoLineDelegate(describe)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.activated.connect(lambda _: self.opened.emit())

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint anew. Qt would lay all rows out again, but what a row says does not change its height."""
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows for Excel, F2 asks to edit."""
        if not _do_key(self, event):
            super().keyPressEvent(event)


class ComparingTable(QTableView):
    """Columns with a header that sorts; one of them fills the room, the last if nobody says otherwise."""

    opened = Signal()
    edit_asked = Signal()
    sort_asked = Signal(str, bool)  # field, descending
    columns_moved = Signal()
    column_sized = Signal(str, int)  # field, width

    def __init__(self, model: ListModel) -> None:
        super().__init__()
        self._shown = model
        self._sorted = ("", False)
        self.setModel(model)
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.sectionClicked.connect(self._sort)
        self._fitting = False
        # Later, since the header is still busy with the mouse.
        header.sectionMoved.connect(self._on_moved, Qt.ConnectionType.QueuedConnection)
        header.sectionResized.connect(self._on_sized)
        self.activated.connect(lambda _: self.opened.emit())
        model.modelReset.connect(self._span_groups)

    def show_columns(self, names: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show these columns in this order, each as wide as it was made, else as its kind of value needs."""
        header = self.horizontalHeader()
        self._fitting = True
        if list(names) != [column.name for column in self._shown.columns]:
            self._shown.set_columns(names)
        for place, column in enumerate(self._shown.columns):
            header.moveSection(header.visualIndex(place), place)
            self.setColumnWidth(place, widths.get(column.name) or style.metrics.scaled(self.usual_width(place, column)))
        self._fitting = False

    def usual_width(self, place: int, column: Field) -> int:
        """How wide a column is that nobody dragged, at the base text size."""
        return _TITLE if place == 0 else _WIDTHS.get(column.kind, _OTHER)

    def columns_shown(self) -> list[str]:
        """The fields from left to right as they stand."""
        columns, header = self._shown.columns, self.horizontalHeader()
        sections = [header.logicalIndex(place) for place in range(header.count())]
        return [columns[section].name for section in sections if not header.isSectionHidden(section)]

    def widths(self) -> dict[str, int]:
        """How wide the columns are but the one that fills the room."""
        return {
            column.name: self.columnWidth(section)
            for section, column in enumerate(self._shown.columns)
            if not self.isColumnHidden(section) and not self.fills(section)
        }

    def fills(self, section: int) -> bool:
        """Whether a column has the room that the others leave."""
        header = self.horizontalHeader()
        return header.visualIndex(section) == header.count() - 1

    def show_sort(self, name: str, descending: bool) -> None:
        """Put the arrow where the order comes from."""
        self._sorted = (name, descending)
        names = [column.name for column in self._shown.columns]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(names.index(name) if name in names else -1, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen rows for Excel, F2 asks to edit."""
        if not _do_key(self, event):
            super().keyPressEvent(event)

    def _on_moved(self) -> None:
        columns = enumerate(self._shown.columns)
        if not self._fitting and self.columns_shown() != [c.name for at, c in columns if not self.isColumnHidden(at)]:
            self.columns_moved.emit()

    def _on_sized(self, section: int, _: int, width: int) -> None:
        if not self._fitting and width and not self.fills(section):  # a hidden one has none
            self.column_sized.emit(self._shown.columns[section].name, width)

    def _sort(self, section: int) -> None:
        name = self._shown.columns[section].name
        self.sort_asked.emit(name, self._sorted == (name, False))

    def _span_groups(self) -> None:
        """What stands above a group is read in full, however narrow the first column is."""
        self.clearSpans()
        if (count := self._shown.columnCount()) > 1:
            for line in self._shown.group_lines():
                self.setSpan(line, 0, 1, count)


def _do_key(view: "ReadingList | ComparingTable", event: QKeyEvent) -> bool:
    """What both views do at a key; False if it is none of theirs."""
    if event.matches(QKeySequence.StandardKey.Copy):
        copy_rows(view)
    elif event.key() == Qt.Key.Key_F2 and view.currentIndex().data(ID_ROLE):
        view.edit_asked.emit()
    else:
        return False
    return True


def copy_rows(view: QAbstractItemView) -> None:
    """Put the chosen rows with their headings on the clipboard, as a table Excel understands."""
    model = view.model()
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    if not rows:
        return
    columns = range(model.columnCount())
    lines = [[str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]]
    lines += [[_cell(str(model.data(model.index(row, column)) or "")) for column in columns] for row in rows]
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))


def _cell(text: str) -> str:
    """A cell that stays one cell, and text that Excel does not take for a formula; numbers stay numbers."""
    plain = " ".join(text.replace("\t", " ").splitlines())
    number = re.fullmatch(r"[+-]?[\d,]+(\.\d+)?", plain)
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") and not number else plain
