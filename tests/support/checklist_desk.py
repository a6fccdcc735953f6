"""A checklist at work: short words for what its tests do."""

from typing import Any

from sqlalchemy import select

from xuncha_desktop.model import CheckItem, Checklist, CheckResult
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import checklist_editing, checklists, inspections, lists, overlays, records
from xuncha_desktop.services.checklists import Line
from xuncha_desktop.services.overlays import Candidate
from xuncha_desktop.store.store import Store


def unit(store: Store, code: str) -> str:
    """A unit of the small case by its code."""
    return lists.ids(store, lists.Query("unit", {"code": code}))[0]


def begin(store: Store, code: str = "XGZ", **values: Any) -> str:
    """A new inspection of a unit."""
    record = new_id()
    inspections.create(store, {**inspections.defaults(store), "unit": unit(store, code), **values}, record)
    return record


def codes(store: Store, inspection: str) -> list[str]:
    """The codes of an inspection's items, in order."""
    return [line.code for line in checklists.lines(store, inspection)]


def line(store: Store, inspection: str, code: str) -> Line:
    """An item by its code."""
    return next(found for found in checklists.lines(store, inspection) if found.code == code)


def candidate(store: Store, inspection: str, code: str) -> Candidate:
    """An item that may be chosen, by its code."""
    return next(found for found in overlays.selection(store, inspection).candidates if found.code == code)


def pick(store: Store, inspection: str, *chosen: str, suspicion: str = "") -> None:
    """Choose the items with these codes."""
    items = {candidate(store, inspection, code).item: suspicion for code in chosen}
    overlays.choose(store, [inspection], items)


def finish(store: Store, inspection: str, *, leave: int = 0) -> None:
    """Check every must-check item but the last few."""
    must = [found.result for found in checklists.lines(store, inspection) if found.must]
    checklists.set_state(store, must[: len(must) - leave], "clean")


def revised(store: Store, inspection: str, **texts: str) -> str:
    """A new version of the inspection's checklist: items with these codes (ZJ_02=…) say something else; its id."""
    checklist = records.load(store, "inspection", inspection).values["checklist"]
    version = checklist_editing.revise(store, checklist)
    for code, text in texts.items():
        checklist_editing.edit_item(store, item_of(store, version, code.replace("_", "-")), {"item": text})
    return version


def item_of(store: Store, checklist: str, code: str) -> str:
    """An item of a checklist by its code."""
    with store.read() as session:
        query = select(CheckItem.id).where(CheckItem.parent == checklist, CheckItem.code == code, ~CheckItem.deleted)
        return session.scalars(query).one()


def rows(store: Store, inspection: str) -> dict[str, CheckResult]:
    """All result rows of an inspection by id, hidden ones included."""
    with store.read() as session:
        found = session.scalars(select(CheckResult).where(CheckResult.inspection == inspection))
        return {row.id: row for row in found}


def checklist_of(store: Store, inspection: str) -> Checklist:
    """The checklist an inspection works with."""
    with store.read() as session:
        record = records.find(session, "inspection", inspection).checklist
        return records.find(session, "checklist", record)
