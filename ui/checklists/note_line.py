"""A line above the list that says something of the checklist as a whole, with what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import style
from ui.elided_label import ElidedLabel


class NoteLine(QWidget):
    """Hidden while there is nothing to say; `asked` when the button is pressed."""

    asked = Signal()

    def __init__(self, verb: str) -> None:
        super().__init__()
        self.words = ElidedLabel("secondary")
        self.button = QPushButton(verb)
        self.button.setProperty("kind", "link")
        self.button.clicked.connect(self.asked)
        gap = style.metrics.gap
        row = QHBoxLayout(self)
        row.setContentsMargins(gap * 2, 0, gap, 0)
        row.setSpacing(gap)
        row.addWidget(self.words)
        row.addWidget(self.button)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say this; nothing hides the line."""
        self.words.setText(sentence)
        self.setVisible(bool(sentence))
