"""The numbers beside the screens in the navigation, counted again after what was written."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer

from ui.context import Context
from ui.screens.catalog import Entry
from ui.turns import Turns

_COUNT_MS = 100  # several writes, one count


class Counts(QObject):
    """Counts one screen a turn; silent until `start`, since a screen that counts has to be loaded."""

    def __init__(
        self, context: Context, screens: Sequence[Entry], show: Callable[[str, int | None], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._screens = screens
        self._show = show
        self._turns = Turns(self)
        self._soon = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._soon.timeout.connect(lambda: self._turns.begin(self._count()))

    def start(self) -> None:
        """Count now, and again after every change."""
        self._context.bus.changed.connect(lambda _: self._soon.start())
        self._context.inspection_changed.connect(lambda _: self._soon.start())
        self._soon.start()

    def stop(self) -> None:
        """No more of it: the case is being left."""
        self._soon.stop()
        self._turns.stop()

    def _count(self) -> Iterator[None]:
        for entry in self._screens:
            self._show(entry.name, entry.screen.count(self._context))
            yield
