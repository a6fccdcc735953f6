"""采用新版清单: what the later version changes, taken over item by item in one action."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style
from ui.checklists.version_model import KINDS, VersionModel
from ui.context import Context
from ui.tables.compared_table import ComparedTable
from ui.tables.views import stand_on
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import taking_over
from xuncha_desktop.services.taking_over import Later

_LEAD = (
    "勾选的改动照新版执行，没有勾选的保持现在的文字。已核查的事项保留状态、核查情况和底稿，默认不勾选，请看是否要补查。"
)
_WIDTHS = (176, 96)  # item and field


class VersionPage(QWidget):
    """`left` when the work is done or given up."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._later: Later | None = None
        self.heading, self.lead = _plain("title"), _plain("secondary")
        self.lead.setText(_LEAD)
        self.model = VersionModel()
        self.table = ComparedTable(self.model, "新版清单的改动", _WIDTHS)
        self.error, self.summary = _plain("error"), _plain("secondary")
        self.error.hide()
        self.take, self.cancel = QPushButton(), QPushButton("取消")
        self.take.setProperty("kind", "primary")
        self._build()
        self.model.counted.connect(self._count)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.left)

    def begin(self, later: Later) -> None:
        """Show what this version changes for the inspection now worked on."""
        self._later = later
        self.heading.setText(f"采用新版清单　{later.now} → {later.version}")
        self.error.hide()
        self.model.show(later.differences, later.now, later.version)
        self.table.fit()
        if later.differences:
            stand_on(self.table, 0)
        self.table.setFocus()

    def _take(self) -> None:
        if self._later is None:
            return
        store, inspection = self._context.store, self._context.inspection
        try:
            taking_over.take_over(store, inspection, self._later.checklist, self.model.chosen)
        except UserError as error:
            self.error.setText(str(error))
            self.error.show()
            return
        self._context.undo_offered.emit(f"已采用清单 {self._later.version}，接收 {len(self.model.chosen)} 项改动")
        self.left.emit()

    def _count(self) -> None:
        kinds = Counter(row.kind for row in self.model.differences)
        told = "、".join(f"{word} {kinds[kind]} 项" for kind, word in KINDS.items() if kinds[kind])
        self.summary.setText(told or "各项文字没有改动")
        count = len(self.model.chosen)
        self.take.setText(f"采用新版，接收 {count} 项改动" if count else "采用新版，各项保持现在的文字")

    def _build(self) -> None:
        gap = style.metrics.gap
        self.lead.setWordWrap(True)
        self.error.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(gap)
        foot.addWidget(self.take)
        foot.addWidget(self.cancel)
        foot.addWidget(self.summary)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap, gap * 2, gap)
        column.setSpacing(gap)
        column.addWidget(self.heading)
        column.addWidget(self.lead)
        column.addWidget(self.table, 1)
        column.addWidget(self.error)
        column.addLayout(foot)


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
