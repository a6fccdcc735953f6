"""The part of the status line that shows a running job: what, how far, how long, and 取消."""

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.job_runner import JobRunner
from ui.style import metrics

_SHOW_AFTER_MS = 300
_ESTIMATE_AFTER_S = 2.0


class JobBar(QWidget):
    """Shows the runner's present job; hidden while nothing runs, and for jobs too short to read about."""

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._began = 0.0
        self._steps = (0, 0)
        self._what = QLabel()
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName("进度")
        self._long = QLabel()
        self._long.setProperty("role", "secondary")
        self._cancel = QPushButton("取消")
        self._cancel.setProperty("kind", "link")
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.gap, 0, metrics.gap, 0)
        row.setSpacing(metrics.gap)
        for part in (self._what, self._bar, self._long, self._cancel):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SHOW_AFTER_MS)
        self._delay.timeout.connect(self.show)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show_time)
        runner.started.connect(self._begin)
        runner.progressed.connect(self._show_step)
        runner.finished.connect(self._end)
        self.hide()

    def _begin(self, title: str) -> None:
        self._began = time.monotonic()
        self._steps = (0, 0)
        self._bar.setRange(0, 0)
        self._what.setText(title)
        self._long.clear()
        self._cancel.setEnabled(True)
        self._clock.start()
        self._delay.start()

    def _show_step(self, title: str, done: int, total: int, text: str) -> None:
        self._steps = (done, total)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(f"{title}：{text}" if text else title)
        self._show_time()

    def _show_time(self) -> None:
        passed = time.monotonic() - self._began
        done, total = self._steps
        if passed < _ESTIMATE_AFTER_S:
            self._long.clear()
        elif 0 < done < total:
            self._long.setText(f"{done} / {total}，约还需 {_words(passed / done * (total - done))}")
        else:
            self._long.setText(f"已用 {_words(passed)}")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._what.setText("正在取消…")
        self._runner.cancel()

    def _end(self) -> None:
        self._delay.stop()
        self._clock.stop()
        self.hide()


def _words(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} 秒" if whole < 90 else f"{round(whole / 60)} 分钟"
