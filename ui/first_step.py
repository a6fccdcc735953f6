"""What stands where nothing is yet: a sentence that says what belongs here, and the button that begins."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style


class FirstStep(QWidget):
    """`asked` when the first step is taken."""

    asked = Signal()

    def __init__(self, sentence: str, step: str) -> None:
        super().__init__()
        words = QLabel(sentence)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setProperty("role", "secondary")
        self.button = QPushButton(step)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.asked)
        self.setFocusProxy(self.button)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        gap = style.metrics.wide_gap
        column.setContentsMargins(0, gap, gap, gap)
        column.setSpacing(gap)
        column.addWidget(words)
        column.addLayout(line)
        column.addStretch(1)
