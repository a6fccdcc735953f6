"""A chart with its title and the button that copies it; a chosen bar leads to what it counts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.charts.bar_lines import Bar
from ui.charts.bars import BarChart
from ui.tables.states import STATE_ROLES, STATE_SHAPES
from xuncha_desktop.services.figures import Chart, Figure

_ROLES = {"heading": "ok"}  # colour of all bars of a chart; else the accent


class ChartBox(QWidget):
    """`chosen` gives the figure of a bar and its line."""

    chosen = Signal(object, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._figures: Sequence[Figure] = ()
        self.chart = BarChart(title)
        self.chart.chosen.connect(lambda line: self.chosen.emit(self._figures[line], line))
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "section")
        style.at_least(heading, 28)
        self.copy = QToolButton()
        self.copy.setText("复制")
        self.copy.setProperty("kind", "quiet")
        self.copy.setToolTip("复制图片和数据　Ctrl+C；在图上按右键可以只复制其中一种")
        self.copy.setAccessibleName(f"{title}：复制图片和数据")
        self.copy.clicked.connect(self.chart.copy)
        line = QFrame()
        line.setObjectName("line")
        head = QHBoxLayout()
        head.addWidget(heading)
        head.addStretch(1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self.chart)

    def show_chart(self, chart: Chart) -> None:
        """Draw its figures; a chart without any is not shown at all."""
        self._figures = chart.figures
        self.setVisible(bool(chart.figures))
        self.chart.show_bars([_bar(chart.name, figure) for figure in chart.figures])


def _bar(chart: str, figure: Figure) -> Bar:
    if chart == "state":
        role = STATE_ROLES.get(figure.label, "secondary")
        return Bar(figure.label, figure.count, role, STATE_SHAPES[role])
    return Bar(figure.label, figure.count, _ROLES.get(chart, "accent"))
