"""巡察任务: start one with its checklist, list them, and count the days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Checklist, Inspection, Round, Team, Unit, fields
from xuncha_desktop.model.choices import CHECKLIST_OF, in_words
from xuncha_desktop.services import check_results, checklist_copies, overlays, records, stay_end
from xuncha_desktop.services.checklist_copies import pending
from xuncha_desktop.store.journal import Heads
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


def defaults(store: Store) -> dict[str, Any]:
    """What a new inspection begins with: the latest round, its team and mode."""
    with store.read() as session:
        latest = session.scalars(select(Round).where(Round.deleted.is_(False)).order_by(Round.id.desc())).first()
        if latest is None:
            return {"mode": "routine", "state": "preparing"}
        query = select(Team.id).where(Team.round == latest.id, Team.deleted.is_(False)).order_by(Team.id)
        team = session.scalars(query).first()
    return {"mode": latest.mode or "routine", "state": "preparing", "round": latest.id, "team": team}


def create(store: Store, values: Mapping[str, Any], record: str) -> None:
    """Begin one inspection under an id already known to its form."""
    with store.write("新增巡察任务") as session:
        add(session, values, record=record)


def edit(store: Store, record: str, values: Mapping[str, Any], seen: Heads | None = None) -> None:
    """Change an inspection (one batch); its checklist follows unit and mode, and holds its state back while unfinished.

    UserError names the must-check items that nobody has finished when the stay is to end.
    """
    labels = "、".join(fields("inspection")[name].label for name in values)
    with store.write(f"修改{labels}"[:60], seen=seen) as session:
        inspection: Inspection = records.find(session, "inspection", record)
        before = inspection.state
        records.apply(session, inspection, values)
        if "checklist" in values:
            overlays.carry_over(session, inspection)
        elif {"unit", "mode", "previous"} & values.keys():
            _follow(session, inspection, values)
        stay_end.demand_finished(session, inspection, before)


def add(session: Session, values: Mapping[str, Any], *, record: str | None = None) -> Inspection:
    """Put an inspection into a writing session, with a result of each item that its unit and mode ask for.

    UserError where its state says that the stay has ended, which no stay has with must-check items nobody looked at.
    """
    given = {"mode": "routine", "state": "on_site", **values}
    inspection: Inspection = records.add(session, "inspection", given, record=record)
    if not inspection.checklist and (code := _wanted_code(session, inspection)):
        inspection.checklist = checklist_copies.current(session, code).id
    overlays.complete(session, inspection)
    stay_end.demand_finished(session, inspection, "preparing")
    return inspection


def every(store: Store) -> dict[str, str]:
    """All inspections by id with what the header calls them: 平湖镇党委 · 常规巡察."""
    from xuncha_desktop.model.choices import MODES

    with store.read() as session:
        rows = session.scalars(select(Inspection).where(Inspection.deleted.is_(False)).order_by(Inspection.id)).all()
        units = records.names(session, "unit", {row.unit for row in rows if row.unit})
        short = dict(session.execute(select(Unit.id, Unit.short_name).where(Unit.id.in_(units))).all())
    return {row.id: f"{short.get(row.unit or '') or '（未选单位）'} · {in_words(MODES, row.mode)}巡察" for row in rows}


def stay(inspection: Inspection, today: date) -> Stay:
    """Day of the stay and days left; None where the dates are not set or not running."""
    entry = date.fromisoformat(inspection.entry_on) if inspection.entry_on else None
    end = date.fromisoformat(inspection.stay_end_on) if inspection.stay_end_on else None
    day = (today - entry).days + 1 if entry and entry <= today and (end is None or today <= end) else None
    left = (end - today).days if end and today <= end else None
    return Stay(day, left)


def _wanted_code(session: Session, inspection: Inspection) -> str:
    """Code of the checklist for an inspection's unit and mode; empty where there is none."""
    if inspection.mode == "village":
        return CHECKLIST_OF["village"]
    made = pending(session, Unit)
    unit = (made.get(inspection.unit) or session.get(Unit, inspection.unit)) if inspection.unit else None
    return CHECKLIST_OF.get(unit.kind, "") if unit else ""


def _follow(session: Session, inspection: Inspection, changed: Collection[str]) -> None:
    """The checklist follows unit and mode until somebody has begun it; then a mode may only add to it."""
    code = _wanted_code(session, inspection)
    current = session.get(Checklist, inspection.checklist) if inspection.checklist else None
    other = bool(code) and (current is None or current.code != code)
    if check_results.any_begun(session, inspection.id):
        if {"mode", "previous"} & set(changed):
            overlays.complete(session, inspection)
    elif other or "mode" in changed:
        if other:
            inspection.checklist = checklist_copies.current(session, code).id
        overlays.lay_out(session, inspection)
    elif "previous" in changed:
        overlays.complete(session, inspection)
