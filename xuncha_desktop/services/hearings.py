"""听取: hearings of a report, and the exported report each of them was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import ExportRecord, Hearing
from xuncha_desktop.model.choices import in_words
from xuncha_desktop.model.record_choices import HEARING_LAYERS
from xuncha_desktop.model.show import moment, short_date
from xuncha_desktop.services import export_records, records
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier state of the report that it can be compared with."""

    export: str
    words: str
    of_hearing: bool = True


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


def bases(store: Store, inspection: str) -> list[Base]:
    """What the report can be compared with, the likeliest first: what hearings were given, then every export."""
    exported = {record.id: record for record in export_records.reports(store, inspection)}
    query = select(Hearing).where(Hearing.inspection == inspection, ~Hearing.deleted, Hearing.export.in_(exported))
    with store.read() as session:
        heard = list(session.scalars(query.order_by(Hearing.held_on.desc(), Hearing.id.desc())))
        members = records.names(session, "member", {record.member or "" for record in exported.values()})
    found = [Base(each.export or "", _heard(each, exported[each.export or ""])) for each in heard]
    return found + [
        Base(record.id, _exported(record, members.get(record.member or "", "")), of_hearing=False)
        for record in exported.values()
    ]


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


def _heard(hearing: Hearing, export: ExportRecord) -> str:
    layer = in_words(HEARING_LAYERS, hearing.layer)
    day = short_date(hearing.held_on) if hearing.held_on else "（日期未填）"
    return f"{day}{layer}听取（{moment(export.exported_at or 0)} 导出）"


def _exported(export: ExportRecord, member: str) -> str:
    return "　".join(
        filter(None, (f"{moment(export.exported_at or 0)} 导出", "草稿" if export.draft else "正式", member))
    )
