"""Items to choose from as a table: ticked or not, what each says, its tags or the suspicion it is tied to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui import style
from ui.checklists.item_model import tip
from ui.tables.rows import LEFT, TICKED
from xuncha_desktop.model import fields
from xuncha_desktop.services.overlays import Added, Candidate, Selection

Index = QModelIndex | QPersistentModelIndex
_ITEM = fields("check_item")


@dataclass(slots=True)
class Row:
    """An item with what the user has said of it; without `item` it is about to be added."""

    item: str
    code: str
    area: str
    text: str
    must: bool
    tags: tuple[str, ...]
    own: bool
    begun: bool
    chosen: bool
    suspicion: str = ""


class ChoosingModel(QAbstractTableModel):
    """`counted` when something was ticked, `reworded` when an own item that exists was worded anew."""

    counted = Signal()
    reworded = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._last = ""  # tags or suspicion, as the mode wants; "" for neither

    @property
    def names(self) -> tuple[str, ...]:
        """The columns shown."""
        return ("chosen", "code", "area", "text", *filter(None, [self._last]))

    def show(self, selection: Selection) -> None:
        """Begin with what an inspection has."""
        self.beginResetModel()
        self._last = {"special": "tags", "mobile": "suspicion"}.get(selection.mode, "")
        self.rows = [_row(candidate) for candidate in selection.candidates]
        self.endResetModel()
        self.counted.emit()

    def add(self, texts: Sequence[str], area: str, suspicion: str) -> None:
        """Append items of one's own, ticked; what is there already is ticked only."""
        known = {row.text: row for row in self.rows}
        self.beginResetModel()
        for text in texts:
            if (row := known.get(text)) is None:
                row = Row("", "", area, text, False, (), True, False, True)
                self.rows.append(row)
            row.chosen, row.suspicion = True, row.suspicion or suspicion
        self.endResetModel()
        self.counted.emit()

    def tick(self, rows: Sequence[int], chosen: bool, suspicion: str = "") -> None:
        """Choose or leave rows; one that is tied to no suspicion yet is tied to this."""
        for number in rows:
            row = self.rows[number]
            row.chosen = chosen
            if chosen and self._last == "suspicion":
                row.suspicion = row.suspicion or suspicion
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(self.names) - 1))
            self.counted.emit()

    def tagged(self, tag: str) -> list[int]:
        """The rows with a tag."""
        return [number for number, row in enumerate(self.rows) if tag in row.tags]

    def chosen(self) -> tuple[Mapping[str, str], list[Added]]:
        """Items with their suspicions, and what is to be added."""
        ticked = [row for row in self.rows if row.chosen]
        items = {row.item: row.suspicion for row in ticked if row.item}
        return items, [Added(row.text, row.suspicion) for row in ticked if not row.item]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Items."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Columns."""
        return 0 if parent.isValid() else len(self.names)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Suspicions are written here, and the words of own items."""
        name = self.names[index.column()]
        editable = name == "suspicion" or (name == "text" and self.rows[index.row()].own)
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row, name = self.rows[index.row()], self.names[index.column()]
        lacks = name == "suspicion" and row.chosen and not row.suspicion
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            editing = role == Qt.ItemDataRole.EditRole
            return "▲ 写明疑点" if lacks and not editing else _cell(row, name, plain=editing)
        if role == Qt.ItemDataRole.AccessibleTextRole and name == "chosen":
            return "已选" if row.chosen else "未选"
        if role == Qt.ItemDataRole.ToolTipRole and name in ("text", "suspicion"):
            return tip(_cell(row, name, plain=True))
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = "text" if row.chosen and name in ("text", "suspicion") else "secondary"
            return style.color("warning" if lacks else "accent" if name == "chosen" and row.chosen else quiet)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take over a suspicion or the words of an own item."""
        row, name, words = self.rows[index.row()], self.names[index.column()], str(value).strip()
        if name == "suspicion":
            row.suspicion = words
            row.chosen = row.chosen or bool(words)
        elif not words or words == row.text:
            return False
        elif row.item:
            self.reworded.emit(row.item, words)
            row.text = words
        else:
            row.text = words
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.names) - 1))
        self.counted.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' labels."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[self.names[section]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


_HEADS = {
    "chosen": "选",
    "code": _ITEM["code"].label,
    "area": _ITEM["area"].label,
    "text": _ITEM["item"].label,
    "tags": _ITEM["tags"].label,
    "suspicion": fields("check_result")["suspicion"].label,
}


def _row(candidate: Candidate) -> Row:
    return Row(
        candidate.item,
        candidate.code,
        candidate.area,
        candidate.text,
        candidate.must,
        candidate.tags,
        candidate.own,
        candidate.begun,
        candidate.chosen,
        candidate.suspicion,
    )


def _cell(row: Row, name: str, *, plain: bool) -> str:
    match name:
        case "chosen":
            return TICKED if row.chosen else LEFT
        case "code":
            return f"★ {row.code}" if row.must else row.code
        case "tags":
            return "　".join(row.tags)
        case "text":
            words = " ".join(row.text.split())
            return words if plain or not row.begun or row.chosen else f"{words}（已核查，隐藏后核查情况仍保留）"
        case _:
            return getattr(row, name)
