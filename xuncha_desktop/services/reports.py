"""巡察情况报告: its text, which papers it takes under which heading, and in what order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, load_only

from xuncha_desktop.model import (
    Heading,
    Inspection,
    Paper,
    ProblemType,
    Report,
    ReportEntry,
    ReportText,
    Round,
    Team,
    Unit,
)
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.services import cases, records
from xuncha_desktop.store.store import Store

UNCLASSED = "未归入标题的问题"
_PLACED = (Paper.title, Paper.official_number, Paper.amount, Paper.heading, Paper.problem_type)


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper that may stand in the report."""

    paper: str
    title: str
    number: str
    amount: int | None
    left_out: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the report with its papers in order."""

    heading: str | None  # None: papers that fit no heading
    title: str
    text: str  # connecting text
    entries: tuple[Entry, ...]


def of_inspection(store: Store, inspection: str) -> str:
    """The id of an inspection's report, begun with its title and addressee if there is none yet."""
    with store.read() as session:
        found = _report(session, inspection)
    if found is not None:
        return found.id
    with store.read() as session:
        values = first_values(session, store, inspection)
    with store.write("起草报告") as session:
        return records.add(session, "report", values).id


def plan(store: Store, inspection: str) -> list[Section]:
    """The approved papers of an inspection under the round's headings, in the order of the report."""
    with store.read() as session:
        return sections(session, inspection)


def sections(session: Session, inspection: str) -> list[Section]:
    """Like `plan`, within a session already open."""
    headings = headings_of(session, inspection)
    report = _report(session, inspection)
    entries, texts = _choices(session, report.id if report else "")
    # Not their long texts: the screen asks anew after each change.
    papers = session.scalars(_counted(inspection).options(load_only(*_PLACED))).all()
    types = {row.id: row for row in session.scalars(select(ProblemType))}
    by_heading: dict[str | None, list[Paper]] = {}
    for paper in papers:
        by_heading.setdefault(heading_of(paper, headings, types), []).append(paper)

    def place(paper: Paper) -> tuple[int, int, str, str]:
        kind = types.get(paper.problem_type or "")
        entry = entries.get(paper.id)
        placed = entry is not None and entry.position >= 0
        position = entry.position if entry and placed else 0
        return (0 if placed else 1, position, kind.code if kind else "", paper.official_number)

    found: list[Section] = []
    for heading in [*headings, None]:
        chosen = sorted(by_heading.get(heading.id if heading else None, ()), key=place)
        if heading is None and not chosen:
            continue
        found.append(
            Section(
                heading.id if heading else None,
                heading.title if heading else UNCLASSED,
                texts.get(heading.id, "") if heading else "",
                tuple(
                    Entry(p.id, p.title, p.official_number, p.amount, p.id in entries and entries[p.id].left_out)
                    for p in chosen
                ),
            )
        )
    return found


def _counted(inspection: str) -> Select[Paper]:
    """Papers that count for report and ledger: approved or adopted, destined for the report."""
    query = select(Paper).where(
        Paper.inspection == inspection,
        Paper.deleted.is_(False),
        Paper.state.in_(COUNTED_STATES),
        Paper.destination == "report",
    )
    return query.order_by(Paper.official_number, Paper.id)


def heading_of(paper: Paper, headings: Sequence[Heading], types: dict[str, ProblemType]) -> str | None:
    """The heading a paper stands under: its own choice, else the one that takes its type's level 1."""
    return heading_for(paper.heading, paper.problem_type, headings, types)


def heading_for(
    own: str | None, problem_type: str | None, headings: Sequence[Heading], types: Mapping[str, ProblemType]
) -> str | None:
    """Like `heading_of`, by what the paper chose and what type it is of."""
    if own and any(heading.id == own for heading in headings):
        return own
    kind = types.get(problem_type or "")
    level1 = kind.level1 if kind else ""
    return next((h.id for h in headings if level1 and level1 in h.level1_codes.split()), None)


def leave_out(store: Store, inspection: str, paper: str, left_out: bool) -> None:
    """Take a paper out of the report on purpose, or back in."""
    report = of_inspection(store, inspection)
    with store.write("不写入报告" if left_out else "写入报告") as session:
        _entry(session, report, paper).left_out = left_out


def arrange(store: Store, inspection: str, papers: Sequence[str]) -> None:
    """Put the papers of one heading into this order."""
    report = of_inspection(store, inspection)
    with store.write("调整报告顺序") as session:
        for position, paper in enumerate(papers):
            _entry(session, report, paper).position = position


def write_text(store: Store, inspection: str, heading: str, text: str) -> None:
    """Set the connecting text under a heading."""
    report = of_inspection(store, inspection)
    with store.write("修改连接文字") as session:
        row = text_row(session, inspection, heading)
        if row is None:
            row = ReportText(parent=report, heading=heading)
            session.add(row)
        records.apply(session, row, {"text": text})


def text_row(session: Session, inspection: str, heading: str) -> ReportText | None:
    """The row that holds the connecting text under a heading; none where none was ever written."""
    report = _report(session, inspection)
    query = select(ReportText).where(ReportText.parent == (report.id if report else ""), ReportText.heading == heading)
    return session.scalars(query).first()


def text_record(store: Store, inspection: str, heading: str) -> str:
    """The id of that row; "" where there is none."""
    with store.read() as session:
        row = text_row(session, inspection, heading)
    return row.id if row else ""


def _report(session: Session, inspection: str) -> Report | None:
    query = select(Report).where(Report.inspection == inspection, Report.deleted.is_(False))
    return session.scalars(query.order_by(Report.id)).first()


def headings_of(session: Session, inspection: str) -> list[Heading]:
    """The headings of an inspection's round, in order."""
    found: Inspection = records.find(session, "inspection", inspection)
    of_round = session.get(Round, found.round) if found.round else None
    query = select(Heading).where(
        Heading.parent == (of_round.heading_set if of_round else ""), Heading.deleted.is_(False)
    )
    return list(session.scalars(query.order_by(Heading.position, Heading.id)))


def _choices(session: Session, report: str) -> tuple[dict[str, ReportEntry], dict[str, str]]:
    rows = session.scalars(select(ReportEntry).where(ReportEntry.parent == report, ReportEntry.deleted.is_(False)))
    entries = {row.paper: row for row in rows if row.paper}
    written = session.scalars(select(ReportText).where(ReportText.parent == report, ReportText.deleted.is_(False)))
    return entries, {row.heading: row.text for row in written if row.heading}


def _entry(session: Session, report: str, paper: str) -> ReportEntry:
    query = select(ReportEntry).where(ReportEntry.parent == report, ReportEntry.paper == paper)
    entry = session.scalars(query).first()
    if entry is None:
        entry = ReportEntry(parent=report, paper=paper, position=-1)  # -1: not placed by hand
        session.add(entry)
    return entry


def first_values(session: Session, store: Store, inspection: str) -> dict[str, Any]:
    """What a report begins with; also what goes out of one that nobody began."""
    found: Inspection = records.find(session, "inspection", inspection)
    unit = session.get(Unit, found.unit) if found.unit else None
    team = session.get(Team, found.team) if found.team else None
    office = cases.current(store).office
    sender = (
        f"{office}{team.name.removeprefix('市委') if office.endswith('市委') and team else team.name if team else ''}"
    )
    return {
        "inspection": inspection,
        "title": f"{sender}关于巡察{unit.short_name if unit else ''}的情况报告",
        "addressee": f"{'市委' if office.endswith('市委') else office}巡察工作领导小组",
        "signature": sender,
        "dated": date.today().isoformat(),
        "version": 1,
    }
