"""到期: what of a stay is late or soon due, over all kinds of records, the latest first."""

from collections.abc import Iterable
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
from xuncha_desktop.services import records
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


def due(store: Store, inspection: str, today: date, *, soon: int = SOON) -> list[Due]:
    """What of an inspection is late, or due within `soon` days."""
    with store.read() as session:
        found = [*_of_records(session, inspection, today, soon), *_of_rows(session, inspection, today, soon)]
        found += _of_inspection(records.find(session, "inspection", inspection), today, soon)
    return sorted(found, key=lambda each: (each.day, each.entity, each.record))


def _of_records(session: Session, inspection: str, today: date, soon: int) -> Iterable[Due]:
    open_: dict[type[Any], ColumnElement[bool]] = {
        Borrowing: Borrowing.received_on.is_(None) & (Borrowing.missing == ""),
        Petition: Petition.done_on.is_(None) & Petition.handed_on.is_(None) & (Petition.handling != "filed"),
        QuickFix: QuickFix.closed_on.is_(None),
        FactCheck: FactCheck.answered_on.is_(None),
    }
    for cls, still in open_.items():
        query = select(cls).where(cls.inspection == inspection, ~cls.deleted, cls.due_on <= _until(today, soon), still)
        for found in session.scalars(query):
            title = getattr(found, cls.TITLE) or found.number
            yield _due(cls.__tablename__, found.id, cls.LABEL, title, found.due_on or "", today)


def _of_rows(session: Session, inspection: str, today: date, soon: int) -> Iterable[Due]:
    rows: tuple[tuple[Any, Any], ...] = ((Visit, VisitRequest), (Meeting, Decision))
    for parent, row in rows:
        query = (
            select(parent.id, getattr(row, row.TITLE), row.due_on)
            .join(row, row.parent == parent.id)
            .where(parent.inspection == inspection, ~parent.deleted, ~row.deleted)
            .where(row.done_on.is_(None), row.due_on <= _until(today, soon))
        )
        for record, title, day in session.execute(query):
            yield _due(parent.__tablename__, record, row.LABEL, title, day or "", today)


def _of_inspection(inspection: Inspection, today: date, soon: int) -> Iterable[Due]:
    """The dates of the task itself that lie just ahead; those gone by are no arrears."""
    label = entities()["inspection"].LABEL
    for described in fields("inspection").values():
        day = getattr(inspection, described.name) if described.kind is Kind.DATE else None
        if day and today.isoformat() <= day <= _until(today, soon):
            yield _due("inspection", inspection.id, label, described.label, day, today)


def _due(entity: str, record: str, what: str, title: str, day: str, today: date) -> Due:
    return Due(entity, record, what, title or "（未命名）", day, (date.fromisoformat(day) - today).days)


def _until(today: date, soon: int) -> str:
    return (today + timedelta(days=soon)).isoformat()
