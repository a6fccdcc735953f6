"""Who changed what, when, from what to what: read from the journal."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Batch, Change, Field, Kind, fields
from xuncha_desktop.model.show import moment, show
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one field, as a person reads it."""

    when: str
    who: str
    label: str  # what the user did
    field: str
    text: str  # the new value
    value: Any
    ref: str  # "replica:seq"


def of_field(store: Store, entity: str, record: str, name: str) -> list[Event]:
    """All values a field ever had, the newest first, its first value included."""
    described = fields(entity)[name]
    return [event for event in of_record(store, entity, record) if event.field == described.label]


def of_record(store: Store, entity: str, record: str) -> list[Event]:
    """All changes of a record's own fields, the newest first."""
    by_column = {described.column: described for described in fields(entity).values() if described.stored}
    with store.read() as session:
        query = (
            select(Change, Batch.label, Batch.actor, Batch.wall_ms)
            .join(Batch, Batch.id == Change.batch)
            .where(Change.entity == entity, Change.record == record, Change.value.is_not(None))
            .order_by(Change.hlc.desc(), Change.seq.desc())
        )
        rows = session.execute(query).all()
        people = records.names(session, "member", {actor for _, _, actor, _ in rows if actor})
        found: list[Event] = []
        for change, label, actor, wall in rows:
            values: dict[str, Any] = (
                json.loads(change.value or "null")
                if change.field == "_new"
                else {change.field: json.loads(change.value or "null")}
            )
            for column, value in values.items():
                if described := by_column.get(column):
                    plain = tuple(value) if isinstance(value, list) else value
                    found.append(
                        Event(
                            moment(wall),
                            people.get(actor or "", "（未登记）"),
                            label,
                            described.label,
                            show(described, plain, _names(session, described, plain)),
                            plain,
                            f"{change.replica}:{change.seq}",
                        )
                    )
    return found


def _names(session: Session, described: Field, value: Any) -> dict[str, str]:
    return records.names(session, described.target, [value]) if described.kind is Kind.REF and value else {}
