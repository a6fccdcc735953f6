"""Fields that two sides changed without seeing each other: both versions are kept until a person decides."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Change, Head, Row, entities, fields
from xuncha_desktop.services import history, records
from xuncha_desktop.services.history import Event
from xuncha_desktop.store.journal import SETTLED
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with more than one value that nobody has superseded."""

    field: str
    label: str
    versions: tuple[Event, ...]


def of_record(store: Store, entity: str, record: str) -> list[Conflict]:
    """The open conflicts of a record; versions with equal values are none."""
    heads = store.heads(entity, record)
    disputed = {key[2]: set(refs) for key, refs in heads.items() if len(refs) > 1}
    if not disputed:
        return []
    events = history.of_record(store, entity, record)
    found: list[Conflict] = []
    for described in fields(entity).values():
        refs = disputed.get(described.column, set())
        versions = tuple(e for e in events if e.ref in refs and e.field == described.label)
        if len({repr(version.value) for version in versions}) > 1:
            found.append(Conflict(described.name, described.label, versions))
    return found


def decide(store: Store, entity: str, record: str, field: str, value: Any) -> None:
    """Settle a conflict with `value`: a change that has seen all versions."""
    seen = store.heads(entity, record)
    label = fields(entity)[field].label
    with store.write(f"确定{label}", seen=seen) as session:
        session.info[SETTLED] = {(entity, record, fields(entity)[field].column)}
        records.apply(session, records.find(session, entity, record), {field: value})


def count(store: Store) -> int:
    """How many fields of the case have versions that differ."""
    return len(places(store))


def places(store: Store) -> list[tuple[str, str]]:
    """Entity and id of the record whose form shows it, for each field with versions that differ."""
    several = select(Head.entity, Head.record, Head.field)
    several = several.group_by(Head.entity, Head.record, Head.field).having(func.count() > 1)
    with store.read() as session:
        found = session.execute(several).all()
        open_ = [line for line in found if _is_shown(session, *line) and _differ(session, *line)]
        return [_form_of(session, entity, record) for entity, record, _ in open_]


def _is_shown(session: Session, entity: str, record: str, field: str) -> bool:
    """Whether some form shows it: a field this program knows, of a record (and its parent) that is not deleted."""
    if entity not in entities() or field not in {described.column for described in fields(entity).values()}:
        return False
    found: Any = session.get(entities()[entity], record)
    if isinstance(found, Row):
        parent = session.get(entities()[fields(entity)["parent"].target], getattr(found, "parent", None) or "")
        return not found.deleted and parent is not None and not parent.deleted
    return found is not None and not found.deleted


def _form_of(session: Session, entity: str, record: str) -> tuple[str, str]:
    """A row is shown by the form of its parent."""
    found: Any = session.get(entities()[entity], record)
    if isinstance(found, Row):
        return fields(entity)["parent"].target, getattr(found, "parent", "")
    return entity, record


def _differ(session: Session, entity: str, record: str, field: str) -> bool:
    values = (
        select(Change.value)
        .join(Head, and_(Head.replica == Change.replica, Head.seq == Change.seq))
        .where(Head.entity == entity, Head.record == record, Head.field == field)
    )
    return len(set(session.scalars(values))) > 1
