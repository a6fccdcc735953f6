"""Collects Python's garbage on the window's thread and in small portions.

Left to itself the collector runs on whatever thread allocates: a worker building a document would stop the window for
a third of a second, and could free Qt objects on a thread they do not belong to.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_YOUNG_MS = 2000
_FULL_EVERY = 60  # young collections


class Garbage(QObject):
    """Switches the collector off and does its work by a timer, from `start` to `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._turns = 0
        self._timer = QTimer(self, interval=_YOUNG_MS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take over; what exists now (modules, classes, the window) is not looked through any more."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        self._turns += 1
        gc.collect(2 if self._turns % _FULL_EVERY == 0 else 1)
