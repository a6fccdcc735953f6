"""The editor of rich texts, and its quiet row of tools, above the text or in the head of its field."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ui import style
from ui.forms import rich_document, rich_writing
from ui.forms.long_text import LongTextEditor
from ui.forms.rich_writing import BULLETS, NUMBERS, RichWriting
from xuncha_desktop.model import Field


class RichTextEditor(LongTextEditor):
    """Several paragraphs with bold words, lists and simple tables."""

    WRITING = RichWriting

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        assert isinstance(self.text, RichWriting)
        self.tools = Tools(self.text)
        self.body.insertWidget(0, self.tools, 0, Qt.AlignmentFlag.AlignRight)

    def set_read_only(self, locked: bool) -> None:
        """Nothing to set out any more either."""
        super().set_read_only(locked)
        self.tools.follow()


class Tools(QWidget):
    """加粗, 项目符号, 编号, 表格: seen while the text has the focus, in a place of their own that stays."""

    def __init__(self, text: RichWriting) -> None:
        super().__init__()
        self._text = text
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.bold = self._button("加粗", "bold", rich_writing.BOLD_KEY, text.toggle_bold)
        self.bullets = self._button("项目符号", "list", rich_writing.BULLETS_KEY, lambda: text.toggle_points(BULLETS))
        self.numbers = self._button(
            "编号", "list-ordered", rich_writing.NUMBERS_KEY, lambda: text.toggle_points(NUMBERS)
        )
        self.table = self._button("表格", "table", rich_writing.TABLE_KEY, self._on_table)
        keeping = self.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keeping)
        self.hide()
        text.focus_changed.connect(self.follow)
        text.cursorPositionChanged.connect(self.follow)
        text.currentCharFormatChanged.connect(lambda _: self.follow())

    def follow(self) -> None:
        """Shown or not, and which of them hold where the cursor is."""
        shown = self._text.hasFocus() and not self._text.isReadOnly()
        self.setVisible(shown)
        if not shown:
            return
        kind = rich_document.list_kind(self._text.textCursor().block())
        in_table = self._text.table() is not None
        self.bold.setChecked(self._text.is_bold())
        for button, of in ((self.bullets, BULLETS), (self.numbers, NUMBERS)):
            button.setChecked(kind is of)
            button.setEnabled(not in_table)
        self.table.setChecked(in_table)

    def menu(self) -> QMenu:
        """What can be done with the table the cursor is in."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in (
            ("下面加一行", self._text.add_row),
            ("右边加一列", self._text.add_column),
            ("", None),
            ("删去这一行", self._text.remove_row),
            ("删去这一列", self._text.remove_column),
            ("删去表格", self._text.remove_table),
        ):
            if act is None:
                made.addSeparator()
            else:
                made.addAction(words, act)
        return made

    def _on_table(self) -> None:
        if self._text.table() is None:
            self._text.insert_table()
        else:
            self.follow()  # a click has turned the mark that says where the cursor is
            self.menu().popup(self.table.mapToGlobal(QPoint(0, self.table.height())))

    def _button(self, words: str, icon: str, keys: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setProperty("kind", "clock")
        button.setToolTip(f"{words}　{keys}")
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style.set_icon(button, icon, "secondary")
        button.clicked.connect(lambda: act())
        self._row.addWidget(button)
        return button
