"""What stands where a list has nothing to show: what belongs there, and the button that begins."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.tables.list_setup import ListSetup


class EmptyPage(QWidget):
    """`begun` when the first step is asked for."""

    begun = Signal()

    def __init__(self, setup: ListSetup, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup = setup
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "secondary")
        self.step = QPushButton(setup.first_step)
        self.step.setProperty("kind", "primary")
        self.step.clicked.connect(self.begun)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.addWidget(self.words)
        line = QHBoxLayout()
        line.addWidget(self.step)
        line.addStretch(1)
        rows.addLayout(line)
        rows.addStretch(1)

    def say(self, *, filtered: bool) -> None:
        """Say why nothing is seen: there is nothing, or what is there is filtered away."""
        self.words.setText("没有符合条件的记录；清除查找或筛选再看。" if filtered else self._setup.empty)
        begins = bool(self._setup.first_step) and not filtered
        self.step.setVisible(begins)
        self.setFocusProxy(self.step if begins else self.words)
