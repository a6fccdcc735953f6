"""What documents say of papers, as plain values: each paper with the records around it and its place in the report."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import (
    CheckItem,
    Entity,
    Evidence,
    Heading,
    Inspection,
    Paper,
    ProblemType,
    Report,
    Round,
    entities,
    fields,
)
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.model.field import Kind
from xuncha_desktop.services import cases, citing, counters, records, reports
from xuncha_desktop.services.citing import Cited
from xuncha_desktop.services.counters import Share
from xuncha_desktop.store.store import Store

LOST = "【待核对】"  # stands in a draft for the place of a citation that is there no more
Values = Mapping[str, Any]
Record = TypeVar("Record", bound=Entity)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paper stands in the report: both numbers count from 1."""

    title: str
    section: int
    number: int


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper: plain values by entity (paper, inspection, unit, team, round, problem_type), and its proofs."""

    id: str
    values: Mapping[str, Values]
    names: Mapping[str, str]  # what people call the records that refs of the paper name
    evidence: tuple[Values, ...]  # cited pieces in order, each with the citation's pages and passage
    cited: tuple[Cited, ...]  # the same in words
    place: Place | None

    @property
    def paper(self) -> Values:
        """The paper's own values."""
        return self.values["paper"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of an inspection does not stand in its report, and why."""

    unapproved: int
    first_unapproved: str  # id of one of them; "" where there is none
    elsewhere: int  # approved, with another destination
    left_out: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The records a number was counted from."""

    entity: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InspectionData:
    """All that report and ledger of an inspection say."""

    inspection: str
    office: str
    values: Mapping[str, Values]  # inspection, unit, team, round
    report: Values  # the first values where no report was begun
    report_id: str
    sections: tuple[tuple[str, str], ...]  # title and connecting text of each heading that has papers
    headings: tuple[str, ...]  # their ids; "" for papers that fit no heading
    framework: tuple[str, ...]  # the titles of all headings of the round, with or without papers
    papers: tuple[PaperLine, ...]  # in the order of the report
    unsorted: int  # how many of them fall under no heading
    counts: Mapping[str, int]  # the eight counters by name
    counted: Mapping[str, Counted]  # of those that are counted, not kept by hand
    shares: Mapping[str, tuple[Share, ...]]  # what each of the records counted adds, by counter
    has_leads: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around every document of an inspection."""

    around: Mapping[str, Values]  # inspection, unit, team, round
    report: Values  # the first values where no report was begun
    report_id: str


def head(store: Store, inspection: str) -> Head:
    """The inspection with its unit, team and round, and the texts of its report."""
    with store.read() as session:
        report = _report(session, inspection)
        values = _report_values(session, store, inspection, report)
        return Head(around_inspection(session, inspection), values, report.id if report else "")


def of_inspection(store: Store, inspection: str) -> InspectionData:
    """Gather what report and ledger of an inspection need."""
    office = cases.current(store).office
    with store.read() as session:
        behind = counters.behind(session, inspection)
        found: Inspection = records.find(session, "inspection", inspection)
        around = around_inspection(session, inspection)
        chosen = [
            (section, [entry.paper for entry in section.entries if not entry.left_out])
            for section in reports.sections(session, inspection)
        ]
        shown = [(section, ids) for section, ids in chosen if ids]
        places = {
            paper: Place(section.title, number, position)
            for number, (section, ids) in enumerate(shown, 1)
            for position, paper in enumerate(ids, 1)
        }
        report = _report(session, inspection)
        return InspectionData(
            inspection=inspection,
            office=office,
            values=around,
            report=_report_values(session, store, inspection, report),
            report_id=report.id if report else "",
            sections=tuple((section.title, section.text) for section, _ in shown),
            headings=tuple(section.heading or "" for section, _ in shown),
            framework=tuple(section.title for section, _ in chosen if section.heading),
            papers=tuple(_lines(session, places, {inspection: around})),
            unsorted=sum(len(ids) for section, ids in shown if section.heading is None),
            counts={each.name: each.value for each in counters.of_inspection(session, found)},
            counted={
                name: Counted(entity, tuple(share.record for share in shares))
                for name, (entity, shares) in behind.items()
            },
            shares={name: shares for name, (_, shares) in behind.items()},
            has_leads=bool(around["inspection"]["leads"]) or _any_leads(session, inspection),
            standing=_standing(session, inspection, len(places)),
        )


def of_paper(store: Store, paper: str) -> PaperLine:
    """Gather what the form of one paper needs; its place names the heading it would stand under."""
    with store.read() as session:
        found: Paper = records.find(session, "paper", paper)
        around = {found.inspection: around_inspection(session, found.inspection)} if found.inspection else {}
        return _lines(session, _headed(session, [found]), around)[0]


def of_papers(store: Store, chosen: Collection[str]) -> dict[str, PaperLine]:
    """The same for several, by id; those that are deleted or not there are left out."""
    with store.read() as session:
        found = [paper for part in _parts(sorted(chosen)) for paper in session.scalars(_with_ids(Paper, part))]
        live = [paper for paper in found if not paper.deleted]
        around = {of: around_inspection(session, of) for of in {paper.inspection for paper in live} if of}
        return {line.id: line for line in _lines(session, _headed(session, live), around)}


def _report(session: Session, inspection: str) -> Report | None:
    query = select(Report).where(Report.inspection == inspection, Report.deleted.is_(False))
    return session.scalars(query.order_by(Report.id)).first()


def _report_values(session: Session, store: Store, inspection: str, report: Report | None) -> Values:
    if report is not None:
        return records.plain(session, [report])[report.id]
    return {**empty("report"), **reports.first_values(session, store, inspection)}


def approved_papers(store: Store, inspection: str) -> tuple[list[PaperLine], int]:
    """Every approved paper by its number, and how many are not approved yet."""
    with store.read() as session:
        around = around_inspection(session, inspection)
        mine = (Paper.inspection == inspection, ~Paper.deleted)
        counted = session.scalars(
            select(Paper).where(*mine, Paper.state.in_(COUNTED_STATES)).order_by(Paper.official_number, Paper.id)
        )
        lines = _lines(session, _headed(session, counted), {inspection: around})
        return lines, _standing(session, inspection, 0).unapproved


def around_inspection(session: Session, inspection: str) -> dict[str, Values]:
    """An inspection with its unit, team and round; empty values for what was not chosen."""
    found: Inspection = records.find(session, "inspection", inspection)
    values: dict[str, Values] = {"inspection": records.plain(session, [found])[inspection]}
    for entity in ("unit", "team", "round"):
        values[entity] = _one(session, entity, getattr(found, entity))
    return values


def _one(session: Session, entity: str, record: str | None) -> Values:
    obj = session.get(entities()[entity], record) if record else None
    return empty(entity) if obj is None else records.plain(session, [obj])[obj.id]


def empty(entity: str) -> Values:
    """A record nobody has filled."""
    return {described.name: described.empty for described in fields(entity).values()}


def _lines(
    session: Session, places: Mapping[str, Place], around: Mapping[str, Mapping[str, Values]]
) -> list[PaperLine]:
    """Papers in the order of `places`."""
    ids = list(places)
    papers = {paper.id: paper for part in _parts(ids) for paper in session.scalars(_with_ids(Paper, part))}
    values = records.plain(session, [papers[record] for record in ids])
    types = {kind.id: kind for kind in session.scalars(select(ProblemType))}
    type_values = records.plain(session, list(types.values()))
    cited = {row["evidence"] for paper in values.values() for row in paper["citations"] if row["evidence"]}
    proofs = _evidence(session, cited)
    said = citing.of_each(session, {paper: row["citations"] for paper, row in values.items()})
    evidence = {paper: _cited(row["citations"], said[paper], proofs) for paper, row in values.items()}
    names = names_of(session, "paper", values.values())
    nowhere = {entity: empty(entity) for entity in ("inspection", "unit", "team", "round")}
    return [
        PaperLine(
            id=record,
            values={
                **around.get(values[record]["inspection"], nowhere),
                "paper": values[record],
                "problem_type": type_values.get(values[record]["problem_type"], empty("problem_type")),
            },
            names=names,
            evidence=evidence[record],
            cited=tuple(said[record]),
            place=places[record] if places[record].title else None,
        )
        for record in ids
    ]


def _cited(rows: Iterable[Values], said: Iterable[Cited], proofs: Mapping[str, Values]) -> tuple[Values, ...]:
    """The citations of a paper as lines of its proof list; a cited record stands in it under its own number."""
    found: list[Values] = []
    for row, cited in zip(rows, said, strict=True):
        line = proofs.get(row["evidence"]) or {**empty("evidence"), "number": cited.number, "name": cited.name}
        place = LOST if cited.gone else cited.place
        by_words = bool(row["record"] or cited.gone or (row["passage"] and not row["pages"]))
        more = {"stale": cited.stale, "passage": row["passage"], "record": row["record"]}
        where = {"kind": cited.kind, "place": place, "pages": place if by_words else row["pages"]}
        found.append({**line, **more, **where, "id": row["evidence"] or row["record"]})
    return tuple(found)


def _evidence(session: Session, ids: Iterable[str]) -> Mapping[str, Values]:
    found = [obj for part in _parts(list(ids)) for obj in session.scalars(_with_ids(Evidence, part))]
    return records.plain(session, found)


def names_of(session: Session, entity: str, rows: Iterable[Values]) -> dict[str, str]:
    """What people call the records that refs of these rows name, by id."""
    wanted: dict[str, set[str]] = {}
    every = list(rows)
    for described in fields(entity).values():
        if described.kind is Kind.REF:
            wanted.setdefault(described.target, set()).update(row[described.name] for row in every)
        elif described.kind is Kind.REFS:
            wanted.setdefault(described.target, set()).update(ref for row in every for ref in row[described.name])
    found: dict[str, str] = {}
    for target, ids in wanted.items():
        found.update(_items(session, ids) if target == "check_item" else records.names(session, target, ids - {None}))
    return found


def _items(session: Session, ids: Collection[str]) -> dict[str, str]:
    """A document has no room for a check item's whole text: its code and what it watches."""
    found = [item for part in _parts(list(ids)) for item in session.scalars(_with_ids(CheckItem, part))]
    return {item.id: " ".join(filter(None, (item.code, item.area))) for item in found}


def _headed(session: Session, papers: Iterable[Paper]) -> dict[str, Place]:
    """Each paper's place as far as it is known outside a report: the heading it would stand under."""
    types = {kind.id: kind for kind in session.scalars(select(ProblemType))}
    known: dict[str | None, list[Heading]] = {}
    found: dict[str, Place] = {}
    for paper in papers:
        if paper.inspection not in known:
            known[paper.inspection] = _headings(session, paper)
        headings = known[paper.inspection]
        chosen = reports.heading_of(paper, headings, types)
        title = next((heading.title for heading in headings if heading.id == chosen), "")
        found[paper.id] = Place(title, 0, 0)
    return found


def _headings(session: Session, paper: Paper) -> list[Heading]:
    inspection = session.get(Inspection, paper.inspection) if paper.inspection else None
    of_round = session.get(Round, inspection.round) if inspection and inspection.round else None
    query = select(Heading).where(Heading.parent == (of_round.heading_set if of_round else None), ~Heading.deleted)
    return list(session.scalars(query.order_by(Heading.position, Heading.id)))


def _any_leads(session: Session, inspection: str) -> bool:
    query = select(Paper.id).where(Paper.inspection == inspection, ~Paper.deleted, Paper.has_lead).limit(1)
    return session.scalar(query) is not None


def _standing(session: Session, inspection: str, shown: int) -> Standing:
    query = (
        select(Paper.state, Paper.destination, func.count())
        .where(Paper.inspection == inspection, ~Paper.deleted)
        .group_by(Paper.state, Paper.destination)
    )
    unapproved = elsewhere = counted = 0
    for state, destination, count in session.execute(query):
        if state in COUNTED_STATES and destination == "report":
            counted += count
        elif state in COUNTED_STATES:
            elsewhere += count
        elif state not in ("rejected", "archived"):
            unapproved += count
    open_ = Paper.state.not_in((*COUNTED_STATES, "rejected", "archived"))
    mine = (Paper.inspection == inspection, ~Paper.deleted)
    first = session.scalar(select(Paper.id).where(*mine, open_).order_by(Paper.id).limit(1)) if unapproved else ""
    return Standing(unapproved, first or "", elsewhere, counted - shown)


def _with_ids(cls: type[Record], ids: Sequence[str]) -> Select[Record]:
    return select(cls).where(cls.id.in_(ids))


def _parts(ids: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
