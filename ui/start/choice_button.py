"""A button of two lines: what it does, and what that means."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style


class ChoiceButton(QPushButton):
    """One of a few ways on; reached by Tab, pressed by Space or Enter."""

    def __init__(self, words: str, explanation: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "choice")
        self.setAutoDefault(True)
        self.setAccessibleName(words)
        self.setAccessibleDescription(explanation)
        self._icon_name = icon
        self._picture = QLabel()
        self._words = QLabel(words)
        self._words.setProperty("role", "strong")
        self._told = (words, explanation)
        self._more = QLabel(explanation)
        self._more.setProperty("role", "secondary")
        lines = QVBoxLayout()
        lines.setSpacing(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.metrics.wide_gap, 10, style.metrics.wide_gap, 10)
        row.setSpacing(style.metrics.wide_gap)
        for line in (self._words, self._more):
            line.setTextFormat(Qt.TextFormat.PlainText)
            # A long path may not make the button wider than its column.
            line.setMinimumWidth(1)
            lines.addWidget(line)
        if icon:
            row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(lines, 1)
        for label in (self._picture, self._words, self._more):
            # The button is pressed wherever it is touched.
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._draw_icon()

    def sizeHint(self) -> QSize:
        """As large as its lines."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its lines are high."""
        return QSize(style.metrics.scaled(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what does not fit in the middle, where paths can spare it."""
        super().resizeEvent(event)
        taken = 2 * style.metrics.wide_gap
        if self._icon_name:
            taken += style.metrics.scaled(style.metrics.large_icon) + style.metrics.wide_gap
        for label, full in zip((self._words, self._more), self._told, strict=True):
            label.setText(label.fontMetrics().elidedText(full, Qt.TextElideMode.ElideMiddle, self.width() - taken))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new theme and size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon_name:
            size = style.metrics.scaled(style.metrics.large_icon)
            self._picture.setPixmap(style.icon(self._icon_name, "accent").pixmap(size, size))
