"""覆盖矩阵: which items of a checklist which papers are about, and which items nothing is about yet."""

from dataclasses import dataclass

from sqlalchemy import select

from xuncha_desktop.model import Link, Paper
from xuncha_desktop.model.choices import PAPER_STATES, in_words
from xuncha_desktop.services import checklists
from xuncha_desktop.services.checklists import Line, Wanted
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Covering:
    """A paper of the inspection: a column of the matrix."""

    paper: str
    number: str
    title: str
    state: str  # in words


@dataclass(frozen=True, slots=True)
class Matrix:
    """Items by papers; papers stand in the order of the first item they are about."""

    lines: tuple[Line, ...]
    papers: tuple[Covering, ...]
    marks: frozenset[tuple[int, int]]  # row, column
    loose: int  # papers that name no item at all

    @property
    def bare(self) -> int:
        """Items that neither a paper nor a record is about."""
        return sum(not line.papers and not line.records for line in self.lines)


def matrix(store: Store, inspection: str, wanted: Wanted | None = None) -> Matrix:
    """The wanted items with the papers about them."""
    lines = tuple(checklists.lines(store, inspection, wanted))
    order = dict.fromkeys(paper for line in lines for paper, _ in line.papers)
    query = select(Paper.id, Paper.number, Paper.official_number, Paper.title, Paper.state)
    naming = select(Link.source).where(Link.field == "paper.check_items", Link.deleted.is_(False))
    with store.read() as session:
        rows = session.execute(query.where(Paper.inspection == inspection, Paper.deleted.is_(False))).all()
        named = set(session.scalars(naming))
    known = {
        paper: Covering(paper, official or number, title or "（未命名）", in_words(PAPER_STATES, state))
        for paper, number, official, title, state in rows
    }
    columns = {paper: column for column, paper in enumerate(order)}
    marks = frozenset((row, columns[paper]) for row, line in enumerate(lines) for paper, _ in line.papers)
    return Matrix(lines, tuple(known[paper] for paper in order), marks, len(known.keys() - named))
