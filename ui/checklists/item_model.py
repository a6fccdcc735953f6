"""The items of a checklist as a table: must mark, code, area, text, what came of it, papers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui import style
from ui.tables.record_model import ID_ROLE
from ui.tables.states import STATE_SHAPES, marked
from xuncha_desktop.model import fields
from xuncha_desktop.model.choices import RESULT_STATES, in_words
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services.checklists import Line

Index = QModelIndex | QPersistentModelIndex
_ITEM, _RESULT = fields("check_item"), fields("check_result")
COLUMNS = {
    "must": _ITEM["must"].label,
    "code": _ITEM["code"].label,
    "area": _ITEM["area"].label,
    "suspicion": _RESULT["suspicion"].label,
    "text": _RESULT["text"].label,
    "state": _RESULT["state"].label,
    "verdict": _RESULT["verdict"].label,
    "papers": "底稿",
}
_VERDICT_ROLES = {"done": "ok", "partly": "warning", "undone": "warning", "false": "error", "relapsed": "error"}
_ROUTINE = ("must", "code", "area", "text", "state", "papers")
_LOOKBACK = ("must", "code", "text", "state", "verdict", "papers")
_MOBILE = ("must", "code", "suspicion", "text", "state", "papers")


class ItemModel(QAbstractTableModel):
    """Holds the lines shown; filtering and order are the store's."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()
        self.names = _ROUTINE

    def show(self, lines: Sequence[Line]) -> None:
        """Take over other lines."""
        self.beginResetModel()
        self._lines = lines
        self.names = _names(lines)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def row_of(self, result: str) -> int:
        """The row of an item, or -1."""
        return next((row for row, line in enumerate(self._lines) if line.result == result), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Lines shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Columns."""
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        line, name = self._lines[index.row()], self.names[index.column()]
        if role == ID_ROLE:
            return line.result
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(line, name)
        if role == Qt.ItemDataRole.AccessibleTextRole and name == "must":
            return COLUMNS["must"] if line.must else ""
        if role == Qt.ItemDataRole.ToolTipRole and name in ("text", "papers", "area", "suspicion"):
            return tip("\n".join(title for _, title in line.papers) if name == "papers" else cell(line, name))
        if role == Qt.ItemDataRole.ForegroundRole and name in ("state", "must"):
            return style.color(state_words(line)[1] if name == "state" else "accent")
        if role == Qt.ItemDataRole.ForegroundRole and name == "verdict":
            return style.color(verdict_words(line)[1])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            centred = name in ("must", "papers")
            side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' labels."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[self.names[section]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _names(lines: Sequence[Line]) -> tuple[str, ...]:
    """The columns that these items need."""
    if any(line.asks_verdict for line in lines):
        return _LOOKBACK
    return _MOBILE if any(line.suspicion for line in lines) else _ROUTINE


def cell(line: Line, name: str) -> str:
    """The words of one cell."""
    match name:
        case "must":
            return "★" if line.must else ""
        case "state":
            return state_words(line)[0]
        case "verdict":
            return verdict_words(line)[0]
        case "papers":
            return str(len(line.papers)) if line.papers else ""
        case "text":
            return line.text.replace("\n", " ")
        case _:
            return getattr(line, name)


def state_words(line: Line) -> tuple[str, str]:
    """The state with its shape and colour role; a reason or a paper that is wanted is said."""
    word, role = marked(in_words(RESULT_STATES, line.state))
    if line.lacks_reason:
        return f"{word}，缺原因", "warning"
    return (f"{word}，缺底稿", "warning") if line.lacks_paper else (word, role)


def verdict_words(line: Line) -> tuple[str, str]:
    """What became of a problem of the last round, with its shape and colour role; one that is wanted is said."""
    if line.lacks_verdict:
        return "▲ 缺结论", "warning"
    role = _VERDICT_ROLES.get(line.verdict, "secondary")
    return (f"{STATE_SHAPES[role]} {VERDICTS[line.verdict]}", role) if line.verdict else ("", role)


def tip(text: str) -> str | None:
    """A text as a tooltip; escaped, since Qt would take markup in it for markup."""
    from html import escape

    return "".join(f"<p>{escape(part)}</p>" for part in text[:400].split("\n")) if text else None
