"""The only place that puts questions to the user; tests put an `Asker` of their own in with `use`."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from ui.dialogs.base import Dialog
from xuncha_desktop.errors import UserError

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
        dialog = _file_dialog(parent, title, folder)
        dialog.setNameFilter(filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return _chosen(dialog)

    def save_file(self, parent: QWidget | None, title: str, filters: str, proposed: Path) -> Path | None:
        """Let a place and name be chosen for a new file."""
        dialog = _file_dialog(parent, title, proposed.parent)
        dialog.setNameFilter(filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(proposed.name)
        return next(iter(_chosen(dialog)), None)

    def choose_folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None:
        """Let a folder be chosen."""
        dialog = _file_dialog(parent, title, folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return next(iter(_chosen(dialog)), None)

    def choose_printer(self, parent: QWidget | None, title: str) -> "QPrinter | None":
        """Let a printer be chosen and set up; a UserError if there is none or what was chosen only writes a file."""
        # 20 ms, and most sessions never print.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        # Asked first: without a printer Qt's dialog offers a file.
        if all(_writes_file(name) for name in QPrinterInfo.availablePrinterNames()):
            raise UserError("没有找到打印机，没有打印；请接好打印机再试。")
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        chosen = bool(dialog.exec())
        dialog.deleteLater()
        if chosen and (printer.outputFileName() or _writes_file(printer.printerName())):
            raise UserError(f"“{printer.printerName()}”只会存成没有加密的文件，没有打印；请选一台真正的打印机。")
        return printer if chosen else None


class _Types(QFileIconProvider):
    """Names the kind of a folder, which Qt's own translation leaves in English."""

    def type(self, info: QFileInfo) -> str:
        """The words in the column 类型."""
        return "文件夹" if info.isDir() else super().type(info)


def _writes_file(printer: str) -> bool:
    """Whether it is one of the printers without paper, told by their names: the system does not say."""
    return not printer or any(word in printer.lower() for word in ("pdf", "xps", "onenote"))


def _file_dialog(parent: QWidget | None, title: str, folder: Path) -> QFileDialog:
    """The system's dialog for files where it has one, else Qt's in Chinese throughout."""
    dialog = QFileDialog(parent, title, str(folder))
    # What Qt's translation lacks.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, "查找范围(&I)：")
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, "文件类型(&T)：")
    dialog.setIconProvider(_types())
    return dialog


@cache
def _types() -> _Types:
    # Kept: a dialog does not own it.
    return _Types()


def _chosen(dialog: QFileDialog) -> list[Path]:
    found = [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    dialog.deleteLater()
    return found


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
    """Choose a printer that prints on paper; None if the person left, a UserError if there is none."""
    return _asker[0].choose_printer(parent, title)
