"""A person and a desktop in tests: answers where files go, and remembers what was asked and opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui import ask
from ui.ask import Asker


class Answers(Asker):
    """Gives the answers it was made with."""

    def __init__(self, file: Path | None = None, folder: Path | None = None) -> None:
        self.file = file
        self.folder = folder
        self.proposed: list[Path] = []

    def open_files(self, parent: QWidget | None, title: str, filters: str, folder: Path) -> list[Path]:
        """The file."""
        return [self.file] if self.file else []

    def save_file(self, parent: QWidget | None, title: str, filters: str, proposed: Path) -> Path | None:
        """The file, or the name that was proposed in the folder."""
        self.proposed.append(proposed)
        return self.folder / proposed.name if self.folder else self.file

    def choose_folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None:
        """The folder."""
        return self.folder


@contextmanager
def answering(file: Path | None = None, folder: Path | None = None) -> Iterator[Answers]:
    """Answer in the user's place for a while."""
    answers = Answers(file, folder)
    before = ask.use(answers)
    try:
        yield answers
    finally:
        ask.use(before)


class _Desktop(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Show nothing."""
        self.opened.append(Path(url.toLocalFile()))


@contextmanager
def watched_desktop() -> Iterator[list[Path]]:
    """The folders and files handed to the desktop meanwhile."""
    desktop = _Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "open")  # pyright: ignore[reportArgumentType]  # the stub is wrong: bytes are refused
    try:
        yield desktop.opened
    finally:
        QDesktopServices.unsetUrlHandler("file")
