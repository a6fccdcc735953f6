"""A lazy table model: ids in a list, cells in pages, optional group lines; sorting happens in SQL."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from ui.tables.list_model import ID_ROLE, Group, Index, ListModel
from xuncha_desktop.model import Kind
from xuncha_desktop.services import lists
from xuncha_desktop.store.store import Store

PAGE = 20
CELLS_ROLE = Qt.ItemDataRole.UserRole + 1
EXTRA = "_extra"
Extra = Callable[[Sequence[str]], Mapping[str, str]]  # ids -> one more text each, not a field
_NUMBERS = (Kind.INT, Kind.MONEY, Kind.YUAN)


class RecordModel(ListModel):
    """Records of one entity as a list shows them."""

    def __init__(
        self,
        store: Store,
        entity: str,
        columns: Sequence[str],
        also: Sequence[str] = (),
        extra: Extra | None = None,
    ) -> None:
        super().__init__(lists.listed(entity), columns)
        self._extra = extra
        self._store = store
        self._entity = entity
        self._also = tuple(also)
        self._cells: dict[str, dict[str, str]] = {}
        self.query = lists.Query(entity)
        self.group_by = ""

    def show(self, query: lists.Query, group_by: str = "", *, stay: bool = False) -> bool:
        """Show other records, another order or another grouping.

        `stay`: records that are all seen already keep their places; True if some would stand elsewhere by now.
        """
        self.query, self.group_by = query, group_by
        self._cells.clear()
        if group_by:
            self._put_groups(lists.grouped(self._store, query, group_by))
            return False
        seen, found = self._rows, lists.ids(self._store, query)
        stays = stay and len(seen) == len(found) and all(record in self._lines for record in found)
        self._put(self.ids() if stays else found)
        return stays and seen != found

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show other columns."""
        self._cells.clear()
        super().set_columns(columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if role == ID_ROLE or isinstance(self._rows[index.row()], Group):
            return super().data(index, role)
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

    def _row_cells(self, line: int) -> dict[str, str]:
        record = self._rows[line]
        if not isinstance(record, str):
            return {}
        if record not in self._cells:
            ids = self._page_at(line)
            names = list(dict.fromkeys([*(f.name for f in self._columns), *self._also]))
            cells = lists.page(self._store, self._entity, ids, names)
            if self._extra:
                for key, text in self._extra(ids).items():
                    cells[key][EXTRA] = text
            self._cells.update(cells)
        return self._cells.get(record, {})

    def _page_at(self, line: int) -> list[str]:
        """Records to read with that of a line: those below it, or, where people scroll upwards, those above."""
        up = line + 1 < len(self._rows) and self._rows[line + 1] in self._cells
        page = self._rows[max(0, line + 1 - PAGE) : line + 1] if up else self._rows[line : line + PAGE]
        return [row for row in page if isinstance(row, str) and row not in self._cells]


def _tip(text: str) -> str | None:
    """Long cell texts as a tooltip; escaped, since Qt would take markup in a text for markup."""
    from html import escape

    return f"<p>{escape(text[:400])}</p>" if len(text) > 12 else None
