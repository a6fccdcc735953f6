"""Brings the search index up to date beside the window, once that has settled and after each change."""

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import search

# Several changes, one look; after a failure (disk full, case busy) later again.
_CHANGE_MS, _LATER_MS = 700, 10_000


class IndexKeeper(QObject):
    """Runs no job of the window's own row: nobody waits for it, and no bar shows it."""

    progressed = Signal(int, int)  # records done, of how many
    caught_up = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._runner = context.quiet_runner(self)
        self._runner.progressed.connect(lambda _, done, total, __: self.progressed.emit(done, total))
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._catch_up)
        context.bus.changed.connect(lambda _: self.wake())
        context.ending.connect(self._soon.stop)

    def wake(self, ms: int = _CHANGE_MS) -> None:
        """See soon what there is to be read."""
        if not self._soon.isActive():
            self._soon.start(ms)

    def _catch_up(self) -> None:
        if self._runner.busy:
            self.wake()
            return
        store = self._context.store
        self._runner.start(
            "更新查找用的索引",
            lambda progress: search.catch_up(store, progress),
            lambda _: self.caught_up.emit(),
            self._try_later,
        )

    def _try_later(self, error: UserError) -> None:
        self.wake(_LATER_MS)
