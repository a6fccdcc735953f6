"""Turns what a session changed into change rows, in the same transaction (journal.md, One write)."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, inspect, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Batch, Change, Entity, Head, Link, Row, fields, journal_columns
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.store import canonical, sort_keys
from xuncha_desktop.store.clock import Wall, tick, timezone_minutes
from xuncha_desktop.store.values import check, unknown_codes

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


# Built once: putting a statement together costs more than running it.
_HEADS = (
    select(Head.field, Head.replica, Head.seq)
    .where(Head.entity == bindparam("entity"), Head.record == bindparam("record"))
    .order_by(Head.replica, Head.seq)
)
_SUPERSEDE = delete(Head).where(
    Head.entity == bindparam("of_entity"),
    Head.record == bindparam("of_record"),
    Head.field == bindparam("of_field"),
    Head.replica == bindparam("by_replica"),
    Head.seq == bindparam("by_seq"),
)
_TAIL = (
    select(Change.seq, Change.chain).where(Change.replica == bindparam("replica")).order_by(Change.seq.desc()).limit(1)
)
_CLOCKS = select(
    select(func.max(Batch.hlc)).where(Batch.replica == bindparam("replica")).scalar_subquery(),
    select(func.max(Batch.hlc)).scalar_subquery(),
)


def heads_of(conn: Connection, entity: str, record: str) -> dict[FieldKey, tuple[str, ...]]:
    """The heads of a record's fields; those without an entry have the heads of `_new`."""
    found: dict[FieldKey, tuple[str, ...]] = {}
    for name, replica, seq in conn.execute(_HEADS, {"entity": entity, "record": record}):
        key = (entity, record, name)
        found[key] = (*found.get(key, ()), f"{replica}:{seq}")
    return found


def record(session: Session, action: Action, wall: Wall) -> Changes:
    """Write batch, change rows and heads for everything the session changed; news for the views."""
    changed = list(_changed_fields(session))
    news = Changes()
    # An undo that could restore nothing is written all the same: the next one must come to the action before it.
    if not changed and action.undoes_batch is None:
        return news
    conn = session.connection()
    batch = _add_batch(conn, action, wall)
    seq, chain = _tail(conn, action.replica)
    rows: list[dict[str, Any]] = []
    known: dict[tuple[str, str], dict[FieldKey, tuple[str, ...]]] = {}
    disputed: list[tuple[Entity, str]] = []
    for obj, name, value in changed:
        entity = obj.__tablename__
        if (entity, obj.id) not in known:
            known[entity, obj.id] = {} if name == NEW else heads_of(conn, entity, obj.id)
        parents = _parents((entity, obj.id, name), action.seen, known[entity, obj.id])
        if set(known[entity, obj.id].get((entity, obj.id, name), ())) - set(parents):
            disputed.append((obj, name))
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
    if rows:
        conn.execute(insert(Change), rows)
        _move_heads(conn, rows)
    for obj, name in disputed:
        _show_winner(conn, obj, name)
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
            _check_edits(session.connection(), obj, edits)
        yield from ((obj, column, value) for column, value in edits)


def _differs(obj: Entity, attribute: str) -> bool:
    history = inspect(obj).attrs[attribute].history
    return history.has_changes() and list(history.deleted or ()) != list(history.added or ())


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
    _sort(obj)


def _check_edits(conn: Connection, obj: Entity, edits: list[tuple[str, Any]]) -> None:
    """Only what is edited: what another version of the program wrote beside it is not for this one to judge."""
    by_column = {described.column: described for described in fields(obj.__tablename__).values()}
    for column, value in edits:
        if (described := by_column.get(column)) is None:
            continue
        # Its codes may stay where they are, and come back with an undo or a decision.
        strange = unknown_codes(described, value)
        if not strange or strange - _codes_ever(conn, obj, column):
            check(obj.__tablename__, described, value)
    _sort(obj)


def _codes_ever(conn: Connection, obj: Entity, column: str) -> set[str]:
    """Every code a field has held so far."""
    query = select(Change.field, Change.value).where(
        Change.entity == obj.__tablename__,
        Change.record == obj.id,
        Change.field.in_((column, NEW)),
        Change.value.is_not(None),
    )
    found: set[str] = set()
    for name, text in conn.execute(query):
        value = json.loads(text or "null")
        held = value.get(column, "") if name == NEW else value
        found.update(held if isinstance(held, list) else [held])
    return found


def _sort(obj: Entity) -> None:
    obj.sort_key = sort_keys.of_record(type(obj).TITLE, lambda name: getattr(obj, name))


def _add_batch(conn: Connection, action: Action, wall: Wall) -> dict[str, Any]:
    now = wall()
    previous, seen = conn.execute(_CLOCKS, {"replica": action.replica}).one()
    batch = {
        "id": new_id(),
        "replica": action.replica,
        "label": action.label,
        "actor": action.actor,
        "kind": action.kind,
        "undoes_batch": action.undoes_batch,
        "hlc": tick(previous or 0, now, seen or 0),
        "wall_ms": now,
        "tz_min": timezone_minutes(),
    }
    conn.execute(insert(Batch), [batch])
    return batch


def _tail(conn: Connection, replica: str) -> tuple[int, bytes]:
    row = conn.execute(_TAIL, {"replica": replica}).first()
    return (row.seq, row.chain) if row else (0, canonical.GENESIS)


def _move_heads(conn: Connection, rows: list[dict[str, Any]]) -> None:
    superseded = [
        {
            "of_entity": row["entity"],
            "of_record": row["record"],
            "of_field": row["field"],
            "by_replica": parent.rsplit(":", 1)[0],
            "by_seq": int(parent.rsplit(":", 1)[1]),
        }
        for row in rows
        for parent in json.loads(row["parents"])
    ]
    if superseded:
        conn.execute(_SUPERSEDE, superseded)
    names = ("entity", "record", "field", "replica", "seq")
    conn.execute(insert(Head), [{name: row[name] for name in names} for row in rows])


def _show_winner(conn: Connection, obj: Entity, column: str) -> None:
    """Of several heads the newest by the clock is shown, even if that is not the one just written (clock set back)."""
    query = (
        select(Change.field, Change.value)
        .join(Head, (Head.replica == Change.replica) & (Head.seq == Change.seq))
        .where(Head.entity == obj.__tablename__, Head.record == obj.id, Head.field == column)
        .order_by(Change.hlc.desc(), Change.replica.desc(), Change.seq.desc())
    )
    heads = conn.execute(query).all()
    if len(heads) > 1 and heads[0].value is not None:
        value = json.loads(heads[0].value)
        setattr(obj, journal_columns(obj.__tablename__)[column], tuple(value) if isinstance(value, list) else value)
        _sort(obj)


def _announce(news: Changes, obj: Entity) -> None:
    news.add(obj.__tablename__, obj.id)
    if isinstance(obj, Link):
        news.add(obj.field.split(".")[0], obj.source)
    elif isinstance(obj, Row) and (parent := getattr(obj, "parent", None)):
        news.add(fields(obj.__tablename__)["parent"].target, parent)
