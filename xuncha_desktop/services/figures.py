"""Numbers with what they count, and the charts of papers: by heading, type, unit, week and state."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from xuncha_desktop.model import Heading, ProblemType
from xuncha_desktop.model.choices import PAPER_STATES
from xuncha_desktop.model.show import short_date
from xuncha_desktop.services import reports
from xuncha_desktop.services.due import Due
from xuncha_desktop.services.paper_facts import PaperFacts
from xuncha_desktop.store.store import Store

CHARTS: Mapping[str, str] = {
    "heading": "报告标题（已审签）",
    "level2": "问题分类",
    "unit": "各单位底稿",
    "week": "各周新增底稿",
    "state": "底稿状态",
}
MOST = 10  # bars of a chart that may have any number
_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and what stands behind it: records of one kind, or things that are due."""

    label: str
    count: int
    entity: str = ""
    records: tuple[str, ...] | None = ()  # None: all of the inspection
    due: tuple[Due, ...] = ()
    inspection: str = field(default="", kw_only=True)  # whose they are, where it is not the one worked on


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from top to bottom, under a title of `CHARTS`."""

    name: str
    figures: tuple[Figure, ...]


def of_records(label: str, entity: str, ids: Iterable[str], *, inspection: str = "") -> Figure:
    """The number of these records."""
    found = tuple(ids)
    return Figure(label, len(found), entity, found, inspection=inspection)


def of_papers(label: str, facts: Iterable[PaperFacts], *, inspection: str = "") -> Figure:
    """The number of these papers."""
    return of_records(label, "paper", (paper.id for paper in facts), inspection=inspection)


def of_due(label: str, found: Iterable[Due]) -> Figure:
    """The number of things that are due."""
    every = tuple(found)
    return Figure(label, len(every), due=every)


def by_gap(facts: Iterable[PaperFacts]) -> tuple[Figure, ...]:
    """What papers lack, the most frequent first."""
    lacking: dict[str, list[PaperFacts]] = {}
    for paper in facts:
        for words in paper.lacks:
            lacking.setdefault(words, []).append(paper)
    return _most_first(of_papers(words, found) for words, found in lacking.items())


def charts(store: Store, inspection: str, facts: Sequence[PaperFacts], units: Mapping[str, str]) -> list[Chart]:
    """All charts; those of one inspection but the one by unit, which is empty where there is only one."""
    with store.read() as session:
        headings = reports.headings_of(session, inspection)
        types = {row.id: row for row in session.scalars(select(ProblemType))}
    here = [paper for paper in facts if paper.inspection == inspection]
    found = {
        "heading": _by_heading(here, headings, types),
        "level2": _by_level2(here, types),
        "unit": _by_unit(facts, units) if len(units) > 1 else (),
        "week": by_week(here),
        "state": by_state(here),
    }
    return [Chart(name, found[name]) for name in CHARTS]


def by_state(facts: Iterable[PaperFacts]) -> tuple[Figure, ...]:
    """Papers by state, in the order of their way; states without a paper are left out."""
    found = _grouped(facts, lambda paper: paper.state)
    return tuple(of_papers(words, found[code]) for code, words in PAPER_STATES.items() if code in found)


def by_week(facts: Iterable[PaperFacts]) -> tuple[Figure, ...]:
    """Papers by the week they are dated in, weeks without one between them included."""
    found = _grouped(facts, lambda paper: _monday(paper.dated))
    undated, mondays = found.pop("", []), sorted(found)
    figures: list[Figure] = []
    if mondays:
        last = date.fromisoformat(mondays[-1])
        since = (last - timedelta(weeks=_WEEKS - 1)).isoformat()
        first = next(monday for monday in mondays if monday >= since)
        if early := [paper for monday in mondays if monday < first for paper in found[monday]]:
            figures.append(of_papers(f"{short_date(first)}以前", early))
        begin = date.fromisoformat(first)
        for number in range((last - begin).days // 7 + 1):
            monday = (begin + timedelta(weeks=number)).isoformat()
            figures.append(of_papers(f"{short_date(monday)}起一周", found.get(monday, ())))
    if undated:
        figures.append(of_papers("没有填日期", undated))
    return tuple(figures)


def _by_heading(
    facts: Iterable[PaperFacts], headings: Sequence[Heading], types: Mapping[str, ProblemType]
) -> tuple[Figure, ...]:
    reported = (paper for paper in facts if paper.reported)
    found = _grouped(reported, lambda p: reports.heading_for(p.heading, p.problem_type, headings, types) or "")
    if not found:
        return ()
    figures = [of_papers(heading.title, found.get(heading.id, ())) for heading in headings]
    return tuple([*figures, of_papers(reports.UNCLASSED, found[""])] if "" in found else figures)


def _by_level2(facts: Iterable[PaperFacts], types: Mapping[str, ProblemType]) -> tuple[Figure, ...]:
    level2 = {record: kind.level2 for record, kind in types.items()}
    found = _grouped(facts, lambda paper: level2.get(paper.problem_type or "", ""))
    untyped = found.pop("", [])
    figures = _at_most(_most_first(of_papers(words, papers) for words, papers in found.items()), "其余分类")
    return (*figures, of_papers("没有填分类", untyped)) if untyped else figures


def _by_unit(facts: Iterable[PaperFacts], units: Mapping[str, str]) -> tuple[Figure, ...]:
    found = _grouped(facts, lambda paper: paper.inspection)
    every = (of_papers(name, found[unit], inspection=unit) for unit, name in units.items() if unit in found)
    return _most_first(every)[:MOST]


def _grouped(facts: Iterable[PaperFacts], key: Callable[[PaperFacts], str]) -> dict[str, list[PaperFacts]]:
    found: dict[str, list[PaperFacts]] = {}
    for paper in facts:
        found.setdefault(key(paper), []).append(paper)
    return found


def _most_first(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda figure: -figure.count))


def _at_most(figures: tuple[Figure, ...], rest: str) -> tuple[Figure, ...]:
    if len(figures) <= MOST + 1:
        return figures
    left = [record for figure in figures[MOST:] for record in figure.records or ()]
    return (*figures[:MOST], of_records(rest, "paper", left))


def _monday(iso: str | None) -> str:
    day = date.fromisoformat(iso) if iso else None
    return (day - timedelta(days=day.weekday())).isoformat() if day else ""
