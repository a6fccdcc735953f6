"""Reads the overview beside the window; what was asked last is all that counts."""

from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import workbench

_LATER_MS = 1000  # after the case was busy


class OverviewReader(QObject):
    """Runs no job of the window's own row: it would wait there behind an export, and no bar is to show it."""

    read = Signal(object)  # workbench.Overview

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._store = context.store
        self._runner = context.quiet_runner(self)
        self._runner.finished.connect(self._start)
        self.later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self.later.timeout.connect(self._start)
        self._wanted = ""
        self._reading = ""
        context.ending.connect(self._stop)

    @property
    def busy(self) -> bool:
        """Whether something is being read, or will be."""
        return self._runner.busy or bool(self._wanted)

    def ask(self, inspection: str) -> None:
        """Read this one as it is now, and no longer what was asked for before."""
        self._wanted = inspection
        if self._runner.busy:
            self._runner.cancel()
        else:
            self._start()

    def _start(self) -> None:
        if not self._wanted or self._runner.busy:
            return
        self._reading, self._wanted = self._wanted, ""
        store, inspection = self._store, self._reading
        self._runner.start(
            "读取工作台",
            lambda progress: workbench.overview(store, inspection, date.today(), progress),
            self._take,
            self._try_later,
        )

    def _take(self, found: workbench.Overview) -> None:
        if not self._wanted:  # else it is old already
            self.read.emit(found)

    def _try_later(self, error: UserError) -> None:
        self._wanted = self._wanted or self._reading
        self.later.start()

    def _stop(self) -> None:
        self._wanted = ""
        self.later.stop()
