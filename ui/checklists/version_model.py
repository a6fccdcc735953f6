"""What a later version of a checklist changes, as a table: a row for each field that reads differently."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.tables.compared_table import ComparedModel
from ui.tables.rows import LEFT, TICKED
from ui.tables.states import marked
from xuncha_desktop.model import fields
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.services.taking_over import CHANGED, DROPPED, NEW, Difference, Said

Index = QModelIndex | QPersistentModelIndex
KINDS = {CHANGED: "改", NEW: "增", DROPPED: "减"}
_NONE = {NEW: "（原来没有这一项）", DROPPED: "（新版没有这一项）"}
_ITEM = fields("check_item")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of one difference: a row of the table."""

    number: int  # of the difference
    first: bool
    label: str
    old: str
    new: str


class VersionModel(ComparedModel):
    """Differences, a row for each field that reads differently."""

    counted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.differences: Sequence[Difference] = ()
        self.parts: list[Part] = []
        self.chosen: set[str] = set()
        self._heads = ("事项", "", "", "")

    def show(self, differences: Sequence[Difference], now: str, then: str) -> None:
        """Show what differs between two versions."""
        self.beginResetModel()
        self._heads = ("事项", "", f"现用 {now}", f"新版 {then}")
        self.differences = differences
        self.chosen = {row.key for row in differences if row.usual}
        self.parts = [part for number, row in enumerate(differences) for part in _parts(number, row)]
        self.endResetModel()
        self.counted.emit()

    def toggle(self, rows: Sequence[int]) -> None:
        """Choose the differences of these rows, or leave them where all are chosen."""
        keys = {self.differences[self.parts[row].number].key for row in rows}
        self.chosen = self.chosen - keys if keys <= self.chosen else self.chosen | keys
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.parts) - 1, 0))
        self.counted.emit()

    def begins(self, row: int) -> bool:
        """Whether a difference begins here."""
        return self.parts[row].first

    def is_chosen(self, row: int) -> bool:
        """Whether its difference is taken over."""
        return self._difference(row).key in self.chosen

    def is_changed(self, row: int) -> bool:
        """Whether the item is in both versions."""
        return self._difference(row).kind == CHANGED

    def _difference(self, row: int) -> Difference:
        return self.differences[self.parts[row].number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Fields that differ."""
        return 0 if parent.isValid() else len(self.parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        part = self.parts[index.row()]
        if index.column() == 0:
            return self._first(part) if part.first else ""
        return (part.label, part.old, part.new)[index.column() - 1]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Which version stands where."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _first(self, part: Part) -> str:
        difference = self.differences[part.number]
        said = difference.new or difference.old
        box = TICKED if difference.key in self.chosen else LEFT
        state = marked(RESULT_STATES.get(difference.state, ""))[0]
        head = f"{box} {KINDS[difference.kind]}　{said.code if said else ''}"
        return f"{head}\n　 {state}" if state and difference.state != "open" else head


def _parts(number: int, difference: Difference) -> list[Part]:
    found: list[Part] = []
    for name in difference.fields:
        old, new = _words(difference.old, name), _words(difference.new, name)
        if not old and not new:
            continue
        if difference.kind in _NONE and not found:
            missing = _NONE[difference.kind]
            old, new = (missing, new) if difference.kind == NEW else (old, missing)
        found.append(Part(number, not found, _ITEM[name].label, old, new))
    return found


def _words(said: Said | None, name: str) -> str:
    if said is None:
        return ""
    value = getattr(said, name)
    return ("必查" if value else "选查") if isinstance(value, bool) else value
