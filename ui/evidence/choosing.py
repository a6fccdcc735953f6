"""Choosing files of the computer as evidence."""

from PySide6.QtWidgets import QWidget

from ui import ask, folders
from ui.context import Context
from xuncha_desktop.services.evidence import Incoming

_FILES = (
    "证据文件 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.heic *.heif *.pdf *.doc *.docx *.xls *.xlsx *.txt)",
    "所有文件 (*)",
)


def choose_evidence(parent: QWidget, context: Context) -> list[Incoming]:
    """Ask for files, beginning where the last ones were; empty if the person left."""
    paths = ask.open_files(parent, "选择证据文件", _FILES, folders.for_evidence(context.settings))
    if paths:
        context.settings.evidence_folder = str(paths[0].parent)
    return [Incoming(path.name, path) for path in paths]
