"""The line over a list that was opened from a number: which records it is kept to, and the way back to all."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui import style


@dataclass(frozen=True, slots=True)
class Only:
    """Records that a list is kept to, and what they have in common."""

    words: str
    records: tuple[str, ...]
    inspection: str  # where the number was read: in another one it says nothing


class OnlyLine(QWidget):
    """`cleared` when all records are wanted again."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "accent")
        self.clear = QPushButton("显示全部")
        self.clear.setProperty("kind", "link")
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.metrics.gap * 2, 0, style.metrics.gap, 0)
        row.setSpacing(style.metrics.gap)
        row.addWidget(self.words, 1)
        row.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignTop)

    def show_only(self, only: Only | None) -> None:
        """Say what the list is kept to."""
        self.words.setText(f"只看：{only.words}" if only else "")
        self.setVisible(only is not None)
