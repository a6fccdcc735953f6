"""A sentence in place: what is wrong or worth knowing, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style

Act = Callable[[], None]
_MOST_WAYS = 3
_ICONS = {"error": "alert", "warning": "alert", "info": "book", "ok": "check"}
_COLORS = {"error": "error", "warning": "warning", "info": "accent", "ok": "ok"}


class Notice(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "info"
        self._icon = QLabel()
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        # There from the start, so that Tab reaches it in the order of reading.
        self._buttons = tuple(QPushButton() for _ in range(_MOST_WAYS))
        self._acts: tuple[Act, ...] = ()
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, place=place: self._do(place))
        buttons = QHBoxLayout()
        buttons.setSpacing(style.metrics.gap)
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(style.metrics.gap)
        words.addWidget(self._sentence)
        words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, style.metrics.gap, 12, style.metrics.gap)
        row.setSpacing(style.metrics.gap)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def say(self, kind: str, sentence: str, verb: str = "", act: Act | None = None, *more: tuple[str, Act]) -> None:
        """Show a sentence of a kind (error, warning, info, ok), and up to three ways to deal with it."""
        self.clear()
        self._kind = kind
        self.setProperty("notice", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw_icon()
        self._sentence.setText(sentence)
        ways = [*([(verb, act)] if act else []), *more]
        self._acts = tuple(way for _, way in ways)
        for place, button in enumerate(self._buttons):
            button.setText(ways[place][0] if place < len(ways) else "")
            button.setVisible(place < len(ways))
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self.hide()
        self._sentence.clear()
        self._acts = ()

    @property
    def sentence(self) -> str:
        """What is being said."""
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new theme and size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw_icon()

    def _do(self, place: int) -> None:
        if place < len(self._acts):
            self._acts[place]()

    def _draw_icon(self) -> None:
        size = style.metrics.scaled(style.metrics.icon)
        self._icon.setPixmap(style.icon(_ICONS[self._kind], _COLORS[self._kind]).pixmap(size, size))
        self._icon.setContentsMargins(0, (self._sentence.fontMetrics().height() - size) // 2, 0, 0)
