"""工作台: what is missing, how far the stay is, the eight counters, and where the problems lie."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.charts.bars import Bar
from ui.context import Context
from ui.first_step import FirstStep
from ui.forms.picker import Option, pick
from ui.screen import Screen
from ui.tables.states import STATE_ROLES, STATE_SHAPES
from ui.workbench.chart_box import ChartBox
from ui.workbench.counters import Counters
from ui.workbench.short_list import Item, ShortList
from xuncha_desktop.model.show import money
from xuncha_desktop.services import inspections, workbench
from xuncha_desktop.store.journal import Changes

_TWO_COLUMNS = 800
_NO_PAPER = "还没有底稿。一事一底稿：写下问题概述，附上证据，缺什么这里会一直列出。"
_NO_INSPECTION = "还没有巡察任务。先新增一项：选单位、轮次和进驻日期，清单随单位自动带出。"
_NO_CHECKLIST = "这项任务没有清单；在“任务”里选定单位或清单后，必查事项列在这里。"


class WorkbenchScreen(Screen):
    """The first thing seen in the morning: it says what to do next."""

    NAME = "workbench"
    TITLE = "工作台"
    ICON = "workbench"
    WATCHES = frozenset(
        {"paper", "paper_party", "citation", "evidence", "check_result", "inspection", "unit", "report_entry"}
        | {"problem_type", "round", "heading_set", "heading"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.title = _label("title")
        self.summary = _label("secondary")
        self.counters = Counters()
        self.lacking = ShortList("还缺内容的底稿")
        self.must = ShortList("必查事项还没有开始")
        self.no_paper = FirstStep(
            "还没有底稿。一事一底稿：写下问题概述，附上证据，缺什么这里会一直列出。", "写第一份底稿"
        )
        self.no_inspection = FirstStep(
            "还没有巡察任务。先新增一项：选单位、轮次和进驻日期，清单随单位自动带出。", "新增巡察任务"
        )
        self.by_level2 = self._chart("问题分类", "by_level2")
        self.by_state = self._chart("底稿状态", "by_state")
        self.by_heading = self._chart("报告标题（已审签）", "by_heading")
        self._columns = 0
        self._build()
        self.counters.chosen.connect(self._fill_in)
        self.lacking.chosen.connect(lambda paper: context.open_record.emit("paper", paper))
        self.must.chosen.connect(lambda result: context.open_record.emit("check_result", result))
        self.no_paper.asked.connect(lambda: context.new_paper.emit({}))
        self.no_inspection.asked.connect(lambda: context.open_record.emit("inspection", ""))

    def refresh(self, news: Changes | None) -> None:
        """Read everything again; it is one short question to the store."""
        if self.context.inspection not in inspections.every(self.context.store):
            self.pages.setCurrentWidget(self.no_inspection)
            return
        self.pages.setCurrentWidget(self.scrolled)
        self._show(workbench.overview(self.context.store, self.context.inspection, date.today()))

    def new_record(self) -> None:
        """Ctrl+N: a paper, wherever one is."""
        if self.context.inspection:
            self.context.new_paper.emit({})
        else:
            self.context.open_record.emit("inspection", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the window is narrow."""
        super().resizeEvent(event)
        self._place()

    def _show(self, found: workbench.Overview) -> None:
        papers = sum(found.by_state.values())
        self.title.setText(_stay_words(found.stay))
        self.summary.setText("　·　".join(_summary(found, papers)))
        self.counters.show_counters(found.counters)
        self.no_paper.setVisible(not papers)
        self.lacking.setVisible(bool(papers))
        gaps = [Item(p.paper, p.title, f"缺：{'、'.join(p.gaps)}", p.number) for p in found.lacking]
        self.lacking.show_items(gaps, "底稿都不缺内容。")
        must = [Item(m.result, m.text, "　·　".join(w for w in (m.area, m.how) if w), m.code) for m in found.must_open]
        self.must.show_items(must, "必查事项都已开始核查。" if found.has_checklist else _NO_CHECKLIST)
        self.by_level2.show_bars([Bar(label, count) for label, count in found.by_level2])
        self.by_state.show_bars([_state_bar(word, count) for word, count in found.by_state.items()])
        counted = any(count for _, count in found.by_heading)
        self.by_heading.show_bars([Bar(label, count, "ok") for label, count in found.by_heading] if counted else [])
        self._place()

    def _fill_in(self, field: str) -> None:
        if field:
            self.context.open_record.emit(f"inspection.{field}", self.context.inspection)
        else:
            self._list_papers()

    def _list_papers(self) -> None:
        found = workbench.papers_behind(self.context.store, self.context.inspection)
        if found:
            options = [Option(record, title) for record, title in found]
            pick(self.counters.cell(""), options, (), lambda paper: self.context.open_record.emit("paper", paper))

    def _chart(self, title: str, of: str) -> ChartBox:
        box = ChartBox(
            title, lambda label: workbench.papers_behind(self.context.store, self.context.inspection, of, label)
        )
        box.opened.connect(lambda paper: self.context.open_record.emit("paper", paper))
        return box

    def _build(self) -> None:
        gap = style.metrics.wide_gap
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        head = QVBoxLayout()
        head.setSpacing(style.metrics.grid)
        head.addWidget(self.title)
        head.addWidget(self.summary)
        column.addLayout(head)
        column.addWidget(self.counters)
        self._work, self._charts = QVBoxLayout(), QVBoxLayout()
        for part, widgets in (
            (self._work, (self.no_paper, self.lacking, self.must)),
            (self._charts, (self.by_level2, self.by_state, self.by_heading)),
        ):
            part.setSpacing(style.metrics.scaled(24))
            for widget in widgets:
                part.addWidget(widget)
            part.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(style.metrics.scaled(32))
        self._grid.setVerticalSpacing(style.metrics.scaled(24))
        column.addLayout(self._grid)
        column.addStretch(1)
        self.scrolled = QScrollArea()
        self.scrolled.setWidgetResizable(True)
        self.scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self.scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolled.setWidget(page)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.scrolled)
        self.pages.addWidget(self.no_inspection)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)

    def _place(self) -> None:
        wide = self.width() >= style.metrics.scaled(_TWO_COLUMNS)
        columns = 2 if wide else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.removeItem(self._work)
        self._grid.removeItem(self._charts)
        self._grid.addLayout(self._work, 0, 0)
        self._grid.addLayout(self._charts, 0 if wide else 1, 1 if wide else 0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2 if wide else 0)


def _stay_words(stay: inspections.Stay) -> str:
    day = f"驻点第 {stay.day} 天" if stay.day else ""
    left = "" if stay.left is None else f"还有 {stay.left} 天" if stay.left else "今天是最后一天"
    return "，".join(part for part in (day, left) if part) or "今天不在驻点期内"


def _summary(found: workbench.Overview, papers: int) -> list[str]:
    lacking, must = len(found.lacking), len(found.must_open)
    parts = [f"底稿 {papers:,} 份，涉及 {money(found.amount)} 万元" if found.amount else f"底稿 {papers:,} 份"]
    parts += [f"{lacking:,} 份还缺内容"] if lacking else []
    return parts + ([f"{must:,} 项必查没有开始"] if must else [])


def _state_bar(word: str, count: int) -> Bar:
    role = STATE_ROLES.get(word, "secondary")
    return Bar(word, count, role, STATE_SHAPES[role])


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
