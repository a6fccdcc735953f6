"""What the views of a list ask of its model: ids in lines, fields in columns, a line above each group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui import style
from xuncha_desktop.model import Field

ID_ROLE = Qt.ItemDataRole.UserRole
GROUP_ROLE = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Group:
    """A line above the records of one value."""

    text: str
    count: int


class ListModel(QAbstractTableModel):
    """Lines and columns; what stands in a cell is said by those who know the records."""

    def __init__(self, known: Mapping[str, Field], columns: Sequence[str]) -> None:
        super().__init__()
        self._known = known
        self._columns: list[Field] = [known[name] for name in columns]
        self._rows: list[str | Group] = []
        self._lines: dict[str, int] = {}

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._columns = [self._known[name] for name in columns]
        self.endResetModel()

    @property
    def columns(self) -> list[Field]:
        """The fields shown, from left to right."""
        return list(self._columns)

    def ids(self) -> list[str]:
        """All ids in order, group lines left out."""
        return [row for row in self._rows if isinstance(row, str)]

    def row_of(self, record: str) -> int:
        """The line of a record, or -1."""
        return self._lines.get(record, -1)

    def group_lines(self) -> list[int]:
        """The lines that stand above a group."""
        return [line for line, row in enumerate(self._rows) if isinstance(row, Group)]

    def index(self, row: int, column: int = 0, parent: Index = _NOWHERE) -> QModelIndex:
        """A cell. Views ask for one in each of thousands of lines, and Qt's own answer asks here twice for each."""
        inside = 0 <= row < len(self._rows) and 0 <= column < len(self._columns)
        return self.createIndex(row, column) if inside else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Lines, group lines included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Which record stands in a line, or which group begins there."""
        row = self._rows[index.row()]
        if not isinstance(row, Group):
            return row if role == ID_ROLE else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.text}　{row.count}" if index.column() == 0 else None
            case Qt.ItemDataRole.FontRole:
                return style.font("section")
            case Qt.ItemDataRole.ForegroundRole:
                return style.color("text")  # it cannot be chosen, and is read all the same
            case _:
                return row if role == GROUP_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Group lines cannot be chosen, and the arrows pass over them."""
        if index.isValid() and isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' labels."""
        if orientation is Qt.Orientation.Horizontal and section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].label
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _put(self, ids: Sequence[str]) -> None:
        """Records without groups."""
        self._take(list(ids))

    def _put_groups(self, groups: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Records, each group under its words."""
        self._take([row for text, ids in groups for row in (Group(text or "（未填）", len(ids)), *ids)])

    def _take(self, rows: list[str | Group]) -> None:
        """Show these lines. Where they are the same only cells may differ: no view has to lay out thousands anew."""
        if rows == self._rows:
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1, len(self._columns) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._lines = {row: line for line, row in enumerate(rows) if isinstance(row, str)}
        self.endResetModel()
