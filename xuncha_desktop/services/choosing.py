"""What may be chosen where a field points at other records, as people look for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import (
    CheckItem,
    Checklist,
    CheckResult,
    ExportRecord,
    Heading,
    Inspection,
    Member,
    ProblemType,
    Round,
    entities,
    fields,
)
from xuncha_desktop.model.choices import ROLES, UNIT_KINDS, in_words
from xuncha_desktop.model.show import moment
from xuncha_desktop.services import inspections, records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be chosen."""

    key: str
    text: str
    group: str = ""
    detail: str = ""


def options(store: Store, entity: str, inspection: str = "") -> list[Choice]:
    """Records of an entity in the order people expect; headings, check items, reports of the inspection."""
    if entity == "inspection":
        return [Choice(record, text) for record, text in inspections.every(store).items()]
    with store.read() as session:
        special = {
            "problem_type": _problem_types,
            "member": _members,
            "heading": _headings,
            "check_item": _check_items,
            "checklist": _checklists,
            "export_record": _reports,
        }.get(entity)
        if special:
            return special(session, inspection)
        cls: Any = entities()[entity]
        ids = list(session.scalars(select(cls.id).where(cls.deleted.is_(False)).order_by(cls.sort_key, cls.id)))
        names = records.names(session, entity, ids)
    return [Choice(record, names[record]) for record in ids]


def affected(changed: Iterable[str]) -> set[str]:
    """Entities whose options may read differently after these entities changed."""
    found = set(changed)
    for entity, cls in entities().items():
        attribute, _, rest = cls.TITLE.partition(".")
        if rest and fields(entity)[attribute].target in found:
            found.add(entity)
    if found & {"inspection", "round", "heading_set"}:
        found |= {"heading", "check_item"}
    return found


def _problem_types(session: Session, inspection: str) -> list[Choice]:
    query = select(ProblemType).where(ProblemType.deleted.is_(False)).order_by(ProblemType.code)
    return [
        Choice(
            row.id, f"{row.code}　{row.name}", f"{row.level1_name} · {row.level2}", f"{row.level1_name} {row.level2}"
        )
        for row in session.scalars(query)
    ]


def _members(session: Session, inspection: str) -> list[Choice]:
    rows = session.scalars(select(Member).where(Member.deleted.is_(False)).order_by(Member.id)).all()
    names = records.names(session, "member", [row.id for row in rows])
    return [Choice(row.id, names[row.id], detail=f"{in_words(ROLES, row.role)} {row.code}") for row in rows]


def _headings(session: Session, inspection: str) -> list[Choice]:
    found = session.get(Inspection, inspection) if inspection else None
    of_round = session.get(Round, found.round) if found and found.round else None
    query = select(Heading).where(Heading.deleted.is_(False)).order_by(Heading.parent, Heading.position)
    if of_round:
        query = query.where(Heading.parent == of_round.heading_set)
    return [Choice(row.id, row.title) for row in session.scalars(query)]


def _checklists(session: Session, inspection: str) -> list[Choice]:
    """Every version of each checklist; items that a team added for one way of inspecting are none to work with."""
    query = select(Checklist).where(Checklist.deleted.is_(False), Checklist.mode == "")
    rows = session.scalars(query.order_by(Checklist.code, Checklist.id.desc()))
    return [
        Choice(row.id, f"{row.name}　{row.version or '（未编号）'}", in_words(UNIT_KINDS, row.unit_kind), row.code)
        for row in rows
    ]


def _check_items(session: Session, inspection: str) -> list[Choice]:
    found = session.get(Inspection, inspection) if inspection else None
    query = select(CheckItem).where(CheckItem.deleted.is_(False)).order_by(CheckItem.parent, CheckItem.position)
    if found:
        taken = select(CheckResult.item).where(CheckResult.inspection == inspection, ~CheckResult.deleted)
        query = query.where(CheckItem.id.in_(taken))
    return [Choice(row.id, f"{row.code}　{row.item}", row.area, row.basis) for row in session.scalars(query)]


def _reports(session: Session, inspection: str) -> list[Choice]:
    """The reports that were exported, the newest first: their files are often called alike, their times differ."""
    query = select(ExportRecord).where(ExportRecord.kind == "report", ExportRecord.deleted.is_(False))
    if inspection:
        query = query.where(ExportRecord.inspection == inspection)
    rows = session.scalars(query.order_by(ExportRecord.exported_at.desc(), ExportRecord.id.desc()))
    return [
        Choice(row.id, f"{moment(row.exported_at or 0)}　{'草稿' if row.draft else '正式'}", detail=row.name)
        for row in rows
    ]
