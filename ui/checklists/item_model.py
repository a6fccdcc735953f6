"""The items of a checklist as a table: must mark, code, area, text, what came of it, papers."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from ui import style
from ui.tables.list_model import ID_ROLE, Group, Index, ListModel
from ui.tables.states import STATE_SHAPES, marked
from xuncha_desktop.model import Field, Kind, fields
from xuncha_desktop.model.choices import RESULT_STATES, in_words
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services import checklist_groups
from xuncha_desktop.services.checklists import Line

_ITEM, _RESULT = fields("check_item"), fields("check_result")
_PAPERS, _RECORDS = Field("底稿", Kind.REFS, name="papers"), Field("对应记录", Kind.REFS, name="records")
FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        *(_ITEM[name] for name in ("must", "code", "focus", "area")),
        *(_RESULT[name] for name in ("suspicion", "text")),
        *(_ITEM[name] for name in ("how", "basis")),
        *(_RESULT[name] for name in ("state", "verdict", "member", "note")),
        _PAPERS,
        _RECORDS,
    )
}
_VERDICT_ROLES = {"done": "ok", "partly": "warning", "undone": "warning", "false": "error", "relapsed": "error"}
_CENTRED, _SHORT = ("must", "focus", "papers", "records"), ("must", "code", "focus", "state", "verdict")


class ItemModel(ListModel):
    """Holds the lines shown; filtering and order are the store's."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(FIELDS, columns)
        self._items: Mapping[str, Line] = {}

    def show(self, lines: Sequence[Line], group_by: str = "") -> None:
        """Take over other lines."""
        self._items = {line.result: line for line in lines}
        if group_by:
            groups = checklist_groups.grouped(lines, group_by)
            self._put_groups((words, [line.result for line in found]) for words, found in groups)
        else:
            self._put(list(self._items))

    def line(self, result: str) -> Line:
        """What is shown of an item."""
        return self._items[result]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row = self._rows[index.row()]
        if role == ID_ROLE or isinstance(row, Group):
            return super().data(index, role)
        line, name = self._items[row], self._columns[index.column()].name
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(line, name)
        if role == Qt.ItemDataRole.AccessibleTextRole and name == "must":
            return _ITEM["must"].label if line.must else ""
        if role == Qt.ItemDataRole.ToolTipRole and name not in _SHORT:
            return tip("\n".join(title for _, title in line.papers) if name == "papers" else cell(line, name))
        if role == Qt.ItemDataRole.ForegroundRole and name in ("state", "must"):
            return style.color(state_words(line)[1] if name == "state" else "accent")
        if role == Qt.ItemDataRole.ForegroundRole and name == "verdict":
            return style.color(verdict_words(line)[1])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if name in _CENTRED else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def cell(line: Line, name: str) -> str:
    """The words of one cell."""
    match name:
        case "must":
            return "★" if line.must else ""
        case "state":
            return state_words(line)[0]
        case "verdict":
            return verdict_words(line)[0]
        case "papers" | "records":
            linked = getattr(line, name)
            return str(len(linked)) if linked else ""
        case _:
            return getattr(line, name).replace("\n", " ")


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
