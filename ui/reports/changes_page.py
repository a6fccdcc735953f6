"""与上次相比: what changed in the report since a hearing or an export, or between two exports."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.first_step import FirstStep
from ui.marked_text import LEGEND
from ui.reports.changes_view import ChangesView
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import report_changes
from xuncha_desktop.exports.report_changes import NEVER, Change
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import hearings

_NOW = "现在的报告"
_Wanted = tuple[str, str]  # the exports of both sides; "" for the report as it is now


class ChangesPage(QWidget):
    """Compares beside the window, and only while somebody looks."""

    asked = Signal(str, str, str, int, int)  # entity, record, field, place, and how many characters to choose
    export_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.quiet_runner(self)
        self._stale = True
        self._again = False  # asked for while a comparison was under way
        self._by_hand = False  # the earlier side was chosen, not proposed
        self._found: Sequence[Change] = ()
        self.since, self.until = _chooser("与哪一次的报告相比"), _chooser("哪一份报告来比")
        self.verdict = _words("section")
        self.legend = _words("secondary")
        self.legend.setText(f"单击一处，到写它的地方；{LEGEND}。")
        self.copy = QPushButton("复制为文字")
        self.copy.setToolTip("全部改动成为一段文字，可以粘贴到别处")
        style.set_icon(self.copy, "copy")
        self.view = ChangesView()
        self.first = FirstStep(NEVER, "导出报告")
        self.first.setContentsMargins(style.metrics.wide_gap, 0, 0, 0)
        self.stack = QStackedWidget()
        self._build()
        self.since.activated.connect(self._choose)
        self.until.activated.connect(self._work)
        self.copy.clicked.connect(self._copy)
        self.view.asked.connect(self.asked)
        self.first.asked.connect(self.export_asked)
        context.ending.connect(self.view.stop)

    def refresh(self) -> None:
        """The case has changed: read again what there is to compare, and compare."""
        self._stale = True
        if self.isVisible():
            self._work()

    def showEvent(self, event: QShowEvent) -> None:
        """What happened while nobody looked is read now."""
        super().showEvent(event)
        if self._stale:
            self._work()

    def _choose(self) -> None:
        self._by_hand = True
        self._work()

    def _work(self) -> None:
        if self._runner.busy:
            self._again = True
            return
        self._offer()
        wanted, store, inspection = self._wanted(), self._context.store, self._context.inspection
        self._stale = False
        self.first.button.setEnabled(bool(inspection))
        self.stack.setCurrentIndex(1 if wanted[0] else 0)
        if not wanted[0]:
            return

        def job(progress: Progress) -> tuple[_Wanted, list[Change]]:
            return wanted, report_changes.compare(store, inspection, *wanted, progress)

        self._runner.start("与上次相比", job, self._take, self._failed)

    def _offer(self) -> None:
        """What can be chosen on both sides; a choice made by hand stays."""
        inspection = self._context.inspection
        bases = hearings.bases(self._context.store, inspection) if inspection else []
        if not self._by_hand:
            self.since.clear()
        _fill(self.since, [(base.words, base.export) for base in bases])
        _fill(self.until, [(_NOW, ""), *((base.words, base.export) for base in bases if not base.of_hearing)])

    def _wanted(self) -> _Wanted:
        return self.since.currentData() or "", self.until.currentData() or ""

    def _take(self, result: tuple[_Wanted, list[Change]]) -> None:
        wanted, found = result
        if wanted == self._wanted():
            self._found = found
            self.view.show_changes(found)
            self.view.setVisible(bool(found))
            told = report_changes.summary(found)
            self.verdict.setText(told if found else f"{told}：两份报告的文字、次序和数字都一样。")
            self._offer_copy()
        self._go_on()

    def _failed(self, error: UserError) -> None:
        self._found = ()
        self.view.show_changes(())
        self.verdict.setText(str(error))
        self._offer_copy()
        self._go_on()

    def _offer_copy(self) -> None:
        self.copy.setEnabled(bool(self._found))
        self.legend.setVisible(bool(self._found))

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self._work()

    def _copy(self) -> None:
        between = f"{self.until.currentText()}与{self.since.currentText()}相比："
        lines = [between, report_changes.summary(self._found), *report_changes.words(self._found)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._context.told.emit(f"已复制 {len(self._found):,} 处改动")

    def _build(self) -> None:
        gap = style.metrics.gap
        sides = QHBoxLayout()
        sides.setSpacing(gap)
        for words, chooser, share in (("从", self.since, 3), ("到", self.until, 2)):
            sides.addWidget(QLabel(words))
            sides.addWidget(chooser, share)
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(gap * 2, 0, gap * 2, gap)
        top.setSpacing(gap)
        top.addLayout(sides)
        top.addLayout(head)
        top.addWidget(self.legend)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(top)
        inner.addWidget(self.view, 1)
        inner.addStretch(0)  # the head stays on top where there is nothing to show below
        self.stack.addWidget(self.first)
        self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)


def _chooser(spoken: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(spoken)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    return made


def _fill(chooser: QComboBox, options: Sequence[tuple[str, str]]) -> None:
    """Offer these; what is chosen stays chosen, or else the first is."""
    kept = (chooser.currentText(), chooser.currentData())
    with QSignalBlocker(chooser):
        chooser.clear()
        for words, export in options:
            chooser.addItem(words, export)
        chooser.setCurrentIndex(options.index(kept) if kept in options else min(0, len(options) - 1))
    chooser.setToolTip(chooser.currentText())  # which a narrow window cuts off


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
