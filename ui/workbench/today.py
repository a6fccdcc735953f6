"""The first view of the workbench: what wants doing on the left, where the problems lie on the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.workbench.behind import open_figure
from ui.workbench.chart_box import ChartBox
from ui.workbench.task_lists import TaskLists
from xuncha_desktop.services.figures import CHARTS, Figure
from xuncha_desktop.services.workbench import Overview

_TWO_COLUMNS = 800
_BETWEEN, _UNDER = 32, 24


class Today(QWidget):
    """One column where the window is narrow; `told` says what was copied."""

    told = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.tasks = TaskLists(context)
        self.charts = {name: self._box(title) for name, title in CHARTS.items()}
        self._columns = 0
        self._right = QWidget()
        self._boxes = QVBoxLayout(self._right)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        for box in self.charts.values():
            self._boxes.addWidget(box)
        self._boxes.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        style.sized(self, Today._space)

    def show_overview(self, found: Overview) -> None:
        """Show the lists and the charts as they are now."""
        self.tasks.show_overview(found)
        for chart in found.charts:
            self.charts[chart.name].show_chart(chart)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the window is narrow."""
        super().resizeEvent(event)
        self._place()

    def _box(self, title: str) -> ChartBox:
        box = ChartBox(title)

        def open_bar(figure: Figure, line: int) -> None:
            open_figure(self._context, figure, f"{title}：{figure.label}", box.chart, box.chart.place(line))

        box.chosen.connect(open_bar)
        box.chart.copied.connect(self.told)
        return box

    def _space(self) -> None:
        self._boxes.setSpacing(style.metrics.scaled(_UNDER))
        self._grid.setHorizontalSpacing(style.metrics.scaled(_BETWEEN))
        self._grid.setVerticalSpacing(style.metrics.scaled(_UNDER))

    def _place(self) -> None:
        wide = self.width() >= style.metrics.scaled(_TWO_COLUMNS)
        columns = 2 if wide else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.addWidget(self.tasks, 0, 0)
        self._grid.addWidget(self._right, 0 if wide else 1, 1 if wide else 0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2 if wide else 0)
