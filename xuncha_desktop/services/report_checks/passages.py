"""The texts a report is made of, each with the place it is written at; what the checks read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select

from xuncha_desktop import rich
from xuncha_desktop.model import Inspector, Interview, Interviewee, Unit, fields
from xuncha_desktop.services import export_data
from xuncha_desktop.services.export_data import InspectionData, Values
from xuncha_desktop.store.store import Store

_OWN = ("title", "opening", "evaluation", "leadership", "suggestions")
_OF_PAPERS = ("title", "overview", "typical_case")
_SHOWN_TITLE = 16


@dataclass(frozen=True, slots=True)
class Passage:
    """One written text, and where it is written; a connecting text names its heading as the record."""

    part: str
    text: str  # its plain words
    entity: str  # report, report_text or paper
    record: str
    field: str
    section: int = 0  # the heading it stands under, from 1; 0: it speaks of the whole report


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong, in a sentence; the exact place, and what should stand there where that is certain."""

    kind: str  # wording, number or length
    words: str
    passage: Passage | None = None  # None: the whole report
    start: int = 0
    length: int = 0
    repair: str | None = None


@dataclass(frozen=True)
class Draft:
    """A report as it stands in the case, the unit names that may occur in it, and names that may not."""

    data: InspectionData
    units: tuple[tuple[str, str], ...]  # full and short name
    inspectors: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()  # the persons behind the codes of talks

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text that has words, in the order in which it is written."""
        return tuple(passage for passage in _every(self.data) if passage.text)


def read(store: Store, inspection: str) -> Draft:
    """Read a report with everything the checks go by."""
    return of_data(store, export_data.of_inspection(store, inspection))


def of_data(store: Store, data: InspectionData) -> Draft:
    """A report that was read already."""
    with store.read() as session:
        query = select(Unit.name, Unit.short_name).where(~Unit.deleted).order_by(Unit.id)
        units = tuple((name, short) for name, short in session.execute(query))
        inspectors = frozenset(session.scalars(select(Inspector.name).where(~Inspector.deleted)))
        spoke = select(Interviewee.name).join(Interview, Interview.id == Interviewee.parent)
        speakers = frozenset(session.scalars(spoke.where(~Interview.deleted, ~Interviewee.deleted)))
    return Draft(data, units, inspectors, speakers)


def with_typed(draft: Draft, report: Values) -> Draft:
    """The report as it would be with what is being typed into its own fields."""
    return replace(draft, data=replace(draft.data, report={**draft.data.report, **report}))


def written_here(draft: Draft) -> Iterator[Passage]:
    """Those that are written for the report itself."""
    return (passage for passage in draft.passages if passage.entity != "paper")


def _every(data: InspectionData) -> Iterator[Passage]:
    own = fields("report")
    for name in _OWN:
        yield Passage(own[name].label, rich.plain(data.report[name]), "report", data.report_id, name)
    for section, ((title, text), heading) in enumerate(zip(data.sections, data.headings, strict=True), 1):
        yield Passage(f"“{title}”的连接文字", rich.plain(text), "report_text", heading, "text", section)
    described = fields("paper")
    for line in data.papers:
        called = line.paper["title"][:_SHOWN_TITLE] or "（未命名）"
        for name in _OF_PAPERS:
            part = f"底稿“{called}”的{described[name].label}"
            section = line.place.section if line.place else 0
            yield Passage(part, rich.plain(line.paper[name]), "paper", line.id, name, section)
