"""Editors of one line: text, whole numbers, money, dates."""

import re
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from ui import style
from ui.forms.cleaning import notice
from ui.forms.editor import Editor
from ui.forms.incoming import files_of
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Field
from xuncha_desktop.model.read import read_date, read_int, read_money, read_yuan
from xuncha_desktop.model.show import show, yuan
from xuncha_desktop.text import clean_text


class Line(QLineEdit):
    """A line edit that knows whether an input method is composing, and hands files on."""

    composed = Signal()
    cleaned = Signal(str)
    files_given = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._word = ""
        self.textEdited.connect(self._clean)

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

    def _clean(self, raw: str) -> None:
        """Pasted, dropped, by key or by menu: there is no one door for it but this."""
        if told := notice(raw):
            cursor = len(clean_text(raw[: self.cursorPosition()]))
            self.undo()  # else the next undo would bring the characters back, to be taken out again
            self.selectAll()
            self.insert(clean_text(raw))
            self.setCursorPosition(cursor)
            self.cleaned.emit(told)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever is led here goes on writing at the end; a click or Tab says itself where."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A word being composed ends with the focus, unless a menu only borrows the keyboard."""
        if self.composing and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish_word()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V of files and pictures is evidence, not text."""
        files = []
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            files = files_of(QApplication.clipboard().mimeData())
        if files:
            self.files_given.emit(files)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to the form around."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)


def take_word(widget: QWidget, word: str) -> None:
    """Put an open word into a text as it stands; not every platform does so by itself when the focus goes."""
    event = QInputMethodEvent()
    event.setCommitString(word)
    QApplication.sendEvent(widget, event)


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line = Line()
        self.line.setAccessibleName(field.label)
        self.setFocusProxy(self.line)
        self.body.addWidget(self.line)
        self._touched = False
        self.line.textEdited.connect(lambda _: self._on_edit())
        self.line.editingFinished.connect(self._finish)
        self.line.composed.connect(self.composed)
        self.line.cleaned.connect(self.cleaned)
        self.line.files_given.connect(self.files_given)

    def value(self) -> Any:
        """The text; line breaks that were pasted in become spaces."""
        return " ".join(self.line.text().splitlines())

    def set_value(self, value: Any) -> None:
        """Show the text; the cursor stays where it was when nothing changed."""
        self._show(value or "")

    def set_read_only(self, locked: bool) -> None:
        """Text can still be selected and copied."""
        self.line.setReadOnly(locked)

    def draft(self) -> Any:
        """The raw text."""
        return self.line.text()

    def restore(self, draft: Any) -> None:
        """The raw text again."""
        self._touched = True
        self.line.setText(str(draft or ""))

    @property
    def composing(self) -> bool:
        """Whether a word is being composed."""
        return self.line.composing

    def finish_word(self) -> None:
        """Take it as it stands."""
        if self.composing:
            self.line.finish_word()

    def _show(self, text: str) -> None:
        self._touched = False
        if self.line.text() != text:
            self.line.setText(text)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)  # of a long text the beginning is read first

    def _on_edit(self) -> None:
        self._touched = True
        self.edited.emit()

    def _finish(self) -> None:
        if self._touched and not self.line.composing:
            self.committed.emit()


class IntEditor(LineEditor):
    """A whole number, or nothing."""

    def value(self) -> Any:
        """The number; empty is None."""
        return read_int(self.field.label, self.line.text())

    def set_value(self, value: Any) -> None:
        """Show the number."""
        self._show("" if value is None else str(value))


class MoneyEditor(LineEditor):
    """An amount typed in 万元, kept in 分, with the yuan beside it."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.body.removeWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(style.metrics.gap)
        self.beside = QLabel()
        self.beside.setTextFormat(Qt.TextFormat.PlainText)
        self.beside.setProperty("role", "secondary")
        row.addWidget(self.line, 2)
        row.addWidget(self.beside, 1)
        self.body.addLayout(row)
        self.line.textChanged.connect(lambda _: self._say_yuan())

    def value(self) -> Any:
        """The amount in 分; empty is None."""
        return read_money(self.field.label, self.line.text())

    def set_value(self, value: Any) -> None:
        """Show the amount in 万元, exactly."""
        self._show("" if value is None else _exact(value))

    def _say_yuan(self) -> None:
        try:
            value = self.value()
        except UserError:
            value = None
        self.beside.setText("" if value is None else f"{yuan(value)} 元")


class YuanEditor(LineEditor):
    """An amount typed in 元, kept in 分: what stands on a voucher."""

    def value(self) -> Any:
        """The amount in 分; empty is None."""
        return read_yuan(self.field.label, self.line.text())

    def set_value(self, value: Any) -> None:
        """Show the amount in 元, with two decimals."""
        self._show("" if value is None else show(self.field, value))


class DateEditor(LineEditor):
    """A day typed as people write it (4.16, 2020-4-16, 今天), or picked from a calendar."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line.setPlaceholderText("如 4.16、今天")
        self.body.removeWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.button = QToolButton()
        self.button.setAccessibleName(f"{field.label}：选日期")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style.set_icon(self.button, "calendar", "secondary")
        self.button.setToolTip("选日期　F4")
        self.button.clicked.connect(self._open_calendar)
        key = QShortcut(QKeySequence("F4"), self.line, context=Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.button.click)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)

    def value(self) -> Any:
        """ISO text; empty is None."""
        return read_date(self.field.label, self.line.text(), date.today())

    def set_value(self, value: Any) -> None:
        """Show the day as 2020-04-16."""
        self._show(value or "")

    def set_read_only(self, locked: bool) -> None:
        """No calendar either."""
        super().set_read_only(locked)
        self.button.setEnabled(not locked)

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # 一 to 日: the longer names end in … in a column as wide as a day.
        calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.line.text()):
            calendar.setSelectedDate(QDate.fromString(self.line.text(), Qt.DateFormat.ISODate))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(day: QDate) -> None:
            self.line.setText(day.toString(Qt.DateFormat.ISODate))
            menu.close()
            self.edited.emit()
            self.committed.emit()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        calendar.setFocus()


class AutoEditor(LineEditor):
    """What the program writes: shown, selectable, never typed."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line.setReadOnly(True)
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.line.setPlaceholderText("自动生成")

    def set_read_only(self, locked: bool) -> None:
        """It always is."""


def _exact(cents: int) -> str:
    """万元 without losing a 分: 12345678 is 12.345678, 128640000 is 128.64."""
    whole, rest = divmod(abs(cents), 1_000_000)
    return f"{'-' if cents < 0 else ''}{whole}.{f'{rest:06}'.rstrip('0').ljust(2, '0')}"
