"""The line at the bottom: what was saved when, what can be undone, what runs."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from ui import style
from ui.context import Context
from ui.job_bar import JobBar
from ui.reminders import Reminder, Reminders

_OFFER_MS = 15_000


class _Fitting(QLabel):
    """Cut off where there is no room, instead of making the window wider; the tooltip has it whole."""

    def minimumSizeHint(self) -> QSize:
        """Hardly any width."""
        return QSize(0, super().minimumSizeHint().height())


class StatusLine(QFrame):
    """One sentence at a time; an offer to undo stands for fifteen seconds."""

    undo_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("status")
        row = QHBoxLayout(self)
        row.setContentsMargins(style.metrics.wide_gap, 0, style.metrics.gap, 0)
        row.setSpacing(style.metrics.gap)
        style.sized(self, lambda line: line.setFixedHeight(style.metrics.scaled(28)))
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "secondary")
        self.undo = QToolButton()
        self.undo.setText("撤销")
        self.undo.setProperty("kind", "quiet")
        self.undo.hide()
        self.undo.clicked.connect(self._undo)
        self.warning = _Fitting()
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setProperty("role", "warning")
        self.warning.hide()
        row.addWidget(self.words)
        row.addWidget(self.undo)
        row.addStretch(1)
        row.addWidget(self.warning)
        self.reminders = Reminders(context)
        row.addWidget(self.reminders)
        row.addWidget(JobBar(context.jobs))
        self._timer = QTimer(self, singleShot=True, interval=_OFFER_MS)
        self._timer.timeout.connect(self.undo.hide)
        self._waiting = False
        self._warnings = {"drafts": "", "case": ""}
        context.told.connect(self.tell)
        context.undo_offered.connect(self.offer_undo)
        context.bus.changed.connect(lambda _: self._on_news())
        context.locked_out.connect(self._say_waiting)
        context.drafts_stuck.connect(self._say_stuck)

    def tell(self, sentence: str) -> None:
        """Show a sentence until the next one."""
        self.undo.hide()
        self.words.setText(sentence)

    def offer_undo(self, sentence: str) -> None:
        """Show what was done, with 撤销 beside it."""
        self.words.setText(sentence)
        self.undo.show()
        self._timer.start()

    def warn(self, sentence: str, reminders: Sequence[Reminder] = ()) -> None:
        """A lasting line at the right about the case, empty takes it away; beside it what waits for the person."""
        self._warn_of("case", sentence)
        self.reminders.show_reminders(reminders)

    def _undo(self) -> None:
        self.undo.hide()
        self.undo_asked.emit()

    def _on_news(self) -> None:
        """Something was written since: the offer would now take back something else than it names."""
        self.undo.hide()
        self._say_saved()

    def _say_saved(self) -> None:
        self.words.setText(f"已保存 {datetime.now():%H:%M}")

    def _say_stuck(self, sentence: str) -> None:
        if not sentence:
            self.words.setText("草稿已补写")
        self._warn_of("drafts", sentence)

    def _warn_of(self, what: str, sentence: str) -> None:
        self._warnings[what] = sentence
        text = "；".join(filter(None, self._warnings.values()))
        self.warning.setText(text)
        self.warning.setToolTip(text)
        self.warning.setVisible(bool(text))

    def _say_waiting(self, waiting: bool) -> None:
        if waiting:
            self.words.setText("待写入：案卷正忙，写好的文字已在草稿里，稍后自动存入")
        elif self._waiting:
            self._say_saved()
        self._waiting = waiting
