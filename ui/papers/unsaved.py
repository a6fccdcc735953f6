"""Papers that were begun but not yet saved when the program ended: offered again, in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui import style
from ui.context import Context
from xuncha_desktop.services import lists
from xuncha_desktop.store.drafts import Draft


class UnsavedPapers(QFrame):
    """A line over the screen; hidden when there is nothing to offer."""

    taken = Signal(str, dict)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._context = context
        self._draft: Draft | None = None
        row = QHBoxLayout(self)
        gap = style.metrics.gap
        row.setContentsMargins(gap * 2, gap, gap, gap)
        self.words = QLabel("发现一份没有存下的新底稿。")
        self.words.setProperty("role", "warning")
        keep, discard = QPushButton("恢复"), QPushButton("丢弃")
        keep.clicked.connect(self._take)
        discard.clicked.connect(self._discard)
        row.addWidget(self.words, 1)
        row.addWidget(keep)
        row.addWidget(discard)
        self.hide()

    def look(self, shown: str = "") -> None:
        """Look for drafts of papers that do not exist yet; the one now shown is being written."""
        self._context.flush_drafts()
        drafts = [draft for draft in self._context.drafts.every() if draft.entity == "paper" and draft.context]
        known = {shown, *lists.existing(self._context.store, "paper", [draft.record for draft in drafts])}
        self._draft = next((draft for draft in drafts if draft.record not in known), None)
        self.setVisible(self._draft is not None)

    def _take(self) -> None:
        if self._draft is not None:
            self.hide()
            self.taken.emit(self._draft.record, self._draft.context)

    def _discard(self) -> None:
        if self._draft is not None:
            self._context.write_draft(self._context.drafts.drop, "paper", self._draft.record)
            self.look()
