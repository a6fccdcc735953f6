"""What a new field record begins with: today, the member at work, what the record before it said, the deadline."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Deadline, Inspection, Kind, Meeting, Member, Unit, entities, fields
from xuncha_desktop.model.choices import ROLES

_TODAY = {
    "interview": "held_on",
    "petition": "received_on",
    "visit": "visited_on",
    "poll": "held_on",
    "meeting": "held_on",
}
_MINE = {
    "interview": ("talkers", "recorder"),
    "borrowing": ("borrower",),
    "petition": ("handler",),
    "visit": ("visitors",),
    "voucher": ("checker",),
    "fact_check": ("handlers",),
    "meeting": ("recorder",),
}
_PLAIN: Mapping[str, Mapping[str, Any]] = {
    "interview": {"secrecy": "normal"},
    "petition": {"in_scope": True},
    "visit": {"way": "home", "households": 1},
    "poll": {"scale": "grade"},
    "quick_fix": {"still_reported": True},
}
_LIKE_THE_LAST = {"borrowing": ("batch", "due_on"), "voucher": ("book", "period")}
_COUNTED_FROM = {"quick_fix": "issued_on", "fact_check": "sent_on"}  # the code of the rule is the entity's name
_SATURDAY = 5


def of_new(session: Session, entity: str, inspection: str | None, member: str | None, today: date) -> dict[str, Any]:
    """The values of a new record that can be known before anything is typed."""
    found: dict[str, Any] = {"inspection": inspection, **_PLAIN.get(entity, {})}
    if entity in _TODAY:
        found[_TODAY[entity]] = today.isoformat()
    for name in _MINE.get(entity, ()):
        found[name] = _own(entity, name, member)
    found |= _last(session, entity, inspection, today)
    if entity in _COUNTED_FROM:
        found["due_on"] = due(session, entity, inspection, today.isoformat())
    of = session.get(Inspection, inspection) if inspection else None
    if entity == "quick_fix" and of and of.unit and session.get(Unit, of.unit):
        found["to_unit"] = of.unit
    if entity == "meeting":
        found |= _meeting(session, inspection, of.team if of else None)
    return found


def followed(session: Session, entity: str, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The deadline that follows the day it is counted from, unless somebody has set it otherwise."""
    base = _COUNTED_FROM.get(entity, "")
    if not values.get(base) or "due_on" in values:
        return {}
    before = [getattr(record, base), made_on(record.id).isoformat()]
    counted = [due(session, entity, record.inspection, day) for day in before if day]
    if record.due_on and record.due_on not in counted:
        return {}
    follows = due(session, entity, record.inspection, values[base])
    return {"due_on": follows} if follows else {}


def due(session: Session, entity: str, inspection: str | None, start: str) -> str | None:
    """The day the round's rule gives; None where the round has no such rule."""
    of = session.get(Inspection, inspection) if inspection else None
    query = select(Deadline).where(Deadline.code == entity, Deadline.deleted.is_(False))
    rule = session.scalars(query.where(Deadline.parent == of.round)).first() if of and of.round else None
    if rule is None or rule.days is None:
        return None
    return _after(date.fromisoformat(start), rule.days, working=rule.day_kind == "working").isoformat()


def made_on(record: str) -> date:
    """The day a record was made on its laptop, as its id says."""
    return date.fromtimestamp(int(record.replace("-", "")[:12], 16) / 1000)


def _after(start: date, days: int, *, working: bool) -> date:
    """So many days later; of working days only Saturdays and Sundays are left out, holidays are set by hand."""
    if not working:
        return start + timedelta(days=days)
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def _own(entity: str, name: str, member: str | None) -> Any:
    if fields(entity)[name].kind is Kind.REFS:
        return (member,) if member else ()
    return member


def _last(session: Session, entity: str, inspection: str | None, today: date) -> dict[str, Any]:
    """What goes on from one record to the next; a day gone by does not."""
    cls: Any = entities()[entity]
    query = select(cls).where(cls.inspection == inspection, cls.deleted.is_(False)).order_by(cls.id.desc())
    last = session.scalars(query.limit(1)).first() if entity in _LIKE_THE_LAST else None
    if last is None:
        return {"batch": "第一批"} if entity == "borrowing" else {}
    found = {name: getattr(last, name) for name in _LIKE_THE_LAST[entity]}
    gone = "due_on" in found and (found["due_on"] or "") < today.isoformat()
    return found | {"due_on": None} if gone else found


def _meeting(session: Session, inspection: str | None, team: str | None) -> dict[str, Any]:
    held = session.scalars(select(Meeting.name).where(Meeting.inspection == inspection, Meeting.deleted.is_(False)))
    numbers = [int(found[1]) for name in held if (found := re.search(r"第(\d+)次", name))]
    query = select(Member).where(Member.team == team, Member.deleted.is_(False), Member.left_on.is_(None))
    order = list(ROLES)
    members = sorted(session.scalars(query), key=lambda m: (order.index(m.role) if m.role in order else 99, m.id))
    return {
        "name": f"第{max(numbers, default=0) + 1}次组务会",
        "chair": next((member.id for member in members if member.role == "leader"), None),
        "present": tuple(member.id for member in members),
    }
