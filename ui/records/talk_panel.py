"""Above a talk: the outline for its kind of person, and what its summary has brought so far."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui import style
from ui.context import Context
from ui.records.words import handed_on
from xuncha_desktop.model.record_choices import PERSON_KINDS
from xuncha_desktop.services import interviews


class TalkPanel(QWidget):
    """One line: 带出提纲 while there is none, and the counts of problems and leads."""

    values_given = Signal(dict)  # fields of the form to fill

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._kind = ""
        self.take = QToolButton()
        self.take.setProperty("kind", "chip")
        self.take.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.take.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        style.set_icon(self.take, "quote", "accent")
        self.take.clicked.connect(lambda: self.values_given.emit({"outline": interviews.outline(self._kind)}))
        self.counts = QLabel()
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self.counts.setProperty("role", "secondary")
        row = QHBoxLayout(self)
        gap = style.metrics.gap
        row.setContentsMargins(gap * 2, 0, gap * 2, gap)
        row.setSpacing(gap)
        row.addWidget(self.take)
        row.addWidget(self.counts)
        row.addStretch(1)
        self.hide()

    def show_record(self, record: str, values: Mapping[str, Any]) -> None:
        """Offer the outline of the person's kind; count the summary."""
        self._kind = values.get("person_kind") or ""
        offered = self._kind in PERSON_KINDS and not values.get("outline")
        self.take.setVisible(offered)
        self.take.setText(f"带出“{PERSON_KINDS.get(self._kind, '')}”谈话提纲")
        found = interviews.tally(values.get("summaries") or ())
        self.counts.setText(handed_on(found))
        self.counts.setVisible(bool(values.get("summaries")))
        self.setVisible(offered or bool(values.get("summaries")))
