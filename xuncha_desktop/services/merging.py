"""合并底稿: two papers about one problem become one that keeps both numbers, both texts and all the evidence."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Citation, Kind, Link, Paper, PaperConclusion, fields
from xuncha_desktop.model.choices import PAPER_STATES
from xuncha_desktop.model.ids import new_id, pair_id
from xuncha_desktop.model.show import show
from xuncha_desktop.services import blanks, papers, records
from xuncha_desktop.store.store import Store

_JOINED = ("sources", "handlers", "check_items", "causes")
_TEXTS = ("overview", "typical_case", "verified_facts", "basis", "cause", "communication", "suggestion")
_NOTES = ("note", "deputy_opinion", "office_note")  # remarks: a number in front is enough
_FLAGS = ("quick_fix", "has_lead", "common")
_SINGLE = (
    "problem_type", "heading", "place", "level", "amount", "people", "pieces", "period_from", "period_to",
    "leader_in_charge", "department",
)  # fmt: skip

_FIGURES = (Kind.MONEY, Kind.INT)


def merge(store: Store, kept: str, other: str) -> None:
    """Take `other` into `kept` (one batch, one undo); what refers to it refers to the kept one afterwards."""
    if kept == other:
        raise UserError("两份底稿是同一份，不用合并。")
    with store.write("合并底稿") as session:
        into: Paper = records.find(session, "paper", kept)
        taken: Paper = records.find(session, "paper", other)
        _demand_open(into, taken)
        values = records.plain(session, [into, taken])
        records.apply(session, into, _joined(into, taken, values[kept], values[other]))
        _move_citations(session, kept, other)
        _move_references(session, kept, other)
        taken.merged_into = kept
        taken.deleted = True


def numbers(paper: Paper) -> str:
    """Every number a paper goes by: its own, and those of papers taken into it."""
    return "、".join(filter(None, (paper.official_number or paper.number, paper.earlier_numbers)))


def _demand_open(into: Paper, taken: Paper) -> None:
    for paper in (into, taken):
        if papers.is_locked(paper.state):
            title = paper.title or paper.number
            raise UserError(f"底稿“{title}”已是“{PAPER_STATES[paper.state]}”，不能合并；请先由组长退回修改。")
        if paper.deleted:
            raise UserError(f"底稿“{paper.title or paper.number}”已删除，不能合并。")
    if into.inspection != taken.inspection:
        raise UserError("两份底稿不是同一项巡察任务的，不能合并；共性问题请在报告里归并。")


def _joined(into: Paper, taken: Paper, ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """What the kept paper says afterwards: lists are joined, texts are put underneath, single values stay.

    A figure that is another one there is kept in the note.
    """
    joined: dict[str, Any] = {name: tuple(dict.fromkeys((*ours[name], *theirs[name]))) for name in _JOINED}
    known = {(row["kind"], row["name"]) for row in ours["parties"]}
    more = [{**row, "id": new_id()} for row in theirs["parties"] if (row["kind"], row["name"]) not in known]
    joined["parties"] = (*ours["parties"], *more)
    for name in _TEXTS:
        if theirs[name] and theirs[name] not in ours[name]:
            joined[name] = f"{ours[name]}\n{_headed(taken.number, theirs[name])}" if ours[name] else theirs[name]
    joined |= {name: True for name in _FLAGS if theirs[name]}
    joined |= {name: theirs[name] for name in _SINGLE if theirs[name] and not ours[name]}
    left = [
        f"{described.label}：{show(described, theirs[name])}"
        for name, described in fields("paper").items()
        if name in _SINGLE and described.kind in _FIGURES and ours[name] and theirs[name] not in (None, ours[name])
    ]
    notes = {name: theirs[name] for name in _NOTES} | {"note": "；".join(filter(None, (theirs["note"], *left)))}
    for name, text in notes.items():
        if text:
            joined[name] = "\n".join(filter(None, (ours[name], f"（{taken.number}）{text}")))
    joined["earlier_numbers"] = "、".join(filter(None, (into.earlier_numbers, numbers(taken))))
    return joined


def _headed(number: str, text: str) -> str:
    """A text under the number it came from; a list or table begins on a line of its own."""
    between = "" if isinstance(rich.blocks(text)[0], rich.Paragraph) else "\n"
    return f"{blanks.mark(number)}{between}{text}"


def _move_citations(session: Session, kept: str, other: str) -> None:
    """Copies, not moves: undo then brings both papers back as they were, and the taken one stays whole."""
    ours = session.scalars(select(Citation).where(Citation.parent == kept, ~Citation.deleted)).all()
    theirs = session.scalars(
        select(Citation).where(Citation.parent == other, ~Citation.deleted).order_by(Citation.position, Citation.id)
    ).all()
    known = {_place(row) for row in ours}
    position = max((row.position for row in ours), default=-1)
    for row in theirs:
        if _place(row) not in known:
            position += 1
            session.add(Citation(parent=kept, position=position, **{name: getattr(row, name) for name in _PLACE}))


_PLACE = (
    "evidence", "pages", "region", "record_kind", "record", "record_field", "start", "passage", "text_hash",
)  # fmt: skip


def _place(row: Citation) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _PLACE)


def _move_references(session: Session, kept: str, other: str) -> None:
    """Notices, fact sheets and conclusions of meetings about the taken paper are about the kept one now."""
    for link in session.scalars(select(Link).where(Link.target == other, ~Link.deleted)).all():
        record = pair_id(link.field, link.source, kept)
        known = session.get(Link, record)
        if known is None:
            session.add(Link(id=record, field=link.field, source=link.source, target=kept, position=link.position))
        else:
            known.deleted = False
        link.deleted = True
    for row in session.scalars(select(PaperConclusion).where(PaperConclusion.paper == other, ~PaperConclusion.deleted)):
        row.paper = kept
