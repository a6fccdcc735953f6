"""What the workbench counts papers by, read without most of their long texts: thousands of papers at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Citation, Evidence, Paper, PaperParty, Report, ReportEntry
from xuncha_desktop.model.choices import COUNTED_STATES, LOCKED_STATES
from xuncha_desktop.services import citing, papers, proofs, records
from xuncha_desktop.store.store import Store

_SHORT = ("id", "inspection", "state", "problem_type", "heading", "destination", "dated", "amount", "sources")
_PART = 100  # papers read at a time
_LONG = (
    "title", "overview", "typical_case", "verified_facts", "basis", "cause", "communication", "suggestion",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One paper."""

    id: str
    inspection: str
    state: str
    problem_type: str | None
    heading: str | None  # chosen by hand
    dated: str | None
    amount: int
    handlers: tuple[str, ...]
    reported: bool  # stands in report and ledger as it is now
    lacks: tuple[str, ...]  # words for what is missing, usual proofs included; a locked paper lacks nothing any more


@dataclass(frozen=True, slots=True)
class _Cited:
    placed: bool  # each citation says where
    kinds: Sequence[proofs.Cited]


@dataclass(frozen=True, slots=True)
class _Part:
    rows: Sequence[Any]
    handlers: Mapping[str, Sequence[str]]
    with_party: Collection[str | None]
    cited: Mapping[str, _Cited]
    doubtful: Mapping[str, Sequence[citing.Cited]]  # of papers that are still open


def read(store: Store, inspections: Collection[str], progress: Progress) -> list[PaperFacts]:
    """The papers of these inspections, the oldest first; part by part, since nobody can save while somebody reads."""
    with store.read() as session:
        wanted = select(Paper.id).where(Paper.inspection.in_(inspections), ~Paper.deleted).order_by(Paper.id)
        every = list(session.scalars(wanted))
        usual = proofs.usual(session)
        left_out = _left_out(session, inspections)
    found: list[PaperFacts] = []
    for start in range(0, len(every), _PART):
        progress.step(start, len(every), "底稿")
        with store.read() as session:
            part = _fetch(session, every[start : start + _PART])
        found += (_facts(row, part, usual, left_out) for row in part.rows)
    return found


def _fetch(session: Session, ids: Sequence[str]) -> _Part:
    columns = [*(getattr(Paper, name) for name in _SHORT), *map(_text_or_whether, _LONG)]
    rows = session.execute(select(*columns).where(Paper.id.in_(ids)).order_by(Paper.id)).all()
    parties = select(PaperParty.parent).where(PaperParty.parent.in_(ids), ~PaperParty.deleted)
    return _Part(
        rows,
        records.linked(session, "paper.handlers", ids),
        set(session.scalars(parties)),
        _cited(session, ids),
        citing.doubtful(session, ids),
    )


def _text_or_whether(name: str) -> Any:
    """A text in which something may wait to be filled in; of the others only whether there is one."""
    text = getattr(Paper, name)
    return func.iif(text.contains("{") | text.contains("【"), text, text != "").label(name)


def _facts(row: Any, part: _Part, usual: Mapping[str, Sequence[str]], left_out: Collection[str | None]) -> PaperFacts:
    handlers = tuple(part.handlers.get(row.id, ()))
    return PaperFacts(
        row.id,
        row.inspection,
        row.state,
        row.problem_type,
        row.heading,
        row.dated,
        row.amount or 0,
        handlers,
        row.state in COUNTED_STATES and row.destination == "report" and row.id not in left_out,
        _lacks_locked(row, part) if row.state in LOCKED_STATES else _lacks(row, part, usual.get(row.problem_type, ())),
    )


def _lacks(row: Any, part: _Part, usual: Sequence[str]) -> tuple[str, ...]:
    """By the papers' own rule, for which one citation stands for all: whether there is any, whether each says where."""
    cited = part.cited.get(row.id)
    values = row._asdict()
    values["parties"] = (True,) if row.id in part.with_party else ()
    values["handlers"] = part.handlers.get(row.id, ())
    values["citations"] = ({"pages": cited.placed},) if cited else ()
    unmet = (gap.label for gap in papers.gaps(values, part.doubtful.get(row.id, ())) if not gap.met)
    return (*unmet, *proofs.missing(usual, cited.kinds if cited else ()))


def _lacks_locked(row: Any, part: _Part) -> tuple[str, ...]:
    """A signed paper lacks nothing, unless what it cites is no longer there."""
    return tuple(gap.label for gap in papers.no_longer_held(part.doubtful.get(row.id, ())) if gap.blocking)


def _cited(session: Session, ids: Sequence[str]) -> dict[str, _Cited]:
    query = (
        select(
            Citation.parent,
            func.min((Citation.pages != "") | (Citation.record != "") | (Citation.passage != "")),
            func.group_concat(Citation.record_kind.distinct()),
            func.group_concat(Evidence.kind.distinct()),
        )
        .outerjoin(Evidence, (Evidence.id == Citation.evidence) & ~Evidence.deleted)
        .where(Citation.parent.in_(ids), ~Citation.deleted)
        .group_by(Citation.parent)
    )
    found: dict[str, _Cited] = {}
    for paper, placed, record_kinds, kinds in session.execute(query):
        of_records = [(kind, "") for kind in (record_kinds or "").split(",")]
        found[paper or ""] = _Cited(placed, [*of_records, *(("", kind) for kind in (kinds or "").split(","))])
    return found


def _left_out(session: Session, inspections: Collection[str]) -> set[str | None]:
    """Papers that somebody took out of the report on purpose."""
    entries = (
        select(ReportEntry.paper)
        .join(Report, Report.id == ReportEntry.parent)
        .where(Report.inspection.in_(inspections), ~Report.deleted, ReportEntry.left_out, ~ReportEntry.deleted)
    )
    return set(session.scalars(entries))
