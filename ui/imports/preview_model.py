"""The table as read: rows by their numbers, what is wrong in which cell, which rows become no record and why."""

from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui import style
from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.services.imports.layout import Column
from xuncha_desktop.services.imports.plan import Plan

Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """Shows one plan; a corrected cell or a row taken in or left out is told, not kept."""

    corrected = Signal(int, int, str)  # row and column of the sheet, text

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._rows: list[int] = []
        self._columns: list[Column] = []
        self._why: Mapping[int, str] = {}
        self._wrong: dict[tuple[int, int | None], str] = {}
        self._remarks: dict[tuple[int, int | None], str] = {}
        self._counts: dict[int, int] = {}
        self._edited: Mapping[tuple[int, int], str] = {}

    def show(self, plan: Plan | None, edited: Mapping[tuple[int, int], str]) -> None:
        """Take over another plan."""
        self.beginResetModel()
        self._plan, self._edited = plan, edited
        self._rows = plan.rows if plan else []
        self._columns = plan.table.columns if plan else []
        self._why = {row.row: row.why for row in plan.left_out} if plan else {}
        self._wrong = {(found.row, found.column): found.text for found in plan.problems} if plan else {}
        self._remarks = {(found.row, found.column): found.text for found in plan.remarks} if plan else {}
        self._counts = {}
        for found in plan.problems if plan else ():
            self._counts[found.row] = self._counts.get(found.row, 0) + 1
        self.endResetModel()

    @property
    def columns(self) -> list[Column]:
        """The table's columns."""
        return self._columns

    def row_at(self, line: int) -> int:
        """The sheet's row in a line of the model."""
        return self._rows[line]

    def index_of(self, row: int, column: int | None) -> QModelIndex:
        """Where a cell of the sheet stands; the row's beginning without a column."""
        places = [one.place for one in self._columns]
        if row not in self._rows:
            return QModelIndex()
        return self.index(self._rows.index(row), places.index(column) if column in places else 0)

    def is_left_out(self, row: int) -> bool:
        """Whether a row becomes no record."""
        return row in self._why

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Rows under the heading."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """The table's columns."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be corrected here, for this import alone."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row, column = self._rows[index.row()], self._columns[index.column()].place
        wrong, remark = self._wrong.get((row, column)), self._remarks.get((row, column))
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column, bool(wrong))
        if role == Qt.ItemDataRole.EditRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.BackgroundRole and (wrong or remark):
            return style.color("error_tint" if wrong else "warning_tint")
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and (said := wrong or remark or self._long(row, column)):
            return f"<p>{escape(said)}</p>"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of a corrected cell."""
        row, column = self._rows[index.row()], self._columns[index.column()].place
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == self._text(row, column):
            return False
        self.corrected.emit(row, column, text)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings above; at the side each row's number, and what becomes of it where that is no record."""
        if orientation is Qt.Orientation.Horizontal:
            return self._columns[section].name if role == Qt.ItemDataRole.DisplayRole else None
        row = self._rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            of_papers = self._plan is not None and bool(self._plan.table.sheet.places)
            return "　".join(filter(None, (str(section + 1 if of_papers else row), self._result(row))))
        if role == Qt.ItemDataRole.ToolTipRole and row in self._why:
            return f"<p>不导入：{escape(self._why[row])}</p>"
        return None

    def _result(self, row: int) -> str:
        if row in self._why:
            return f"不导入：{self._why[row]}"[:10]
        return f"■ {self._counts[row]} 处要改" if row in self._counts else ""

    def _shown(self, row: int, column: int, wrong: bool) -> str:
        text = " ".join(self._text(row, column).split("\n"))
        mark = "✎ " if (row, column) in self._edited else ""
        return f"■ {mark}{text}" if wrong else f"{mark}{text}"

    def _text(self, row: int, column: int) -> str:
        if (row, column) in self._edited:
            return self._edited[row, column]
        if self._plan is None:
            return ""
        table = self._plan.table
        above, left = table.covered.get((row, column), (row, column))
        return grid.shown(table.sheet.value(above, left)) if left == column else ""

    def _is_own(self, row: int, column: int) -> bool:
        """Whether the cell itself holds what it shows, not the merged one it belongs to."""
        return self._plan is not None and (row, column) not in self._plan.table.covered

    def _long(self, row: int, column: int) -> str:
        text = self._text(row, column)
        return text[:400] if len(text) > 10 else ""

    def _color(self, row: int, column: int) -> Any:
        if row in self._why:
            return style.color("disabled")
        mapped = self._plan is not None and column in self._plan.columns and self._is_own(row, column)
        return style.color("text" if mapped else "secondary")
