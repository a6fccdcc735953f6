"""What an edited ledger says of papers: which papers its numbers mean, and its corrections taken in one go."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Paper, ProblemType
from xuncha_desktop.model.choices import PAPER_STATES
from xuncha_desktop.services import papers, records
from xuncha_desktop.services.imports import names
from xuncha_desktop.services.imports.kinds import kinds
from xuncha_desktop.services.imports.names import Names
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import Store

Types = Mapping[str, tuple[str, str, str]]


def numbered(store: Store) -> list[tuple[str, str]]:
    """The official number and the id of every paper that has one."""
    query = select(Paper.official_number, Paper.id).where(Paper.official_number != "", ~Paper.deleted)
    with store.read() as session:
        return [(number, paper) for number, paper in session.execute(query.order_by(Paper.id))]


def words(store: Store, inspection: str) -> tuple[Names, Types]:
    """What cells may call the records they name, and the three levels of each problem type."""
    with store.read() as session:
        types = {kind.id: (kind.level1_name, kind.level2, kind.name) for kind in session.scalars(select(ProblemType))}
        return names.load(session, kinds()["paper"], inspection), types


def take(store: Store, corrections: Mapping[str, Mapping[str, Any]], seen: Heads, label: str) -> None:
    """Change papers as one batch, all of it or nothing; `seen` are the heads the person saw beside the changes."""
    with store.write(label, seen=seen) as session:
        for record, values in corrections.items():
            paper: Paper = records.find(session, "paper", record)
            called = paper.title or paper.official_number
            if paper.deleted:
                raise UserError(f"没有采用：底稿“{called}”已删除；请重新读一次台账再选。")
            if papers.is_locked(paper.state):
                state = PAPER_STATES[paper.state]
                raise UserError(
                    f"没有采用：底稿“{called}”已是“{state}”，内容已锁定；请先由组长退回修改，再读一次台账。"
                )
            records.apply(session, paper, values)
