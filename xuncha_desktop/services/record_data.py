"""What documents say of records: plain values, the names of what they refer to, and the inspection around them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Evidence, Inspection, Inspector, Kind, Member, Paper, Unit, entities, fields
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.services import export_data, records
from xuncha_desktop.services.export_data import Values
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class RecordData:
    """One record as documents read it."""

    entity: str
    id: str
    inspection: str | None
    values: Values
    names: Mapping[str, str]  # id -> words, for every ref of the record and of its rows
    around: Mapping[
        str, Values
    ]  # inspection, unit, team, round (of a member: inspector); empty values for what was not chosen
    units: tuple[str, ...]  # names: of the inspection's unit, for a member of all that the team inspects


def of_record(store: Store, entity: str, record: str) -> RecordData:
    """Gather one record."""
    with store.read() as session:
        found = records.find(session, entity, record)
        return _gathered(session, entity, [found], _inspection_of(session, entity, found))[0]


def of_inspection(store: Store, entity: str, inspection: str, order: Sequence[str]) -> list[RecordData]:
    """Gather the records of an inspection, sorted by these fields."""
    cls: Any = entities()[entity]
    with store.read() as session:
        query = select(cls).where(cls.inspection == inspection, cls.deleted.is_(False))
        found = session.scalars(query.order_by(*(getattr(cls, name) for name in order), cls.id))
        return _gathered(session, entity, list(found), inspection)


def of_team(store: Store, inspection: str) -> list[RecordData]:
    """Gather the members of the team of an inspection, the leader first."""
    with store.read() as session:
        team = records.find(session, "inspection", inspection).team
        found = list(session.scalars(select(Member).where(Member.team == team, Member.deleted.is_(False))))
        ranks = list(fields("member")["role"].choices or {})
        found.sort(key=lambda member: (ranks.index(member.role) if member.role in ranks else len(ranks), member.id))
        return _gathered(session, "member", found, inspection)


def of_pool(store: Store, inspection: str) -> list[RecordData]:
    """Gather everybody of the talent pool, by name."""
    with store.read() as session:
        query = select(Inspector).where(Inspector.deleted.is_(False)).order_by(Inspector.sort_key, Inspector.id)
        return _gathered(session, "inspector", list(session.scalars(query)), None)


def exported(store: Store, entity: str, inspection: str, *, drafts: bool) -> list[str]:
    """Records of an inspection that are printed one by one; papers only once they are approved, unless drafts are."""
    if entity == "member":
        return [member.id for member in of_team(store, inspection)]
    cls: Any = entities()[entity]
    with store.read() as session:
        records.find(session, "inspection", inspection)
        query = select(cls.id).where(cls.inspection == inspection, cls.deleted.is_(False))
        if entity == "paper" and not drafts:
            query = query.where(Paper.state.in_(COUNTED_STATES))
        return list(session.scalars(query.order_by(cls.number, cls.id)))


def around_inspection(store: Store, inspection: str) -> Mapping[str, Values]:
    """The inspection with its unit, team and round."""
    with store.read() as session:
        return export_data.around_inspection(session, inspection)


def _inspection_of(session: Session, entity: str, found: Any) -> str | None:
    if "inspection" in fields(entity):
        return found.inspection
    cls: Any = entities()["inspection"]
    query = select(cls.id).where(cls.team == found.team, cls.deleted.is_(False)).order_by(cls.id)
    return session.scalar(query) if found.team else None


def _gathered(session: Session, entity: str, found: list[Any], inspection: str | None) -> list[RecordData]:
    nowhere = {name: export_data.empty(name) for name in ("inspection", "unit", "team", "round")}
    around = export_data.around_inspection(session, inspection) if inspection else nowhere
    values = records.plain(session, found)
    names = _names(session, entity, values.values())
    for described in fields(entity).values():
        if described.kind is Kind.ROWS:
            rows = [row for record in values.values() for row in record[described.name]]
            names.update(_names(session, described.target, rows))
    persons = _persons(session, found) if entity == "member" else {}
    return [
        RecordData(
            entity,
            record.id,
            inspection,
            values[record.id],
            names,
            {**around, **persons.get(record.id, {})},
            _units_of_team(session, record.team)
            if entity == "member"
            else tuple(filter(None, [around["unit"]["name"]])),
        )
        for record in found
    ]


def _units_of_team(session: Session, team: str | None) -> tuple[str, ...]:
    """Every unit that a team inspects, in the order the inspections were made."""
    query = select(Unit.name).join(Inspection, Inspection.unit == Unit.id).order_by(Inspection.id)
    query = query.where(Inspection.team == team, Inspection.deleted.is_(False), Unit.name != "")
    return tuple(dict.fromkeys(session.scalars(query)))


def _persons(session: Session, members: Sequence[Any]) -> dict[str, dict[str, Values]]:
    """Who of the talent pool each member is."""
    query = select(Inspector).where(Inspector.id.in_([member.inspector for member in members]))
    known = records.plain(session, list(session.scalars(query)))
    return {m.id: {"inspector": known.get(m.inspector, export_data.empty("inspector"))} for m in members}


def _names(session: Session, entity: str, rows: Iterable[Values]) -> dict[str, str]:
    """Evidence and papers are called by their number too: a form is filed with them."""
    of_rows = [{name: row.get(name, described.empty) for name, described in fields(entity).items()} for row in rows]
    names = export_data.names_of(session, entity, of_rows)
    numbered = {
        Evidence: lambda piece: piece.number,
        Paper: lambda paper: paper.official_number or paper.number,
    }
    for cls, number in numbered.items():
        for obj in session.scalars(select(cls).where(cls.id.in_(list(names)))) if names else ():
            names[obj.id] = " ".join(filter(None, (number(obj), names[obj.id])))
    return names
