"""报告全文: the report as it would be exported now, following what is typed, and what the checks find in it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.reports.fault_list import FaultList
from ui.reports.report_view import ReportView
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import report_lines
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.report_lines import Line
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services.report_checks import passages
from xuncha_desktop.services.report_checks.examining import examine
from xuncha_desktop.services.report_checks.passages import Draft, Fault
from xuncha_desktop.services.report_checks.repairing import repair

_PAUSE_MS = 400  # after the last key
_NOTE = "文字、标题、次序与导出的一样；换行、分页以导出的文件为准，表格在这里按行列出。"


class WholeReport(QWidget):
    """Reads and checks beside the window; asks for nothing while it is hidden."""

    asked = Signal(str, str, str, int, int)  # entity, record, field, place, and how many characters to choose
    leave_asked = Signal()  # what is being typed is to be saved first

    def __init__(self, context: Context, typed: Callable[[], Mapping[str, Any]], is_draft: Callable[[], bool]) -> None:
        super().__init__()
        self._context = context
        self._typed = typed
        self._is_draft = is_draft
        self._runner = context.quiet_runner(self)
        self._draft: Draft | None = None  # as the case was read last
        self._stale = True  # the case was changed since
        self._again = False  # asked for while a job was under way
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._work)
        self.note = QLabel(_NOTE, self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        gap = style.metrics.gap
        self.note.setContentsMargins(gap * 2, gap, gap * 2, gap)
        self.view = ReportView(context.settings.font_faces)
        self.faults = FaultList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addWidget(self.faults)
        self.setFocusProxy(self.view)
        self.view.asked.connect(lambda *place: self.asked.emit(*place, 0))
        self.faults.asked.connect(self._lead)
        self.faults.repair_asked.connect(self._repair)
        context.ending.connect(self._stop)

    def refresh(self) -> None:
        """The case has changed: read it again."""
        self._stale = True
        if self.isVisible():
            # Once the form has taken the news over, too: what it shows counts as typed.
            QTimer.singleShot(0, self, self._work)

    def follow(self) -> None:
        """Something was typed: show it soon."""
        if self.isVisible():
            self._soon.start()

    def _work(self) -> None:
        if self._runner.busy:
            self._again = True
            return
        store, inspection = self._context.store, self._context.inspection
        if not inspection:
            self.view.show_lines([])
            self.faults.show_faults([])
            return
        known, typed = None if self._stale else self._draft, dict(self._typed())
        as_draft = self._is_draft()
        self._stale = False

        def job(progress: Progress) -> tuple[Draft, list[Line], list[Fault]]:
            draft = known or passages.read(store, inspection)
            written = passages.with_typed(draft, typed)
            return draft, report_lines.of_report(written.data, draft=as_draft), examine(written)

        self._runner.start("报告全文", job, self._take, self._failed)

    def _take(self, result: tuple[Draft, list[Line], list[Fault]]) -> None:
        self._draft, lines, faults = result
        self.note.setText(_NOTE)
        self.view.show_lines(lines)
        self.faults.show_faults(faults, sum(line.text.count(GAP) for line in lines))
        self._go_on()

    def _failed(self, error: UserError) -> None:
        self._stale = True
        self.note.setText(str(error))
        self._go_on()

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self._soon.start()

    def _lead(self, fault: Fault) -> None:
        if place := fault.passage:
            self.asked.emit(place.entity, place.record, place.field, fault.start, fault.length)

    def _repair(self, faults: list[Fault]) -> None:
        self.leave_asked.emit()
        try:
            repaired = repair(self._context.store, self._context.inspection, faults)
        except UserError as error:
            self._context.told.emit(str(error))
            return
        left = f"；还有 {repaired.left} 处没有改，核对结果会再列出" if repaired.left else ""
        self._context.told.emit(f"已改正 {repaired.done} 处{left}")

    def showEvent(self, event: QShowEvent) -> None:
        """What happened while nobody looked is read now."""
        super().showEvent(event)
        self._work()

    def _stop(self) -> None:
        self._soon.stop()
        self.view.stop()
