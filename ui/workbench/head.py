"""The top of the workbench: how far the stay is, how much there is in one line, and the choice of a view."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.workbench.chips import FigureChips
from xuncha_desktop.model.show import money
from xuncha_desktop.services import figures
from xuncha_desktop.services.figures import Figure
from xuncha_desktop.services.workbench import Overview

VIEWS = {"today": "待办和图表", "members": "按成员", "units": "按单位"}


class Head(QWidget):
    """`date_asked` gives the date that is missing, `view_chosen` a key of `VIEWS`."""

    date_asked = Signal(str)
    papers_asked = Signal()
    view_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._field = ""
        self.title = _label("title")
        self.ask = QPushButton()
        self.ask.setProperty("kind", "link")
        self.ask.clicked.connect(lambda: self.date_asked.emit(self._field))
        self.summary = QToolButton()
        self.summary.setProperty("kind", "quiet")
        self.summary.setToolTip("看全部底稿，列表下面有金额合计")
        self.summary.clicked.connect(self.papers_asked)
        self.numbers = FigureChips()
        self.views = {name: self._view(name, words) for name, words in VIEWS.items()}
        group = QButtonGroup(self)
        first = QHBoxLayout()
        first.setSpacing(style.metrics.gap)
        first.addWidget(self.title)
        first.addWidget(self.ask)
        first.addStretch(1)
        for button in self.views.values():
            group.addButton(button)
            first.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(style.metrics.gap)
        second.addWidget(self.summary)
        second.addWidget(self.numbers, 1)
        column.addLayout(second)

    def show_overview(self, found: Overview) -> None:
        """Say how far the stay is and what there is."""
        self.title.setText(found.headline.words)
        self.title.setVisible(bool(found.headline.words))
        self.ask.setText(found.headline.ask)
        self.ask.setVisible(bool(found.headline.ask))
        self._field = found.headline.field
        amount = f"，涉及 {money(found.amount)} 万元" if found.amount else ""
        self.summary.setText(f"底稿 {found.papers:,} 份{amount}")
        self.numbers.show_figures(_wanting(found))
        self.views["units"].setVisible(bool(found.units.lines))
        self.views["units"].setText(f"{VIEWS['units']} {len(found.units.lines)}")

    def mark(self, view: str) -> None:
        """Mark the view that is seen."""
        self.views[view].setChecked(True)

    def _view(self, name: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setProperty("kind", "chip")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.view_chosen.emit(name))
        return button


def _wanting(found: Overview) -> list[Figure]:
    must = (item.result for item in found.must_open)
    every = [
        figures.of_due("逾期", (each for each in found.due if each.late)),
        replace(found.lacking, label="还缺内容"),
        figures.of_records("必查没有开始", "check_result", must),
    ]
    return [figure for figure in every if figure.count]


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
