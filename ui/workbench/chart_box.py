"""A chart with its title; a chosen bar lists the papers it counts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.charts.bars import Bar, BarChart
from ui.forms.picker import Option, pick

Behind = Callable[[str], Sequence[tuple[str, str]]]  # label of a bar -> id and title of its papers


class ChartBox(QWidget):
    """`opened` gives the paper picked from a bar."""

    opened = Signal(str)

    def __init__(self, title: str, behind: Behind) -> None:
        super().__init__()
        self._behind = behind
        self.chart = BarChart(title)
        self.chart.chosen.connect(self._list)
        self._anchor = QWidget(self.chart)
        self._anchor.hide()
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "section")
        menu = QToolButton()
        menu.setProperty("kind", "quiet")
        menu.setToolTip("复制图表")
        menu.setAccessibleName(f"{title}：复制图表")
        style.set_icon(menu, "copy", "secondary")
        menu.clicked.connect(lambda: self.chart.menu().popup(menu.mapToGlobal(menu.rect().bottomLeft())))
        line = QFrame()
        line.setObjectName("line")
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(menu)
        head.addStrut(style.metrics.scaled(28))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self.chart)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these; a chart without bars is not shown at all."""
        self.setVisible(bool(bars))
        self.chart.show_bars(bars)

    def _list(self, label: str) -> None:
        found = self._behind(label)
        if found:
            self._anchor.setGeometry(self.chart.place(label))
            pick(self._anchor, [Option(record, title) for record, title in found], (), self.opened.emit)
