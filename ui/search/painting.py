"""Paints the lines of results: the words that were searched for stand out by weight and by ground."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.search.rows import ROW_ROLE, Heading, Row
from xuncha_desktop.services.search import Hit
from xuncha_desktop.services.search_passages import Span

_PAD = 12
_GROUND = "returned_tint"  # dark and light text are both readable on it


class ResultDelegate(QStyledItemDelegate):
    """Two lines for a record, one for all else."""

    def __init__(self) -> None:
        super().__init__()
        self.inspections: Mapping[str, str] = {}  # names by id; empty where naming them tells nothing

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height of the line."""
        tall = isinstance(index.data(ROW_ROLE), Hit)
        return QSize(100, style.metrics.two_line_row if tall else style.metrics.row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        row: Row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        if isinstance(row, Heading):
            painter.fillRect(rect, style.color("panel"))
            words = f"{row.text}　{row.count:,}" if row.count else row.text
            draw_marked(painter, rect.adjusted(_PAD, 0, -_PAD, 0), words, (), "secondary", "secondary")
        else:
            self._paint_ground(painter, rect, option)
            inner = rect.adjusted(_PAD, 4, -_PAD, -4)
            if isinstance(row, Hit):
                self._paint_hit(painter, inner, row)
            else:
                draw_marked(painter, inner, row.text, (), "text", "text")
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, style.color("selection"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), style.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, style.color("panel"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        half = rect.height() // 2
        top = QRect(rect.left(), rect.top(), rect.width(), half)
        below = QRect(rect.left(), rect.top() + half, rect.width(), rect.height() - half)
        used = _draw_right(painter, top, hit.number if hit.number != hit.title else "")
        draw_marked(painter, top.adjusted(0, 0, -used, 0), hit.title, hit.title_marks, "text", "text")
        used = _draw_right(painter, below, self.inspections.get(hit.inspection, ""))
        left = below.adjusted(0, 0, -used, 0)
        for passage in hit.passages:
            taken = draw_marked(painter, left, f"{passage.label}　", (), "secondary", "accent")
            left = left.adjusted(taken, 0, 0, 0)
            piece = passage.excerpt
            taken = draw_marked(painter, left, piece.text, piece.marks, "secondary", "secondary")
            left = left.adjusted(taken + style.metrics.wide_gap, 0, 0, 0)


def draw_marked(painter: QPainter, rect: QRect, text: str, marks: Sequence[Span], face: str, role: str) -> int:
    """Draw a text in one line, cut off where the room ends; the width it took."""
    plain = style.font("secondary" if face == "secondary" else "text")
    strong = QFont(plain)
    strong.setWeight(QFont.Weight.DemiBold)
    x = rect.left()
    for piece, marked in _pieces(text, marks):
        font = strong if marked else plain
        measure = QFontMetrics(font)
        room = rect.right() - x
        shown = measure.elidedText(piece, Qt.TextElideMode.ElideRight, room) if room > 0 else ""
        width = measure.horizontalAdvance(shown)
        if marked and shown:
            height = measure.height()
            painter.fillRect(QRect(x, rect.center().y() - height // 2, width, height), style.color(_GROUND))
        painter.setFont(font)
        painter.setPen(style.color("text" if marked else role))
        painter.drawText(QRect(x, rect.top(), width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        x += width
        if shown != piece:
            break
    return x - rect.left()


def _pieces(text: str, marks: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in marks:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _draw_right(painter: QPainter, rect: QRect, text: str) -> int:
    """Draw a text at the right end, at most half the line; the room it took with a gap."""
    if not text:
        return 0
    font = style.font("secondary")
    measure = QFontMetrics(font)
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() // 2)
    painter.setFont(font)
    painter.setPen(style.color("secondary"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
    return measure.horizontalAdvance(shown) + style.metrics.wide_gap
