"""How other screens reach the page: with a button of their list, or with Ctrl+V of a table."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPushButton

from ui import style
from ui.context import Context
from xuncha_desktop.services.imports.kinds import kinds

PREFIX = "import"  # "import.unit" is what the page opens for units


def open_import(context: Context, kind: str) -> None:
    """Show the page for a kind of list."""
    context.open_record.emit(f"{PREFIX}.{kind}", "")


def import_button(context: Context, kind: str) -> QPushButton:
    """A button for the tools of a list."""
    button = QPushButton("导入…")
    button.setToolTip(f"从 Excel 名单、粘贴的表格导入{kinds()[kind].title}")
    style.set_icon(button, "import")
    button.clicked.connect(lambda: open_import(context, kind))
    return button


def paste_import(context: Context, kind: str, mime: QMimeData) -> bool:
    """Show the page with a copied table; False where there is none to paste."""
    if not is_table(mime):
        return False
    context.open_record.emit(f"{PREFIX}.{kind}", "paste")
    return True


def is_table(mime: QMimeData) -> bool:
    """Whether a clipboard holds a table of more than one cell."""
    plain = mime.text() if mime.hasText() else ""
    return "\t" in plain or (mime.hasHtml() and "<table" in mime.html().lower())
