"""Draws a record as two lines: its title, and what matters about it below."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.tables.list_model import GROUP_ROLE
from ui.tables.record_model import CELLS_ROLE
from ui.tables.states import marked

_PAD = 12


@dataclass(frozen=True, slots=True)
class TwoLines:
    """What a row says."""

    title: str
    state: str = ""
    second: str = ""
    right: str = ""


Describe = Callable[[Mapping[str, str]], TwoLines]


class TwoLineDelegate(QStyledItemDelegate):
    """Paints rows of 56 px and group lines of 32 px."""

    def __init__(self, describe: Describe) -> None:
        super().__init__()
        self._describe = describe

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The height of the row."""
        tall = index.data(GROUP_ROLE) is None
        return QSize(100, style.metrics.two_line_row if tall else style.metrics.row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        painter.save()
        rect: QRect = option.rect
        if (group := index.data(GROUP_ROLE)) is not None:
            painter.fillRect(rect, style.color("panel"))
            painter.setFont(style.font("secondary"))
            painter.setPen(style.color("secondary"))
            inner = rect.adjusted(_PAD, 0, -_PAD, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, f"{group.text}　{group.count}")
        else:
            self._paint_record(painter, option, rect, self._describe(index.data(CELLS_ROLE) or {}))
        painter.restore()

    def _paint_record(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, lines: TwoLines) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, style.color("selection"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), style.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, style.color("panel"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PAD, 6, -_PAD, -6)
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        below = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
        title = lines.title or "（未命名）"
        room = top.width() - width_of(title, "text")
        # The title is what one looks for: what would cut it off stands below.
        beside = top if width_of(lines.right, "secondary") <= room else below
        right = _draw(painter, beside, lines.right, "secondary", "text", Qt.AlignmentFlag.AlignRight)
        _draw(painter, top.adjusted(0, 0, -right if beside is top else 0, 0), title, "text", "text")
        if beside is below:
            below = below.adjusted(0, 0, -right, 0)
        word, role = marked(lines.state)
        used = _draw(painter, below, word, "secondary", role)
        _draw(painter, below.adjusted(used, 0, 0, 0), lines.second, "secondary", "secondary")


def width_of(text: str, font: Literal["text", "secondary"]) -> int:
    """The room that words take with the gap after them."""
    return QFontMetrics(style.font(font)).horizontalAdvance(text) + style.metrics.gap if text else 0


def _draw(
    painter: QPainter, rect: QRect, text: str, font: str, role: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> int:
    """Draw one elided piece of text; the width it took with a gap."""
    if not text:
        return 0
    face = style.font("secondary" if font == "secondary" else "text")
    painter.setFont(face)
    painter.setPen(style.color(role))
    shown = QFontMetrics(face).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return QFontMetrics(face).horizontalAdvance(shown) + style.metrics.gap
