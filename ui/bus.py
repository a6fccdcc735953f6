"""The one signal that tells views what changed, after each commit."""

from PySide6.QtCore import QObject, Signal

from xuncha_desktop.store.journal import Changes
from xuncha_desktop.store.store import Store


class Bus(QObject):
    """Carries the store's news into the window's thread."""

    changed = Signal(object)  # Changes

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        store.listeners.append(self._publish)

    def _publish(self, news: Changes) -> None:
        self.changed.emit(news)
