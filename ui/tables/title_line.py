"""A title with its buttons at the right; where both do not fit on one line, the buttons stand below."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import style


class TitleLine(QWidget):
    """Nothing of either is ever cut off."""

    def __init__(self, *title: QWidget) -> None:
        super().__init__()
        gap = style.metrics.gap
        self._title, self._tools = QWidget(), QWidget()
        self._words, self._buttons = QHBoxLayout(self._title), QHBoxLayout(self._tools)
        for row in (self._words, self._buttons):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(gap)
        for widget in title:
            self._words.addWidget(widget)
        self._words.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(gap * 2, gap, gap, 0)
        self._grid.setSpacing(gap // 2)
        self._grid.setColumnStretch(0, 1)
        self._below: bool | None = None
        self._place()

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._buttons.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longer of the two."""
        longer = max(self._words.minimumSize().width(), self._buttons.minimumSize().width())
        return QSize(longer + self._around(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look whether they fit."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Look again where title or buttons became longer or shorter."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _around(self) -> int:
        margins = self._grid.contentsMargins()
        return margins.left() + margins.right()

    def _place(self) -> None:
        wanted = self._words.sizeHint().width() + self._buttons.sizeHint().width() + style.metrics.gap
        below = wanted > self.width() - self._around()
        if below == self._below:
            return
        self._below = below
        self._grid.addWidget(self._title, 0, 0)
        side = Qt.AlignmentFlag.AlignRight
        if below:
            self._grid.addWidget(self._tools, 1, 0, 1, 2, side)
        else:
            self._grid.addWidget(self._tools, 0, 1, side)
