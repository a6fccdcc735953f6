"""Horizontal bars with words and numbers: calm, reached by keyboard, copied as a picture or as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from ui import style

_SHARPNESS = 2  # pixels of a copied picture for each on the screen
_BAR = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart."""

    label: str
    value: int
    role: str = "accent"  # colour; the words say the same
    mark: str = ""  # a small shape before the words


class BarChart(QWidget):
    """Bars under a title that the picture carries, too; `chosen` gives the label of a bar."""

    chosen = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._bars: tuple[Bar, ...] = ()
        self._at = 0
        self._under_mouse = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these bars; the keyboard stays on the same line where it can."""
        if self._bars == tuple(bars):
            return
        self._bars = tuple(bars)
        self._at = max(0, min(self._at, len(bars) - 1))
        self._under_mouse = -1
        self.setAccessibleDescription("；".join(f"{bar.label} {bar.value:,}" for bar in bars))
        self.updateGeometry()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is drawn, from top to bottom."""
        return self._bars

    def place(self, label: str) -> QRect:
        """Where the line of a bar lies in the chart."""
        line = next(line for line, bar in enumerate(self._bars) if bar.label == label)
        return QRect(0, line * self._line(), self.width(), self._line())

    def picture(self) -> QPixmap:
        """The chart under its title, on paper, as it is pasted into a document."""
        title = QFontMetrics(style.font("section")).height() + style.metrics.gap
        margin = style.metrics.wide_gap
        size = QSize(self.width() + 2 * margin, self.sizeHint().height() + title + 2 * margin)
        made = QPixmap(size * _SHARPNESS)
        made.setDevicePixelRatio(_SHARPNESS)
        made.fill(style.color("paper"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(margin, margin)
        painter.setFont(style.font("section"))
        painter.setPen(style.color("text"))
        painter.drawText(QRect(0, 0, self.width(), title), Qt.AlignmentFlag.AlignTop, self.title)
        painter.translate(0, title)
        self._draw(painter, marked=-1)
        painter.end()
        return made

    def table(self) -> str:
        """The chart as cells for Excel."""
        return "\n".join([f"{self.title}\t数量", *(f"{bar.label}\t{bar.value}" for bar in self._bars)])

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(320, max(1, len(self._bars)) * self._line())

    def minimumSizeHint(self) -> QSize:
        """Narrower than this the words would be lost."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, and which one mouse or keyboard is on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, marked=self._under_mouse)
        if self.hasFocus() and self._bars:
            painter.setPen(style.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            line = QRect(0, self._at * self._line(), self.width(), self._line())
            painter.drawRoundedRect(line.adjusted(1, 1, -1, -1), style.metrics.radius, style.metrics.radius)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the line under the mouse."""
        line = self._line_at(event.position().toPoint())
        if line != self._under_mouse:
            self._under_mouse = line
            self.setCursor(Qt.CursorShape.PointingHandCursor if line >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No line is marked any more."""
        super().leaveEvent(event)
        self._under_mouse = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a bar."""
        line = self._line_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and line >= 0:
            self._at = line
            self.chosen.emit(self._bars[line].label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the bars, Enter chooses, Ctrl+C copies the picture."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at + step < len(self._bars):
            self._at += step
            self.update()
        elif self._bars and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._bars[self._at].label)
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_C:
            self._copy_picture()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away."""
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy as a picture or as a table."""
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the chart."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction("复制为图片").triggered.connect(self._copy_picture)
        menu.addAction("复制数据").triggered.connect(lambda: QGuiApplication.clipboard().setText(self.table()))
        return menu

    def event(self, event: QEvent) -> bool:
        """Long words in full as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self._line_at(event.pos())
            text = f"{self._bars[line].label}　{self._bars[line].value:,}" if line >= 0 else ""
            # A tooltip takes markup for markup.
            QToolTip.showText(event.globalPos(), f"<p>{escape(text)}</p>" if text else "", self)
            return True
        return super().event(event)

    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.picture())

    def _line(self) -> int:
        return style.metrics.scaled(28)

    def _line_at(self, at: QPoint) -> int:
        line = at.y() // self._line()
        return line if 0 <= line < len(self._bars) and 0 <= at.x() < self.width() else -1

    def _draw(self, painter: QPainter, *, marked: int) -> None:
        face = QFontMetrics(style.font("text"))
        gap = style.metrics.gap
        most = max((bar.value for bar in self._bars), default=0) or 1
        words = min(
            max((face.horizontalAdvance(_words(bar)) for bar in self._bars), default=0) + 1, self.width() * 45 // 100
        )
        number = max((face.horizontalAdvance(f"{bar.value:,}") for bar in self._bars), default=0)
        room = max(8, self.width() - words - number - 4 * gap)
        painter.setFont(style.font("text"))
        for line, bar in enumerate(self._bars):
            rect = QRect(gap, line * self._line(), self.width() - 2 * gap, self._line())
            if line == marked:
                painter.fillRect(rect.adjusted(-gap, 0, gap, 0), style.color("hover"))
            painter.setPen(style.color("text" if bar.value else "secondary"))
            shown = face.elidedText(_words(bar), Qt.TextElideMode.ElideRight, words)
            painter.drawText(QRect(rect.left(), rect.top(), words, rect.height()), _MIDDLE, shown)
            height = style.metrics.scaled(_BAR)
            long = round(room * bar.value / most)
            left = rect.left() + words + gap
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color(bar.role))
            if long:
                painter.drawRoundedRect(left, rect.center().y() - height // 2 + 1, max(2, long), height, 2, 2)
            painter.setPen(style.color("text" if bar.value else "secondary"))
            painter.drawText(
                QRect(left + long + gap, rect.top(), number + gap, rect.height()), _MIDDLE, f"{bar.value:,}"
            )


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _words(bar: Bar) -> str:
    return f"{bar.mark} {bar.label}" if bar.mark else bar.label
