"""The content of the sample case, wholly fictitious: what a demo or a first look fills a new case with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, cast

from xuncha_desktop.resources import build, read_json

UNITS = ("PHZ", "LXC", "HFC", "WLJ")


@dataclass(frozen=True)
class SampleMember:
    """A member of the sample team, with what the talent pool knows of the person."""

    name: str
    code: str
    role: str
    duty: str
    unit: str
    post: str
    rank: str
    expertise: tuple[str, ...]
    political_status: str
    rounds_before: int
    joined: date
    note: str


@dataclass(frozen=True)
class SampleUnit:
    """An inspected party organisation; `parent` is the code of the one above it."""

    code: str
    full_name: str
    short_name: str
    kind: str
    party_body: str
    parent: str | None
    secretary: str
    liaison: str
    households: int | None
    party_members: int
    note: str


@dataclass(frozen=True)
class SampleCounters:
    """The counters entered by hand while their records do not exist."""

    talks: int
    questionnaires: int
    documents: int
    visits: int
    petitions: int
    quick_fixes: int
    leads: int


@dataclass(frozen=True)
class SampleInspection:
    """One unit in this round; `dates` are the 13 dates by their Chinese names."""

    unit: str
    mode: str
    checklist: str
    dates: Mapping[str, date]
    counters: SampleCounters


@dataclass(frozen=True)
class SampleCase:
    """Round, team, units and inspections; `deadlines` are codes of the shipped terms."""

    name: str
    note: str
    city: str
    office: str
    term: str
    round: str
    term_number: int
    round_number: int
    year: int
    round_name: str
    mode: str
    heading_set: str
    team: str
    team_full_name: str
    members: tuple[SampleMember, ...]
    units: tuple[SampleUnit, ...]
    inspections: tuple[SampleInspection, ...]
    deadlines: tuple[str, ...]


@dataclass(frozen=True)
class Responsible:
    """One link of the chain of responsibility; `who` is a body or a post, never a person's name."""

    kind: str
    who: str


@dataclass(frozen=True)
class SampleCitation:
    """A reference to an item of evidence; `pages` is one page or a range such as 3-5."""

    evidence: str
    pages: str

    @property
    def span(self) -> range:
        """The pages meant, counted from 1."""
        first, _, last = self.pages.partition("-")
        return range(int(first), int(last or first) + 1)


@dataclass(frozen=True)
class SamplePaper:
    """One working paper of the sample, with every field of its form."""

    key: str
    unit: str
    problem_type: str
    title: str
    level: str
    place: str
    sources: tuple[str, ...]
    check_items: tuple[str, ...]
    overview: str
    verified_facts: str
    typical_case: str
    amount_yuan: int | None
    people: int | None
    pieces: int | None
    period_from: date | None
    period_to: date | None
    basis: str
    causes: tuple[str, ...]
    cause: str
    responsible: tuple[Responsible, ...]
    leader_in_charge: str
    department: str
    communication: str
    quick_fix: bool
    involves_lead: bool
    common: bool
    suggestion: str
    destination: str
    handlers: tuple[str, ...]
    evidence: tuple[SampleCitation, ...]
    state: str
    return_reason: str
    compiled_on: date
    signed_on: date | None


@dataclass(frozen=True)
class SampleRecordCitation:
    """A field record that a paper cites: a passage of one field, or all of it."""

    paper: str
    record: str
    field: str
    passage: str


@dataclass(frozen=True)
class SamplePage:
    """The text that stands on one page of an item of evidence."""

    page: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class SampleEvidence:
    """One item of evidence, from which its file is drawn."""

    number: str
    unit: str
    name: str
    kind: str
    type: Literal["picture", "pdf", "text", "word", "excel"]
    pages: int
    dated_on: date
    source: str
    original: Literal["原件", "复印件", "电子件"]
    paper_location: str
    body: tuple[SamplePage, ...]


@dataclass(frozen=True)
class SampleReport:
    """The connecting texts of the report on one unit."""

    unit: str
    title: str
    addressee: str
    overall: str
    leadership: str
    suggestions: tuple[str, ...]
    signature: str
    dated_on: date


@cache
def case() -> SampleCase:
    """The round, team, units and inspections of the sample."""
    raw = {key: value for key, value in read_json("sample", "case.json").items() if key != "version"}
    return build(SampleCase, raw)


@cache
def papers() -> tuple[SamplePaper, ...]:
    """The 46 working papers, unit by unit."""
    return tuple(build(SamplePaper, row) for unit in UNITS for row in _rows(f"papers_{unit}.json", "papers"))


@cache
def evidence() -> tuple[SampleEvidence, ...]:
    """The items of evidence that the papers cite."""
    return tuple(build(SampleEvidence, row) for row in _rows("evidence.json", "items"))


@cache
def records() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """The field records with the name of their kind: their fields in words, and their key, member and unit."""
    kinds = cast(Mapping[str, list[Mapping[str, Any]]], read_json("sample", "records.json")["records"])
    return tuple((kind, row) for kind, rows in kinds.items() for row in rows)


@cache
def record_citations() -> tuple[SampleRecordCitation, ...]:
    """What papers cite of the field records."""
    return tuple(build(SampleRecordCitation, row) for row in _rows("records.json", "citations"))


@cache
def reports() -> tuple[SampleReport, ...]:
    """The texts of the sample's reports."""
    return tuple(build(SampleReport, row) for row in _rows("reports.json", "reports"))


def _rows(file: str, key: str) -> list[object]:
    return cast(list[object], read_json("sample", file)[key])
