"""What a cited record says: where a passage stands in it, which row it is of, and the digest of all of it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.services import records
from xuncha_desktop.services.printed_lines import position
from xuncha_desktop.store import canonical

# What a record says by itself. The rest is routine (numbers, days of handling, scans, where the original lies): it
# changes after the citing without anybody having said anything else.
_SAYS: Mapping[str, tuple[str, ...]] = {
    "interview": ("person_kind", "held_on", "text", "summaries", "on_leadership", "on_principal"),
    "borrowing": ("name", "period", "quantity", "missing", "conclusion"),
    "petition": ("subject", "received_on", "channel", "signature", "accused", "text"),
    "visit": ("place", "visited_on", "person_group", "text", "requests"),
    "poll": ("name", "held_on", "scope", "object", "scale", "issued", "returned", "valid", "unknown_counts",
             "questions", "comments"),
    "voucher": ("summary", "book", "period", "voucher_on", "voucher_no", "account", "amount", "doubts", "attachments",
                "result"),
    "fact_check": ("title", "overview", "facts", "answer", "opinion", "conclusion"),
    "quick_fix": ("title", "facts", "demand", "progress", "result"),
    "meeting": ("name", "held_on", "agenda", "conclusions", "dissent", "decisions"),
}  # fmt: skip
_ROUTINE_OF_ROWS: Mapping[str, frozenset[str]] = {
    "interview_summary": frozenset({"goes_to"}),
    "visit_request": frozenset({"route", "due_on", "done_on", "answer"}),
    "poll_comment": frozenset({"category", "goes_to"}),
    "decision": frozenset({"done_on"}),
}
_ENDS = "。！？；\n"
_LEFT_OUT_ONCE = frozenset({"number", "inspection", "check_items", "note"})


@dataclass(frozen=True, slots=True)
class Source:
    """A record that is cited, as it stands now."""

    kind: str
    number: str
    deleted: bool
    values: Mapping[str, Any]


def read(session: Session, kind: str, ids: Iterable[str]) -> dict[str, Source]:
    """Records of one kind by id; those that are not in the case are left out."""
    cls: Any = entities()[kind]
    found = list(session.scalars(select(cls).where(cls.id.in_(list(ids)))))
    values = records.plain(session, found)
    return {record.id: Source(kind, record.number, record.deleted, values[record.id]) for record in found}


def place_in_row(field: str, row: str, column: str) -> str:
    """How a citation names a text of a row: "summaries.<id>.summary"."""
    return f"{field}.{row}.{column}"


def text_of(source: Source, place: str) -> str:
    """The words a citation's `record_field` names; "" where the row or the field is gone."""
    name, _, column = place.partition(".")
    if not column:
        return _plain(source.values.get(name))
    return _plain(_row(source, place).get(column.partition(".")[2]))


def goes_to(source: Source, place: str) -> str:
    """The 去向 of the row a citation names, as a code; "" where it has none."""
    row = _row(source, place)
    return row.get("goes_to") or row.get("route") or ""


def nearest(text: str, passage: str, start: int | None) -> int | None:
    """Where a passage stands now: of several places the one nearest to where it stood; None when it is gone."""
    wanted = start or 0
    before = text.rfind(passage, 0, wanted + len(passage))
    after = text.find(passage, wanted)
    return min((at for at in (before, after) if at >= 0), key=lambda at: abs(at - wanted), default=None)


def sentence(text: str, passage: str, at: int) -> str:
    """The sentence or sentences a passage stands in: a “不” before it turns it round without touching it."""
    last = at + max(len(passage) - 1, 0)
    begin = max(text.rfind(end, 0, at) for end in _ENDS) + 1
    end = min((found for end in _ENDS if (found := text.find(end, last)) >= 0), default=len(text))
    return text[begin:end].strip()


def in_words(source: Source, place: str, start: int) -> str:
    """第3页第5行 of a text; of a row which one it is: 摘要第2条."""
    name, _, rest = place.partition(".")
    if not rest:
        page, line = position(text_of(source, place), start)
        return f"第{page}页第{line}行"
    row_id, _, column = rest.partition(".")
    number = next(number for number, row in enumerate(source.values[name], 1) if row["id"] == row_id)
    return f"{fields(fields(source.kind)[name].target)[column].label}第{number}条"


def digest(text: str) -> str:
    """What a citation keeps of the words it cites."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_all(source: Source) -> str:
    """The digest of what a record says."""
    said = {name: _said(source.kind, name, source.values[name]) for name in _SAYS[source.kind]}
    return digest(canonical.dumps(said))


def still_says(source: Source, digest_then: str) -> bool:
    """Whether a record says what it said when cited; earlier versions of the program took the routine in, too.

    Where nobody kept what it said, as in papers made by command, nobody can tell.
    """
    return digest_then in ("", digest_of_all(source)) or digest_then == _digest_once(source)


def _row(source: Source, place: str) -> Mapping[str, Any]:
    name, row_id, _ = place.split(".")
    return next((row for row in source.values.get(name) or () if row["id"] == row_id), {})


def _said(kind: str, name: str, value: Any) -> Any:
    described = fields(kind)[name]
    if described.kind is not Kind.ROWS:
        return value
    left = _ROUTINE_OF_ROWS.get(described.target, frozenset()) | {"id"}
    return [{column: said for column, said in row.items() if column not in left} for row in value]


def _digest_once(source: Source) -> str:
    said = {
        name: [{k: v for k, v in item.items() if k != "id"} if isinstance(item, dict) else item for item in value]
        if isinstance(value := source.values[name], tuple)
        else value
        for name in fields(source.kind)
        if name not in _LEFT_OUT_ONCE
    }
    return digest(canonical.dumps(said))


def _plain(text: object) -> str:
    return rich.plain(text) if isinstance(text, str) else ""
