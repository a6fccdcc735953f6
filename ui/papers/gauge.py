"""What a paper still lacks, met or not, always in sight; a click goes to the field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.forms.flow import FlowLayout
from xuncha_desktop.services.papers import Gap


class Gauge(QFrame):
    """A line of words, each with its mark; where the window is low only those that are missing."""

    asked = Signal(str)  # field

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gauge")
        layout = QVBoxLayout(self)
        gap = style.metrics.gap
        layout.setContentsMargins(gap * 2, gap, gap * 2, gap)
        layout.setSpacing(style.metrics.grid)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "label")
        style.at_least(self.words, 32)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self._flow.setSpacing(style.metrics.grid)
        self._buttons: list[QToolButton] = []
        self._brief, self._count = False, 0
        self._flow.addWidget(self.words)
        layout.addWidget(holder)

    def light_up(self, lit: bool) -> None:
        """Draw the eye here: something was refused for what is missing."""
        if lit != bool(self.property("lit")):
            self.setProperty("lit", lit)
            self.style().polish(self)

    def set_brief(self, brief: bool) -> None:
        """Leave out what is met, or show everything."""
        self._brief = brief
        for place, button in enumerate(self._buttons):
            button.setVisible(place < self._count and not (brief and button.property("met")))

    def show_gaps(self, gaps: Sequence[Gap], *, handed_in: bool = False) -> None:
        """Show which are met; a paper handed in is not told to be handed in."""
        while len(self._buttons) < len(gaps):
            self._add()
        for button, gap in zip(self._buttons, gaps, strict=False):
            # The same width met or not: what moves under the mouse is not what was clicked.
            label = gap.label if gap.met else gap.sentence or gap.label
            words = f"{'☑' if gap.met else '☐'} {label}{'' if gap.blocking else '（建议）'}"
            if button.text() == words:
                continue
            button.setText(words)
            button.setProperty("met", gap.met)
            button.setProperty("field", gap.field)
            button.setAccessibleName(f"{label}：{'已有' if gap.met else '还缺'}")
            button.style().polish(button)
        self._count = len(gaps)
        self.set_brief(self._brief)
        missing = sum(not gap.met and gap.blocking for gap in gaps)
        ready = f"必填内容已齐，{'已' if handed_in else '可以'}提交复核，审签后写入报告"
        self.words.setText(f"还缺 {missing} 项才能提交、审签，写入报告" if missing else ready)

    def _add(self) -> None:
        button = QToolButton()
        button.setProperty("kind", "gap")
        button.clicked.connect(lambda: self.asked.emit(button.property("field")))
        self._flow.addWidget(button)
        self._buttons.append(button)
