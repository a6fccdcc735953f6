"""Undo and redo: new writes of old values, never an erasure; they work across restarts."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Batch, Change, entities, fields, journal_columns
from xuncha_desktop.store.journal import NEW, heads_of, parents_of
from xuncha_desktop.store.store import Store

_LOOK_BACK = 500
_EVERY = 50  # changes between two looks at whether the user still wants it
_SEALED = object()  # the value before was sealed away and cannot come back


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: the label of the action, and the fields it had to leave alone."""

    label: str
    kept: tuple[str, ...]  # labels of fields changed since


@dataclass(frozen=True, slots=True)
class _Step:
    batch: str
    label: str


def labels(store: Store) -> tuple[str | None, str | None]:
    """The labels of the actions that would be undone and done again; None where there is none."""
    undoable, redoable = _stacks(store)
    return (undoable[-1].label if undoable else None, redoable[-1].label if redoable else None)


def can_undo(store: Store) -> str | None:
    """The label of the action Ctrl+Z would undo, or None."""
    return labels(store)[0]


def can_redo(store: Store) -> str | None:
    """The label of the action that would be done again, or None."""
    return labels(store)[1]


def sizes(store: Store) -> tuple[int, int]:
    """How many changes the next undo and the next redo would go through: many are work for a job."""
    with store.read() as session:
        counts = [
            session.scalar(select(func.count()).where(Change.batch == steps[-1].batch)) if steps else 0
            for steps in _stacks(store)
        ]
    return counts[0] or 0, counts[1] or 0


def undo(store: Store, progress: Progress | None = None) -> Undone | None:
    """Take back this laptop's last own action, all of it or (cancelled) nothing; None if there is none."""
    undoable, _ = _stacks(store)
    return _revert(store, undoable[-1], "撤销", "undo", progress) if undoable else None


def redo(store: Store, progress: Progress | None = None) -> Undone | None:
    """Do again what was undone last; None if there is none."""
    _, redoable = _stacks(store)
    return _revert(store, redoable[-1], "重做", "redo", progress) if redoable else None


def _stacks(store: Store) -> tuple[list[_Step], list[_Step]]:
    with store.read() as session:
        recent = session.execute(
            select(Batch.id, Batch.label, Batch.kind, Batch.undoes_batch)
            .where(Batch.replica == store.replica, Batch.kind.in_(("edit", "undo", "redo")))
            .order_by(Batch.hlc.desc())
            .limit(_LOOK_BACK)
        ).all()
    undoable: list[_Step] = []
    redoable: list[_Step] = []
    for batch, label, kind, _ in reversed(recent):
        plain = label.removeprefix("撤销：").removeprefix("重做：")
        if kind == "undo":
            if undoable:
                undoable.pop()
            redoable.append(_Step(batch, plain))
        else:
            if kind == "edit":
                redoable.clear()
            elif redoable:
                redoable.pop()
            undoable.append(_Step(batch, plain))
    return undoable, redoable


def _revert(store: Store, step: _Step, verb: str, kind: str, progress: Progress | None) -> Undone:
    with store.write(f"{verb}：{step.label}", kind=kind, undoes_batch=step.batch) as session:
        conn = session.connection()
        changes = conn.execute(select(Change).where(Change.batch == step.batch).order_by(Change.seq)).all()
        kept: list[str] = []
        for done, change in enumerate(changes):
            if progress and done % _EVERY == 0:
                progress.step(done, len(changes), f"正在{verb}：{step.label}")
            if not _restore(session, conn, change):
                kept.append(_label(change.entity, change.field))
        if progress:
            progress.step(len(changes), len(changes), f"正在{verb}：{step.label}")
    return Undone(step.label, tuple(dict.fromkeys(kept)))


def _restore(session: Session, conn: Connection, change: Any) -> bool:
    """Put back the value before `change`; False if somebody changed the field since."""
    cls = entities()[change.entity]
    obj = session.get(cls, change.record)
    if obj is None:
        return False
    heads = heads_of(conn, change.entity, change.record)
    if change.field == NEW:
        own = all(ref.startswith(f"{change.replica}:") for refs in heads.values() for ref in refs)
        # Somebody else wrote in this record since: taking it away would take their work away.
        obj.deleted = obj.deleted or own
        return own
    if not _stands(conn, change, parents_of((change.entity, change.record, change.field), heads)):
        return False
    attribute = journal_columns(change.entity)[change.field]
    before = _value_before(conn, change, attribute)
    if before is _SEALED:
        return False
    setattr(obj, attribute, before)
    return True


def _stands(conn: Connection, change: Any, heads: tuple[str, ...]) -> bool:
    """Whether the field is as the change left it: by the change itself, or by undoing what this laptop did after it."""
    if len(heads) != 1:
        return False
    replica, seq = heads[0].rsplit(":", 1)
    query = select(Change.value).where(Change.replica == replica, Change.seq == int(seq))
    return replica == change.replica and conn.scalar(query) == change.value


def _value_before(conn: Connection, change: Any, attribute: str) -> Any:
    before: list[Any] = []
    for parent in json.loads(change.parents):
        replica, seq = parent.rsplit(":", 1)
        before.append(conn.execute(select(Change).where(Change.replica == replica, Change.seq == int(seq))).one())
    described = fields(change.entity).get(attribute)
    empty = described.empty if described else {"deleted": False, "position": 0}[attribute]
    if not before:
        return empty
    newest = max(before, key=lambda row: (row.hlc, row.replica, row.seq))
    if newest.value is None:
        return _SEALED
    value = json.loads(newest.value)
    if newest.field == NEW:
        value = value.get(change.field, empty)
    return tuple(value) if isinstance(value, list) else value


def _label(entity: str, column: str) -> str:
    described = fields(entity).get(journal_columns(entity).get(column, ""))
    return described.label if described else entities()[entity].LABEL
