"""Locks the case after some minutes without a key or a movement of the mouse."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.InputMethod,
    QEvent.Type.Drop,
}


class IdleLock(QObject):
    """Tells when nobody has been here for so long.

    It listens to windows, where input arrives first: a filter on the whole application would see every event.
    """

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._seen = time.monotonic()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.watch)  # popups and dialogs, too

    def set_minutes(self, minutes: int) -> None:
        """Wait so long from now on."""
        self._timer.start(minutes * 60_000)

    def rested_s(self) -> float:
        """For how many seconds nobody has been here; what is left of the timer may be a twentieth off."""
        return time.monotonic() - self._seen

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any input starts the waiting again."""
        if self._timer.isActive() and event.type() in _INPUT:
            self._seen = time.monotonic()
            self._timer.start()
        return False

    def watch(self, window: QWindow | None) -> None:
        """Count input to this window."""
        if window is not None:
            window.installEventFilter(self)
            if self._timer.isActive():
                self._timer.start()
