"""Items by papers as a table model: a mark where a paper is about an item; the words beside each row and above."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.checklists.item_model import state_words, tip
from xuncha_desktop.services.checklists import Line
from xuncha_desktop.services.coverage import Covering, Matrix

Index = QModelIndex | QPersistentModelIndex
MARK = "●"
_SETTLED = ("clean", "not_applicable", "not_checked")


class MatrixModel(QAbstractTableModel):
    """Holds a matrix as it was read."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix = Matrix((), (), frozenset(), 0)

    def show(self, matrix: Matrix) -> None:
        """Take over another matrix."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The item of a row."""
        return self.matrix.lines[row]

    def paper(self, column: int) -> Covering:
        """The paper of a column."""
        return self.matrix.papers[column]

    def marked(self, index: Index) -> bool:
        """Whether the paper is about the item."""
        return index.isValid() and (index.row(), index.column()) in self.matrix.marks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Items."""
        return 0 if parent.isValid() else len(self.matrix.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Papers."""
        return 0 if parent.isValid() else len(self.matrix.papers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The mark, and what it means in words."""
        if role == Qt.ItemDataRole.DisplayRole:
            return MARK if self.marked(index) else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(index)
        if role == Qt.ItemDataRole.ToolTipRole and self.marked(index):
            return tip(self.words(index))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """An item with its state and counts; a paper's number, its title as a tooltip."""
        rows = orientation is Qt.Orientation.Vertical
        if role == Qt.ItemDataRole.DisplayRole:
            return row_words(self.line(section)) if rows else self.paper(section).number
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.line(section).text if rows else paper_words(self.paper(section)))
        return None

    def words(self, index: Index) -> str:
        """What a cell says: item and paper."""
        line, paper = self.line(index.row()), self.paper(index.column())
        about = "有" if self.marked(index) else "没有"
        return f"{line.code}　{line.text}\n{paper_words(paper)}\n{about}对应"

    def table(self) -> str:
        """All of it as cells for Excel."""
        heads = ["编号", "检查事项", "状态", "底稿", "记录", *(paper.number for paper in self.matrix.papers)]
        rows = [
            [
                line.code,
                " ".join(line.text.split()),
                state_words(line)[0],
                str(len(line.papers)),
                str(len(line.records)),
                *(MARK if (row, column) in self.matrix.marks else "" for column in range(len(self.matrix.papers))),
            ]
            for row, line in enumerate(self.matrix.lines)
        ]
        return "\n".join("\t".join(cells) for cells in (heads, *rows))


def paper_words(paper: Covering) -> str:
    """〔2031〕…-004　办公用房出租未公开竞价（已审签）."""
    return f"{paper.number}　{paper.title}（{paper.state}）" if paper.number else f"{paper.title}（{paper.state}）"


def row_words(line: Line) -> str:
    """What stands beside a row, as one line."""
    return f"{line.code}　{line.text}　{state_words(line)[0]}　{count_words(line)[0]}"


def count_words(line: Line) -> tuple[str, str]:
    """How many papers and records an item has, and the colour role: what nothing is about says so."""
    records = f"记录 {len(line.records)}" if line.records else ""
    if line.papers:
        return "　".join(filter(None, (f"底稿 {len(line.papers)}", records))), "secondary"
    words = f"没有底稿　{records}" if records else "没有底稿和记录"
    if line.lacks_paper:
        return words, "warning"
    return words, "secondary" if records or line.state in _SETTLED else "text"
