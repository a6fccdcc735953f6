"""The columns of a list, to compare: a header that sorts, is dragged and keeps its widths."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ui import style
from ui.tables.list_model import ListModel
from ui.tables.record_view import RecordView
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


class ComparingTable(RecordView):
    """Columns with a header that sorts; one of them fills the room, the last if nobody says otherwise."""

    sort_asked = Signal(str, bool)  # field, descending
    columns_moved = Signal()
    column_sized = Signal(str, int)  # field, width

    def __init__(self, model: ListModel) -> None:
        super().__init__(model)
        self._shown = model
        self._sorted = ("", False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
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
