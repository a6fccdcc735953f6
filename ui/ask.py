"""The only place that puts questions to the user; tests put an `Asker` of their own in with `use`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.dialogs.base import Dialog

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Asker:
    """Asks a person. Titles and buttons say what will happen; all text is plain."""

    def confirm(self, parent: QWidget | None, sentence: str, action: str) -> bool:
        """Ask before what cannot be undone; True if the person chose the action."""
        dialog = Dialog(parent, action)
        dialog.add_sentence(sentence)
        leave = dialog.add_verb("取消")
        act = dialog.add_verb(action, primary=True)
        leave.clicked.connect(dialog.reject)
        act.clicked.connect(dialog.accept)
        # Enter at once must not destroy anything.
        leave.setDefault(True)
        leave.setFocus()
        return bool(dialog.exec())

    def tell(self, parent: QWidget | None, sentence: str) -> None:
        """Say something that must be read before work goes on."""
        dialog = Dialog(parent, "提示")
        dialog.add_sentence(sentence)
        read = dialog.add_verb("知道了", primary=True)
        read.setDefault(True)
        read.clicked.connect(dialog.accept)
        dialog.exec()

    def open_files(self, parent: QWidget | None, title: str, filters: str, folder: Path) -> list[Path]:
        """Let files be chosen; empty if the person left."""
        chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), filters)
        return [Path(name) for name in chosen]

    def save_file(self, parent: QWidget | None, title: str, filters: str, proposed: Path) -> Path | None:
        """Let a place and name be chosen for a new file."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), filters)
        return Path(chosen) if chosen else None

    def choose_folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None:
        """Let a folder be chosen."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(folder))
        return Path(chosen) if chosen else None

    def choose_printer(self, parent: QWidget | None, title: str) -> "QPrinter | None":
        """Let a printer be chosen and set up."""
        # 20 ms, and most sessions never print.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        chosen = bool(dialog.exec())
        dialog.deleteLater()
        return printer if chosen else None


_asker: list[Asker] = [Asker()]


def use(asker: Asker) -> Asker:
    """Let someone else answer from now on; gives back who answered before."""
    before, _asker[0] = _asker[0], asker
    return before


def confirm(parent: QWidget | None, sentence: str, action_label: str) -> bool:
    """Ask before a destructive act; the button carries the act's verb."""
    return _asker[0].confirm(parent, sentence, action_label)


def tell(parent: QWidget | None, sentence: str) -> None:
    """Say something that must be read before work goes on."""
    _asker[0].tell(parent, sentence)


def open_files(parent: QWidget | None, title: str, filters: Sequence[str], folder: Path) -> list[Path]:
    """Choose files; `filters` are like "图片 (*.png *.jpg)"."""
    return _asker[0].open_files(parent, title, ";;".join(filters), folder)


def save_file(parent: QWidget | None, title: str, filters: Sequence[str], proposed: Path) -> Path | None:
    """Choose where to save; `proposed` is folder and name."""
    return _asker[0].save_file(parent, title, ";;".join(filters), proposed)


def choose_folder(parent: QWidget | None, title: str, folder: Path) -> Path | None:
    """Choose a folder."""
    return _asker[0].choose_folder(parent, title, folder)


def choose_printer(parent: QWidget | None, title: str) -> "QPrinter | None":
    """Choose a printer; None if the person left."""
    return _asker[0].choose_printer(parent, title)
