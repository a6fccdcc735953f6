"""清单模板: what ships and what a team makes of it, version after version; a version in use is never changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import resources
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem, Checklist, CheckResult, Inspection
from xuncha_desktop.model.choices import CHECKLIST_OF
from xuncha_desktop.services import records
from xuncha_desktop.services.checklist_copies import items, shipped_id, version_key
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Template:
    """A version of a checklist: in the case, or shipped and not yet brought in (no id)."""

    id: str
    name: str
    code: str
    unit_kind: str
    version: str
    items: int
    must: int
    used: int  # inspections that work with it
    previous: str
    locked: str  # why it is not edited in place; "" where it may be

    @property
    def title(self) -> str:
        """镇（街道）党（工）委巡察清单　2026.1."""
        return "　".join(filter(None, (self.name or "（未命名清单）", self.version)))


def templates(store: Store) -> list[Template]:
    """Every version in the case and every shipped one that is not, those of a code together, the newest first."""
    with store.read() as session:
        lists = list(session.scalars(select(Checklist).where(~Checklist.deleted, Checklist.mode == "")))
        counted = _counts(session)
        used = _inspections_by_list(session)
    followed = {row.previous for row in lists}
    found = [
        Template(
            row.id,
            row.name,
            row.code,
            row.unit_kind,
            row.version,
            *counted.get(row.id, (0, 0)),
            len(used.get(row.id, ())),
            row.previous or "",
            _lock(row, bool(used.get(row.id)), row.id in followed),
        )
        for row in lists
    ]
    known = {row.id for row in lists}
    found += [_shipped(code) for code in CHECKLIST_OF.values() if shipped_id(code) not in known]
    order = list(CHECKLIST_OF.values())
    found.sort(key=lambda row: (version_key(row.version), row.id), reverse=True)
    found.sort(key=lambda row: (order.index(row.code) if row.code in order else len(order), row.code, row.name))
    return found


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a template."""

    id: str
    code: str
    area: str
    text: str
    must: bool
    tags: str


def items_of(store: Store, checklist: str) -> list[Item]:
    """The items of a version, in order."""
    with store.read() as session:
        found = items(session, checklist)
    return [Item(row.id, row.code, row.area, row.item, row.must, row.tags) for row in found]


def _shipped(code: str) -> Template:
    template = resources.checklists()[code]
    kind = next(kind for kind, of in CHECKLIST_OF.items() if of == code)
    must = sum(item.must for item in template.items)
    locked = "程序自带，还没有带入本案卷。"
    return Template("", template.name, code, kind, template.version, len(template.items), must, 0, "", locked)


def demand_editable(session: Session, checklist: str | None) -> Checklist:
    """The version, unless it may not be changed; the sentence says why."""
    found: Checklist = records.find(session, "checklist", checklist or "")
    followed = session.scalar(select(Checklist.id).where(Checklist.previous == found.id, ~Checklist.deleted).limit(1))
    if why := _lock(found, bool(_inspections_by_list(session).get(found.id)), bool(followed)):
        raise UserError(f"清单“{found.name}”{found.version} {why}")
    return found


def _lock(checklist: Checklist, used: bool, followed: bool) -> str:
    """Why a version is not edited in place; empty where it is."""
    if followed:
        return "已有更新的版本，不再改动。"
    if used:
        return "已有任务在用，修订时另存为新版本。"
    if checklist.code in resources.checklists() and checklist.id == shipped_id(checklist.code):
        return "是程序自带的，修订时另存为新版本。"
    return ""


def _inspections_by_list(session: Session) -> dict[str, set[str]]:
    """The inspections that work with a checklist: as theirs, or with results on its items."""
    live = ~Inspection.deleted
    chosen = select(Inspection.checklist, Inspection.id).where(Inspection.checklist.is_not(None), live)
    worked = (
        select(CheckItem.parent, CheckResult.inspection)
        .join(CheckResult, CheckResult.item == CheckItem.id)
        .join(Inspection, Inspection.id == CheckResult.inspection)
        .where(~CheckResult.deleted, live)
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for checklist, inspection in (*session.execute(chosen), *session.execute(worked)):
        found.setdefault(checklist or "", set()).add(inspection or "")
    return found


def _counts(session: Session) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for parent, must in session.execute(select(CheckItem.parent, CheckItem.must).where(~CheckItem.deleted)):
        every, musts = found.get(parent or "", (0, 0))
        found[parent or ""] = (every + 1, musts + bool(must))
    return found
