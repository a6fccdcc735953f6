"""Writing with bold words, lists and tables: keys, tools and paste keep to what a case can hold."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextListFormat,
    QTextTable,
)

from ui.forms import rich_document
from ui.forms.cleaning import notice
from ui.forms.incoming import files_of
from ui.forms.long_text import Writing, units
from xuncha_desktop import rich, rich_html
from xuncha_desktop.rich import Block, Paragraph, Run, Table
from xuncha_desktop.text import clean_text

BULLETS, NUMBERS = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal
BOLD_KEY, BULLETS_KEY, NUMBERS_KEY, TABLE_KEY = "Ctrl+B", "Ctrl+Shift+L", "Ctrl+Shift+N", "Ctrl+Shift+T"
_OWN_FORM = "application/x-xuncha-rich-text"  # what is copied here comes out the same here
_NEW_TABLE = Table((((), (), ()),) * 3)


class RichWriting(Writing):
    """A document of paragraphs, points and tables; a cell is one paragraph."""

    focus_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tidying = False
        self._set_out = False  # whether there may be lists or tables: plain texts of any length need no tidying
        rich_document.set_up(self.document())
        self.textChanged.connect(self._tidy)

    def set_text(self, text: str) -> None:
        """Replace the text and its undo history."""
        self._set_out = False
        self.document().setUndoRedoEnabled(False)
        self.document().clear()
        self.setCurrentCharFormat(rich_document.face(bold=False))  # else all would be as bold as where the cursor was
        if not rich.is_rich(text):
            super().set_text(text)
            return
        self._tidying = True
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        self._write(cursor, rich.blocks(text))
        cursor.endEditBlock()
        self._tidying = False
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._grow()

    def stored(self) -> str:
        """The text as a case keeps it."""
        return rich.clean(rich.stored(rich_document.read(self.document())))

    def insert(self, text: str) -> None:
        """Put plain text where the cursor is; in a cell without its line breaks."""
        words = clean_text(text)
        self.insertPlainText(" ".join(words.split("\n")) if self.table() else words)

    def position_of(self, place: int) -> int:
        """Where a character of the text's plain form stands in the document."""
        found = 0
        for start, block in rich_document.places(self.document()):
            if start > place:
                break
            words = block.text()
            found = block.position() + min(units(words[: place - start]), units(words))
        return found

    def table(self) -> QTextTable | None:
        """The table the cursor is in."""
        return self.textCursor().currentTable()

    def is_bold(self) -> bool:
        """Whether what is chosen, or would be typed, is bold."""
        return self.currentCharFormat().fontWeight() >= QFont.Weight.DemiBold

    def toggle_bold(self) -> None:
        """Bold, or not any more."""
        if not self.isReadOnly():
            self.mergeCurrentCharFormat(rich_document.weight(bold=not self.is_bold()))

    def toggle_points(self, kind: QTextListFormat.Style) -> None:
        """Make points of the chosen paragraphs, or paragraphs again."""
        if self.isReadOnly() or self.table():
            return
        cursor = self.textCursor()
        already = all(rich_document.list_kind(block) is kind for block in rich_document.chosen(cursor))
        cursor.beginEditBlock()
        if already:
            rich_document.end_points(cursor)
        else:
            rich_document.make_points(cursor, kind)
            self._set_out = True
        cursor.endEditBlock()

    def insert_table(self) -> None:
        """An empty table behind the cursor's paragraph, the cursor in its first cell."""
        if self.isReadOnly() or self.table():
            return
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        begin = cursor.position()
        cursor.beginEditBlock()
        self._write(cursor, [_NEW_TABLE])
        cursor.endEditBlock()
        cursor.setPosition(begin + 1)
        self.setTextCursor(cursor)

    def add_row(self) -> None:
        """A row below the cursor's."""
        if (table := self._changing()) is not None:
            row = table.cellAt(self.textCursor()).row()
            table.insertRows(row + 1, 1)
            self._go(table, row + 1, 0)

    def add_column(self) -> None:
        """A column to the right of the cursor's."""
        table = self._changing()
        if table is not None and table.columns() < rich.MOST_COLUMNS:
            cell = table.cellAt(self.textCursor())
            row, column = cell.row(), cell.column()
            cursor = QTextCursor(table)
            cursor.beginEditBlock()
            table.insertColumns(column + 1, 1)
            table.setFormat(rich_document.table_format(table.columns()))
            cursor.endEditBlock()
            self._go(table, row, column + 1)

    def remove_row(self) -> None:
        """Take the cursor's row out; with the last one goes the table."""
        if (table := self._changing()) is not None:
            table.removeRows(table.cellAt(self.textCursor()).row(), 1)

    def remove_column(self) -> None:
        """Take the cursor's column out; with the last one goes the table."""
        if (table := self._changing()) is not None:
            cursor = QTextCursor(table)
            cursor.beginEditBlock()
            last = table.columns() == 1
            table.removeColumns(table.cellAt(self.textCursor()).column(), 1)
            if not last:
                table.setFormat(rich_document.table_format(table.columns()))
            cursor.endEditBlock()

    def remove_table(self) -> None:
        """Take the whole table out."""
        if (table := self._changing()) is not None:
            table.removeRows(0, table.rows())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the tools."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Quiet again."""
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def event(self, event: QEvent) -> bool:
        """Our keys are not for the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._tool_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The tools' keys; Enter ends a list at an empty point, and goes down in a table."""
        if tool := self._tool_of(event):
            tool()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly() and _is_plain(event):
            self._enter()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell and adds a row behind the last one; elsewhere it leaves the field."""
        table = self.table()
        if table is None or self.isReadOnly():
            return super().focusNextPrevChild(forward)
        cell = table.cellAt(self.textCursor())
        place = cell.row() * table.columns() + cell.column() + (1 if forward else -1)
        if place < 0:
            return super().focusNextPrevChild(forward)
        if place == table.rows() * table.columns():
            table.appendRows(1)
        self._go(table, *divmod(place, table.columns()))
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Keep of what is pasted bold words, lists and tables; all else becomes plain text, files are handed on."""
        text = "" if files_of(source) else _rich_of(source)
        if not text:
            super().insertFromMimeData(source)
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if cursor.currentTable():
            words = (words for _, words in rich.pieces(text))
            rich_document.write_runs(cursor, [Run(" ".join(words))])
        else:
            self._write(cursor, rich.blocks(text))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        if told := notice(source.text()):
            self.cleaned.emit(told)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: plain words, simple HTML for word processors, and our own form."""
        text = rich.stored(rich_document.read_chosen(self.textCursor()))
        made = QMimeData()
        made.setText(rich.plain(text))
        if rich.is_rich(text):
            made.setHtml(rich_html.to_html(text))
            made.setData(_OWN_FORM, text.encode())
        return made

    def _tool_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        return {
            BOLD_KEY: self.toggle_bold,
            BULLETS_KEY: lambda: self.toggle_points(BULLETS),
            NUMBERS_KEY: lambda: self.toggle_points(NUMBERS),
            TABLE_KEY: self.insert_table,
        }.get(keys)

    def _enter(self) -> None:
        cursor = self.textCursor()
        table = cursor.currentTable()
        if table is not None:
            cell = table.cellAt(cursor)
            if cell.row() + 1 < table.rows():
                self._go(table, cell.row() + 1, cell.column())
            else:
                cursor.setPosition(table.lastPosition() + 1)
                self.setTextCursor(cursor)
            return
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if cursor.block().textList() is not None and cursor.block().length() == 1:
            rich_document.end_points(cursor)
        else:
            cursor.insertBlock()
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _write(self, cursor: QTextCursor, blocks: list[Block]) -> None:
        rich_document.write(cursor, blocks)
        self._set_out = self._set_out or any(not isinstance(block, Paragraph) for block in blocks)

    def _changing(self) -> QTextTable | None:
        return None if self.isReadOnly() else self.table()

    def _go(self, table: QTextTable, row: int, column: int) -> None:
        """Into a cell, its words chosen, as in a sheet."""
        cell = table.cellAt(row, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _tidy(self) -> None:
        """Within the step of undo that made it necessary."""
        if not self._set_out or self._tidying:
            return
        self._tidying = True
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        rich_document.tidy(self.document())
        cursor.endEditBlock()
        self._tidying = False


def _is_plain(event: QKeyEvent) -> bool:
    return not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)


def _rich_of(source: QMimeData) -> str:
    """What is on the clipboard in the form in which it is kept; empty where there is nothing but words."""
    if source.hasFormat(_OWN_FORM):
        return rich.clean(bytes(source.data(_OWN_FORM).data()).decode("utf-8", "replace"))
    if not source.hasHtml() or not source.hasText():
        return ""
    found = rich_html.from_html(source.html())
    return found if rich.is_rich(found) else ""
