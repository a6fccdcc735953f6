"""听取: hearings of a report, and the exported report each of them was given."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import ExportRecord, Hearing
from xuncha_desktop.services import records
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import Store


def defaults(inspection: str) -> dict[str, Any]:
    """What the form of a new hearing shows; the report follows from the day when it is made."""
    return {"inspection": inspection, "held_on": date.today().isoformat()}


def create(store: Store, values: Mapping[str, Any], *, record: str | None = None) -> str:
    """Note a hearing; its id."""
    with store.write(f"新增{Hearing.LABEL}") as session:
        return add(session, values, record=record).id


def add(session: Session, values: Mapping[str, Any], *, record: str | None = None) -> Hearing:
    """Put a new hearing into a writing session."""
    return records.add(session, "hearing", _begun(session, values), record=record)


def edit(store: Store, record: str, values: Mapping[str, Any], seen: Heads | None = None) -> None:
    """Change fields of a hearing; a report nobody chose by hand follows the day."""
    more: dict[str, Any] = {}
    if values.get("held_on") and "export" not in values:
        with store.read() as session:
            found: Hearing = records.find(session, "hearing", record)
            if found.export == newest_report(session, found.inspection, found.held_on):
                more["export"] = newest_report(session, found.inspection, values["held_on"])
    records.edit(store, "hearing", record, {**values, **more}, seen)


def last_presented(store: Store, inspection: str) -> Hearing | None:
    """The last hearing that was given an exported report."""
    query = select(Hearing).where(Hearing.inspection == inspection, ~Hearing.deleted, Hearing.export.is_not(None))
    with store.read() as session:
        return session.scalars(query.order_by(Hearing.held_on.desc(), Hearing.id.desc())).first()


def newest_report(session: Session, inspection: str | None, until: str | None = None) -> str | None:
    """The newest exported report of an inspection, of those made on a day or before it; its export record."""
    query = select(ExportRecord.id).where(
        ExportRecord.inspection == inspection, ExportRecord.kind == "report", ~ExportRecord.deleted
    )
    if until:
        midnight = datetime.combine(date.fromisoformat(until) + timedelta(days=1), time())
        query = query.where(ExportRecord.exported_at < midnight.timestamp() * 1000)
    return session.scalars(query.order_by(ExportRecord.exported_at.desc(), ExportRecord.id.desc())).first()


def _begun(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """With the report that was there on the day, where none is named."""
    day = values.get("held_on")
    return {"export": newest_report(session, values.get("inspection"), day) if day else None, **values}
