"""What is searched: the records people look for, their texts, and what they can be filtered by."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.model import Field, Kind, Link, entities, fields
from xuncha_desktop.services import records
from xuncha_desktop.store.search_index import Document, Entry
from xuncha_desktop.store.sort_keys import initials

PAGES = "evidence_text"  # the pages of evidence, beside the kinds of records


@dataclass(frozen=True, slots=True)
class Searched:
    """How a kind of record is searched: by which day, and with whose texts besides its own."""

    day: str = ""
    borrows: str = ""  # a ref whose record's texts count as this one's: a member is found by the person's name


# In the order in which results are shown.
SEARCHED: Mapping[str, Searched] = {
    "paper": Searched("dated"),
    "interview": Searched("held_on"),
    "petition": Searched("received_on"),
    "visit": Searched("visited_on"),
    "borrowing": Searched("due_on"),
    "voucher": Searched("voucher_on"),
    "poll": Searched("held_on"),
    "quick_fix": Searched("issued_on"),
    "fact_check": Searched("sent_on"),
    "meeting": Searched("held_on"),
    "evidence": Searched("dated"),
    "report": Searched("dated"),
    "hearing": Searched("held_on"),
    "check_result": Searched(borrows="item"),
    "inspection": Searched("entry_on", borrows="unit"),
    "unit": Searched(),
    "member": Searched("joined_on", borrows="inspector"),
    "round": Searched(),
    "legal_basis": Searched(),
}
_TEXTS = (Kind.TEXT, Kind.LONGTEXT, Kind.RICHTEXT, Kind.AUTO)
_TECHNICAL = frozenset({"file_hash", "file_type", "text_hash", "region", "record", "record_field"})


def labels() -> dict[str, str]:
    """What people call each kind that can be found, in the order of results."""
    found = {entity: entities()[entity].LABEL for entity in SEARCHED}
    place = list(found).index("evidence") + 1
    items = list(found.items())
    return dict([*items[:place], (PAGES, "证据原文"), *items[place:]])


def described() -> str:
    """All that decides what is searched: an index made by other rules must be made again."""
    known = (f"{entity}.{f.name} {f.kind} {f.private}" for entity in entities() for f in fields(entity).values())
    return "\n".join([repr(SEARCHED), *known])


def owners(session: Session, changed: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Records whose texts or filters may have changed with these records, rows and links among them."""
    found: dict[str, set[str]] = {}
    for entity, ids in changed.items():
        if entity in SEARCHED:
            found.setdefault(entity, set()).update(ids)
        if entity == Link.__tablename__:
            for field, source in session.execute(select(Link.field, Link.source).where(Link.id.in_(ids))):
                found.setdefault(field.partition(".")[0], set()).add(source)
        for owner in _row_owners().get(entity, ()):
            row: Any = entities()[entity]
            found.setdefault(owner, set()).update(session.scalars(select(row.parent).where(row.id.in_(ids))))
        for owner in (name for name, searched in SEARCHED.items() if _borrowed(name, searched) == entity):
            cls: Any = entities()[owner]
            query = select(cls.id).where(getattr(cls, SEARCHED[owner].borrows).in_(ids))
            found.setdefault(owner, set()).update(session.scalars(query))
    return {entity: ids - {None} for entity, ids in found.items() if entity in SEARCHED}


def documents(session: Session, entity: str, ids: Sequence[str]) -> list[Document]:
    """These records as they are now; those that are deleted are left out."""
    cls: Any = entities()[entity]
    found = list(session.scalars(select(cls).where(cls.id.in_(ids), cls.deleted.is_(False))))
    values = records.plain(session, found)
    titles = records.names(session, entity, values)
    others = _others(session, entity, values.values())
    return [_document(entity, record, titles[record], row, others) for record, row in values.items()]


def _document(
    entity: str, record: str, title: str, values: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> Document:
    searched = SEARCHED[entity]
    name, body, private = list[tuple[str, str]](), list[tuple[str, str]](), list[tuple[str, str]]()
    for field, text in _texts(entity, values):
        part = private if field.private else name if _is_name(entity, field) else body
        part.append((field.name, text))
    if searched.borrows and (other := others.get(values[searched.borrows] or "")):
        of, titled = _borrowed(entity, searched), "." in entities()[entity].TITLE
        for field, text in _texts(of, other):
            if titled or not _is_name(of, field):  # a check result has a copy of its item's words
                (name if _is_name(of, field) else body).append((searched.borrows, text))
    entry = Entry(
        entity,
        record,
        title,
        values.get("official_number") or values.get("number") or "",
        initials(title) if _has_short_title(entity) else "",
        record if entity == "inspection" else values.get("inspection") or "",
        values.get(searched.day) or "",
        "".join(f" {member} " for member in sorted(set(_members(entity, values)))),
        values.get("file_hash") or "",
    )
    return Document(entry, body, name, private)


def _texts(entity: str, values: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    """Each text of a record with its field, the texts of its rows with the field of the rows."""
    for field in fields(entity).values():
        if field.kind in _TEXTS and field.name not in _TECHNICAL:
            if text := values[field.name]:
                yield field, rich.plain(text)
        elif field.kind is Kind.ROWS:
            for row in values.get(field.name, ()):
                yield from ((field, text) for _, text in _texts(field.target, {"parent": None, **row}))


def _is_name(entity: str, field: Field) -> bool:
    return field.kind is Kind.AUTO or field.name == entities()[entity].TITLE.partition(".")[0]


def _has_short_title(entity: str) -> bool:
    described = fields(entity).get(entities()[entity].TITLE)
    return described is None or described.kind is Kind.TEXT


def _members(entity: str, values: Mapping[str, Any]) -> Iterator[str]:
    for field in fields(entity).values():
        if field.kind is Kind.ROWS:
            for row in values.get(field.name, ()):
                yield from _members(field.target, {"parent": None, **row})
        elif field.target == "member" and values[field.name]:
            yield from (values[field.name],) if field.kind is Kind.REF else values[field.name]


def _others(session: Session, entity: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The records that these borrow texts from."""
    if not (ref := SEARCHED[entity].borrows):
        return {}
    cls: Any = entities()[fields(entity)[ref].target]
    wanted = {row[ref] for row in rows if row[ref]}
    own = [field.name for field in fields(cls.__tablename__).values() if field.stored]
    return {obj.id: {n: getattr(obj, n) for n in own} for obj in session.scalars(select(cls).where(cls.id.in_(wanted)))}


def _borrowed(entity: str, searched: Searched) -> str:
    return fields(entity)[searched.borrows].target if searched.borrows else ""


@cache
def _row_owners() -> Mapping[str, Sequence[str]]:
    """Kinds of records that a row of an entity may be a line of."""
    found: dict[str, list[str]] = {}
    for owner in SEARCHED:
        for field in fields(owner).values():
            if field.kind is Kind.ROWS:
                found.setdefault(field.target, []).append(owner)
    return found
