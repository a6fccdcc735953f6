"""Hands files and folders over to the programs of the user's desktop."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_path(path: Path) -> bool:
    """Show a folder, or open a file in its own program; False where the desktop knows none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def printing_known() -> bool:
    """Whether this system can be asked to print a file with its own program; elsewhere it is printed from there."""
    return sys.platform == "win32"


def print_file(path: Path) -> bool:
    """Ask the file's own program to print it (Windows); False if it cannot."""
    if sys.platform == "win32":
        try:
            os.startfile(path, "print")
        except OSError:
            return False
        return True
    return False
