"""What an edited ledger says other than the case, as a table: a row a cell, a tick where it can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.tables.compared_table import ComparedModel
from ui.tables.rows import LEFT, TICKED
from xuncha_desktop.differences import excerpts
from xuncha_desktop.exports.returned.changes import STATES, Change

Index = QModelIndex | QPersistentModelIndex
_HEADS = ("", "底稿和栏目", "案卷现在", "文件中")
_AROUND, _MOST = 30, 160  # characters beside what differs, and of it
_NONE = "（空）"
Words = tuple[str, str]


class ReturnedModel(ComparedModel):
    """Clean changes are chosen at first; of signed papers those may be that are to be sent back."""

    counted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.changes: Sequence[Change] = ()
        self._words: Sequence[Words] = ()
        self._left: set[tuple[str, str]] = set()  # clean ones that a person does not want
        self._chosen: set[tuple[str, str]] = set()

    def show(self, changes: Sequence[Change], words: Sequence[Words], *, anew: bool) -> None:
        """Show these with their words; ticks set and taken away by hand stay unless it is another file."""
        self.beginResetModel()
        if anew:
            self._left, self._chosen = set(), set()
        self.changes = changes
        self._words = words
        self.endResetModel()
        self.counted.emit()

    def chosen(self, state: str = "") -> list[Change]:
        """The ticked changes that can be taken, or those in a state."""
        ticked = [change for row, change in enumerate(self.changes) if self.is_chosen(row)]
        return [change for change in ticked if (change.state == state if state else change.takeable)]

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick what can be chosen, or leave it where all of it is ticked."""
        some = [row for row in rows if _may_be_ticked(self.changes[row])]
        ticked = all(self.is_chosen(row) for row in some)
        for key in (_key(self.changes[row]) for row in some):
            self._chosen.discard(key) if ticked else self._chosen.add(key)
            self._left.add(key) if ticked else self._left.discard(key)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.changes) - 1, 3))
        self.counted.emit()

    def begins(self, row: int) -> bool:
        """Each row is a change of its own."""
        return True

    def is_chosen(self, row: int) -> bool:
        """Whether it is ticked."""
        change = self.changes[row]
        key = _key(change)
        return key in self._chosen or (change.state == "clean" and key not in self._left)

    def is_changed(self, row: int) -> bool:
        """Whether there are two texts."""
        return bool(self.changes[row].now and self.changes[row].new)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Cells that differ."""
        return 0 if parent.isValid() else len(self.changes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        change = self.changes[index.row()]
        if index.column() == 0:
            box = f"{TICKED if self.is_chosen(index.row()) else LEFT} " if _may_be_ticked(change) else "　 "
            return f"{box}{STATES[change.state]}\n　 {change.cell}"
        if index.column() == 1:
            # Of what cannot be chosen the reason is seen at once, of the rest once it is looked at.
            return f"{change.column}\n{change.title}" + ("" if _may_be_ticked(change) else f"\n{change.why}")
        return self._words[index.row()][index.column() - 2]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands where."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _may_be_ticked(change: Change) -> bool:
    return change.takeable or change.state == "locked"


def _key(change: Change) -> tuple[str, str]:
    return change.paper, change.column


def words_of(changes: Sequence[Change]) -> list[Words]:
    """Where old and new differ, with a little around it; to be called beside the window."""
    cut = (excerpts((change.now, change.new), _AROUND, _MOST) for change in changes)
    return [(now or _NONE, new or _NONE) for now, new in cut]
