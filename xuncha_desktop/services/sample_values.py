"""The sample's words as values of the records: codes for words, 分 for 元, ids for codes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from xuncha_desktop import resources, sample_content
from xuncha_desktop.model import fields
from xuncha_desktop.sample_content import (
    SampleEvidence,
    SampleInspection,
    SampleMember,
    SamplePaper,
    SampleReport,
    SampleUnit,
)
from xuncha_desktop.services.evidence import Stored


@dataclass(frozen=True, slots=True)
class Known:
    """Ids of what the sample refers to by codes."""

    members: Mapping[str, str]
    inspections: Mapping[str, str]  # by the unit's code
    types: Mapping[str, str]
    items: Mapping[str, str]
    evidence: Mapping[str, str]  # by the sample's own number


def plan() -> dict[str, Any]:
    """What `cases.begin` needs for the sample's case."""
    case = sample_content.case()
    return {
        "case": {
            "name": case.name,
            "office": f"中共{case.city}委",
            "sample": True,
            "note": case.note,
            "created_on": case.members[0].joined.isoformat(),
        },
        "round": {
            "name": case.round_name,
            "term": case.term_number,
            "number": case.round_number,
            "year": case.year,
            "mode": _code("round", "mode", case.mode),
            "heading_set": case.heading_set,
            "deadlines": [
                {"code": d.code, "label": d.label, "days": d.days, "day_kind": d.count, "rule": d.rule}
                for d in resources.deadlines()
                if d.code in case.deadlines
            ],
        },
        "team": {"name": case.team, "number": 1},
        "members": [_member(member) for member in case.members],
        "units": [_unit(unit) for unit in case.units],
        "inspections": [_inspection(inspection) for inspection in case.inspections],
    }


def evidence(file: Stored, item: SampleEvidence | None, inspection: str) -> dict[str, Any]:
    """A stored file with what the sample says of it; one without an item is an extra photograph."""
    values: dict[str, Any] = {
        "inspection": inspection,
        "file_name": file.name,
        "file_type": file.file_type,
        "file_size": file.file_size,
        "file_hash": file.file_hash,
    }
    if item is None:
        return values | {"name": f"走访现场{file.name.split('.')[0]}", "kind": "photo", "original": "electronic"}
    return values | {
        "name": item.name,
        "kind": _code("evidence", "kind", item.kind),
        "pages": item.pages,
        "dated": item.dated_on.isoformat(),
        "source": item.source,
        "original": _code("evidence", "original", item.original),
        "location": item.paper_location,
    }


def paper(paper: SamplePaper, known: Known) -> dict[str, Any]:
    """The fields of a paper, its numbers excepted."""
    same = (
        "title", "place", "overview", "verified_facts", "typical_case", "people", "pieces", "basis", "cause",
        "leader_in_charge", "department", "communication", "quick_fix", "common", "suggestion", "return_reason",
    )  # fmt: skip
    return {
        **{name: getattr(paper, name) for name in same},
        "inspection": known.inspections[paper.unit],
        "state": _code("paper", "state", paper.state),
        "problem_type": known.types[paper.problem_type],
        "level": _code("paper", "level", paper.level),
        "sources": [_code("paper", "sources", word) for word in paper.sources],
        "check_items": [known.items[code] for code in paper.check_items],
        "amount": None if paper.amount_yuan is None else paper.amount_yuan * 100,
        "period_from": _day(paper.period_from),
        "period_to": _day(paper.period_to),
        "causes": [_code("paper", "causes", word) for word in paper.causes],
        "parties": [
            {"kind": _code("paper_party", "kind", party.kind), "name": party.who} for party in paper.responsible
        ],
        "citations": [{"evidence": known.evidence[cited.evidence], "pages": cited.pages} for cited in paper.evidence],
        "has_lead": paper.involves_lead,
        "destination": _code("paper", "destination", paper.destination),
        "handlers": [known.members[code] for code in paper.handlers],
        "dated": paper.compiled_on.isoformat(),
        "signed_on": _day(paper.signed_on),
    }


def report(report: SampleReport, inspection: str) -> dict[str, Any]:
    """The texts of a report; the template itself sets the colon after the addressee."""
    return {
        "inspection": inspection,
        "title": report.title,
        "addressee": report.addressee.removesuffix("："),
        "evaluation": report.overall,
        "leadership": report.leadership,
        "suggestions": "\n".join(report.suggestions),
        "signature": report.signature,
        "dated": report.dated_on.isoformat(),
        "version": 1,
    }


def _member(member: SampleMember) -> dict[str, Any]:
    return {
        "name": member.name,
        "unit": member.unit,
        "post": member.post,
        "rank": member.rank,
        "expertise": [_code("inspector", "expertise", word) for word in member.expertise],
        "political_status": member.political_status,
        "rounds_before": member.rounds_before,
        "note": member.note,
        "code": member.code,
        "role": _code("member", "role", member.role),
        "duty": member.duty,
        "joined_on": member.joined.isoformat(),
    }


def _unit(unit: SampleUnit) -> dict[str, Any]:
    return {
        "name": unit.full_name,
        "short_name": unit.short_name,
        "code": unit.code,
        "kind": _code("unit", "kind", unit.kind),
        "party_body": _code("unit", "party_body", unit.party_body),
        "parent_unit": unit.parent,
        "secretary": unit.secretary,
        "liaison": unit.liaison,
        "households": unit.households,
        "party_members": unit.party_members,
        "note": unit.note,
    }


def _inspection(inspection: SampleInspection) -> dict[str, Any]:
    by_label = {described.label: name for name, described in fields("inspection").items()}
    return {
        "unit": inspection.unit,
        "mode": _code("inspection", "mode", inspection.mode),
        "state": "on_site",
        **{by_label[word]: day.isoformat() for word, day in inspection.dates.items()},
        **asdict(inspection.counters),
    }


def code(choices: Mapping[str, str], word: str) -> str:
    """The code of a word of a closed list; a word that is not in it is a bug in our data."""
    return next(code for code, label in choices.items() if label == word)


def _code(entity: str, field: str, word: str) -> str:
    return code(fields(entity)[field].choices or {}, word)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
