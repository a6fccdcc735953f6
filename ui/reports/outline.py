"""The outline of the report: headings with their approved papers, in the order they will be printed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.reports.section import HeadingSection
from ui.reports.unapproved import Unapproved
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.show import money
from xuncha_desktop.services import reports


class Outline(QScrollArea):
    """Sections stay while the headings stay, so that nobody loses the place being worked at."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._inspection = ""
        self._plan: list[reports.Section] = []
        self.sections: list[HeadingSection] = []
        self.unapproved = Unapproved(context)
        self.unapproved.opened.connect(self.opened)
        self.unapproved.line.turned.connect(self._follow_fold)
        self.nothing = QLabel()
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(16, 16, 16, 16)
        page = QWidget()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.nothing)
        self._column.addWidget(self.unapproved)
        self._column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def refresh(self) -> None:
        """Read the plan again; what is chosen, typed and scrolled to stays."""
        inspection = self._context.inspection
        plan = self._plan = reports.plan(self._context.store, inspection) if inspection else []
        headings = [section.heading for section in plan]
        if inspection != self._inspection or headings != [section.heading for section in self.sections]:
            self._inspection = inspection
            self._build(plan)
        number = 0
        for widget, section in zip(self.sections, plan, strict=True):
            printed = section.heading is not None and any(not entry.left_out for entry in section.entries)
            number += printed
            widget.show_section(section, number if printed else 0)
        self.nothing.setText(_why_empty(inspection, plan))
        self.nothing.setVisible(bool(self.nothing.text()))
        self.unapproved.setVisible(bool(inspection))
        if inspection:
            self.unapproved.refresh()

    def leave(self) -> None:
        """Save connecting texts being typed."""
        for section in self.sections:
            if section.text is not None:
                section.text.leave()

    def focus_first(self) -> None:
        """Stand on the paper stood on before, or the first."""
        chosen = next((section.entries for section in self.sections if section.entries.currentRow() >= 0), None)
        if chosen is not None:
            chosen.setFocus()
        else:
            self._step(-1, 1)

    def select(self, paper: str) -> None:
        """Stand on a paper and bring it into view."""
        for section in self.sections:
            if section.entries.select(paper):
                self._show_row(section)

    def focus_text(self, heading: str, start: int, length: int) -> None:
        """Put the cursor into the connecting text of a heading."""
        for section in self.sections:
            if section.heading == heading and section.text is not None:
                section.text.focus_passage(start, length)
                self.ensureWidgetVisible(section.text)

    def words(self) -> str:
        """What the report says now, in numbers."""
        shown = [entry for section in self._plan for entry in section.entries if not entry.left_out]
        amount = sum(entry.amount or 0 for entry in shown)
        money_words = f"，涉及 {money(amount)} 万元" if amount else ""
        return f"写入 {len(shown)} 个问题{money_words}" if shown else ""

    def _follow_fold(self, opened: bool) -> None:
        """What was unfolded at the lower edge comes into view, once it has its height."""
        if opened:
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.unapproved))

    def _build(self, plan: list[reports.Section]) -> None:
        self.leave()
        for section in self.sections:
            self._column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self.sections = []
        for place, section in enumerate(plan):
            widget = HeadingSection(self._context, self._inspection, section)
            entries = widget.entries
            entries.opened.connect(self.opened)
            entries.toggled.connect(self._leave_out)
            entries.arranged.connect(self._arrange)
            entries.currentRowChanged.connect(lambda row, widget=widget: self._stand_on(widget, row))
            entries.edge_passed.connect(lambda by, place=place: self._step(place, by))
            self._column.insertWidget(place, widget)
            self.sections.append(widget)

    def _leave_out(self, paper: str, left_out: bool) -> None:
        self._write(lambda: reports.leave_out(self._context.store, self._inspection, paper, left_out))

    def _arrange(self, papers: list[str]) -> None:
        self._write(lambda: reports.arrange(self._context.store, self._inspection, papers))

    def _write(self, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            self._context.told.emit(str(error))
            self.refresh()

    def _step(self, place: int, by: int) -> None:
        """Go on to the next heading that has papers."""
        place += by
        while 0 <= place < len(self.sections):
            entries = self.sections[place].entries
            if entries.count():
                entries.setCurrentRow(0 if by > 0 else entries.count() - 1)
                entries.setFocus()
                return
            place += by

    def _stand_on(self, section: HeadingSection, row: int) -> None:
        if row < 0:
            return
        for other in self.sections:
            if other is not section:
                other.entries.setCurrentRow(-1)
                other.entries.clearSelection()
        self._show_row(section)

    def _show_row(self, section: HeadingSection) -> None:
        row = section.entries.currentRow()
        if row >= 0 and self.widget():
            height = style.metrics.two_line_row
            top = section.y() + section.entries.y() + row * height
            self.ensureVisible(0, top + height // 2, 0, height)


def _why_empty(inspection: str, plan: list[reports.Section]) -> str:
    if not inspection:
        return "还没有巡察任务；请先到“任务”新增一项，报告按任务编写。"
    if not plan:
        return "本轮没有选报告框架；请到“任务”打开轮次，选三个聚焦、四个聚焦或四个落实。"
    return ""
