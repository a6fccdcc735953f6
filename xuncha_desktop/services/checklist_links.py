"""What names an item of a checklist: papers, and the records of the stay; an item's versions count as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from xuncha_desktop.model import Link, Paper, entities, fields
from xuncha_desktop.services import papers as working_papers
from xuncha_desktop.services import records as names
from xuncha_desktop.services.checklist_copies import roots
from xuncha_desktop.store.store import Store

Named = TypeVar("Named")


@dataclass(frozen=True, slots=True)
class Linked:
    """A record that names an item."""

    entity: str
    record: str
    number: str


@dataclass(frozen=True, slots=True)
class ByItem(Generic[Named]):
    """What names each item, asked by any of the item's versions."""

    _first: Mapping[str, str]
    _found: Mapping[str, Sequence[Named]]

    def of(self, item: str) -> Sequence[Named]:
        """What names this item."""
        return self._found.get(self._first.get(item, item), ())


def papers(session: Session, inspection: str) -> ByItem[tuple[str, str]]:
    """The papers of an inspection, id and title, by the items they name."""
    rows: Any = session.execute(_papers_query(), {"inspection": inspection})
    return _by_item(session, ((row[0], (row[1], row[2] or "（未命名）")) for row in rows))


def records(session: Session, inspection: str) -> ByItem[Linked]:
    """The talks, documents, petitions, visits and vouchers of an inspection by the items they name."""
    rows = session.execute(_records_query(), {"inspection": inspection}).all()
    return _by_item(session, ((target, Linked(*rest)) for target, *rest in sorted(map(tuple, rows))))


def nameable(store: Store, inspection: str, item: str) -> list[tuple[str, str]]:
    """The papers of an inspection, id and title, that may still be changed and do not name the item yet."""
    query = select(Paper.id, Paper.title, Paper.state).where(Paper.inspection == inspection, Paper.deleted.is_(False))
    with store.read() as session:
        naming = {paper for paper, _ in papers(session, inspection).of(item)}
        rows = session.execute(query.order_by(Paper.id.desc())).all()
    return [
        (paper, title or "（未命名）")
        for paper, title, state in rows
        if paper not in naming and not working_papers.is_locked(state)
    ]


def name(store: Store, item: str, paper: str) -> None:
    """Say of a paper that it is about this item, too."""
    with store.read() as session:
        known = names.linked(session, "paper.check_items", [paper]).get(paper, [])
    working_papers.edit(store, paper, {"check_items": (*known, item)})


@cache
def record_kinds() -> tuple[str, ...]:
    """The records of the stay that may name items of a checklist."""
    return tuple(name for name in entities() if name != "paper" and "check_items" in fields(name))


@cache  # putting a statement together takes longer than running it
def _papers_query() -> Any:
    return _naming(Paper, Paper.id, Paper.title).order_by(Paper.id)


@cache
def _records_query() -> Any:
    kinds: list[tuple[str, Any]] = [(kind, entities()[kind]) for kind in record_kinds()]
    return union_all(*(_naming(cls, literal(kind), cls.id, cls.number) for kind, cls in kinds))


def _naming(cls: Any, *columns: Any) -> Any:
    return (
        select(Link.target, *columns)
        .join(cls, cls.id == Link.source)
        .where(
            Link.field == f"{cls.__tablename__}.check_items",
            Link.deleted.is_(False),
            cls.deleted.is_(False),
            cls.inspection == bindparam("inspection"),
        )
    )


def _by_item(session: Session, rows: Any) -> ByItem[Any]:
    first = roots(session)
    found: dict[str, list[Any]] = {}
    for target, named in rows:
        there = found.setdefault(str(first.get(target, target)), [])
        if named not in there:  # a paper may name two versions of an item
            there.append(named)
    return ByItem(first, found)
