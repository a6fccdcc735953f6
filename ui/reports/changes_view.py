"""What changed in the report, to read from top to bottom: each change with its words marked, and the way there."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor

from ui import style
from ui.marked_text import look
from ui.reports.leading_text import LeadingText
from xuncha_desktop.exports.report_changes import KINDS, Change
from xuncha_desktop.exports.trace_words import way

_ROLES = {"added": "ok", "removed": "warning", "moved": "accent", "number": "accent", "text": "secondary"}
_A_TURN = 12
_LOOKS = (QEvent.Type.FontChange, QEvent.Type.PaletteChange)


class ChangesView(LeadingText):
    """Each change leads to its paper or text."""

    asked = Signal(str, str, str, int, int)  # entity, record, field, place, and how many characters to choose

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Change] = ()
        self._of_block: list[Change | None] = []
        self.setAccessibleName("改了什么")
        self.setToolTip("单击一处，或按回车：到写它的地方")
        self.document().setDocumentMargin(style.metrics.wide_gap)

    def show_changes(self, found: Sequence[Change]) -> None:
        """Show these, part by part."""
        self._found = found
        self._of_block = []
        self.clear()
        self._turns.begin(self._written(found))

    def changeEvent(self, event: QEvent) -> None:
        """Sizes and colours follow the settings."""
        super().changeEvent(event)
        if event.type() in _LOOKS and self._found:
            self.show_changes(self._found)

    def lead(self, cursor: QTextCursor) -> None:
        """To where the change under the cursor is written."""
        number = cursor.blockNumber()
        change = self._of_block[number] if number < len(self._of_block) else None
        if change is not None:
            entity, record, field = way(change.source)
            if record:
                self.asked.emit(entity, record, field, 0, 0)

    def _written(self, found: Sequence[Change]) -> Iterator[None]:
        part = ""
        for place, change in enumerate(found, 1):
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.beginEditBlock()
            if change.part != part:
                part = change.part
                self._begin(cursor, _block(above=style.metrics.wide_gap))
                cursor.insertText(part, _strong(style.color("text")))
                self._of_block.append(None)
            self._begin(cursor, _block(above=style.metrics.gap))
            cursor.insertText(f"【{KINDS[change.kind]}】", _strong(style.color(_ROLES[change.kind])))
            told = f"　{change.told}" if change.told else ""
            cursor.insertText(f"{change.label}{told}", look("same"))
            if change.pieces:
                self._begin(cursor, _block(left=2 * style.metrics.editor))
                for piece in change.pieces:
                    cursor.insertText(piece.text, look(piece.kind))
            cursor.endEditBlock()
            self._of_block += [change] * (self.document().blockCount() - len(self._of_block))
            if place % _A_TURN == 0:
                yield

    def _begin(self, cursor: QTextCursor, block: QTextBlockFormat) -> None:
        """The first block of a document is there already."""
        if self.document().isEmpty():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)


def _block(above: int = 0, left: int = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(above)
    made.setLeftMargin(left)
    made.setLineHeight(round(1.6 * style.metrics.editor), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def _strong(color: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(color)
    made.setFontWeight(QFont.Weight.DemiBold)
    return made
