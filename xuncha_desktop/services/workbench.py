"""工作台: what is missing, what is due, and the counts behind the charts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import CheckItem, CheckResult, Inspection, Paper, ProblemType
from xuncha_desktop.model.choices import LOCKED_STATES, PAPER_STATES
from xuncha_desktop.services import counters, inspections, papers, records, reports
from xuncha_desktop.services.counters import Counter8
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Lacking:
    """A paper that still lacks something."""

    paper: str
    title: str
    number: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unbegun:
    """A must-check item that nobody has begun."""

    result: str
    code: str
    area: str
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first screen says about one inspection."""

    stay: inspections.Stay
    counters: tuple[Counter8, ...]
    lacking: tuple[Lacking, ...]
    must_open: tuple[Unbegun, ...]
    has_checklist: bool
    by_state: dict[str, int]  # words of the state -> papers
    by_heading: tuple[tuple[str, int], ...]  # heading -> approved papers
    by_level2: tuple[tuple[str, int], ...]  # second level of the type -> papers, most first
    amount: int  # 分, over all papers


def overview(store: Store, inspection: str, today: date) -> Overview:
    """Gather what the first screen shows."""
    with store.read() as session:
        found: Inspection = records.find(session, "inspection", inspection)
        every = list(
            session.scalars(
                select(Paper).where(Paper.inspection == inspection, Paper.deleted.is_(False)).order_by(Paper.id)
            )
        )
        values = records.plain(session, every)
        lacking = [_lacking(paper, values[paper.id]) for paper in every if paper.state not in LOCKED_STATES]
        types = {row.id: row for row in session.scalars(select(ProblemType))}
        states = Counter(paper.state for paper in every)
        level2 = Counter(types[p.problem_type].level2 for p in every if p.problem_type in types)
        return Overview(
            inspections.stay(found, today),
            tuple(counters.of_inspection(session, found)),
            tuple(paper for paper in lacking if paper.gaps),
            tuple(_must_open(session, inspection)),
            found.checklist is not None,
            {word: states[code] for code, word in PAPER_STATES.items() if states[code]},
            tuple(
                (section.title, sum(not entry.left_out for entry in section.entries))
                for section in reports.sections(session, inspection)
            ),
            tuple(level2.most_common(10)),
            sum(paper.amount or 0 for paper in every),
        )


def papers_behind(store: Store, inspection: str, chart: str = "", label: str = "") -> list[tuple[str, str]]:
    """Id and title of the papers a bar counts; `chart` is the field of `Overview` it was drawn from, "" means all."""
    with store.read() as session:
        if chart == "by_heading":
            of_heading = (s for s in reports.sections(session, inspection) if s.title == label)
            found = [(e.paper, e.title) for s in of_heading for e in s.entries if not e.left_out]
        else:
            query = select(Paper.id, Paper.title).where(Paper.inspection == inspection, Paper.deleted.is_(False))
            if chart == "by_state":
                query = query.where(Paper.state.in_([code for code, word in PAPER_STATES.items() if word == label]))
            elif chart == "by_level2":
                query = query.join(ProblemType, ProblemType.id == Paper.problem_type).where(ProblemType.level2 == label)
            found = [(record, title) for record, title in session.execute(query.order_by(Paper.sort_key, Paper.id))]
    return [(record, title or "（未命名）") for record, title in found]


def _lacking(paper: Paper, values: dict[str, object]) -> Lacking:
    unmet = tuple(gap.label for gap in papers.gaps(values) if not gap.met)
    return Lacking(paper.id, paper.title or "（未命名）", paper.number, unmet)


def _must_open(session: Session, inspection: str) -> list[Unbegun]:
    query = (
        select(CheckResult.id, CheckItem.code, CheckItem.area, CheckResult.text, CheckItem.how)
        .join(CheckItem, CheckItem.id == CheckResult.item)
        .where(
            CheckResult.inspection == inspection,
            CheckResult.deleted.is_(False),
            CheckResult.state == "open",
            CheckItem.must.is_(True),
        )
        .order_by(CheckItem.position, CheckItem.id)
    )
    return [Unbegun(*row) for row in session.execute(query)]
