"""The lines under the search line: places to go to, what was found by kind, and the way to all of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from xuncha_desktop.services.search import Found, Hit

ROW_ROLE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines below it are."""

    text: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A screen or an inspection to go to."""

    key: str
    text: str
    group: str


@dataclass(frozen=True, slots=True)
class More:
    """All of a kind."""

    kind: str
    text: str


Row = Heading | Place | Hit | More


def rows_of(places: Sequence[Place], found: Found | None, only: str = "") -> list[Row]:
    """Places first, then what was found; `only` is the kind that is looked at alone."""
    rows: list[Row] = []
    for before, place in zip((None, *places), places, strict=False):
        if before is None or before.group != place.group:
            rows.append(Heading(place.group))
        rows.append(place)
    for group in found.groups if found else ():
        rows += [Heading(group.label, group.count), *group.hits]
        if group.count > len(group.hits) and group.kind != only:
            rows.append(More(group.kind, f"只看{group.label}，共 {group.count:,} 条"))
    return rows


class ResultModel(QAbstractListModel):
    """The lines as they are; a new search puts others in their place."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, line: int) -> Row | None:
        """What stands in a line."""
        return self._rows[line] if 0 <= line < len(self._rows) else None

    def next_line(self, line: int, step: int) -> int:
        """The next line that can be chosen; the same where there is none."""
        place = line + step
        while 0 <= place < len(self._rows):
            if not isinstance(self._rows[place], Heading):
                return place
            place += step
        return line

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """How many lines."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line itself, and its words for those who hear them."""
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        return _words(row) if role == Qt.ItemDataRole.DisplayRole and row is not None else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if isinstance(self.row(index.row()), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _words(row: Row) -> str:
    if isinstance(row, Hit):
        return "，".join([row.title, *(f"{passage.label}：{passage.excerpt.text}" for passage in row.passages)])
    return row.text
