"""工作台: what is late and missing, how far the stay is, the eight counters, who has what, where the problems lie."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.first_step import FirstStep
from ui.screen import Screen
from ui.workbench.behind import open_figure
from ui.workbench.counters import Counters
from ui.workbench.figure_table import FigureTable
from ui.workbench.head import Head
from ui.workbench.left_over import LeftOverNotice
from ui.workbench.reading import OverviewReader
from ui.workbench.today import Today
from xuncha_desktop.services import inspections, workbench
from xuncha_desktop.services.counters import Counter8
from xuncha_desktop.services.figures import Figure
from xuncha_desktop.store.journal import Changes

_NO_INSPECTION = "还没有巡察任务。先新增一项：选单位、轮次和进驻日期，清单随单位自动带出。"
_VIEW = "workbench-view"  # key of the remembered layouts


class WorkbenchScreen(Screen):
    """The first thing seen in the morning: it says what to do next."""

    NAME = "workbench"
    WATCHES = frozenset(
        {"paper", "paper_party", "citation", "evidence", "check_result", "check_item", "inspection", "unit", "link"}
        | {"report", "report_entry", "problem_type", "round", "heading_set", "heading", "member", "inspector"}
        | {"interview", "borrowing", "petition", "visit", "visit_request", "poll", "voucher", "quick_fix"}
        | {"fact_check", "meeting", "decision"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.head = Head()
        self.left_over = LeftOverNotice(context)
        self.counters = Counters()
        self.today = Today(context)
        self.members = FigureTable("成员", "职务", leads=False)
        self.units = FigureTable("单位", "驻点", leads=True)
        self.no_inspection = FirstStep(_NO_INSPECTION, "新增巡察任务")
        self.shown: workbench.Overview | None = None
        self.reader = OverviewReader(context)
        self._build()
        self.reader.read.connect(self._show)
        self.head.date_asked.connect(lambda field: context.open_record.emit(f"inspection.{field}", context.inspection))
        self.head.numbers.chosen.connect(lambda figure, at: self._open(at, figure, f"{figure.label}的底稿", at.rect()))
        self.head.papers_asked.connect(lambda: self.context.open_list.emit("paper", "", None))
        self.head.view_chosen.connect(self._choose_view)
        self.today.told.connect(context.told)
        self.counters.chosen.connect(self._open_counter)
        self.members.chosen.connect(lambda *figure: self._open(self.members, *figure))
        self.units.chosen.connect(lambda *figure: self._open(self.units, *figure))
        self.units.named.connect(context.choose_inspection)
        self.no_inspection.asked.connect(lambda: context.open_record.emit("inspection", ""))

    def refresh(self, news: Changes | None) -> None:
        """Read everything again, beside the window; until then the last picture stays."""
        if self.context.inspection not in inspections.every(self.context.store):
            self.pages.setCurrentWidget(self.no_inspection)
            return
        if self.shown is None or self.shown.inspection != self.context.inspection:
            self.pages.setCurrentWidget(self._nothing_yet)
        self.reader.ask(self.context.inspection)

    def showEvent(self, event: QShowEvent) -> None:
        """What was left over may have been kept or thrown away meanwhile."""
        super().showEvent(event)
        self.left_over.look()

    def new_record(self) -> None:
        """Ctrl+N: a paper, wherever one is."""
        if self.context.inspection:
            self.context.new_paper.emit({})
        else:
            self.context.open_record.emit("inspection", "")

    def _show(self, found: workbench.Overview) -> None:
        if found.inspection != self.context.inspection:
            return
        self.shown = found
        self.head.show_overview(found)
        self.counters.show_counters(found.counters)
        self._show_view()
        self.pages.setCurrentWidget(self.scrolled)

    def _choose_view(self, name: str) -> None:
        self.context.settings.window_layouts[_VIEW] = name
        self._show_view()

    def _show_view(self) -> None:
        """Fill and show the view chosen last; the one of the units only where there are several."""
        if (found := self.shown) is None:
            return
        chosen = self.context.settings.window_layouts.get(_VIEW, "")
        if chosen == "members":
            self.members.show_table(found.members)
        elif chosen == "units" and found.units.lines:
            self.units.show_table(found.units, found.inspection)
        else:
            chosen = "today"
            self.today.show_overview(found)
        for name, view in (("today", self.today), ("members", self.members), ("units", self.units)):
            view.setVisible(name == chosen)
        self.head.mark(chosen)

    def _open_counter(self, counter: Counter8) -> None:
        if counter.by_hand:
            self.context.open_record.emit(f"inspection.{counter.field}", self.context.inspection)
            return
        records = self.shown.received if self.shown and counter.name == "documents" else None
        words = "已提供的资料" if records is not None else counter.label
        cell = self.counters.cell(counter.name)
        self._open(cell, Figure(counter.label, counter.value, counter.entity, records), words, cell.rect())

    def _open(self, widget: QWidget, figure: Figure, words: str, rect: QRect) -> None:
        open_figure(self.context, figure, words, widget, rect)

    def _build(self) -> None:
        gap = style.metrics.wide_gap
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        for part in (self.head, self.counters, self.today, self.members, self.units):
            column.addWidget(part)
        column.addStretch(1)
        self.scrolled = QScrollArea()
        self.scrolled.setWidgetResizable(True)
        self.scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolled.setWidget(page)
        self._nothing_yet = QWidget()
        self._nothing_yet.setObjectName("page")
        self.pages = QStackedWidget()
        self.no_inspection.setContentsMargins(style.metrics.wide_gap, 0, 0, 0)
        for widget in (self._nothing_yet, self.scrolled, self.no_inspection):
            self.pages.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.left_over)
        outer.addWidget(self.pages)
