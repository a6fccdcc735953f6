"""The tables as a function of the journal: to prove them equal, and to make them again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from xuncha_desktop.model import Base, Batch, Change, Entity, Head, entities, fields, journal_columns
from xuncha_desktop.store import canonical, sort_keys
from xuncha_desktop.store.journal import NEW
from xuncha_desktop.store.store import Store

Rank = tuple[int, str, int]  # hlc, replica, seq: the greatest head is the one shown


@dataclass(slots=True)
class _Line:
    """All changes of one field of one record."""

    ranks: dict[str, Rank] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)  # without those that were sealed away
    superseded: set[str] = field(default_factory=set)

    def heads(self) -> list[str]:
        return [ref for ref in self.ranks if ref not in self.superseded]

    def known(self) -> list[Any]:
        """All values, the one shown last."""
        return [self.values[ref] for ref in sorted(self.values, key=lambda ref: self.ranks[ref])]

    def shown(self) -> list[Any]:
        """The value of the newest head; none if it was sealed away."""
        best = max(self.heads(), key=lambda ref: self.ranks[ref], default="")
        return [self.values[best]] if best in self.values else []


State = dict[str, dict[str, dict[str, Any]]]  # entity -> id -> column -> value


def state(conn: Connection) -> tuple[State, set[tuple[str, str, str, str, int]]]:
    """What tables and heads must hold according to the change rows."""
    lines = _lines(conn)
    tables: State = {}
    heads: set[tuple[str, str, str, str, int]] = set()
    for (entity, record), by_field in lines.items():
        if entity not in entities():
            continue  # written by a newer program: kept in the journal, not shown
        values = _empty(entity)
        for initial in by_field.get(NEW, _Line()).known():
            # A field a newer program added stays in the journal and is not shown.
            values.update({name: value for name, value in initial.items() if name in values})
        for name, line in by_field.items():
            heads.update((entity, record, name, *_split(ref)) for ref in line.heads())
            if name in values and (shown := line.shown()):
                values[name] = shown[0]
        tables.setdefault(entity, {})[record] = {"id": record, **{k: _plain(v) for k, v in values.items()}}
    return tables, heads


def differences(store: Store) -> list[str]:
    """Where tables or heads differ from the journal; empty when all is well."""
    found: list[str] = []
    with store.connection() as conn:
        expected, heads = state(conn)
        for entity, cls in entities().items():
            actual = {row["id"]: row for row in _table_rows(conn, cls)}
            wanted = expected.get(entity, {})
            found += [
                f"{cls.LABEL} {record} 与修改记录不符"
                for record in sorted(actual.keys() | wanted.keys())
                if actual.get(record) != wanted.get(record)
            ]
        stored = {
            tuple(row) for row in conn.execute(select(Head.entity, Head.record, Head.field, Head.replica, Head.seq))
        }
        if stored != heads:
            found.append(f"{len(stored ^ heads)} 处最新修改标记与修改记录不符")
    return found


def broken_chain(store: Store) -> list[str]:
    """Change rows whose hash does not follow from the one before; empty when nobody tampered."""
    found: list[str] = []
    previous: dict[str, tuple[int, bytes]] = {}
    with store.connection() as conn:
        for row in conn.execute(select(Change).order_by(Change.replica, Change.seq)):
            seq, chain = previous.get(row.replica, (0, canonical.GENESIS))
            if row.seq != seq + 1 or not _follows(row, chain):
                found.append(f"修改记录第 {row.seq} 条（副本 {row.replica[:8]}）被改动或缺失")
            previous[row.replica] = (row.seq, row.chain)
        lost = select(Change.replica, Change.seq).outerjoin(Batch, Batch.id == Change.batch)
        lost = lost.where(Batch.id.is_(None) | (Batch.hlc != Change.hlc) | (Batch.replica != Change.replica))
        for replica, seq in conn.execute(lost):
            found.append(f"修改记录第 {seq} 条（副本 {replica[:8]}）的操作登记被改动或缺失")
    return found


def _follows(row: Any, chain: bytes) -> bool:
    try:
        parents = json.loads(row.parents)
        change = canonical.change_bytes(
            row.replica, row.seq, row.batch, row.hlc, row.entity, row.record, row.field, row.digest, parents
        )
        known = row.value is None or canonical.value_digest(row.salt, row.value) == row.digest
    except (TypeError, ValueError, AttributeError):
        return False  # altered into something the program never writes
    return known and canonical.link(chain, change) == row.chain


def rebuild(store: Store) -> None:
    """Make all tables and heads again from the journal."""
    with store.journal_connection() as conn:
        tables, heads = state(conn)
        for entity, cls in entities().items():
            table = Base.metadata.tables[entity]
            conn.execute(delete(table))
            rows = [
                {"sort_key": sort_keys.of_record(cls.TITLE, row.__getitem__)}
                | {column: _column(value) for column, value in row.items()}
                for row in tables.get(entity, {}).values()
            ]
            if rows:
                conn.execute(insert(table), rows)
        conn.execute(delete(Head))
        names = ("entity", "record", "field", "replica", "seq")
        if heads:
            conn.execute(insert(Head), [dict(zip(names, head, strict=True)) for head in sorted(heads)])


def _lines(conn: Connection) -> dict[tuple[str, str], dict[str, _Line]]:
    lines: dict[tuple[str, str], dict[str, _Line]] = {}
    columns = (Change.replica, Change.seq, Change.hlc, Change.entity, Change.record, Change.field)
    for row in conn.execute(select(*columns, Change.value, Change.parents)):
        line = lines.setdefault((row.entity, row.record), {}).setdefault(row.field, _Line())
        ref = f"{row.replica}:{row.seq}"
        line.ranks[ref] = (row.hlc, row.replica, row.seq)
        if row.value is not None:
            line.values[ref] = json.loads(row.value)
        line.superseded.update(json.loads(row.parents))
    return lines


def _empty(entity: str) -> dict[str, Any]:
    described = fields(entity)
    extra = {"deleted": False, "position": 0, "field": "", "source": "", "target": ""}
    return {
        column: described[name].empty if name in described else extra[name]
        for column, name in journal_columns(entity).items()
    }


def _table_rows(conn: Connection, cls: type[Entity]) -> Iterator[dict[str, Any]]:
    columns = {"id": "id", **journal_columns(cls.__tablename__)}
    query = select(*(getattr(cls, name).label(f"c{index}") for index, name in enumerate(columns.values())))
    for row in conn.execute(query):
        yield {column: _plain(value) for column, value in zip(columns, row, strict=True)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _column(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _split(ref: str) -> tuple[str, int]:
    replica, seq = ref.rsplit(":", 1)
    return replica, int(seq)
