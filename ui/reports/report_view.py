"""The whole report to read: kept like the case by changing only the lines that differ, a few each turn."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor

from ui import style
from ui.reports import report_faces
from ui.reports.leading_text import LeadingText
from xuncha_desktop.exports.report_lines import Line

_LINES_A_TURN = 12


class ReportView(LeadingText):
    """Each line leads to its field; what is read stays where it is on the screen."""

    asked = Signal(str, str, str, int)  # entity, record, field, place in the field's text
    shown = Signal()  # all lines are there

    def __init__(self, faces: Mapping[str, str]) -> None:
        super().__init__()
        self._faces, self._dressed_in = faces, dict(faces)
        self._lines: list[Line] = []  # one for each block of the document, whatever step it is at
        self._wanted: list[Line] = []
        self.setAccessibleName("报告全文")
        self.setToolTip("单击一句，或按回车：到写它的地方")
        self.document().setDocumentMargin(style.metrics.wide_gap * 1.5)

    @property
    def lines(self) -> Sequence[Line]:
        """The lines now shown."""
        return self._lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Make the document read like this; a start that is under way goes on from where it is."""
        if self._dressed_in != self._faces:
            self._dressed_in = dict(self._faces)
            self._remove(0, len(self._lines))
        self._wanted = list(lines)
        self._turns.begin(self._steps())

    def lead(self, cursor: QTextCursor) -> None:
        """To the field and the place in it."""
        number = cursor.blockNumber()
        if number >= len(self._lines):
            return
        line = self._lines[number]
        if line.source.record:
            units = line.text.encode("utf-16-le")[: 2 * cursor.positionInBlock()]
            column = len(units.decode("utf-16-le", "ignore"))
            self.asked.emit(line.source.entity, line.source.record, line.source.field, line.place(column))

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the settings: all lines are set anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self._lines:
            self._remove(0, len(self._lines))
            self.show_lines(self._wanted)

    def _steps(self) -> Iterator[None]:
        """Lines alike at both ends stay; those between are taken out, and the new ones put in."""
        before, after = self._lines, self._wanted
        alike = min(len(before), len(after))
        start = next((place for place in range(alike) if before[place] != after[place]), alike)
        behind = next(
            (back for back in range(alike - start) if before[-1 - back] != after[-1 - back]),
            alike - start,
        )
        end = len(before) - behind
        while end > start:
            first = max(start, end - 8 * _LINES_A_TURN)
            self._keeping_place(lambda first=first, end=end: self._remove(first, end))
            end = first
            yield
        until = len(after) - behind
        for first in range(start, until, _LINES_A_TURN):
            part = after[first : min(until, first + _LINES_A_TURN)]
            self._keeping_place(lambda first=first, part=part: self._insert(first, part))
            yield
        self.shown.emit()

    def _keeping_place(self, change: Callable[[], None]) -> None:
        """Change lines; the line at the upper edge stays at the upper edge."""
        anchor = self.cursorForPosition(self.viewport().rect().topLeft())
        anchor.setKeepPositionOnInsert(True)
        bar = self.verticalScrollBar()
        top, value = self.cursorRect(anchor).top(), bar.value()
        change()
        if value:
            bar.setValue(bar.value() + self.cursorRect(anchor).top() - top)

    def _remove(self, start: int, end: int) -> None:
        cursor = QTextCursor(self.document())
        whole = end == len(self._lines)
        if whole:
            if start:
                cursor.setPosition(self._begin(start) - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.setPosition(self._begin(start))
            cursor.setPosition(self._begin(end), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self._lines[start:end]
        if not whole:  # Qt may keep the format of the first line taken out
            cursor.setBlockFormat(_block_of(self._lines[start]))

    def _insert(self, start: int, lines: Sequence[Line]) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for place, line in enumerate(lines, start):
            if place == len(self._lines):
                cursor.movePosition(QTextCursor.MoveOperation.End)
                if self._lines:
                    cursor.insertBlock()
            else:
                cursor.setPosition(self._begin(place))
                cursor.insertBlock()
                cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            face = report_faces.character(line.style, self._faces)
            cursor.setBlockFormat(_block_of(line))
            cursor.setBlockCharFormat(face)
            _say(cursor, line, face)
            self._lines.insert(place, line)
        cursor.endEditBlock()

    def _begin(self, number: int) -> int:
        return self.document().findBlockByNumber(number).position()


def _block_of(line: Line) -> QTextBlockFormat:
    return report_faces.block(line.style, line.columns)


def _say(cursor: QTextCursor, line: Line, face: QTextCharFormat) -> None:
    """The words of a line, some of them bold."""
    bold = QTextCharFormat(face)
    bold.setFontWeight(QFont.Weight.Bold)
    at = 0
    for start, end in line.bold:
        cursor.insertText(line.text[at:start], face)
        cursor.insertText(line.text[start:end], bold)
        at = end
    cursor.insertText(line.text[at:], face)
