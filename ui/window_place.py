"""Where the window stood: size, place and whether it filled the screen, kept among the layouts from day to day."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from xuncha_desktop.settings import Settings

_KEY = "window"  # of the remembered layouts


def remember(window: QWidget, settings: Settings) -> None:
    """Note how a window stands now; one that is hidden already counts as it stood last."""
    settings.window_layouts[_KEY] = bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore(window: QWidget, settings: Settings) -> None:
    """Put a window where it stood; Qt brings it back onto the screens there are, and refuses what fits none of them."""
    stored = QByteArray.fromBase64(settings.window_layouts.get(_KEY, "").encode())
    if not window.restoreGeometry(stored):
        room = window.screen().availableGeometry()
        window.resize(window.size().boundedTo(room.size()))
