"""清单 as the case holds it: shipped checklists copied when first used, their versions and their items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import resources
from xuncha_desktop.model import CheckItem, Checklist, ProblemType
from xuncha_desktop.model.choices import CHECKLIST_OF
from xuncha_desktop.model.ids import pair_id


def current(session: Session, code: str) -> Checklist:
    """The newest version of a code; where the case has none, the shipped one is copied into it."""
    known = session.scalars(select(Checklist).where(Checklist.code == code, Checklist.mode == ""))
    # A row deleted or brought back in this session is told from the object, not by the query.
    lists = [row for row in (*pending(session, Checklist).values(), *known) if row.code == code and not row.deleted]
    followed = {row.previous for row in lists}
    return max((row for row in lists if row.id not in followed), key=age, default=None) or copy(session, code)


def newest(session: Session, checklist: str) -> Checklist | None:
    """The latest version that came of this one; None where there is none later."""
    later: dict[str, list[Checklist]] = {}
    for row in session.scalars(select(Checklist).where(Checklist.previous.is_not(None), ~Checklist.deleted)):
        later.setdefault(row.previous or "", []).append(row)
    found = None
    while following := later.pop(found.id if found else checklist, None):
        found = max(following, key=age)
    return found


def items(session: Session, checklist: str) -> list[CheckItem]:
    """Items of a checklist in order, those made in this session included."""
    made = [item for item in pending(session, CheckItem).values() if item.parent == checklist]
    known = session.scalars(select(CheckItem).where(CheckItem.parent == checklist))
    found = [*made, *(item for item in known if not item.deleted)]
    return sorted(found, key=lambda item: (item.position, item.code, item.id))


def roots(session: Session) -> dict[str, str]:
    """By item of a later version, the item of the first version it came from; items without a former are left out."""
    former = dict(session.execute(select(CheckItem.id, CheckItem.former).where(CheckItem.former.is_not(None))).all())
    former |= {item.id: item.former for item in pending(session, CheckItem).values() if item.former}
    found: dict[str, str] = {}
    for item, before in former.items():
        seen = {item}
        while before in former and before not in seen:
            seen.add(before)
            before = former[before]
        found[item] = before or item
    return found


def pending(session: Session, cls: type[Any]) -> dict[str, Any]:
    """What this session is about to make of an entity, by id; a query does not see it yet."""
    return {obj.id: obj for obj in session.new if isinstance(obj, cls)}


def revived(session: Session, cls: type[Any], record: str, made: Mapping[str, Any], **values: Any) -> Any:
    """The record with a computed id: as it is in the case, brought back if it was deleted, or made of `values`."""
    found = made.get(record) or session.get(cls, record)
    if found is None:
        found = cls(id=record, **values)
        session.add(found)
    elif found.deleted:
        found.deleted = False
    return found


def copy(session: Session, code: str) -> Checklist:
    """Copy a shipped checklist; both laptops that do so make the same records."""
    template = resources.checklists()[code]
    record = shipped_id(code)
    known = select(Checklist).where(Checklist.code == code, ~Checklist.deleted, Checklist.id != record)
    previous = max(session.scalars(known), key=age, default=None)
    checklist: Checklist = revived(
        session,
        Checklist,
        record,
        {},
        name=template.name,
        code=code,
        unit_kind=next(kind for kind, of in CHECKLIST_OF.items() if of == code),
        version=template.version,
        source=template.source,
        previous=previous.id if previous else None,
    )
    former = {item.code: item.id for item in items(session, previous.id)} if previous else {}
    types = dict(session.execute(select(ProblemType.code, ProblemType.id)).all())
    types |= {found.code: found.id for found in pending(session, ProblemType).values()}
    for position, item in enumerate(template.items):
        revived(
            session,
            CheckItem,
            pair_id("check_item", checklist.id, item.code),
            {},
            parent=checklist.id,
            position=position,
            code=item.code,
            focus=item.focus,
            area=item.area,
            item=item.item,
            how=item.how,
            must=item.must,
            basis=item.basis,
            tags=" ".join(topic for topic, codes in _topics().items() if item.code in codes),
            problem_type=types.get(item.problem_type),
            former=former.get(item.code),
        )
    return checklist


def shipped_id(code: str) -> str:
    """The id of the copy of a shipped checklist, the same on every laptop."""
    return pair_id("checklist", code, resources.checklists()[code].version)


def version_key(version: str) -> tuple[int, ...]:
    """The numbers of a version text, to compare it by."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def age(checklist: Checklist) -> tuple[tuple[int, ...], str]:
    """What a later version has more of."""
    return version_key(checklist.version), checklist.id


@dataclass(frozen=True)
class _Topic:
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class _Topics:
    version: str
    source: str
    topics: tuple[_Topic, ...]


@cache
def _topics() -> Mapping[str, frozenset[str]]:
    """The topics of special inspections as shipped, with the codes of the items that serve them."""
    shipped = resources.build(_Topics, resources.read_json("special_topics.json"))
    return {topic.name: frozenset(topic.items) for topic in shipped.topics}
