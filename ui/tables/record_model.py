"""A lazy table model: ids in a list, cells in pages, optional group lines; sorting happens in SQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui import style
from xuncha_desktop.model import Field, Kind
from xuncha_desktop.services import lists
from xuncha_desktop.store.store import Store

PAGE = 20
ID_ROLE = Qt.ItemDataRole.UserRole
CELLS_ROLE = Qt.ItemDataRole.UserRole + 1
GROUP_ROLE = Qt.ItemDataRole.UserRole + 2
EXTRA = "_extra"
Index = QModelIndex | QPersistentModelIndex
Extra = Callable[[Sequence[str]], Mapping[str, str]]  # ids -> one more text each, not a field
_NUMBERS = (Kind.INT, Kind.MONEY, Kind.YUAN)


@dataclass(frozen=True, slots=True)
class Group:
    """A line above the records of one value."""

    text: str
    count: int


class RecordModel(QAbstractTableModel):
    """Records of one entity as a list shows them."""

    def __init__(
        self,
        store: Store,
        entity: str,
        columns: Sequence[str],
        also: Sequence[str] = (),
        extra: Extra | None = None,
    ) -> None:
        super().__init__()
        self._extra = extra
        self._store = store
        self._entity = entity
        self._columns: list[Field] = [lists.listed(entity)[name] for name in columns]
        self._also = tuple(also)
        self._rows: list[str | Group] = []
        self._lines: dict[str, int] = {}
        self._cells: dict[str, dict[str, str]] = {}
        self.query = lists.Query(entity)
        self.group_by = ""

    def show(self, query: lists.Query, group_by: str = "") -> None:
        """Show other records, another order or another grouping."""
        self.beginResetModel()
        self.query, self.group_by = query, group_by
        self._cells.clear()
        if group_by:
            self._rows = []
            for text, ids in lists.grouped(self._store, query, group_by):
                self._rows += [Group(text or "（未填）", len(ids)), *ids]
        else:
            self._rows = list(lists.ids(self._store, query))
        self._lines = {row: line for line, row in enumerate(self._rows) if isinstance(row, str)}
        self.endResetModel()

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._columns = [lists.listed(self._entity)[name] for name in columns]
        self._cells.clear()
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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Lines, group lines included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row = self._rows[index.row()]
        if isinstance(row, Group):
            if role == GROUP_ROLE:
                return row
            if role == Qt.ItemDataRole.DisplayRole and index.column() == 0:
                return f"{row.text}　{row.count}"
            return style.font("section") if role == Qt.ItemDataRole.FontRole else None
        if role == ID_ROLE:
            return row
        if role == CELLS_ROLE:
            return self._row_cells(index.row())
        field = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._row_cells(index.row()).get(field.name, "")
            return text.replace("\n", " ") if role == Qt.ItemDataRole.DisplayRole else _tip(text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if field.kind in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Group lines cannot be chosen."""
        if index.isValid() and isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' labels."""
        if orientation is Qt.Orientation.Horizontal and section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].label
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _row_cells(self, line: int) -> dict[str, str]:
        record = self._rows[line]
        if not isinstance(record, str):
            return {}
        if record not in self._cells:
            start = line // PAGE * PAGE
            ids = [row for row in self._rows[start : start + PAGE] if isinstance(row, str)]
            names = list(dict.fromkeys([*(f.name for f in self._columns), *self._also]))
            cells = lists.page(self._store, self._entity, ids, names)
            if self._extra:
                for key, text in self._extra(ids).items():
                    cells[key][EXTRA] = text
            self._cells.update(cells)
        return self._cells.get(record, {})


def _tip(text: str) -> str | None:
    """Long cell texts as a tooltip; escaped, since Qt would take markup in a text for markup."""
    from html import escape

    return f"<p>{escape(text[:400])}</p>" if len(text) > 12 else None
