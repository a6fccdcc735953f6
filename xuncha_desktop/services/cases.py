"""A new case: its round, team, members, units and inspections, and the lists it works with."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import resources
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Case, HeadingSet, Inspector, Member, ProblemType, Unit, fields
from xuncha_desktop.services import inspections, library, records
from xuncha_desktop.store.store import Store

NUMBER_PATTERN = "〔{year}〕{term}-{round}-{team}-{unit}-{kind}-{seq}"
_EXPECTED = ("case", "round", "team", "members", "units", "inspections")


def begin(store: Store, plan: Mapping[str, Any]) -> None:
    """Fill an empty case from a plan: case, round, team, members, units, inspections (one batch).

    A member's object holds the inspector's fields too; units are referred to by their code.
    """
    _check_shape(plan)
    with store.write("建立案卷", kind="system") as session:
        records.add(session, "case", {"created_on": date.today().isoformat(), **plan["case"]})
        heading_sets = copy_lists(session)
        round_id = _add_round(session, plan["round"], heading_sets)
        team = records.add(session, "team", {"number": 1, **plan["team"], "round": round_id}).id
        members = [_add_member(session, team, values) for values in plan["members"]]
        units = _add_units(session, plan["units"])
        for values in plan["inspections"]:
            inspections.add(
                session, {**values, "unit": _unit(units, values.get("unit")), "team": team, "round": round_id}
            )
        leader = next((m for m, role in members if role == "leader"), members[0][0] if members else None)
    if store.actor is None:
        store.actor = leader


def current(store: Store) -> Case:
    """The case record."""
    with store.read() as session:
        found = session.scalars(select(Case).where(Case.deleted.is_(False)).order_by(Case.id)).first()
    if found is None:
        raise UserError("案卷里没有基本信息，可能没有建完；请重新新建案卷，或从备份恢复。")
    return found


def members(store: Store) -> list[tuple[Member, str]]:
    """Members with their names, the leader first."""
    with store.read() as session:
        query = select(Member, Inspector.name).outerjoin(Inspector, Inspector.id == Member.inspector)
        rows = session.execute(query.where(Member.deleted.is_(False)).order_by(Member.id)).all()
    order = list(fields("member")["role"].choices or {})
    return sorted(rows, key=lambda row: order.index(row[0].role) if row[0].role in order else 99)


def choose_member(store: Store, code: str | None = None) -> None:
    """Say who works here: the member with this code, else the one remembered, else the leader."""
    everyone = members(store)
    remembered = store.meta("own_member")
    if code:
        chosen = next((m.id for m, _ in everyone if m.code.lower() == code.lower()), None)
        if chosen is None:
            known = "、".join(m.code for m, _ in everyone)
            raise UserError(f"案卷里没有代码为“{code}”的成员，可用：{known}。")
    else:
        known_ids = [m.id for m, _ in everyone]
        chosen = remembered if remembered in known_ids else (known_ids[0] if known_ids else None)
    store.actor = chosen


def remember_member(store: Store, member: str) -> None:
    """Work as this member, now and at the next opening on this laptop."""
    store.set_meta("own_member", member)
    store.actor = member


def copy_lists(session: Session) -> dict[str, str]:
    """Copy problem types, phrases, legal bases and heading sets into the case; heading set ids by code."""
    types: dict[str, str] = {}
    for problem_type in resources.problem_types().values():
        copied = ProblemType(
            code=problem_type.code,
            level1=problem_type.level1,
            level1_name=problem_type.level1_name,
            level2=problem_type.level2,
            name=problem_type.name,
            usual_proofs="、".join(problem_type.usual_proofs),
        )
        session.add(copied)
        types[copied.code] = copied.id
    library.copy(session, types)
    found: dict[str, str] = {}
    for heading_set in resources.heading_sets().values():
        headings = [{"title": h.title, "level1_codes": " ".join(h.takes)} for h in heading_set.headings]
        added = records.add(
            session, "heading_set", {"name": heading_set.name, "code": heading_set.code, "headings": headings}
        )
        found[heading_set.code] = added.id
    return found


def _add_round(session: Session, values: Mapping[str, Any], heading_sets: Mapping[str, str]) -> str:
    given = dict(values)
    wanted = given.pop("heading_set", None) or "3J"
    deadlines = [
        {"code": d.code, "label": d.label, "days": d.days, "day_kind": d.count, "rule": d.rule}
        for d in resources.deadlines()
        if d.default
    ]
    defaults = {"mode": "routine", "number_pattern": NUMBER_PATTERN, "smallest_group": 5, "deadlines": deadlines}
    chosen = heading_sets.get(wanted) or next(
        (record.id for record in session.new if isinstance(record, HeadingSet) and record.name == wanted), None
    )
    if chosen is None:
        raise UserError(f"没有名为“{wanted}”的报告框架，可用：{'、'.join(heading_sets)}。")
    return records.add(session, "round", {**defaults, **given, "heading_set": chosen}).id


def _add_member(session: Session, team: str, values: Mapping[str, Any]) -> tuple[str, str]:
    of_inspector = {name: value for name, value in values.items() if name in fields("inspector")}
    of_member = {name: value for name, value in values.items() if name not in fields("inspector")}
    inspector = records.add(session, "inspector", of_inspector)
    member = records.add(session, "member", {"role": "handler", **of_member, "inspector": inspector.id, "team": team})
    return member.id, member.role


def _add_units(session: Session, units: Sequence[Mapping[str, Any]]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for values in units:
        parent = values.get("parent_unit")
        given = {**values, "parent_unit": _unit(found, parent) if parent else None}
        unit = records.add(session, "unit", given)
        found[unit.code] = unit
    return found


def _unit(units: Mapping[str, Unit], code: Any) -> str:
    if code not in units:
        raise UserError(f"“units”里没有简码为“{code}”的被巡察党组织，请先列出它（上级在前，下级在后）。")
    return units[code].id


def _check_shape(plan: Mapping[str, Any]) -> None:
    missing = [name for name in _EXPECTED[:3] if not isinstance(plan.get(name), Mapping)]
    missing += [name for name in _EXPECTED[3:] if not isinstance(plan.get(name), list)]
    if missing:
        raise UserError(f"新建案卷的内容缺少 {'、'.join(missing)}；case、round、team 应为对象，其余为列表。")
    if unknown := sorted(set(plan) - set(_EXPECTED)):
        raise UserError(f"新建案卷的内容里有不认识的部分：{'、'.join(unknown)}；可用 {'、'.join(_EXPECTED)}。")
