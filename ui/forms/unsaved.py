"""Records that were begun but not yet saved when the program ended: offered again, in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui import style
from ui.context import Context
from xuncha_desktop.services import lists
from xuncha_desktop.store.drafts import Draft


class Unsaved(QFrame):
    """A line over the screen; hidden when there is nothing to offer."""

    taken = Signal(str, dict)

    def __init__(self, context: Context, entity: str, words: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._context, self._entity = context, entity
        self.draft: Draft | None = None
        row = QHBoxLayout(self)
        gap = style.metrics.gap
        row.setContentsMargins(gap * 2, gap, gap, gap)
        self.words = QLabel(words)
        self.words.setProperty("role", "warning")
        self.keep, self.discard = QPushButton("恢复"), QPushButton("丢弃")
        self.keep.clicked.connect(self._take)
        self.discard.clicked.connect(self._discard)
        row.addWidget(self.words, 1)
        row.addWidget(self.keep)
        row.addWidget(self.discard)
        self.hide()

    def look(self, shown: str = "") -> None:
        """Look for drafts of records that do not exist yet; the one now shown is being written."""
        self._context.flush_drafts()
        drafts = [draft for draft in self._context.drafts.every() if draft.entity == self._entity and draft.context]
        known = {shown, *lists.existing(self._context.store, self._entity, [draft.record for draft in drafts])}
        self.draft = next((draft for draft in drafts if draft.record not in known), None)
        self.setVisible(self.draft is not None)

    def _take(self) -> None:
        if self.draft is not None:
            self.hide()
            self.taken.emit(self.draft.record, self.draft.context)

    def _discard(self) -> None:
        if self.draft is not None:
            self._context.write_draft(self._context.drafts.drop, self._entity, self.draft.record)
            self.look()
