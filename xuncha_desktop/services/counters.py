"""谈话、问卷、调阅、走访、信访、底稿、立行立改、线索: the eight counters of a stay."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Borrowing, Inspection, Interview, Paper, Petition, Poll, QuickFix, Visit, fields

# Field of the inspection where a person keeps the number, the records it is counted from, and what each counts.
_COUNTED: tuple[tuple[str, Any, ColumnElement[int]], ...] = (
    ("talks", Interview, literal(1)),
    ("questionnaires", Poll, func.coalesce(Poll.issued, 0)),
    ("documents", Borrowing, case((Borrowing.received_on.is_not(None), 1), else_=0)),
    ("visits", Visit, func.coalesce(Visit.households, 0)),
    ("petitions", Petition, literal(1)),
    ("quick_fixes", QuickFix, literal(1)),
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one record adds to a counter."""

    record: str
    number: str
    amount: int


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
    for name, cls, share in _COUNTED:
        sums = select(func.count(), func.coalesce(func.sum(share), 0)).select_from(cls)
        there, counted = session.execute(sums.where(cls.inspection == inspection.id, ~cls.deleted)).one()
        kept = getattr(inspection, name) or 0
        value, field = (counted, "") if there else (kept, name)
        found.append(Counter8(name, described[name].label, value, field, cls.__tablename__))
    found.insert(5, Counter8("papers", "底稿（份）", count_papers(session, inspection.id), "", "paper"))
    return [*found, Counter8("leads", described["leads"].label, inspection.leads or 0, "leads", "")]


def behind(session: Session, inspection: str) -> dict[str, tuple[str, tuple[Share, ...]]]:
    """The records behind each counter that is counted, not kept by hand: their entity, and what each adds."""
    found: dict[str, tuple[str, tuple[Share, ...]]] = {}
    for name, cls, share in (*_COUNTED, ("papers", Paper, literal(1))):
        official = cls.official_number if cls is Paper else literal("")
        query = select(cls.id, official, cls.number, share).where(cls.inspection == inspection, ~cls.deleted)
        rows = session.execute(query.order_by(cls.id))
        if shares := tuple(Share(record, formal or number, amount) for record, formal, number, amount in rows):
            found[name] = (cls.__tablename__, shares)
    return found


def count_papers(session: Session, inspection: str) -> int:
    """How many papers an inspection has."""
    query = select(func.count()).select_from(Paper).where(Paper.inspection == inspection, ~Paper.deleted)
    return session.scalar(query) or 0
