"""Where a piece of evidence is used besides papers: in 立行立改 that cite it, and in fields of other records."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Citation, Kind, Link, Paper, QuickFix, entities, fields
from xuncha_desktop.model.choices import PAPER_STATES
from xuncha_desktop.services import evidence, records
from xuncha_desktop.store.store import Store

_OPEN = ("", "draft", "returned")  # states of papers whose writers mend them
# Entity -> label of each field that holds evidence.
FIELDS = {
    entity: {f.name: f.label for f in fields(entity).values() if f.kind is Kind.REFS and f.target == "evidence"}
    for entity in entities()
}
HOLDERS = frozenset(entity for entity, names in FIELDS.items() if names)


def used_in(store: Store, record: str) -> list[str]:
    """Each record that holds or cites it, in words: 谈话记录 T-ZJY-0012：签字件."""
    with store.read() as session:
        return [*_citing(session, record), *_holding(session, record)]


def delete(store: Store, chosen: Sequence[str]) -> None:
    """Take evidence out of every list; refuses what a paper rests on that is in review or signed. Undo brings it back.

    Papers still being written say themselves that a citation of theirs no longer holds.
    """
    with store.read() as session:
        for record in chosen:
            if found := _holding_fast(session, record):
                title, state = found
                name = records.find(session, "evidence", record).name
                words = f"“{name}”被{PAPER_STATES[state]}的底稿“{title or '（未命名）'}”引用，不能删除"
                raise UserError(f"{words}；要删除请先由组长退回底稿，在那里去掉引用。")
    records.delete(store, "evidence", chosen)


def told_of_deletion(store: Store, chosen: Collection[str]) -> str:
    """What to say once these have been deleted; names what else has to be looked at."""
    papers = sum(bool(evidence.cited_in(store, record)) for record in chosen)
    others = sum(bool(used_in(store, record)) for record in chosen)
    told = f"已删除 {len(chosen)} 件证据"
    if papers:
        told += f"，其中 {papers} 件有底稿引用，请检查那些底稿"
    if others:
        first = next(uses for record in chosen if (uses := used_in(store, record)))[0]
        told += f"；{others} 件在其他记录里用着，如“{first}”，请检查"
    return told


def _holding_fast(session: Session, record: str) -> tuple[str, str] | None:
    query = select(Paper.title, Paper.state).join(Citation, Citation.parent == Paper.id).order_by(Paper.id)
    query = query.where(Citation.evidence == record, ~Citation.deleted, ~Paper.deleted, Paper.state.not_in(_OPEN))
    found = session.execute(query.limit(1)).first()
    return (found.title, found.state) if found else None


def _citing(session: Session, record: str) -> Iterator[str]:
    query = select(QuickFix.number, QuickFix.title).join(Citation, Citation.parent == QuickFix.id)
    query = query.where(Citation.evidence == record, ~Citation.deleted, ~QuickFix.deleted).order_by(QuickFix.id)
    for number, title in session.execute(query.distinct()):
        yield f"{QuickFix.LABEL} {number or title}：{fields('quick_fix')['citations'].label}"


def _holding(session: Session, record: str) -> Iterator[str]:
    for entity in sorted(HOLDERS):
        cls: Any = entities()[entity]
        for name, label in FIELDS[entity].items():
            query = select(cls.number, cls.id).join(Link, Link.source == cls.id).order_by(cls.id)
            query = query.where(Link.field == f"{entity}.{name}", Link.target == record, ~Link.deleted, ~cls.deleted)
            for number, _ in session.execute(query):
                yield f"{cls.LABEL} {number}：{label}"
