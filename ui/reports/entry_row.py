"""How a paper stands in the outline: a tick, its place, its title, number and amount."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import style
from ui.tables.two_lines import width_of
from xuncha_desktop.model.show import money
from xuncha_desktop.services.reports import Entry

ENTRY = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1  # number within the heading; 0 where it is left out
_BOX, _PAD = 16, 12


def box_width() -> int:
    """How far from the left edge a click means the tick."""
    return 2 * _PAD + style.metrics.scaled(_BOX)


class EntryRow(QStyledItemDelegate):
    """Paints one paper of the outline."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(100, style.metrics.two_line_row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, tick and words."""
        entry: Entry = index.data(ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, style.color("selection"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), style.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, style.color("hover"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_tick(painter, rect, not entry.left_out)
        inner = rect.adjusted(box_width(), 6, -_PAD, -6)
        self._paint_words(painter, inner, entry, index.data(PLACE))
        painter.restore()

    def _paint_tick(self, painter: QPainter, rect: QRect, ticked: bool) -> None:
        size = style.metrics.scaled(_BOX)
        box = QRect(rect.left() + _PAD, rect.top() + (rect.height() - size) // 2, size, size)
        painter.setPen(QPen(style.color("accent" if ticked else "border"), 1))
        painter.setBrush(style.color("accent" if ticked else "paper"))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            style.icon("check", "on_accent").paint(painter, box.adjusted(1, 1, -1, -1))

    def _paint_words(self, painter: QPainter, rect: QRect, entry: Entry, place: int) -> None:
        half = rect.height() // 2
        top = QRect(rect.left(), rect.top(), rect.width(), half)
        below = QRect(rect.left(), rect.top() + half, rect.width(), rect.height() - half)
        role = "secondary" if entry.left_out else "text"
        amount = f"{money(entry.amount)} 万元" if entry.amount else ""
        title = (f"{place}. {entry.title}" if place else entry.title) or "（未命名）"
        # The title is what one looks for: what would cut it off stands below.
        beside = top if width_of(title, "text") + width_of(amount, "text") <= top.width() else below
        _write(painter, beside, amount, "text", role, Qt.AlignmentFlag.AlignRight)
        _write(painter, top, title, "text", role)
        second = "　".join(filter(None, ("不写入报告" if entry.left_out else "", entry.number)))
        _write(painter, below, second, "secondary", "secondary")


def _write(
    painter: QPainter,
    rect: QRect,
    text: str,
    size: str,
    role: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Write one elided line; the width it took with a gap."""
    if not text:
        return 0
    face = style.font("secondary" if size == "secondary" else "text")
    painter.setFont(face)
    painter.setPen(style.color(role))
    measure = QFontMetrics(face)
    shown = measure.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return measure.horizontalAdvance(shown) + 2 * style.metrics.gap
