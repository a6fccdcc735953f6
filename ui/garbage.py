"""Collects Python's garbage on the window's thread, in small portions, and the rest while nobody works.

Left to itself the collector runs on whatever thread allocates: a worker building a document would stop the window for
a third of a second, and could free Qt objects on a thread they do not belong to.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 50
_PORTION = 5_000  # new objects that are looked through at once: some five ms
_YOUNG_S = 2.0
_FULL_S = 120.0
_GOING_S = 1.0  # until nothing of Qt holds a closed window any more


class Garbage(QObject):
    """Switches the collector off and does its work by a timer, from `start` to `stop`.

    What is young is looked through as soon as it is a portion. All else is looked through when `at_rest` says that
    nobody would notice: after some exports that takes a fifth of a second.
    """

    def __init__(self, parent: QObject, at_rest: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._at_rest = at_rest
        self._young_at = self._full_at = time.monotonic()
        self._thawed = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Take over; what exists now (modules, classes, the window) is not looked through any more."""
        gc.disable()
        if not self._thawed:
            gc.freeze()
            self._young_at = self._full_at = time.monotonic()
        self._timer.start()

    def thaw(self) -> None:
        """Look through everything at the next rest: a window is going that was there at the last start."""
        gc.unfreeze()
        self._thawed = True  # nothing is frozen before that: it would stay for ever
        self._full_at = time.monotonic() - _FULL_S + _GOING_S

    def stop(self) -> None:
        """Give the work back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._full_at >= _FULL_S and self._at_rest():
            gc.collect()
            self._young_at = self._full_at = now
            self._thawed = False
        elif gc.get_count()[0] >= _PORTION or now - self._young_at >= _YOUNG_S:
            gc.collect(1)
            self._young_at = now
