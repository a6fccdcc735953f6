"""Where a field record is used: the papers and 立行立改 that cite it, and the papers it names itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Citation, Paper, PaperConclusion, QuickFix, fields
from xuncha_desktop.model.show import show
from xuncha_desktop.services import citing, records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Use:
    """A paper or 立行立改 that has to do with a record."""

    entity: str
    record: str
    title: str
    place: str  # what of the record: "第3页第5行"; "" for all of it


def used_in(store: Store, entity: str, record: str) -> list[Use]:
    """Everything that cites a record, then the papers it names itself."""
    with store.read() as session:
        found = citing_records(session, record)
        known = {use.record for use in found}
        return found + [use for use in _named(session, entity, record) if use.record not in known]


def citing_records(session: Session, record: str) -> list[Use]:
    """The papers and 立行立改 that cite a record."""
    found: list[Use] = []
    for cls in (Paper, QuickFix):
        query = select(Citation, cls.title).join(cls, cls.id == Citation.parent)
        query = query.where(Citation.record == record, Citation.deleted.is_(False), cls.deleted.is_(False))
        lines = session.execute(query.order_by(cls.id, Citation.position)).all()
        rows = [{name: getattr(citation, name) for name in fields("citation")} for citation, _ in lines]
        for (citation, title), said in zip(lines, citing.in_words(session, rows), strict=True):
            found.append(Use(cls.__tablename__, citation.parent or "", title or "（未命名）", said.place))
    return found


def _named(session: Session, entity: str, record: str) -> Iterable[Use]:
    if entity == "meeting":
        query = select(PaperConclusion).where(PaperConclusion.parent == record, PaperConclusion.deleted.is_(False))
        described = fields("paper_conclusion")["conclusion"]
        said = {row.paper: show(described, row.conclusion) for row in session.scalars(query) if row.paper}
    elif "papers" in fields(entity):
        said = dict.fromkeys(records.linked(session, f"{entity}.papers", [record]).get(record, ()), "")
    else:
        return []
    papers: dict[str, Any] = dict(
        session.execute(select(Paper.id, Paper.title).where(Paper.id.in_(said), Paper.deleted.is_(False))).all()
    )
    return [Use("paper", paper, papers[paper] or "（未命名）", said[paper]) for paper in said if paper in papers]
