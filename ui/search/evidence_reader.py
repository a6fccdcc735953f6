"""Reads the text of evidence for the search, a few seconds at a time, beside the window."""

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import evidence_text
from xuncha_desktop.store.journal import Changes

# Soon after evidence came; after a failure (disk full, case busy) later again.
_SOON_MS, _LATER_MS = 3000, 60_000


class EvidenceReader(QObject):
    """Runs no job of the window's own row: nobody waits for it, and no bar shows it."""

    passed = Signal()  # some more can be found

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._store = context.store
        self._runner = context.quiet_runner(self)
        self.owing = False  # whether evidence came that was not read yet
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._read)
        context.bus.changed.connect(self._on_news)
        context.ending.connect(self._soon.stop)

    def wake(self, ms: int = _SOON_MS) -> None:
        """See soon whether there is evidence nobody has read."""
        if not self._soon.isActive():
            self._soon.start(ms)

    def _on_news(self, news: Changes) -> None:
        if "evidence" in news.records:
            self.owing = True
            self.wake()

    def _read(self) -> None:
        if self._runner.busy:
            self.wake()
            return
        self._runner.start(
            "读取证据文字",
            lambda progress: evidence_text.read_missing(self._store, progress),
            self._go_on,
            self._try_later,
        )

    def _go_on(self, left: bool) -> None:
        self.owing = left or self._soon.isActive()
        if left:
            self.wake()
        self.passed.emit()

    def _try_later(self, error: UserError) -> None:
        self.wake(_LATER_MS)
