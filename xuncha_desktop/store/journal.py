"""Turns what a session changed into change rows, in the same transaction (journal.md, One write)."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, insert, inspect, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Batch, Change, Entity, Head, Link, Row, fields, journal_columns
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.store import canonical
from xuncha_desktop.store.clock import Wall, tick, timezone_minutes
from xuncha_desktop.store.sort_keys import sort_key
from xuncha_desktop.store.values import check

FieldKey = tuple[str, str, str]  # entity, record id, journal name of the field
Heads = Mapping[FieldKey, tuple[str, ...]]  # "replica:seq" of each
NEW = "_new"
SETTLED = "settled"  # session.info: fields to write though their value stays, since a conflict is decided


@dataclass(slots=True)
class Changes:
    """The news of one commit: which records of which entities changed."""

    records: dict[str, set[str]] = field(default_factory=dict)

    def add(self, entity: str, record: str) -> None:
        """Note a changed record."""
        self.records.setdefault(entity, set()).add(record)

    def __bool__(self) -> bool:
        return bool(self.records)


@dataclass(frozen=True, slots=True)
class Action:
    """One user action about to be written."""

    replica: str
    label: str
    actor: str | None
    kind: str = "edit"
    undoes_batch: str | None = None
    seen: Heads = field(default_factory=dict)


def heads_of(conn: Connection, entity: str, record: str) -> dict[FieldKey, tuple[str, ...]]:
    """The heads of a record's fields; those without an entry have the heads of `_new`."""
    rows = conn.execute(
        select(Head.field, Head.replica, Head.seq)
        .where(Head.entity == entity, Head.record == record)
        .order_by(Head.replica, Head.seq)
    )
    found: dict[FieldKey, tuple[str, ...]] = {}
    for name, replica, seq in rows:
        key = (entity, record, name)
        found[key] = (*found.get(key, ()), f"{replica}:{seq}")
    return found


def record(session: Session, action: Action, wall: Wall) -> Changes:
    """Write batch, change rows and heads for everything the session changed; news for the views."""
    changed = list(_changed_fields(session))
    news = Changes()
    if not changed:
        return news
    conn = session.connection()
    batch = _add_batch(conn, action, wall)
    seq, chain = _tail(conn, action.replica)
    rows: list[dict[str, Any]] = []
    known: dict[tuple[str, str], dict[FieldKey, tuple[str, ...]]] = {}
    for obj, name, value in changed:
        entity = obj.__tablename__
        if (entity, obj.id) not in known:
            known[entity, obj.id] = {} if name == NEW else heads_of(conn, entity, obj.id)
        parents = _parents((entity, obj.id, name), action.seen, known[entity, obj.id])
        seq += 1
        text = canonical.dumps(value)
        salt = os.urandom(16)
        digest = canonical.value_digest(salt, text)
        chain = canonical.link(
            chain,
            canonical.change_bytes(
                action.replica, seq, batch["id"], batch["hlc"], entity, obj.id, name, digest, parents
            ),
        )
        rows.append(
            {
                "replica": action.replica,
                "seq": seq,
                "batch": batch["id"],
                "hlc": batch["hlc"],
                "entity": entity,
                "record": obj.id,
                "field": name,
                "value": text,
                "salt": salt,
                "digest": digest,
                "parents": canonical.dumps(sorted(parents)),
                "chain": chain,
            }
        )
        _announce(news, obj)
    conn.execute(insert(Change), rows)
    _move_heads(conn, rows)
    return news


def parents_of(key: FieldKey, heads: Heads) -> tuple[str, ...]:
    """The heads of one field, or of the record's creation where the field was never touched."""
    entity, record_id, _ = key
    return heads.get(key) or heads.get((entity, record_id, NEW), ())


def _parents(key: FieldKey, seen: Heads, current: Heads) -> tuple[str, ...]:
    return parents_of(key, seen) or parents_of(key, current)


def _changed_fields(session: Session) -> Iterator[tuple[Entity, str, Any]]:
    if session.deleted:
        raise RuntimeError("records are never removed: set `deleted`")
    for obj in session.new:
        if isinstance(obj, Entity):
            _check(obj)
            yield obj, NEW, initial_values(obj)
    settled: set[FieldKey] = session.info.get(SETTLED, set())
    for obj in session.dirty:
        if not isinstance(obj, Entity):
            continue
        edits = [
            (column, getattr(obj, attribute))
            for column, attribute in journal_columns(obj.__tablename__).items()
            if _differs(obj, attribute) or (obj.__tablename__, obj.id, column) in settled
        ]
        if edits:
            _check(obj)
        yield from ((obj, column, value) for column, value in edits)


def _differs(obj: Entity, attribute: str) -> bool:
    history = inspect(obj).attrs[attribute].history
    return history.has_changes() and (not history.deleted or history.deleted[0] != history.added[0])


def initial_values(obj: Entity) -> dict[str, Any]:
    """What a creation's change says: every value that is not empty, by journal name."""
    values = {column: getattr(obj, name) for column, name in journal_columns(obj.__tablename__).items()}
    return {column: value for column, value in values.items() if not _is_empty(value)}


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == ()


def _check(obj: Entity) -> None:
    for described in fields(obj.__tablename__).values():
        if described.stored:
            check(obj.__tablename__, described, getattr(obj, described.name))
    title = type(obj).TITLE
    if "." not in title:
        obj.sort_key = sort_key(str(getattr(obj, title)))


def _add_batch(conn: Connection, action: Action, wall: Wall) -> dict[str, Any]:
    now = wall()
    previous = conn.scalar(select(func.max(Batch.hlc)).where(Batch.replica == action.replica)) or 0
    seen = conn.scalar(select(func.max(Batch.hlc))) or 0
    batch = {
        "id": new_id(),
        "replica": action.replica,
        "label": action.label,
        "actor": action.actor,
        "kind": action.kind,
        "undoes_batch": action.undoes_batch,
        "hlc": tick(previous, now, seen),
        "wall_ms": now,
        "tz_min": timezone_minutes(),
    }
    conn.execute(insert(Batch), [batch])
    return batch


def _tail(conn: Connection, replica: str) -> tuple[int, bytes]:
    row = conn.execute(
        select(Change.seq, Change.chain).where(Change.replica == replica).order_by(Change.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.chain) if row else (0, canonical.GENESIS)


def _move_heads(conn: Connection, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for parent in json.loads(row["parents"]) if row["field"] != NEW else ():
            replica, seq = parent.rsplit(":", 1)
            conn.execute(
                delete(Head).where(
                    Head.entity == row["entity"],
                    Head.record == row["record"],
                    Head.field == row["field"],
                    Head.replica == replica,
                    Head.seq == int(seq),
                )
            )
    conn.execute(insert(Head), [{key: row[key] for key in ("entity", "record", "field", "replica", "seq")} for row in rows])


def _announce(news: Changes, obj: Entity) -> None:
    news.add(obj.__tablename__, obj.id)
    if isinstance(obj, Link):
        news.add(obj.field.split(".")[0], obj.source)
    elif isinstance(obj, Row) and (parent := getattr(obj, "parent", None)):
        news.add(fields(obj.__tablename__)["parent"].target, parent)
