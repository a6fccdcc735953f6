"""Work of the window's own thread, cut into steps: keys, mouse and painting come between."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Takes one step a turn of the event loop, or one every `pause_ms` milliseconds for what nobody waits for."""

    def __init__(self, parent: QObject, pause_ms: int = 0) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] = iter(())
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self._take_step)

    @property
    def busy(self) -> bool:
        """Whether steps are still to come."""
        return self._timer.isActive()

    def begin(self, steps: Iterator[object]) -> None:
        """Take these steps; what is left of those before is dropped."""
        self._steps = steps
        self._timer.start()

    def stop(self) -> None:
        """No more steps."""
        self._timer.stop()
        self._steps = iter(())

    def _take_step(self) -> None:
        steps = self._steps
        for _ in steps:
            if steps is self._steps:  # a step may begin others, or stop them all
                self._timer.start()
            return
