"""Runs long work beside the window, one job after another, and tells of it on the UI thread.

A job is a plain function that takes a `Progress`; it knows nothing of Qt. The worker thread touches one QObject,
the bridge whose signal brings the end of the job back: Python's collector may free objects on any thread, and a
widget freed there takes the program with it.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress

T = TypeVar("T")
NEWS_MS, GOODBYE_MS = 50, 5000


@dataclass
class _Run:
    title: str
    job: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[UserError], None] | None
    progress: Progress = field(init=False)
    latest: tuple[int, int, str] | None = None
    result: Any = None
    error: BaseException | None = None

    def __post_init__(self) -> None:
        self.progress = Progress(self._report)

    def _report(self, done: int, total: int, text: str) -> None:
        self.latest = (done, total, text)

    def work(self) -> None:
        """Do the job on the worker thread, keeping what came of it."""
        try:
            self.result = self.job(self.progress)
        except BaseException as error:  # noqa: BLE001  the runner is where a job's failures are caught
            self.error = error


class _Bridge(QObject):
    ended = Signal()


class JobRunner(QObject):
    """Runs jobs; a job started while another runs waits its turn."""

    started = Signal(str)
    progressed = Signal(str, int, int, str)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = _Bridge(self)
        self._bridge.ended.connect(self._end)
        self._news = QTimer(self)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self._tell)
        self._waiting: deque[_Run] = deque()
        self._run: _Run | None = None
        self._told: tuple[int, int, str] | None = None
        self._ended = False

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._run is not None

    def start(
        self,
        title: str,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Run `job` beside the window, then `done(result)` here.

        A failure the user can mend goes to `failed`, or as a sentence to the signal; any other is a bug.
        """
        if not self._ended:
            self._waiting.append(_Run(title, job, done, failed))
            self._next()

    def cancel(self) -> None:
        """Ask the running job to stop at its next step."""
        if self._run:
            self._run.progress.cancel()

    def end(self) -> None:
        """Come to rest, and begin nothing any more: what jobs work on is being closed."""
        self._ended = True
        self.wait_all()

    def wait_all(self, ms: int = GOODBYE_MS) -> bool:
        """Before closing: stop what runs, drop what waits; True if nothing runs any more after `ms`."""
        self._waiting.clear()
        self.cancel()
        until = time.monotonic() + ms / 1000
        while self.busy and time.monotonic() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
            time.sleep(0.005)
        return not self.busy

    def _next(self) -> None:
        if self._run or not self._waiting:
            return
        run = self._run = self._waiting.popleft()
        self._told = None
        bridge = self._bridge

        def work() -> None:
            run.work()
            # Without a bridge the program has ended meanwhile and nobody waits for the result.
            if shiboken6.isValid(bridge):
                bridge.ended.emit()

        self.started.emit(run.title)
        self._news.start()
        # No daemon: a job that writes a file is not cut off in the middle when the program ends.
        threading.Thread(target=work, name="job", daemon=False).start()

    def _tell(self) -> None:
        if self._run and self._run.latest and self._run.latest != self._told:
            self._told = self._run.latest
            self.progressed.emit(self._run.title, *self._told)

    def _end(self) -> None:
        run = self._run
        if run is None:
            return
        self._tell()
        self._run = None
        self._news.stop()
        self.finished.emit()
        self._next()
        self._settle(run)

    def _settle(self, run: _Run) -> None:
        error = run.error
        if error is None:
            if _alive(run.done):
                run.done(run.result)
        elif isinstance(error, Cancelled):
            self.failed.emit(f"已取消：{run.title}。")
        elif isinstance(error, UserError):
            if run.failed is None:
                self.failed.emit(str(error))
            elif _alive(run.failed):
                run.failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def _alive(callback: Callable[..., object]) -> bool:
    """Whether the widget that waits for a job still exists; a closed one is told nothing."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
