"""巡察任务: start one with its checklist, list them, and count the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import resources
from xuncha_desktop.model import CheckItem, Checklist, CheckResult, Inspection, ProblemType, Unit
from xuncha_desktop.model.choices import CHECKLIST_OF
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Stay:
    """Where an inspection stands in time."""

    day: int | None  # the how manieth day on site
    left: int | None  # days until the stay ends


def start(store: Store, units: Sequence[str], values: Mapping[str, Any]) -> list[str]:
    """Begin an inspection of each unit with the same values, each with its own checklist (one batch)."""
    with store.write(f"新增 {len(units)} 项巡察任务") as session:
        return [add(session, {**values, "unit": unit}).id for unit in units]


def add(session: Session, values: Mapping[str, Any]) -> Inspection:
    """Put an inspection into a writing session, with a result row for each item of its unit's checklist."""
    inspection: Inspection = records.add(session, "inspection", {"mode": "routine", "state": "on_site", **values})
    unit = session.get(Unit, inspection.unit) or next(
        (obj for obj in session.new if isinstance(obj, Unit) and obj.id == inspection.unit), None
    )
    kind = "village" if inspection.mode == "village" else (unit.kind if unit else "")
    if code := CHECKLIST_OF.get(kind):
        checklist, items = _checklist(session, code)
        inspection.checklist = checklist
        session.add_all(
            CheckResult(inspection=inspection.id, item=item.id, text=item.item, state="open") for item in items
        )
    return inspection


def every(store: Store) -> dict[str, str]:
    """All inspections by id with what the header calls them: 平湖镇党委 · 常规巡察."""
    from xuncha_desktop.model.choices import MODES

    with store.read() as session:
        rows = session.scalars(select(Inspection).where(Inspection.deleted.is_(False)).order_by(Inspection.id)).all()
        units = records.names(session, "unit", {row.unit for row in rows if row.unit})
        short = dict(session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(units))).all())
    return {row.id: f"{short.get(row.unit or '') or '（未选单位）'} · {MODES.get(row.mode, '')}巡察" for row in rows}


def stay(inspection: Inspection, today: date) -> Stay:
    """Day of the stay and days left; None where the dates are not set or not running."""
    entry = date.fromisoformat(inspection.entry_on) if inspection.entry_on else None
    end = date.fromisoformat(inspection.stay_end_on) if inspection.stay_end_on else None
    day = (today - entry).days + 1 if entry and entry <= today and (end is None or today <= end) else None
    left = (end - today).days if end and today <= end else None
    return Stay(day, left)


def _checklist(session: Session, code: str) -> tuple[str, list[CheckItem]]:
    pending = [obj for obj in session.new if isinstance(obj, Checklist)]
    known = session.scalars(select(Checklist).where(Checklist.code == code, Checklist.deleted.is_(False))).all()
    for checklist in [*pending, *known]:
        if checklist.code == code:
            items = [obj for obj in session.new if isinstance(obj, CheckItem) and obj.parent == checklist.id]
            query = select(CheckItem).where(CheckItem.parent == checklist.id, CheckItem.deleted.is_(False))
            found = items or list(session.scalars(query))
            return checklist.id, sorted(found, key=lambda item: item.position)
    return _copy(session, code)


def _copy(session: Session, code: str) -> tuple[str, list[CheckItem]]:
    template = resources.checklists()[code]
    kind = next(kind for kind, of in CHECKLIST_OF.items() if of == code)
    checklist = Checklist(
        name=template.name, code=code, unit_kind=kind, version=template.version, source=template.source
    )
    session.add(checklist)
    types = dict(session.execute(select(ProblemType.code, ProblemType.id)).all())
    types |= {obj.code: obj.id for obj in session.new if isinstance(obj, ProblemType)}
    items = [
        CheckItem(
            parent=checklist.id,
            position=position,
            code=item.code,
            focus=item.focus,
            area=item.area,
            item=item.item,
            how=item.how,
            must=item.must,
            basis=item.basis,
            problem_type=types.get(item.problem_type),
        )
        for position, item in enumerate(template.items)
    ]
    session.add_all(items)
    return checklist.id, items
