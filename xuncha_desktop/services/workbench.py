"""工作台: what is due, what is missing, who has what, and the numbers behind the charts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Borrowing, CheckItem, CheckResult, Inspection, Paper
from xuncha_desktop.services import counters, figures, inspections, paper_facts, records, workload
from xuncha_desktop.services import due as due_
from xuncha_desktop.services.counters import Counter8
from xuncha_desktop.services.due import Due
from xuncha_desktop.services.figures import Chart, Figure
from xuncha_desktop.services.headline import Headline, headline
from xuncha_desktop.services.paper_facts import PaperFacts
from xuncha_desktop.services.workload import Table
from xuncha_desktop.store.store import Store

FIRST = 5  # papers named before "还有 N 条"


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
    """Everything the first screen says about one inspection, and about all of them."""

    inspection: str
    headline: Headline
    counters: tuple[Counter8, ...]
    received: tuple[str, ...]  # documents that came: what the counter of documents counts
    due: tuple[Due, ...]
    lacking: Figure
    gaps: tuple[Figure, ...]  # what is lacking, the most frequent first
    first_lacking: tuple[Lacking, ...]  # those sent back first
    must_open: tuple[Unbegun, ...]
    has_checklist: bool
    papers: int
    amount: int  # 分, over all papers
    charts: tuple[Chart, ...]
    members: Table
    units: Table  # empty where there is but one inspection
    in_charge: dict[str, str]  # names of the members that `due` speaks of


def overview(store: Store, inspection: str, today: date, progress: Progress | None = None) -> Overview:
    """Gather what the first screen shows (a job: a case of thousands of papers takes a while)."""
    progress = progress or Progress()
    every = inspections.every(store)
    facts = paper_facts.read(store, list(every), progress)
    here = [paper for paper in facts if paper.inspection == inspection]
    lacking = [paper for paper in here if paper.lacks]
    with store.read() as session:
        all_due = due_.of(session, list(every), today)
    due_here = [each for each in all_due if each.inspection == inspection]
    progress.step(1, 3, "现场记录")
    with store.read() as session:
        field_records = workload.kept(session, list(every))
    members = workload.by_member(store, inspection, here, field_records, due_here)
    several = len(every) > 1
    units = workload.by_unit(store, every, facts, field_records, all_due, today) if several else Table()
    progress.step(2, 3, "图表")
    charts = figures.charts(store, inspection, facts, every)
    with store.read() as session:
        found: Inspection = records.find(session, "inspection", inspection)
        return Overview(
            inspection,
            headline(found, today),
            tuple(counters.of_inspection(session, found)),
            tuple(_received(session, inspection)),
            tuple(due_here),
            figures.of_papers("还缺内容的底稿", lacking),
            figures.by_gap(lacking),
            tuple(_named(session, sorted(lacking, key=lambda paper: paper.state != "returned")[:FIRST])),
            tuple(_must_open(session, inspection)),
            found.checklist is not None,
            len(here),
            sum(paper.amount for paper in here),
            tuple(charts),
            members,
            units,
            records.names(session, "member", {member for each in due_here for member in each.members}),
        )


def _received(session: Session, inspection: str) -> list[str]:
    query = select(Borrowing.id).where(
        Borrowing.inspection == inspection, ~Borrowing.deleted, Borrowing.received_on.is_not(None)
    )
    return list(session.scalars(query))


def _named(session: Session, lacking: list[PaperFacts]) -> list[Lacking]:
    query = select(Paper.id, Paper.title, Paper.number).where(Paper.id.in_([paper.id for paper in lacking]))
    words = {record: (title or "（未命名）", number) for record, title, number in session.execute(query)}
    return [Lacking(paper.id, *words[paper.id], paper.lacks) for paper in lacking]


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
