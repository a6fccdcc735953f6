"""How other screens reach the page: from the menu of their list, or with Ctrl+V of a table."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui import style
from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services.imports.kinds import kind_of, kinds

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


def make_paste_key(panel: QWidget, context: Context, kind: str) -> None:
    """Let Ctrl+V in a list bring in the table of the clipboard."""
    paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), panel)
    paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    paste.activated.connect(lambda: paste_import(context, kind, QApplication.clipboard().mimeData()))


def paste_import(context: Context, kind: str, mime: QMimeData) -> None:
    """Show the page with a copied table, or say why there is none."""
    try:
        kind_of(kind)
    except UserError as error:
        context.told.emit(str(error))
        return
    if is_table(mime):
        context.open_record.emit(f"{PREFIX}.{kind}", "paste")
    else:
        context.told.emit("剪贴板里没有表格；请在 Excel 或 WPS 里选中表格，复制后再按 Ctrl+V 导入")


def is_table(mime: QMimeData) -> bool:
    """Whether a clipboard holds a table of more than one cell."""
    plain = mime.text() if mime.hasText() else ""
    return "\t" in plain or (mime.hasHtml() and "<table" in mime.html().lower())
