"""The eight counters of a stay: a number, what it counts, and whether a person keeps it."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from ui import style
from xuncha_desktop.services.counters import Counter8

_LEAST = 104


class Counters(QWidget):
    """All in one line, or in as many as the width asks for; `chosen` gives the counter."""

    chosen = Signal(object)  # Counter8

    def __init__(self) -> None:
        super().__init__()
        self._cells: list[_Cell] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)

    def show_counters(self, counters: Sequence[Counter8]) -> None:
        """Show these numbers."""
        while len(self._cells) < len(counters):
            cell = _Cell()
            cell.clicked.connect(lambda _=False, of=cell: self.chosen.emit(of.counter))
            self._cells.append(cell)
            self._columns = 0
        for cell, counter in zip(self._cells, counters, strict=True):
            cell.show_counter(counter)
        self._place()

    def cell(self, name: str) -> QAbstractButton:
        """The button of a counter."""
        return next(cell for cell in self._cells if cell.counter.name == name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of columns may fit."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Two columns fit anywhere."""
        return QSize(2 * style.metrics.scaled(_LEAST), super().minimumSizeHint().height())

    def _place(self) -> None:
        fitting = self.width() // style.metrics.scaled(_LEAST)
        columns = next((count for count in (8, 4) if count <= fitting), 2)
        if columns == self._columns:
            return
        self._columns = columns
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, place // columns, place % columns)
        for column in range(8):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class _Cell(QAbstractButton):
    counter: Counter8

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_counter(self, counter: Counter8) -> None:
        """Show another number."""
        self.counter = counter
        self.setText(counter.label)
        kept = "手填，点按去填写" if counter.by_hand else "自动统计，点按看登记"
        self.setAccessibleName(f"{counter.label} {counter.value:,}，{kept}")
        self.setToolTip(kept)
        self.update()

    def sizeHint(self) -> QSize:
        """Number over words."""
        return QSize(style.metrics.scaled(_LEAST), style.metrics.scaled(64))

    def minimumSizeHint(self) -> QSize:
        """The words may be elided, the number not."""
        return QSize(style.metrics.scaled(72), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the number, the words, and 手填 where a person keeps it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), style.color("hover" if self.underMouse() else "panel"))
            pad = style.metrics.gap + 4
            inner = self.rect().adjusted(pad, style.metrics.gap, -style.metrics.gap, -style.metrics.gap)
            upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() * 58 // 100)
            lower = QRect(inner.left(), upper.bottom(), inner.width(), inner.bottom() - upper.bottom())
            painter.setFont(style.font("title"))
            painter.setPen(style.color("text" if self.counter.value else "secondary"))
            number = f"{self.counter.value:,}"
            painter.drawText(upper, _LEFT, number)
            face = QFontMetrics(style.font("secondary"))
            painter.setFont(style.font("secondary"))
            painter.setPen(style.color("secondary"))
            if self.counter.by_hand:
                painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "手填")
            shown = face.elidedText(self.counter.label, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, _LEFT, shown)
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(style.color("focus"))
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), style.metrics.radius, style.metrics.radius)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
