"""The line that counts the papers which do not go into the report yet, and their list on request."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.reports.fold import Fold
from ui.tables.rows import fit_to_rows
from ui.tables.states import marked
from xuncha_desktop.model.choices import COUNTED_STATES, PAPER_STATES
from xuncha_desktop.services import lists

_SETTLED = COUNTED_STATES | {"rejected", "archived"}
_WAITING = tuple(state for state in PAPER_STATES if state not in _SETTLED)
_MOST_ROWS = 8
_PAPER = Qt.ItemDataRole.UserRole


class Unapproved(QWidget):
    """Folded to one line; hidden while every paper is settled."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._papers: list[str] = []
        self.line = Fold()
        self.list = QListWidget()
        self.list.setAccessibleName("未审签的底稿")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.hide()
        style.sized(self.list, lambda rows: fit_to_rows(rows, _MOST_ROWS))
        column = QVBoxLayout(self)
        gap = style.metrics.gap
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(style.metrics.grid)
        column.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list)
        self.line.turned.connect(self._unfold)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_PAPER)))
        self.list.itemClicked.connect(lambda item: self.opened.emit(item.data(_PAPER)))

    def refresh(self) -> None:
        """Count again."""
        where = {"inspection": self._context.inspection, "state": _WAITING}
        self._papers = lists.ids(self._context.store, lists.Query("paper", where, sort="state"))
        self.line.setText(f"另有 {len(self._papers):,} 份未审签，不进入报告")
        self.setVisible(bool(self._papers))
        self._unfold(self.line.opened)

    def _unfold(self, shown: bool) -> None:
        self.list.setVisible(shown)
        if not shown:
            return
        current = self.list.currentItem()
        chosen = current.data(_PAPER) if current else ""
        self.list.clear()
        cells_of = lists.page(self._context.store, "paper", self._papers, ("state", "title"))
        for paper in self._papers:
            cells = cells_of[paper]
            item = QListWidgetItem(f"{marked(cells['state'])[0]}　{cells['title'] or '（未命名）'}".replace("\n", " "))
            item.setData(_PAPER, paper)
            self.list.addItem(item)
            if paper == chosen:
                self.list.setCurrentItem(item)
        fit_to_rows(self.list, _MOST_ROWS)
