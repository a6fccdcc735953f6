"""What can be done with any record: create, edit, delete, load, name. Special nouns have files of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Entity, Field, Kind, Link, entities, fields
from xuncha_desktop.model.ids import new_id, pair_id
from xuncha_desktop.store.journal import FieldKey, Heads
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

Values = Mapping[str, Any]  # field name -> plain value; refs: ids; rows: mappings with "id"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A record as it was when loaded, with the heads that a later save must name as seen."""

    entity: str
    id: str
    values: dict[str, Any]
    heads: dict[FieldKey, tuple[str, ...]]
    deleted: bool


def create(store: Store, entity: str, values: Values, *, record: str | None = None) -> str:
    """Add a record; its id."""
    with store.write(f"新增{entities()[entity].LABEL}") as session:
        return add(session, entity, values, record=record).id


def edit(store: Store, entity: str, record: str, values: Values, seen: Heads | None = None) -> None:
    """Change fields of a record; `seen` are the heads its form was loaded with."""
    labels = "、".join(fields(entity)[name].label for name in values)
    with store.write(f"修改{labels}"[:60], seen=seen) as session:
        apply(session, find(session, entity, record), values)


def delete(store: Store, entity: str, records: Sequence[str]) -> None:
    """Take records out of every list; undo brings them back."""
    cls = entities()[entity]
    with store.write(f"删除 {len(records)} 条{cls.LABEL}") as session:
        for record in records:
            find(session, entity, record).deleted = True


def load(store: Store, entity: str, record: str) -> Snapshot:
    """A record with its links and rows, and the heads of all of them."""
    with store.read() as session:
        return snapshot(session, entity, record)


def snapshot(session: Session, entity: str, record: str) -> Snapshot:
    """Like `load`, within a session already open."""
    from xuncha_desktop.store.journal import heads_of

    obj = find(session, entity, record)
    conn = session.connection()
    heads = heads_of(conn, entity, record)
    values = plain(session, [obj])[record]
    for described in fields(entity).values():
        if described.kind is Kind.ROWS:
            for row in values[described.name]:
                heads.update(heads_of(conn, described.target, row["id"]))
    return Snapshot(entity, record, values, heads, obj.deleted)


def find(session: Session, entity: str, record: str) -> Any:
    """The live record in a session; UserError if there is none."""
    obj = session.get(entities()[entity], record)
    if obj is None:
        raise UserError(f"没有编号为 {record} 的{entities()[entity].LABEL}，可能来自另一份案卷，请核对后再试。")
    return obj


def add(session: Session, entity: str, values: Values, *, record: str | None = None) -> Any:
    """Put a new record with these values into a writing session."""
    obj = entities()[entity](id=record or new_id())
    session.add(obj)
    apply(session, obj, values)
    return obj


def apply(session: Session, obj: Entity, values: Values) -> None:
    """Set fields of a live record from plain values, cleaning text as it enters."""
    described = fields(obj.__tablename__)
    for name, value in values.items():
        if name not in described:
            raise UserError(f"{type(obj).LABEL}没有“{name}”这一项，可用的名称见 xuncha fields {obj.__tablename__}。")
        field = described[name]
        if field.kind is Kind.REFS:
            _set_links(session, obj, field, value)
        elif field.kind is Kind.ROWS:
            _set_rows(session, obj, field, value)
        else:
            setattr(obj, name, coerce(field, value))


def coerce(field: Field, value: Any) -> Any:
    """A plain value as the column keeps it: text cleaned, lists as tuples, nothing as the kind's empty value."""
    if value is None:
        return field.empty
    if isinstance(value, str) and field.kind in (Kind.TEXT, Kind.LONGTEXT, Kind.AUTO):
        return clean_text(value)
    if isinstance(value, str) and field.kind is Kind.RICHTEXT:
        return rich.clean(value)
    if field.kind is Kind.ENUMS and isinstance(value, list):
        return tuple(value)
    if field.kind in (Kind.DATE, Kind.REF) and value == "":
        return None
    return value


def plain(session: Session, objects: Sequence[Entity]) -> dict[str, dict[str, Any]]:
    """Records of one entity as plain values by id, links and rows included; four queries at most per field."""
    if not objects:
        return {}
    entity = objects[0].__tablename__
    ids = [obj.id for obj in objects]
    names = [f.name for f in fields(entity).values() if f.stored]
    values = {obj.id: {name: getattr(obj, name) for name in names} for obj in objects}
    for described in fields(entity).values():
        if described.kind is Kind.REFS:
            links = linked(session, f"{entity}.{described.name}", ids)
            for record in ids:
                values[record][described.name] = tuple(links.get(record, ()))
        elif described.kind is Kind.ROWS:
            rows = child_rows(session, described.target, ids)
            for record in ids:
                values[record][described.name] = tuple(rows.get(record, ()))
    return values


def linked(session: Session, field: str, sources: Iterable[str]) -> dict[str, list[str]]:
    """Targets of a refs field by source, in order."""
    found: dict[str, list[str]] = {}
    for part in _parts(sources):
        query = select(Link.source, Link.target).where(
            Link.field == field, Link.source.in_(part), Link.deleted.is_(False)
        )
        for source, target in session.execute(query.order_by(Link.position, Link.id)):
            found.setdefault(source, []).append(target)
    return found


def child_rows(session: Session, entity: str, parents: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Rows of a rows field by parent, in order, each with its id."""
    cls: Any = entities()[entity]
    names = [f.name for f in fields(entity).values() if f.stored and f.name != "parent"]
    found: dict[str, list[dict[str, Any]]] = {}
    for part in _parts(parents):
        query = select(cls).where(cls.parent.in_(part), cls.deleted.is_(False)).order_by(cls.position, cls.id)
        for row in session.scalars(query):
            values = {name: getattr(row, name) for name in names}
            found.setdefault(row.parent, []).append({"id": row.id, **values})
    return found


def titles(store: Store, entity: str, ids: Iterable[str]) -> dict[str, str]:
    """What people call these records, by id."""
    with store.read() as session:
        return names(session, entity, ids)


def names(session: Session, entity: str, ids: Iterable[str], title: str = "") -> dict[str, str]:
    """Like `titles`, within a session already open; a dotted title follows the ref."""
    cls: Any = entities()[entity]
    attribute, _, rest = (title or cls.TITLE).partition(".")
    found: dict[str, str] = {}
    for part in _parts(ids):
        found.update(session.execute(select(cls.id, getattr(cls, attribute)).where(cls.id.in_(part))).all())
    if not rest:
        return {record: rich.plain(str(title or "")) or "（未命名）" for record, title in found.items()}
    target = names(session, fields(entity)[attribute].target, {ref for ref in found.values() if ref}, rest)
    return {record: target.get(ref, "（未命名）") for record, ref in found.items()}


def options(store: Store, entity: str, **where: Any) -> dict[str, str]:
    """Every record of an entity that may be chosen, by id, in the order of titles."""
    cls: Any = entities()[entity]
    with store.read() as session:
        query = select(cls.id).where(cls.deleted.is_(False))
        for name, value in where.items():
            query = query.where(getattr(cls, name) == value)
        ordered = (cls.parent, cls.position) if "parent" in fields(entity) else (cls.sort_key,)
        ids = list(session.scalars(query.order_by(*ordered, cls.id)))
        known = names(session, entity, ids)
    return {record: known[record] for record in ids}


def _set_links(session: Session, obj: Entity, field: Field, targets: Sequence[str]) -> None:
    name = f"{obj.__tablename__}.{field.name}"
    existing = {
        link.target: link for link in session.scalars(select(Link).where(Link.field == name, Link.source == obj.id))
    }
    for position, target in enumerate(dict.fromkeys(targets)):
        link = existing.pop(target, None)
        if link is None:
            session.add(
                Link(id=pair_id(name, obj.id, target), field=name, source=obj.id, target=target, position=position)
            )
        else:
            link.deleted, link.position = False, position
    for link in existing.values():
        link.deleted = True


def _set_rows(session: Session, obj: Entity, field: Field, rows: Sequence[Values]) -> None:
    cls: Any = entities()[field.target]
    existing = {row.id: row for row in session.scalars(select(cls).where(cls.parent == obj.id))}
    for position, values in enumerate(rows):
        row = existing.pop(values.get("id", ""), None)
        if row is None:
            if values.get("id") and session.get(cls, values["id"]) is not None:
                raise UserError(f"“{field.label}”里编号为 {values['id']} 的行属于另一条记录；请去掉编号后再试。")
            row = cls(id=values.get("id") or new_id(), parent=obj.id)
            session.add(row)
        row.deleted, row.position = False, position
        apply(session, row, {name: value for name, value in values.items() if name != "id"})
    for row in existing.values():
        row.deleted = True


def _parts(ids: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    every = list(ids)
    return (every[start : start + size] for start in range(0, len(every), size))
