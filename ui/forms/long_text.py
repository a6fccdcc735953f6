"""The editor people write in all evening: grows with its text, takes files, counts characters."""

from typing import Any

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from ui import style
from ui.forms.cleaning import notice
from ui.forms.editor import Editor
from ui.forms.incoming import files_of
from ui.forms.lines import take_word
from xuncha_desktop.model import Field
from xuncha_desktop.text import clean_text

_LEAST_LINES, _MOST_LINES = 3, 18


class Writing(QTextEdit):
    """Plain text with a line height of 1.6; nothing rich gets in, files are handed on."""

    left = Signal()
    composed = Signal()
    cleaned = Signal(str)
    files_given = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._word = ""
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("role", "editor")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        style.sized(self, Writing._space_anew)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())

    def set_text(self, text: str) -> None:
        """Replace the text and its undo history."""
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        self._space()
        self.document().setUndoRedoEnabled(True)
        self._grow()

    def stored(self) -> str:
        """The text as a case keeps it."""
        return self.toPlainText()

    def insert(self, text: str) -> None:
        """Put plain text where the cursor is."""
        self.insertPlainText(clean_text(text))

    def choose(self, start: int, length: int) -> None:
        """Choose these characters of the text and bring them into view."""
        cursor = self.textCursor()
        cursor.setPosition(self.position_of(start))
        cursor.setPosition(self.position_of(start + length), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def position_of(self, place: int) -> int:
        """Where a character stands in the document."""
        return units(self.toPlainText()[:place])

    @property
    def composing(self) -> bool:
        """Whether a word is open in the input method."""
        return bool(self._word)

    def finish_word(self) -> None:
        """Take the open word as it stands."""
        take_word(self, self._word)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note an open preedit text."""
        before, self._word = self._word, event.preeditString()
        super().inputMethodEvent(event)
        if before and not self._word:
            self.composed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The field is left, unless a menu only borrows the keyboard."""
        borrowed = event.reason() is Qt.FocusReason.PopupFocusReason
        if self.composing and not borrowed:
            self.finish_word()
        super().focusOutEvent(event)
        if not borrowed:
            self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Texts and files may be dropped here."""
        return source.hasText() or source.hasUrls() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert text as plain text; hand files and pictures on as evidence."""
        files = files_of(source)
        if files:
            self.files_given.emit(files)
        elif source.hasText():
            self.insert(source.text())
            if told := notice(source.text()):
                self.cleaned.emit(told)

    def sizeHint(self) -> QSize:
        """As high as the text, between three and eighteen lines."""
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        """Never less than it wants."""
        return QSize(120, self._wanted())

    def _wanted(self) -> int:
        line = round(style.metrics.editor * 1.6)
        wanted = round(self.document().size().height()) + 2 * style.metrics.gap
        return max(_LEAST_LINES * line, min(wanted, _MOST_LINES * line))

    def _space(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spacing = QTextBlockFormat()
        # Of the type size, not of the face's own line: Chinese faces differ there by a fifth.
        height = round(1.6 * style.metrics.editor)
        spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(spacing)

    def _space_anew(self) -> None:
        """For another text size; undo would take the spacing back first, and so has nothing left to take back."""
        with QSignalBlocker(self):
            self.document().setUndoRedoEnabled(False)
            self._space()
            self.document().setUndoRedoEnabled(True)
        self._grow()

    def _grow(self) -> None:
        if self.height() != self._wanted():
            self.updateGeometry()


def units(text: str) -> int:
    """Qt counts UTF-16 units, a case counts characters."""
    return len(text.encode("utf-16-le")) // 2


class LongTextEditor(Editor):
    """Several paragraphs of text."""

    LONG = True
    WRITING: type[Writing] = Writing

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.text = self.WRITING()
        self.text.setAccessibleName(field.label)
        self.setFocusProxy(self.text)
        self.body.addWidget(self.text)
        self._touched = False
        self._silent = False
        self.text.textChanged.connect(self._on_change)
        self.text.left.connect(self._finish)
        self.text.composed.connect(self.composed)
        self.text.cleaned.connect(self.cleaned)
        self.text.files_given.connect(self.files_given)

    def value(self) -> Any:
        """The text."""
        return self.text.stored()

    def set_value(self, value: Any) -> None:
        """Show the text; cursor and undo history stay when nothing changed."""
        self._touched = False
        if self.text.stored() != (value or ""):
            self._silent = True
            self.text.set_text(value or "")
            self._silent = False

    def restore(self, draft: Any) -> None:
        """Show a draft; it counts as an edit against the saved text."""
        self.set_value(draft)
        self._touched = True

    def insert(self, text: str) -> None:
        """Put text where the cursor is, as if it had been typed."""
        self.text.insert(text)
        self.text.setFocus()

    def set_read_only(self, locked: bool) -> None:
        """Text can still be selected and copied."""
        self.text.setReadOnly(locked)

    @property
    def composing(self) -> bool:
        """Whether a word is being composed."""
        return self.text.composing

    def finish_word(self) -> None:
        """Take it as it stands."""
        if self.composing:
            self.text.finish_word()

    def length(self) -> int:
        """Characters as people count them: without line breaks and spaces."""
        return len("".join(self.text.toPlainText().split()))

    def _on_change(self) -> None:
        if not self._silent:
            self._touched = True
            self.edited.emit()

    def _finish(self) -> None:
        if self._touched and not self.text.composing:
            self.committed.emit()
