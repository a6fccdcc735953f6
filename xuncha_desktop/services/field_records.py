"""现场记录 (谈话 to 组务会): begun with a number of its member, changed, copied, and kept while something cites it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.services import evidence, record_defaults, record_states, records, removal, uses
from xuncha_desktop.services.evidence import Stored
from xuncha_desktop.services.numbers import next_number
from xuncha_desktop.services.record_gaps import gaps as gaps
from xuncha_desktop.services.uses import used_in as used_in
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import Store

# What the numbers of each kind begin with: T-ZJY-0012.
NUMBER_WORDS: Mapping[str, str] = {
    "interview": "T",
    "borrowing": "调",
    "petition": "信",
    "visit": "访",
    "poll": "测",
    "voucher": "凭",
    "quick_fix": "改",
    "fact_check": "核",
    "meeting": "会",
}
# What a copy takes over: what the next record of its kind has in common with this one, never what came of it.
_COPIED: Mapping[str, Sequence[str]] = {
    "interview": ("person_kind", "place", "talkers", "recorder", "outline", "secrecy", "check_items"),
    "borrowing": ("name", "batch", "period", "quantity", "department", "due_on", "purpose", "check_items"),
    "petition": ("subject", "channel", "signature", "accused", "text", "problem_type", "in_scope", "check_items"),
    "visit": ("place", "visited_on", "person_group", "way", "households", "visitors", "check_items"),
    "poll": ("name", "held_on", "scope", "object", "scale", "unknown_counts", "questions"),
    "voucher": ("summary", "book", "period", "voucher_on", "account", "doubts", "checker", "reviewer", "check_items"),
    "quick_fix": ("title", "to_unit", "facts", "demand", "papers", "signer", "still_reported"),
    "fact_check": ("title", "papers", "overview", "facts", "handlers"),
    "meeting": ("place", "chair", "recorder", "present"),
}
_COPIED_OF_ROWS = {"poll_question": ("question",)}
_NAMED_ANEW = frozenset({"interview", "visit", "meeting"})  # their titles are no words that a copy could be told by


def defaults(store: Store, entity: str, inspection: str | None) -> dict[str, Any]:
    """What a form of a new record shows."""
    with store.read() as session:
        return record_defaults.of_new(session, entity, inspection, store.actor, date.today())


def create(
    store: Store, entity: str, inspection: str | None, values: Mapping[str, Any], *, record: str | None = None
) -> str:
    """Begin a record of an inspection with a number of this member; its id."""
    with store.write(f"新增{entities()[entity].LABEL}") as session:
        return add(session, store, entity, inspection, values, record=record).id


def add(
    session: Session,
    store: Store,
    entity: str,
    inspection: str | None,
    values: Mapping[str, Any],
    *,
    record: str | None = None,
) -> Any:
    """Put a new record into a writing session."""
    begun = record_defaults.of_new(session, entity, inspection, store.actor, date.today())
    given = {**begun, **values}
    given["number"] = values.get("number") or next_number(
        session, entities()[entity], NUMBER_WORDS[entity], store.actor
    )
    return records.add(session, entity, given, record=record)


def edit(store: Store, entity: str, record: str, values: Mapping[str, Any], seen: Heads | None = None) -> None:
    """Change fields of a record; a deadline nobody set by hand follows the day it is counted from."""
    with store.read() as session:
        more = record_defaults.followed(session, entity, records.find(session, entity, record), values)
    records.edit(store, entity, record, {**values, **more}, seen)


def duplicate(store: Store, entity: str, record: str) -> str:
    """A new record that begins like this one, with its own number; its id."""
    with store.write(f"复制{entities()[entity].LABEL}") as session:
        found = records.snapshot(session, entity, record).values
        values = {name: _copied(entity, name, found[name]) for name in _COPIED[entity]}
        title = entities()[entity].TITLE
        if entity not in _NAMED_ANEW and values[title]:
            values[title] = f"{values[title]}（副本）"
        return add(session, store, entity, found["inspection"], values).id


def delete(store: Store, entity: str, chosen: Sequence[str]) -> None:
    """Take records out of every list; refuses those that something rests on, and says what. Undo brings them back."""
    with store.read() as session:
        names = records.names(session, entity, chosen)
        for record in chosen:
            if found := uses.citing_records(session, record):
                label = entities()[found[0].entity].LABEL
                more = f"等 {len(found)} 处" if len(found) > 1 else ""
                raise UserError(
                    f"“{names[record]}”被{label}“{found[0].title}”{more}引用，不能删除；请先在那里去掉引用。"
                )
    removal.delete(store, entity, chosen)


def attach(store: Store, entity: str, record: str, name: str, stored: Sequence[Stored]) -> list[str]:
    """Make evidence of stored files and put it into a field of a record (one batch); the evidence's ids."""
    described = fields(entity)[name]
    with store.write(f"存入{described.label} {len(stored)} 件") as session:
        found = records.find(session, entity, record)
        taken = evidence.take(session, store, stored, found.inspection or "")
        if described.kind is Kind.ROWS:
            evidence.cite(session, record, taken)
        else:
            linked = records.linked(session, f"{entity}.{name}", [record]).get(record, [])
            records.apply(session, found, {name: [*linked, *(piece.id for piece in taken)]})
    return [piece.id for piece in taken]


def state(store: Store, entity: str, record: str) -> str:
    """What to call a record's state today."""
    with store.read() as session:
        return record_states.words(session, entity, record)


def gap_words(store: Store, entity: str, chosen: Sequence[str]) -> dict[str, str]:
    """What each record still lacks, in one line for a list."""
    cls = entities()[entity]
    with store.read() as session:
        values = records.plain(session, list(session.scalars(select(cls).where(cls.id.in_(list(chosen))))))
    lacking = {
        record: [gap.label for gap in gaps(entity, found) if gap.blocking and not gap.met]
        for record, found in values.items()
    }
    return {record: f"缺：{'、'.join(words)}" for record, words in lacking.items() if words}


def _copied(entity: str, name: str, value: Any) -> Any:
    described = fields(entity)[name]
    if described.kind is not Kind.ROWS:
        return value
    return [{column: row[column] for column in _COPIED_OF_ROWS[described.target]} for row in value]
