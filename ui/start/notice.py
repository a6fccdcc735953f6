"""A sentence in place: what is wrong or worth knowing, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style

Act = Callable[[], None]
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
        self._button, self._second = QPushButton(), QPushButton()
        self._button.clicked.connect(lambda: self._do(self._act))
        self._second.clicked.connect(lambda: self._do(self._other_act))
        self._act: Act | None = None
        self._other_act: Act | None = None
        buttons = QHBoxLayout()
        buttons.setSpacing(style.metrics.gap)
        buttons.addWidget(self._button)
        buttons.addWidget(self._second)
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

    def say(
        self, kind: str, sentence: str, verb: str = "", act: Act | None = None, second: tuple[str, Act] | None = None
    ) -> None:
        """Show a sentence of a kind (error, warning, info, ok), and what can be done about it as one or two buttons."""
        self.clear()
        self._kind = kind
        self.setProperty("notice", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw_icon()
        self._sentence.setText(sentence)
        self._act = act
        self._button.setText(verb)
        self._button.setVisible(act is not None)
        words, self._other_act = second or ("", None)
        self._second.setText(words)
        self._second.setVisible(second is not None)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self.hide()
        self._sentence.clear()
        self._act = self._other_act = None

    @property
    def sentence(self) -> str:
        """What is being said."""
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the new theme and size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw_icon()

    def _do(self, act: Act | None) -> None:
        if act:
            act()

    def _draw_icon(self) -> None:
        size = style.metrics.scaled(style.metrics.icon)
        self._icon.setPixmap(style.icon(_ICONS[self._kind], _COLORS[self._kind]).pixmap(size, size))
        self._icon.setContentsMargins(0, (self._sentence.fontMetrics().height() - size) // 2, 0, 0)
