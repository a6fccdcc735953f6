"""谈话、问卷、调阅、走访、信访、底稿、立行立改、线索: the eight counters of a stay."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Borrowing, Inspection, Interview, Paper, Petition, Poll, QuickFix, Visit, fields

# Field of the inspection where a person keeps the number, the records it is counted from, and what of each counts.
_COUNTED: tuple[tuple[str, Any, ColumnElement[Any]], ...] = (
    ("talks", Interview, func.count()),
    ("questionnaires", Poll, func.coalesce(func.sum(Poll.returned), 0)),
    ("documents", Borrowing, func.count(Borrowing.received_on)),
    ("visits", Visit, func.coalesce(func.sum(Visit.households), 0)),
    ("petitions", Petition, func.count()),
    ("quick_fixes", QuickFix, func.count()),
)


@dataclass(frozen=True, slots=True)
class Counter8:
    """One of the eight counters of a stay."""

    name: str  # "talks", as the report's statistics call it
    label: str
    value: int
    field: str  # of the inspection where it is filled in by hand; "" where it is counted
    entity: str  # whose list stands behind it; "" where there is none yet

    @property
    def by_hand(self) -> bool:
        """Whether a person keeps this number."""
        return bool(self.field)


def of_inspection(session: Session, inspection: Inspection) -> list[Counter8]:
    """All eight: counted as soon as there are records of the kind, before that as a person wrote them down."""
    described = fields("inspection")
    found: list[Counter8] = []
    for name, cls, amount in _COUNTED:
        there, counted = session.execute(
            select(func.count(), amount).select_from(cls).where(cls.inspection == inspection.id, ~cls.deleted)
        ).one()
        kept = getattr(inspection, name) or 0
        value, field = (counted, "") if there else (kept, name)
        found.append(Counter8(name, described[name].label, value, field, cls.__tablename__))
    found.insert(5, Counter8("papers", "底稿（份）", count_papers(session, inspection.id), "", "paper"))
    return [*found, Counter8("leads", described["leads"].label, inspection.leads or 0, "leads", "")]


def counted_from(session: Session, inspection: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Entity and ids of the records behind each counter that is counted, not kept by hand."""
    sources: list[tuple[str, Any]] = [*((name, cls) for name, cls, _ in _COUNTED), ("papers", Paper)]
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, cls in sources:
        query = select(cls.id).where(cls.inspection == inspection, ~cls.deleted).order_by(cls.id)
        if ids := tuple(session.scalars(query)):
            found[name] = (cls.__tablename__, ids)
    return found


def count_papers(session: Session, inspection: str) -> int:
    """How many papers an inspection has."""
    query = select(func.count()).select_from(Paper).where(Paper.inspection == inspection, ~Paper.deleted)
    return session.scalar(query) or 0
