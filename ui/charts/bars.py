"""Horizontal bars with words and numbers: calm, reached by keyboard, copied as a picture and as a table."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from ui import style
from ui.charts import bar_lines, copying
from ui.charts.bar_lines import Bar


class BarChart(QWidget):
    """`chosen` gives the line of a bar; `copied` says what lies on the clipboard."""

    chosen = Signal(int)
    copied = Signal(str)

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

    def place(self, line: int) -> QRect:
        """Where a line lies in the chart."""
        return QRect(0, line * self._line(), self.width(), self._line())

    def rows(self) -> list[tuple[str, str]]:
        """The chart as cells."""
        return [(self.title, "数量"), *((bar.label, str(bar.value)) for bar in self._bars)]

    def copy(self) -> None:
        """Put the chart on the clipboard, for Word as a picture or a table, for Excel as cells."""
        copying.copy_table(self.rows(), copying.picture(self.title, self._bars))
        self.copied.emit(f"已复制“{self.title}”的图片和数据；在 Word 里可用选择性粘贴取图片")

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(320, max(1, len(self._bars)) * self._line())

    def minimumSizeHint(self) -> QSize:
        """Narrower than this the words would be lost."""
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words may need two lines now, or one again."""
        super().resizeEvent(event)
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, and which one mouse or keyboard is on."""
        with QPainter(self) as painter:
            bar_lines.draw(painter, self._bars, self.width(), self._look(), marked=self._under_mouse)
            if self.hasFocus() and self._bars:
                painter.setPen(style.color("focus"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                radius = style.metrics.radius
                painter.drawRoundedRect(self.place(self._at).adjusted(1, 1, -1, -1), radius, radius)

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
            self.chosen.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the bars, Enter chooses, Ctrl+C copies."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self._at + step < len(self._bars):
            self._at += step
            self.update()
        elif self._bars and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._at)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
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
        """Copy one or both."""
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the chart."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction("复制图片和数据　Ctrl+C").triggered.connect(self.copy)
        menu.addAction("只复制图片").triggered.connect(self._copy_picture)
        menu.addAction("只复制数据").triggered.connect(lambda: copying.copy_table(self.rows()))
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
        copying.copy_picture(copying.picture(self.title, self._bars))

    def _look(self) -> bar_lines.Look:
        return bar_lines.on_screen(self._bars, self.width())

    def _line(self) -> int:
        return self._look().line

    def _line_at(self, at: QPoint) -> int:
        line = at.y() // self._line()
        return line if 0 <= line < len(self._bars) and 0 <= at.x() < self.width() else -1
