"""A text to read with what was taken out and what was added marked in it: by colour, and by a line through or under."""

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from ui import style
from ui.turns import Turns
from xuncha_desktop.differences import Piece

LEGEND = "删去的字划线，新增的字加下划线"
_CHARACTERS_A_TURN = 4000


def look(kind: str) -> QTextCharFormat:
    """How a piece of a text looks."""
    made = QTextCharFormat()
    made.setForeground(style.color("text"))
    if kind == "taken":
        made.setFontStrikeOut(True)
        made.setBackground(style.color("warning_tint"))
    elif kind == "added":
        made.setFontUnderline(True)
        made.setBackground(style.color("ok_tint"))
    return made


class MarkedText(QTextEdit):
    """Put together in turns: the window stays alive however long the text is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._turns = Turns(self)
        self._pieces: Sequence[Piece] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "editor")
        style.sized(self, lambda text: text.show_pieces(text._pieces))

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show these from the first on."""
        self.clear()
        self._pieces = pieces
        self._turns.begin(self._steps(pieces))

    def blank(self) -> QTextCursor:
        """Nothing any more; where to write instead."""
        self._turns.stop()
        self.clear()
        return QTextCursor(self.document())

    def _steps(self, pieces: Sequence[Piece]) -> Iterator[None]:
        cursor = QTextCursor(self.document())
        spacing = QTextBlockFormat()
        height = round(1.6 * style.metrics.editor)
        spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(spacing)
        written = 0
        for piece in pieces:
            for start in range(0, len(piece.text), _CHARACTERS_A_TURN):
                part = piece.text[start : start + _CHARACTERS_A_TURN]
                cursor.insertText(part, look(piece.kind))
                written += len(part)
                if written >= _CHARACTERS_A_TURN:
                    written = 0
                    yield
