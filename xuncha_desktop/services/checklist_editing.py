"""清单修订: a new version, and the items of a version that nobody uses yet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import CheckItem, Checklist
from xuncha_desktop.services import records
from xuncha_desktop.services.checklist_copies import copy, items
from xuncha_desktop.services.checklist_versions import demand_editable
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import Store

_CONTENT = ("focus", "area", "item", "how", "must", "basis", "tags", "problem_type")  # what an item says


def bring_in(store: Store, code: str) -> str:
    """Copy a shipped checklist into the case, as the next version of the one that is there; its id."""
    with store.write("带入程序自带的清单") as session:
        return copy(session, code).id


def begin(store: Store) -> str:
    """A checklist of one's own, still empty; its id."""
    with store.write("新增清单") as session:
        return records.add(session, "checklist", {"version": "1", "source": "本组自拟"}).id


def revise(store: Store, checklist: str) -> str:
    """A new version that begins with all items of this one and may be edited; its id."""
    with store.read() as session:
        version = _next_version(session, records.find(session, "checklist", checklist))
    with store.write(f"修订清单为 {version}") as session:
        old: Checklist = records.find(session, "checklist", checklist)
        new = Checklist(
            name=old.name,
            code=old.code,
            unit_kind=old.unit_kind,
            version=version,
            source=f"据 {old.version} 修订" if old.version else old.source,
            previous=old.id,
        )
        session.add(new)
        for item in items(session, old.id):
            content = {name: getattr(item, name) for name in _CONTENT}
            session.add(CheckItem(parent=new.id, position=item.position, code=item.code, former=item.id, **content))
        return new.id


def discard(store: Store, checklist: str) -> None:
    """Take away a version nobody uses; the one before it is current again."""
    with store.write("删除清单版本") as session:
        found = demand_editable(session, checklist)
        found.deleted = True
        for item in items(session, checklist):
            item.deleted = True


def edit(store: Store, checklist: str, values: Mapping[str, Any], seen: Heads | None = None) -> None:
    """Change the name, version or kind of unit of a version nobody uses."""
    with store.read() as session:
        demand_editable(session, checklist)
    records.edit(store, "checklist", checklist, values, seen)


def edit_item(store: Store, item: str, values: Mapping[str, Any], seen: Heads | None = None) -> None:
    """Change an item of a version nobody uses."""
    with store.read() as session:
        demand_editable(session, records.find(session, "check_item", item).parent)
    records.edit(store, "check_item", item, values, seen)


def add_item(store: Store, checklist: str, values: Mapping[str, Any], *, record: str | None = None) -> str:
    """Append an item, with the next code unless it has one; its id."""
    with store.write("新增核查事项") as session:
        found = demand_editable(session, checklist)
        known = items(session, checklist)
        code = values.get("code") or _next_code(found.code, [item.code for item in known])
        added = records.add(session, "check_item", {**values, "parent": checklist, "code": code}, record=record)
        added.position = max((item.position for item in known), default=-1) + 1
        return added.id


def remove_items(store: Store, chosen: Sequence[str]) -> None:
    """Take items out of a version nobody uses."""
    with store.write(f"删除 {len(chosen)} 项核查事项") as session:
        for record in chosen:
            item: CheckItem = records.find(session, "check_item", record)
            demand_editable(session, item.parent)
            item.deleted = True


def move_item(store: Store, item: str, by: int) -> None:
    """Move an item up (-1) or down (1) among its neighbours."""
    with store.write("调整核查事项顺序") as session:
        found: CheckItem = records.find(session, "check_item", item)
        demand_editable(session, found.parent)
        row = items(session, found.parent or "")
        place = row.index(found)
        row.insert(max(0, min(place + by, len(row) - 1)), row.pop(place))
        for position, other in enumerate(row):
            other.position = position


def _next_version(session: Session, checklist: Checklist) -> str:
    """The version text for what follows a checklist: 2026.2 after 2026.1, passing over those that are taken."""
    same = Checklist.code == checklist.code if checklist.code else Checklist.name == checklist.name
    taken = set(session.scalars(select(Checklist.version).where(same, ~Checklist.deleted)))
    stem = checklist.version.rstrip("0123456789")
    number = checklist.version[len(stem) :]
    if stem and not number:
        stem, number = f"{stem}.", "1"
    steps = range(1, len(taken) + 2)
    return next(text for step in steps if (text := f"{stem}{int(number or 1) + step}") not in taken)


def _next_code(prefix: str, codes: Iterable[str]) -> str:
    """ZJ-23 after ZJ-22."""
    numbers = [int(found[1]) for code in codes if (found := re.search(r"(\d+)$", code))]
    return f"{prefix}-{max(numbers, default=0) + 1:02}" if prefix else f"{max(numbers, default=0) + 1:02}"
