"""Lists of records: which, in what order, and the values of the columns; sorting and filtering happen in SQL."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from xuncha_desktop import rich
from xuncha_desktop.model import LONG_TEXTS, Kind, Link, entities, fields
from xuncha_desktop.model.field import Field
from xuncha_desktop.model.show import show
from xuncha_desktop.services import record_states, records
from xuncha_desktop.services.record_states import STATE, STATES
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows: records of `entity` that match `where` and contain `text`, in order of `sort`."""

    entity: str
    where: Mapping[str, Any] = field(default_factory=dict)  # field -> value, or a tuple of values
    text: str = ""
    sort: str = ""
    descending: bool = False
    deleted: bool = False
    only: tuple[str, ...] | None = None  # ids: none but these


def listed(entity: str) -> Mapping[str, Field]:
    """What a list can show, filter and sort by: the fields but those that say who somebody is, and the state."""
    found = {name: described for name, described in fields(entity).items() if not described.private}
    return found | {STATE: record_states.column(entity)} if entity in STATES else found


def ids(store: Store, query: Query) -> list[str]:
    """Ids of the records, in order."""
    with store.read() as session:
        return list(session.scalars(_ordered(_matching(query), query)))


def grouped(store: Store, query: Query, name: str) -> list[tuple[str, list[str]]]:
    """The same ids in groups of one stored field's value, each under the words for it, in the field's own order."""
    described = listed(query.entity)[name]
    column = _column(entities()[query.entity], name)
    by_field = replace(query, sort=name, descending=False)
    with store.read() as session:
        rows = session.execute(_ordered(_matching(query), query).add_columns(column)).all()
        in_order = session.scalars(_ordered(_matching(by_field), by_field).with_only_columns(column))
        values = list(dict.fromkeys(in_order))
        names = _names(session, [described], [{name: value} for value in values]).get(described.target)
    words = {value: show(described, value, names) for value in values}
    groups: dict[str, list[str]] = {text: [] for text in words.values()}
    for record, value in rows:
        groups[words[value]].append(record)
    return list(groups.items())


def count(store: Store, query: Query) -> int:
    """How many records match."""
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(_matching(query).subquery())) or 0


def existing(store: Store, entity: str, chosen: Sequence[str]) -> list[str]:
    """Those of the ids that are records already, deleted ones included."""
    cls: Any = entities()[entity]
    with store.read() as session:
        return list(session.scalars(select(cls.id).where(cls.id.in_(list(chosen)))))


def counted(store: Store, query: Query, name: str) -> dict[str, int]:
    """How many matching records have each value of a closed list, by its words, in its order."""
    cls: Any = entities()[query.entity]
    with store.read() as session:
        column = _column(cls, name)
        chosen = _matching(query).subquery()
        rows = session.execute(select(column, func.count()).where(cls.id.in_(select(chosen.c.id))).group_by(column))
        found = dict(rows.all())
    return {words: found[code] for code, words in (listed(query.entity)[name].choices or {}).items() if code in found}


def totals(store: Store, query: Query, names: Sequence[str]) -> dict[str, int]:
    """Sums of number fields over all matching records."""
    cls: Any = entities()[query.entity]
    with store.read() as session:
        chosen = _matching(query).subquery()
        sums = [func.coalesce(func.sum(getattr(cls, name)), 0) for name in names]
        row = session.execute(select(*sums).where(cls.id.in_(select(chosen.c.id)))).one()
    return dict(zip(names, row, strict=True))


def page(store: Store, entity: str, chosen: Sequence[str], columns: Sequence[str]) -> dict[str, dict[str, str]]:
    """What the cells of these records say, by id and field name."""
    cls: Any = entities()[entity]
    described = [listed(entity)[name] for name in columns]
    computed = entity in STATES and STATE in columns
    stored = [f.name for f in described if f.stored and not (computed and f.name == STATE)]
    with store.read() as session:
        objects = list(session.scalars(select(cls).where(cls.id.in_(list(chosen)))))
        values = {obj.id: {name: getattr(obj, name) for name in stored} for obj in objects}
        if computed:
            for record, code in session.execute(select(cls.id, _column(cls, STATE)).where(cls.id.in_(values))):
                values[record][STATE] = code
        for plural in (f for f in described if not f.stored):
            _add_plural(session, entity, plural, values)
        names = _names(session, described, values.values())
    return {
        record: {f.name: show(f, row[f.name], names.get(f.target)) for f in described} for record, row in values.items()
    }


def _add_plural(session: Session, entity: str, plural: Field, values: dict[str, dict[str, Any]]) -> None:
    if plural.kind is Kind.REFS:
        found: Mapping[str, Sequence[Any]] = records.linked(session, f"{entity}.{plural.name}", values)
    else:
        found = records.child_rows(session, plural.target, values)
    for record, row in values.items():
        row[plural.name] = tuple(found.get(record, ()))


def _names(
    session: Session, described: Iterable[Field], rows: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, str]]:
    wanted: dict[str, set[str]] = {}
    everything = list(rows)
    for f in described:
        if f.kind is Kind.REF:
            wanted.setdefault(f.target, set()).update(row[f.name] for row in everything if row[f.name])
        elif f.kind is Kind.REFS:
            wanted.setdefault(f.target, set()).update(item for row in everything for item in row[f.name])
    return {entity: records.names(session, entity, found) for entity, found in wanted.items()}


def _matching(query: Query) -> Select[str]:
    cls: Any = entities()[query.entity]
    selected = select(cls.id).where(cls.deleted.is_(query.deleted))
    if query.only is not None:
        # One value however many ids: a statement may name thousands no other way.
        selected = selected.where(
            cls.id.in_(select(func.json_each(json.dumps(query.only)).table_valued("value").c.value))
        )
    for name, value in query.where.items():
        selected = selected.where(_condition(cls, name, value))
    words = query.text.split()
    for word in words:
        texts = [f for f in listed(query.entity).values() if f.kind in (Kind.TEXT, Kind.AUTO, *LONG_TEXTS)]
        selected = selected.where(or_(*(_words(cls, f).icontains(word, autoescape=True) for f in texts)))
    return selected


def _condition(cls: Any, name: str, value: Any) -> ColumnElement[bool]:
    described = listed(cls.__tablename__)[name]
    wanted = value if isinstance(value, tuple) else (value,)
    if described.kind is Kind.REFS:
        return exists().where(
            Link.field == f"{cls.__tablename__}.{name}",
            Link.source == cls.id,
            Link.target.in_(wanted),
            Link.deleted.is_(False),
        )
    if described.kind is Kind.ENUMS:
        return or_(*(getattr(cls, name).contains(f'"{code}"', autoescape=True) for code in wanted))
    column = _column(cls, name)
    chosen = column.in_([code for code in wanted if code is not None])
    return or_(chosen, column.is_(None)) if None in wanted else chosen


def _ordered(selected: Select[str], query: Query) -> Select[str]:
    cls: Any = entities()[query.entity]
    described = listed(query.entity).get(query.sort)
    if described is None or not described.stored:
        return selected.order_by(cls.id.desc())
    column = _column(cls, query.sort)
    if query.sort == cls.TITLE:
        key: Any = cls.sort_key
    elif described.kind is Kind.ENUM:
        key = case({code: index for index, code in enumerate(described.choices or {})}, value=column, else_=99)
    elif described.kind is Kind.REF:
        target: Any = aliased(entities()[described.target])
        selected = selected.outerjoin(target, target.id == column)
        key = target.code if described.target == "problem_type" else target.sort_key
    else:
        key = column
    return selected.order_by(key.desc() if query.descending else key, cls.id)


def _words(cls: Any, described: Field) -> Any:
    """A text as it is read: a word that is bold in part is still one word."""
    column = getattr(cls, described.name)
    for mark in (rich.BOLD, rich.UNBOLD) if described.kind is Kind.RICHTEXT else ():
        column = func.replace(column, mark, "")
    return column


def _column(cls: Any, name: str) -> Any:
    """The field's column, or what works the state out."""
    if name == STATE and cls.__tablename__ in STATES:
        return record_states.expression(cls.__tablename__, date.today())
    return getattr(cls, name)
