"""采用新版清单: what a later version of its checklist changes for an inspection, taken over item by item."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import CheckItem, CheckResult, Inspection
from xuncha_desktop.services import check_results, checklist_copies, overlays, records
from xuncha_desktop.services.checklist_copies import items, roots
from xuncha_desktop.store.store import Store

COMPARED = ("item", "area", "how", "must", "basis")
CHANGED, NEW, DROPPED = "changed", "new", "dropped"


@dataclass(frozen=True, slots=True)
class Said:
    """What an item says."""

    code: str
    area: str
    item: str
    how: str
    must: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that the later version words otherwise, adds or leaves out."""

    key: str
    kind: str  # changed, new or dropped
    old: Said | None
    new: Said | None
    state: str  # of what was checked so far; "" for a new item
    usual: bool  # whether it is taken over unless the user says otherwise

    @property
    def fields(self) -> tuple[str, ...]:
        """What reads differently."""
        if self.old is None or self.new is None:
            return COMPARED
        return tuple(name for name in COMPARED if getattr(self.old, name) != getattr(self.new, name))


@dataclass(frozen=True, slots=True)
class Later:
    """A version that came after the one an inspection works with."""

    checklist: str
    version: str
    now: str  # the version it works with
    differences: tuple[Difference, ...]


def later(store: Store, inspection: str) -> Later | None:
    """The newest version of the inspection's checklist with all it changes; None where it works with the newest."""
    with store.read() as session:
        found: Inspection = records.find(session, "inspection", inspection)
        new = checklist_copies.newest(session, found.checklist) if found.checklist else None
        if new is None:
            return None
        now = records.find(session, "checklist", found.checklist or "").version
        return Later(new.id, new.version, now, tuple(_differences(session, found, new.id)))


def newest_version(store: Store, inspection: str) -> str:
    """The version text of what came after the inspection's checklist; empty where it works with the newest."""
    with store.read() as session:
        found = session.get(Inspection, inspection)
        new = checklist_copies.newest(session, found.checklist) if found and found.checklist else None
    return (new.version or "（未编号）") if new else ""


def take_over(store: Store, inspection: str, checklist: str, chosen: Collection[str]) -> None:
    """Work with a later version from now on: the chosen differences are taken, the rest stays as it was (one batch).

    Whatever was checked keeps its state, note and papers.
    """
    with store.write("采用新版清单") as session:
        found: Inspection = records.find(session, "inspection", inspection)
        refused = {row.key for row in _differences(session, found, checklist)} - set(chosen)
        first = roots(session)
        versions = {first.get(item.id, item.id): item for item in items(session, checklist)}
        before = {first.get(item.id, item.id) for item in _of_list(session, found)}
        live = _live(session, inspection, first)
        for root, result in live.items():
            if root in refused:
                continue
            if (item := versions.get(root)) is not None:
                result.item, result.text = item.id, item.item
            else:
                result.deleted = result.deleted or root in before
        added = [item for root, item in versions.items() if root in set(chosen) - live.keys()]
        check_results.take(session, inspection, added)
        found.checklist = checklist


def _differences(session: Session, inspection: Inspection, checklist: str) -> list[Difference]:
    first = roots(session)
    before = {first.get(item.id, item.id) for item in _of_list(session, inspection)}
    live = _live(session, inspection.id, first)
    following = {first.get(item.id, item.id): item for item in items(session, checklist)}
    query = select(CheckItem).where(CheckItem.id.in_([result.item or "" for result in live.values()]))
    now = {item.id: item for item in session.scalars(query)}
    found: list[Difference] = []
    for root, item in following.items():
        result, new = live.get(root), _said(item, item.item)
        if result is not None:
            old = _said(now[result.item or ""], result.text)
            difference = Difference(root, CHANGED, old, new, result.state, not check_results.begun(result))
            if difference.fields:
                found.append(difference)
        elif root not in before:
            found.append(Difference(root, NEW, None, new, "", inspection.mode not in overlays.CHOSEN_MODES))
    for root in sorted(before & live.keys() - following.keys(), key=lambda root: live[root].id):
        result = live[root]
        old = _said(now[result.item or ""], result.text)
        found.append(Difference(root, DROPPED, old, None, result.state, not check_results.begun(result)))
    return found


def _live(session: Session, inspection: str, first: dict[str, str]) -> dict[str, CheckResult]:
    rows = check_results.of(session, inspection).values()
    return {first.get(row.item or "", row.item or ""): row for row in rows if not row.deleted}


def _of_list(session: Session, inspection: Inspection) -> list[CheckItem]:
    return items(session, inspection.checklist) if inspection.checklist else []


def _said(item: CheckItem, text: str) -> Said:
    return Said(item.code, item.area, text, item.how, item.must, item.basis)
