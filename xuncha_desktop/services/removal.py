"""删除任务、单位、成员、轮次: only what nothing else needs; a refusal says what needs it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckResult, Kind, Link, Member, entities, fields
from xuncha_desktop.services import records, uses
from xuncha_desktop.store.store import Store

_PART_OF_IT = {("inspection", "check_result")}  # made with it, and of no use without it


def delete(store: Store, entity: str, chosen: Sequence[str]) -> None:
    """Take records out of every list unless others refer to them; a member's person goes with the member."""
    label = entities()[entity].LABEL
    with store.write(f"删除 {len(chosen)} 条{label}") as session:
        names = records.names(session, entity, chosen)
        for record in chosen:
            if needed := users(session, entity, record):
                words = "、".join(f"{count} 条{of}" for of, count in needed.items())
                raise UserError(f"“{names.get(record, '')}”还有{words}，不能删除；请先删除或改到别处。")
            found = records.find(session, entity, record)
            found.deleted = True
            if isinstance(found, Member) and found.inspector:
                _delete_person(session, found)


def users(session: Session, entity: str, record: str) -> dict[str, int]:
    """How many records of which kind refer to this one."""
    found: dict[str, int] = {}
    for other, cls in entities().items():
        if (entity, other) in _PART_OF_IT and not _begun(session, record):
            continue
        # A row's parent is what it is a line of: it goes with it.
        names = [f.name for f in fields(other).values() if f.target == entity and f.name != "parent"]
        if count := sum(_count(session, other, name, record) for name in names):
            found[cls.LABEL] = count
    if cited := len(uses.citing_records(session, record)):
        found["引用"] = cited
    return found


def _count(session: Session, entity: str, name: str, record: str) -> int:
    cls: Any = entities()[entity]
    query = select(func.count()).select_from(cls).where(cls.deleted.is_(False))
    if (parent := fields(entity).get("parent")) and entity != "citation":  # whose parent may be of two kinds
        owner: Any = entities()[parent.target]
        query = query.where(exists().where(owner.id == cls.parent, owner.deleted.is_(False)))
    kind = fields(entity)[name].kind
    if kind is Kind.REF:
        query = query.where(getattr(cls, name) == record)
    elif kind is Kind.REFS:
        linked = (Link.field == f"{entity}.{name}", Link.source == cls.id, Link.target == record)
        query = query.where(exists().where(*linked, Link.deleted.is_(False)))
    else:
        return 0
    return session.scalar(query) or 0


def _begun(session: Session, inspection: str) -> bool:
    query = exists().where(
        CheckResult.inspection == inspection, CheckResult.deleted.is_(False), CheckResult.state != "open"
    )
    return bool(session.scalar(select(query)))


def _delete_person(session: Session, member: Member) -> None:
    query = exists().where(Member.inspector == member.inspector, Member.deleted.is_(False), Member.id != member.id)
    if not session.scalar(select(query)):
        records.find(session, "inspector", member.inspector or "").deleted = True
