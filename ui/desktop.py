"""Hands files and folders over to the programs of the user's desktop."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_path(path: Path) -> bool:
    """Show a folder, or open a file in its own program; False where the desktop knows none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
