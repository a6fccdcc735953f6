"""One page, as large as wanted: scrolled, with a rectangle drawn on it, with places to be blackened or framed."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar

from ui import style
from ui.evidence import key_box
from ui.evidence.regions import WHOLE
from xuncha_desktop.decoding.decoder import Box

_LEAST = 8  # pixels: what is smaller was a click
_STEP = 40


class PageView(QAbstractScrollArea):
    """Paints what it is given; `drawn` gives a rectangle of mouse or keys, in thousandths of the page as seen."""

    drawn = Signal(object)  # Box, or None after a click
    turned_over = Signal(int)  # pages forward
    zoom_asked = Signal(int)  # steps larger
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture: QImage | None = None
        self.zoom = 1.0
        self.frame: Box | None = None
        self.covers: Sequence[Box] = ()
        self.frames: Sequence[Box] = ()
        self.keyed: Box | None = None  # being drawn with keys
        self._from: QPointF | None = None
        self._to = QPointF()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("页面；拖动或按回车画框，PgUp、PgDn 翻页")
        self.setMinimumSize(200, 160)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def show_picture(self, picture: QImage) -> None:
        """Show a page; where it was scrolled to stays, as far as it can."""
        self.picture = picture
        self._from = None
        self._fit_bars()
        self.viewport().update()

    def show_zoom(self, zoom: float) -> None:
        """Show it larger or smaller around the middle; 1 is the whole page."""
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [(bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep()) for bar in bars]
        self.zoom = zoom
        self._fit_bars()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))
        self.viewport().update()

    def reveal(self, box: Box) -> None:
        """Scroll until a rectangle is seen."""
        size = self._size()
        for bar, start, length, whole in (
            (self.horizontalScrollBar(), box[0], box[2], size.width()),
            (self.verticalScrollBar(), box[1], box[3], size.height()),
        ):
            bar.setValue(round((start + length / 2) / WHOLE * whole - bar.pageStep() / 2))

    def target(self) -> QRectF:
        """Where on the widget the page lies."""
        size, room = self._size(), self.viewport().size()
        left = max(0.0, (room.width() - size.width()) / 2) - self.horizontalScrollBar().value()
        top = max(0.0, (room.height() - size.height()) / 2) - self.verticalScrollBar().value()
        return QRectF(QPointF(left, top), size)

    def place_of(self, box: Box) -> QRectF:
        """Where on the widget a rectangle of the page lies."""
        page = self.target()
        x, y = page.width() / WHOLE, page.height() / WHOLE
        return QRectF(page.left() + box[0] * x, page.top() + box[1] * y, box[2] * x, box[3] * y)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page and what is marked on it."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), style.color("panel"))
            if self.picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self.target(), self.picture)
                _outline(painter, self.target(), "line", 1)
                for box in self.covers:
                    painter.fillRect(self.place_of(box), style.color("covered"))
                    _outline(painter, self.place_of(box), "error", 1)
                for box in self.frames:
                    _outline(painter, self.place_of(box), "framed", 2)
                if self.frame is not None:
                    _outline(painter, self.place_of(self.frame), "error", 2)
                if self._from is not None:
                    _outline(painter, QRectF(self._from, self._to).normalized(), "error", 1)
                if self.keyed is not None:
                    _outline(painter, self.place_of(self.keyed), "error", 2)
                    self._say_keys(painter)
            if self.hasFocus():
                _outline(painter, QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), "focus", 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that keys come here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say no longer that keys come here."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle."""
        if event.button() == Qt.MouseButton.LeftButton and self.picture is not None:
            self._from = self._to = self._inside(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull it."""
        if self._from is not None:
            self._to = self._inside(event.position())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The rectangle stands; a mere click takes it away."""
        if self._from is None:
            return
        pulled = QRectF(self._from, self._inside(event.position())).normalized()
        self._from = None
        small = pulled.width() < _LEAST or pulled.height() < _LEAST
        self.drawn.emit(None if small else self._box_of(pulled))
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn over, arrows scroll; Enter begins a rectangle, which arrows move until Enter again."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned_over.emit(1 if key is Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.picture is not None and not held:
            self._begin_or_stand()
        elif key == Qt.Key.Key_Escape and self.keyed is not None:
            self.show_keyed(None)
        elif key in key_box.ARROWS and self.keyed is not None:
            self.show_keyed(key_box.moved(self.keyed, key, held))
        elif key in key_box.ARROWS and not held:
            self._scroll(*key_box.ARROWS[key])
        else:
            event.ignore()

    def show_keyed(self, box: Box | None) -> None:
        """Show the rectangle that keys are drawing, all of it; None: no more."""
        self.keyed = box
        if box is not None and not QRectF(self.viewport().rect()).contains(self.place_of(box)):
            self.reveal(box)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit_bars()
        self.resized.emit()

    def room(self) -> QSize:
        """How large the whole page may be."""
        return self.maximumViewportSize()

    def _size(self) -> QSizeF:
        """How large the page is seen: the whole of it fits at a zoom of 1, and a small picture is not blown up."""
        if self.picture is None:
            return QSizeF()
        size, room = QSizeF(self.picture.size()) / self.devicePixelRatioF(), QSizeF(self.room())
        if size.width() > room.width() or size.height() > room.height():
            size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        return size * self.zoom

    def _fit_bars(self) -> None:
        size, room = self._size(), self.viewport().size()
        self._fit_bar(self.horizontalScrollBar(), size.width(), room.width())
        self._fit_bar(self.verticalScrollBar(), size.height(), room.height())

    def _fit_bar(self, bar: QScrollBar, whole: float, seen: int) -> None:
        bar.setRange(0, max(0, round(whole) - seen) if self.zoom > 1 else 0)
        bar.setPageStep(seen)
        bar.setSingleStep(_STEP)

    def _begin_or_stand(self) -> None:
        if self.keyed is None:
            self.show_keyed(key_box.begun(self._box_of(self.target() & QRectF(self.viewport().rect()))))
        else:
            box = self.keyed
            self.show_keyed(None)
            self.drawn.emit(box)

    def _say_keys(self, painter: QPainter) -> None:
        room = QRectF(self.viewport().rect())
        strip = QRectF(room.left(), room.bottom() - style.metrics.row, room.width(), style.metrics.row)
        painter.fillRect(strip, style.color("panel"))
        painter.setFont(style.font("secondary"))
        painter.setPen(style.color("text"))
        words = painter.fontMetrics().elidedText(key_box.HINT, Qt.TextElideMode.ElideRight, round(strip.width()))
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)

    def _scroll(self, across: int, down: int) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + across * _STEP)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + down * _STEP)
        self.viewport().update()

    def scrollContentsBy(self, across: int, down: int) -> None:
        """Everything is painted anew."""
        self.viewport().update()

    def _inside(self, at: QPointF) -> QPointF:
        page = self.target()
        return QPointF(min(max(at.x(), page.left()), page.right()), min(max(at.y(), page.top()), page.bottom()))

    def _box_of(self, pulled: QRectF) -> Box:
        page = self.target()
        x, y = WHOLE / page.width(), WHOLE / page.height()
        left, top = (pulled.left() - page.left()) * x, (pulled.top() - page.top()) * y
        return (left, top, pulled.width() * x, pulled.height() * y)


def _outline(painter: QPainter, rect: QRectF, role: str, width: int) -> None:
    painter.setPen(QPen(style.color(role), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
