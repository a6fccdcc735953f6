"""Content from outside: records given as plain objects, checked one by one, taken in all together or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Entity, Evidence, Field, Hearing, Inspection, Kind, Paper, Row, entities, fields
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import evidence, field_records, hearings, inspections, papers, records
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.services.numbers import next_number, next_official
from xuncha_desktop.store.store import Store
from xuncha_desktop.store.values import check

FILE = "file"  # evidence names a file on the disk by this key
_OWN = frozenset({"replica", "export_record", "case"})  # exactly one, or written by the program alone
Values = Mapping[str, Any]


def add(store: Store, entity: str, given: Sequence[Values], folder: Path, progress: Progress) -> list[str]:
    """Add records (one batch); their ids. Files of evidence are looked for in `folder` unless their path is whole."""
    label = _addable(entity)
    rows = [_checked(entity, values, f"第 {number} 条") for number, values in enumerate(given, 1)]
    stored = [_store(store, values, folder, progress) for values in rows]
    minted = sorted(new_id() for _ in rows)
    with store.write(f"录入 {len(rows)} 条{label}") as session:
        for number, values in enumerate(rows, 1):
            _demand_targets(session, entity, values, f"第 {number} 条")
        return [
            _add_one(session, store, entity, {**file, **values}, record)
            for values, file, record in zip(rows, stored, minted, strict=True)
        ]


def change(store: Store, entity: str, record: str, given: Values, folder: Path, progress: Progress) -> None:
    """Change fields of a record (one batch); a locked paper refuses unless its state changes too."""
    label = _addable(entity, new=False)
    values = _checked(entity, given, label)
    with store.read() as session:
        found = records.find(session, entity, record)
        _demand_targets(session, entity, values, label)
        _demand_own_rows(session, found, values)
        _demand_original(found, values)
    stays_locked = isinstance(found, Paper) and all(
        map(papers.is_locked, (found.state, values.get("state", found.state)))
    )
    if stays_locked and set(values) - {"state"}:
        papers.edit(store, record, values)  # refuses, and says what to do
        return
    if isinstance(found, Inspection):
        inspections.edit(store, record, values)
        return
    file = _store(store, values, folder, progress)
    kept = {name: value for name, value in file.items() if name.startswith("file_") or name == "pages"}
    with store.write(f"修改{label}") as session:
        found = records.find(session, entity, record)
        if isinstance(found, Paper) and values.get("state", found.state) != found.state:
            _demand_whole(session, {**records.plain(session, [found])[record], **values})
        records.apply(session, found, {**kept, **values})
        if isinstance(found, Paper):
            _number(session, found)


def check_plan(plan: Mapping[str, Any]) -> None:
    """Refuse a plan for a new case with unknown fields or values of the wrong kind, naming the place."""
    for part, names in _PLAN.items():
        known = {name: described for entity in names for name, described in fields(entity).items()}
        given = plan.get(part, [])
        for number, values in enumerate(given if isinstance(given, list) else [given], 1):
            where = f"“{part}”第 {number} 条" if isinstance(given, list) else f"“{part}”"
            _check_fields(names[-1], known, values, where)


_PLAN = {
    "case": ("case",),
    "round": ("round",),
    "team": ("team",),
    "members": ("inspector", "member"),
    "units": ("unit",),
    "inspections": ("inspection",),
}


def _addable(entity: str, *, new: bool = True) -> str:
    """The entity's label; a sentence where it is unknown, a part of another record, or the program's own."""
    known = {name: cls for name, cls in entities().items() if not issubclass(cls, Row)}
    if entity in known and (entity not in _OWN or (entity == "case" and not new)):
        return known[entity].LABEL
    if entity in _OWN:
        raise UserError(f"“{known[entity].LABEL}”由程序自己登记，不能从外面录入。")
    cls = entities().get(entity)
    parent = fields(entity).get("parent") if cls else None
    if cls and parent:
        name = next(f.name for f in fields(parent.target).values() if f.target == entity)
        raise UserError(f"“{cls.LABEL}”是{parent.label}的明细，请写在 {parent.target} 的“{name}”里。")
    raise UserError(f"没有名为“{entity}”的记录，可用：{'、'.join(name for name in known if name not in _OWN)}。")


def _checked(entity: str, values: Any, where: str) -> dict[str, Any]:
    known = dict(fields(entity))
    given = dict(values) if isinstance(values, Mapping) else values
    file = given.pop(FILE, None) if entity == Evidence.__tablename__ and isinstance(given, dict) else None
    _check_fields(entity, known, given, where)
    if file is not None and not isinstance(file, str):
        raise UserError(f"{where}：“{FILE}”应为文件的路径。")
    return given if file is None else {**given, FILE: file}


def _check_fields(entity: str, known: Mapping[str, Field], values: Any, where: str) -> None:
    if not isinstance(values, Mapping):
        raise UserError(f'{where}：应为一个对象，如 {{"{next(iter(known))}": …}}。')
    for name, value in values.items():
        if name not in known:
            raise UserError(f"{where}：{entity} 没有“{name}”这一项，可用的名称见 xuncha fields {entity}。")
        _check_value(entity, known[name], value, where)


def _check_value(entity: str, described: Field, value: Any, where: str) -> None:
    if described.kind is Kind.REFS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise UserError(f"{where}：“{described.label}”应为编号的列表。（{entity}.{described.name}）")
    elif described.kind is Kind.ROWS:
        if not isinstance(value, list):
            raise UserError(f"{where}：“{described.label}”应为对象的列表。（{entity}.{described.name}）")
        known = {name: field for name, field in fields(described.target).items() if name != "parent"}
        for number, row in enumerate(value, 1):
            inner = {name: item for name, item in row.items() if name != "id"} if isinstance(row, Mapping) else row
            _check_fields(described.target, known, inner, f"{where}“{described.label}”第 {number} 行")
            if not isinstance(row.get("id", ""), str):
                raise UserError(f"{where}“{described.label}”第 {number} 行：“id”应为文字。")
    else:
        try:
            check(entity, described, records.coerce(described, value))
        except UserError as error:
            raise UserError(f"{where}：{error}") from error


def _demand_targets(session: Session, entity: str, values: Values, where: str) -> None:
    """Refuse references to records that are not in the case."""
    for name, value in values.items():
        described = fields(entity).get(name)
        if described is None or not value:
            continue
        if described.kind is Kind.ROWS:
            for number, row in enumerate(value, 1):
                inner = {key: item for key, item in row.items() if key != "id"}
                _demand_targets(session, described.target, inner, f"{where}“{described.label}”第 {number} 行")
        elif described.kind in (Kind.REF, Kind.REFS):
            wanted = set(value) if described.kind is Kind.REFS else {value}
            cls = entities()[described.target]
            found = set(session.scalars(select(cls.id).where(cls.id.in_(wanted))))
            if lost := sorted(wanted - found):
                raise UserError(
                    f"{where}：“{described.label}”指向的{cls.LABEL}“{lost[0]}”不在案卷里，请核对编号。"
                    f"（{entity}.{name}）"
                )


def _demand_own_rows(session: Session, found: Entity, values: Values) -> None:
    """Refuse row ids that do not belong to the record: they would take rows from another one."""
    own = records.plain(session, [found])[found.id]
    for name, value in values.items():
        described = fields(found.__tablename__).get(name)
        if described and described.kind is Kind.ROWS:
            known = {row["id"] for row in own[name]}
            for row in value:
                if row.get("id") and row["id"] not in known:
                    raise UserError(f"“{described.label}”里没有编号为 {row['id']} 的一行；新的一行不带 id。")


def _demand_original(found: Entity, values: Values) -> None:
    """Refuse another file for a piece of evidence: what was cited of it would be another thing unnoticed."""
    if isinstance(found, Evidence) and found.file_hash and {FILE, "file_hash"} & values.keys():
        raise UserError(f"证据“{found.name}”的原件已存入，不能换成别的文件；请另录一件证据，再改引用。")


def _store(store: Store, values: dict[str, Any], folder: Path, progress: Progress) -> dict[str, Any]:
    """Encrypt the file that a piece of evidence names; what the record says of it."""
    name = values.pop(FILE, None)
    if name is None:
        return {}
    source = folder / name
    if not source.is_file():
        raise UserError(f"找不到证据文件“{source}”；请核对路径（相对路径从 JSON 文件所在的文件夹算起）。")
    stored = evidence.store_files(store, [Incoming(source.name, source)], progress)[0]
    return {
        "name": Path(stored.name).stem,
        "pages": stored.pages,
        "original": "electronic",
        "file_name": stored.name,
        "file_type": stored.file_type,
        "file_size": stored.file_size,
        "file_hash": stored.file_hash,
    }


def _add_one(session: Session, store: Store, entity: str, values: dict[str, Any], record: str) -> str:
    for described in fields(entity).values():
        if described.kind is Kind.ROWS and any("id" in row for row in values.get(described.name) or ()):
            raise UserError(f"新增的“{described.label}”不带 id，id 由程序给出。")
    if entity == Inspection.__tablename__:
        return inspections.add(session, values, record=record).id
    if entity in (Paper.__tablename__, Evidence.__tablename__, Hearing.__tablename__, *field_records.NUMBER_WORDS):
        values.setdefault("inspection", _only_inspection(session))
    if entity in field_records.NUMBER_WORDS:
        return field_records.add(session, store, entity, values["inspection"], values, record=record).id
    if entity == Hearing.__tablename__:
        return hearings.add(session, values, record=record).id
    if entity == Paper.__tablename__:
        _demand_whole(session, values)
        paper: Paper = papers.add(session, store, values["inspection"], values, record=record)
        _number(session, paper)
        return paper.id
    if entity == Evidence.__tablename__:
        values.setdefault("number", next_number(session, Evidence, "证", store.actor))
    return records.add(session, entity, values, record=record).id


def _only_inspection(session: Session) -> str | None:
    found = session.scalars(select(Inspection.id).where(~Inspection.deleted).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _demand_whole(session: Session, values: Values) -> None:
    """A state is no way around what the window asks for before it."""
    if values.get("state") == "review":
        papers.demand_whole(session, values, "提交复核")
    elif values.get("state") in COUNTED_STATES:
        papers.demand_whole(session, values, "标为已审签")


def _number(session: Session, paper: Paper) -> None:
    """A paper given as approved gets what approval would have given it."""
    if paper.state in COUNTED_STATES:
        paper.official_number = paper.official_number or next_official(
            session, Paper, papers.number_parts(session, paper)
        )
        paper.signed_on = paper.signed_on or date.today().isoformat()
