"""The sample's field records (谈话 to 组务会), and the papers that cite them: its words and codes made values."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import sample_content
from xuncha_desktop.model import Field, Kind, Unit, entities, fields
from xuncha_desktop.services import citing, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.services.field_records import NUMBER_WORDS
from xuncha_desktop.services.numbers import next_number
from xuncha_desktop.services.sample_values import Known, code
from xuncha_desktop.store.store import Store

_OF_THE_SAMPLE = frozenset({"key", "by", "unit"})  # what a row says of itself beside its fields
Row = Mapping[str, Any]


def add(store: Store, known: Known, papers: Mapping[str, str]) -> None:
    """Write all records and cite them in those papers (ids by the sample's keys) that the case has."""
    with store.read() as session:
        units = dict(session.execute(select(Unit.code, Unit.id)).all())
    refs = {
        "member": known.members,
        "problem_type": known.types,
        "check_item": known.items,
        "evidence": known.evidence,
        "unit": units,
        "paper": papers,
    }
    added: dict[str, Place] = {}
    with store.write("写入示例现场记录", kind="system") as session:
        for entity, row in sample_content.records():
            values = _values(entity, row, {**refs, "petition": {key: place.record for key, place in added.items()}})
            values["inspection"] = known.inspections[row["unit"]]
            values["number"] = next_number(session, entities()[entity], NUMBER_WORDS[entity], known.members[row["by"]])
            added[row["key"]] = Place(record_kind=entity, record=records.add(session, entity, values).id)
    with store.write("引用示例现场记录", kind="system") as session:
        for cited in sample_content.record_citations():
            if cited.paper in papers:
                _cite(session, papers[cited.paper], cited, added[cited.record])


def _cite(session: Session, paper: str, cited: sample_content.SampleRecordCitation, whole: Place) -> None:
    text = getattr(records.find(session, whole.record_kind, whole.record), cited.field) if cited.field else ""
    start = text.index(cited.passage) if cited.passage else None
    place = Place(record_kind=whole.record_kind, record=whole.record, record_field=cited.field, start=start,
                  passage=cited.passage)  # fmt: skip
    citing.append(session, paper, place)


def _values(entity: str, row: Row, refs: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    described = fields(entity)
    return {name: _value(described[name], said, refs) for name, said in row.items() if name not in _OF_THE_SAMPLE}


def _value(described: Field, said: Any, refs: Mapping[str, Mapping[str, str]]) -> Any:
    """A word as its code, 元 as 分, a code as the id it stands for; papers that the case leaves out are left out."""
    choices = described.choices or {}
    match described.kind:
        case Kind.ENUM:
            return code(choices, said)
        case Kind.ENUMS:
            return [code(choices, word) for word in said]
        case Kind.YUAN:
            return said * 100
        case Kind.REF:
            return refs[described.target].get(said)
        case Kind.REFS:
            return [refs[described.target][each] for each in said if each in refs[described.target]]
        case Kind.ROWS:
            rows = (_values(described.target, row, refs) for row in said)
            return [row for row in rows if described.target != "paper_conclusion" or row["paper"]]
        case _:
            return said
