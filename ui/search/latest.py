"""Searches beside the window, one after another; what was asked last is all that counts."""

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import search
from xuncha_desktop.services.search import Found, Query


class LatestSearch(QObject):
    """A new question cancels the one before."""

    found = Signal(object)  # Found
    failed = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._store = context.store
        self._runner = context.quiet_runner(self)
        self._runner.finished.connect(self._start)
        self._waiting: Query | None = None
        self._ended = False
        context.ending.connect(self._stop)

    def ask(self, query: Query) -> None:
        """Search for this, and no longer for what was asked before."""
        self._waiting = query
        if self._runner.busy:
            self._runner.cancel()
        else:
            self._start()

    def forget(self) -> None:
        """Nobody wants to know any more."""
        self._waiting = None
        self._runner.cancel()

    def _start(self) -> None:
        if self._waiting is None or self._ended:
            return
        query, self._waiting = self._waiting, None
        self._runner.start(
            "查找", lambda progress: (progress, search.find(self._store, query, progress)), self._take, self._tell
        )

    def _take(self, outcome: tuple[object, Found]) -> None:
        progress, found = outcome
        if not getattr(progress, "cancelled", False):
            self.found.emit(found)

    def _tell(self, error: UserError) -> None:
        if self._waiting is None:
            self.failed.emit(str(error))

    def _stop(self) -> None:
        self._ended = True
