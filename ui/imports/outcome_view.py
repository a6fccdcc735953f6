"""One row as the record it becomes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import style
from xuncha_desktop.services.imports.outcome import Filled


class OutcomeView(QScrollArea):
    """Field by field; what the program proposes is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("这一行将成为")
        self.head = _label("section")
        self.lines: list[tuple[QLabel, QLabel]] = []
        page = QWidget()
        page.setObjectName("page")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(style.metrics.gap)
        self._grid.setVerticalSpacing(style.metrics.grid)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(style.metrics.gap, style.metrics.gap, style.metrics.gap, style.metrics.gap)
        column.setSpacing(style.metrics.gap)
        column.addWidget(self.head)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(page)

    def show_row(self, title: str, filled: list[Filled]) -> None:
        """The fields of a record; none where the row becomes none."""
        self.head.setText(title)
        while len(self.lines) < len(filled):
            pair = (_label("secondary"), _label("text"))
            for place, label in enumerate(pair):
                self._grid.addWidget(label, len(self.lines), place, Qt.AlignmentFlag.AlignTop)
            self.lines.append(pair)
        for place, (name, words) in enumerate(self.lines):
            there = place < len(filled)
            name.setVisible(there)
            words.setVisible(there)
            if there:
                name.setText(filled[place].label)
                words.setText(filled[place].words + ("（自动）" if filled[place].derived else ""))


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    if role == "secondary":
        style.sized(label, lambda label: label.setFixedWidth(style.metrics.scaled(96)))
    return label
