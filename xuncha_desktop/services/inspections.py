"""巡察任务: start one with its checklist, list them, and count the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import resources
from xuncha_desktop.model import CheckItem, Checklist, CheckResult, Inspection, ProblemType, Round, Team, Unit, fields
from xuncha_desktop.model.choices import CHECKLIST_OF
from xuncha_desktop.services import records
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
    """Change an inspection; a checklist not yet begun follows unit and mode (same batch)."""
    labels = "、".join(fields("inspection")[name].label for name in values)
    with store.write(f"修改{labels}"[:60], seen=seen) as session:
        inspection: Inspection = records.find(session, "inspection", record)
        records.apply(session, inspection, values)
        if "checklist" in values:
            _use(session, inspection, _items(session, inspection.checklist or ""))
        elif {"unit", "mode"} & values.keys():
            _follow_unit(session, inspection)


def add(session: Session, values: Mapping[str, Any], *, record: str | None = None) -> Inspection:
    """Put an inspection into a writing session, with a result row for each item of its unit's checklist."""
    given = {"mode": "routine", "state": "on_site", **values}
    inspection: Inspection = records.add(session, "inspection", given, record=record)
    if inspection.checklist:
        items = _items(session, inspection.checklist)
    elif code := _wanted_code(session, inspection):
        inspection.checklist, items = _checklist(session, code)
    else:
        items = []
    session.add_all(_result(inspection, item) for item in items)
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


def _wanted_code(session: Session, inspection: Inspection) -> str:
    """Code of the checklist for an inspection's unit and mode; empty where there is none."""
    if inspection.mode == "village":
        return CHECKLIST_OF["village"]
    unit = session.get(Unit, inspection.unit) if inspection.unit else None
    pending = (obj for obj in session.new if isinstance(obj, Unit) and obj.id == inspection.unit)
    unit = unit or next(pending, None)
    return CHECKLIST_OF.get(unit.kind, "") if unit else ""


def _follow_unit(session: Session, inspection: Inspection) -> None:
    code = _wanted_code(session, inspection)
    current = session.get(Checklist, inspection.checklist) if inspection.checklist else None
    if not code or (current and current.code == code):
        return
    if not any(_begun(result) for result in _results(session, inspection)):
        inspection.checklist, items = _checklist(session, code)
        _use(session, inspection, items)


def _use(session: Session, inspection: Inspection, items: Sequence[CheckItem]) -> None:
    """Give an inspection the results of these items; what was begun under another checklist stays."""
    known = {result.item: result for result in _results(session, inspection)}
    for item in items:
        if (result := known.pop(item.id, None)) is None:
            session.add(_result(inspection, item))
        else:
            result.deleted = False
    for result in known.values():
        result.deleted = result.deleted or not _begun(result)


def _results(session: Session, inspection: Inspection) -> Sequence[CheckResult]:
    return session.scalars(select(CheckResult).where(CheckResult.inspection == inspection.id)).all()


def _result(inspection: Inspection, item: CheckItem) -> CheckResult:
    return CheckResult(inspection=inspection.id, item=item.id, text=item.item, state="open")


def _begun(result: CheckResult) -> bool:
    return not result.deleted and (result.state != "open" or bool(result.note))


def _items(session: Session, checklist: str) -> list[CheckItem]:
    """Items of a checklist in order, those made in this session included."""
    pending = [obj for obj in session.new if isinstance(obj, CheckItem) and obj.parent == checklist]
    query = select(CheckItem).where(CheckItem.parent == checklist, CheckItem.deleted.is_(False))
    return sorted(pending or session.scalars(query), key=lambda item: item.position)


def _checklist(session: Session, code: str) -> tuple[str, list[CheckItem]]:
    pending = [obj for obj in session.new if isinstance(obj, Checklist)]
    known = session.scalars(select(Checklist).where(Checklist.code == code, Checklist.deleted.is_(False))).all()
    for checklist in [*pending, *known]:
        if checklist.code == code:
            return checklist.id, _items(session, checklist.id)
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
