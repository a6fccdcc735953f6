"""到期: what of a stay is late or soon due, over all kinds of records, the latest first, and who is in charge."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import (
    Borrowing,
    Decision,
    FactCheck,
    Inspection,
    Kind,
    Meeting,
    Petition,
    QuickFix,
    Visit,
    VisitRequest,
    entities,
    fields,
)
from xuncha_desktop.services import records, taking_part
from xuncha_desktop.store.store import Store

SOON = 7  # days ahead that are worth a line


@dataclass(frozen=True, slots=True)
class Due:
    """Something that has to happen by a day."""

    entity: str  # what to open
    record: str
    what: str  # "调阅资料"
    title: str
    day: str
    left: int  # days until then, negative when late
    inspection: str
    members: tuple[str, ...] = ()  # ids of those in charge

    @property
    def late(self) -> bool:
        """Whether the day has gone by."""
        return self.left < 0


# Kinds of records with a day of their own, and until when it counts.
_RECORDS: dict[type[Any], ColumnElement[bool]] = {
    Borrowing: Borrowing.received_on.is_(None) & Borrowing.returned_on.is_(None) & (Borrowing.missing == ""),
    Petition: Petition.done_on.is_(None) & Petition.handed_on.is_(None) & (Petition.handling != "filed"),
    QuickFix: QuickFix.closed_on.is_(None),
    FactCheck: FactCheck.answered_on.is_(None) & (FactCheck.answer == ""),
}


def due(store: Store, inspection: str, today: date, *, soon: int = SOON) -> list[Due]:
    """What of an inspection is late, or due within `soon` days."""
    with store.read() as session:
        return of(session, [inspection], today, soon=soon)


def of(session: Session, inspections: Collection[str], today: date, *, soon: int = SOON) -> list[Due]:
    """Like `due`, of several inspections, within a session already open."""
    found = [*_of_records(session, inspections, today, soon), *_of_rows(session, inspections, today, soon)]
    for inspection in inspections:
        found += _of_inspection(records.find(session, "inspection", inspection), today, soon)
    return sorted(found, key=lambda each: (each.day, each.entity, each.record))


def _of_records(session: Session, inspections: Collection[str], today: date, soon: int) -> Iterable[Due]:
    for cls, still in _RECORDS.items():
        query = select(cls.id, cls.inspection, getattr(cls, cls.TITLE), cls.number, cls.due_on).where(
            cls.inspection.in_(inspections), ~cls.deleted, cls.due_on <= _until(today, soon), still
        )
        rows = session.execute(query).all()
        charge = _in_charge(session, cls.__tablename__, [row[0] for row in rows])
        for record, inspection, title, number, day in rows:
            members = tuple(charge.get(record, ()))
            yield _due(cls.__tablename__, record, cls.LABEL, title or number, day, today, inspection, members)


def _of_rows(session: Session, inspections: Collection[str], today: date, soon: int) -> Iterable[Due]:
    # The last of each three names who is in charge.
    rows: tuple[tuple[Any, Any, Any], ...] = ((Visit, VisitRequest, Visit), (Meeting, Decision, Decision))
    for parent, row, owner in rows:
        query = (
            select(parent.id, parent.inspection, owner.id, getattr(row, row.TITLE), row.due_on)
            .join(row, row.parent == parent.id)
            .where(parent.inspection.in_(inspections), ~parent.deleted, ~row.deleted)
            .where(row.done_on.is_(None), row.due_on <= _until(today, soon))
        )
        found: Sequence[Any] = session.execute(query).all()
        charge = _in_charge(session, owner.__tablename__, [each[2] for each in found])
        for record, inspection, owned, title, day in found:
            members = tuple(charge.get(owned, ()))
            yield _due(parent.__tablename__, record, row.LABEL, title, day, today, inspection, members)


def _in_charge(session: Session, entity: str, ids: Sequence[str]) -> dict[str, list[str]]:
    return taking_part.members(session, entity, (taking_part.IN_CHARGE[entity],), ids)


def _of_inspection(inspection: Inspection, today: date, soon: int) -> Iterable[Due]:
    """The dates of the task itself that lie just ahead; those gone by are no arrears."""
    label = entities()["inspection"].LABEL
    for described in fields("inspection").values():
        day = getattr(inspection, described.name) if described.kind is Kind.DATE else None
        if day and today.isoformat() <= day <= _until(today, soon):
            yield _due("inspection", inspection.id, label, described.label, day, today, inspection.id, ())


def _due(
    entity: str, record: str, what: str, title: str, day: str, today: date, inspection: str, members: tuple[str, ...]
) -> Due:
    left = (date.fromisoformat(day) - today).days
    return Due(entity, record, what, title or "（未命名）", day, left, inspection, members)


def _until(today: date, soon: int) -> str:
    return (today + timedelta(days=soon)).isoformat()
