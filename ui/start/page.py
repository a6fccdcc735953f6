"""What all start pages share: one calm column in the middle, that scrolls when the window is small."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui import style
from ui.start.notice import Notice

_WIDTH = 560
_MARGIN = 16
_LOW = 560


class Page(QScrollArea):
    """A page of the start window; `column` takes its content from top to bottom."""

    def __init__(self, *, centered: bool = False) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper = QWidget()
        paper.setObjectName("page")
        paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.metrics.wide_gap)
        across = QHBoxLayout()
        across.addStretch()
        across.addWidget(self._body)
        across.addStretch()
        self._outer = outer = QVBoxLayout(paper)
        # A third above and two below is where the eye looks for the middle.
        outer.addStretch(1 if centered else 0)
        outer.addLayout(across)
        outer.addStretch(2 if centered else 1)
        self.setWidget(paper)
        self.notice = Notice()
        self._fit()

    def add_heading(self, title: str, *lines: str) -> QLabel:
        """Begin with a title and what has to be known; the title's label."""
        head = QVBoxLayout()
        head.setSpacing(style.metrics.grid)
        first = self._label(title, "title")
        head.addWidget(first)
        for line in lines:
            head.addWidget(self._label(line, "lead"))
        self.column.addLayout(head)
        return first

    def add_section(self, title: str) -> None:
        """Begin a part with its title and a thin line."""
        line = QFrame()
        line.setObjectName("line")
        part = QVBoxLayout()
        part.setSpacing(style.metrics.gap)
        part.addWidget(self._label(title, "section"))
        part.addWidget(line)
        self.column.addSpacing(style.metrics.gap)
        self.column.addLayout(part)

    def add_row(self, *widgets: QWidget, stretches: Iterable[int] = ()) -> None:
        """Put short fields side by side on the grid."""
        row = QHBoxLayout()
        row.setSpacing(style.metrics.wide_gap)
        shares = tuple(stretches) or (1,) * len(widgets)
        for widget, share in zip(widgets, shares, strict=True):
            row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def add_verbs(self, primary: QPushButton, *others: QPushButton) -> None:
        """End with what can be done: the one thing most want first, the ways out after it."""
        primary.setProperty("kind", "primary")
        primary.setAutoDefault(True)
        row = QHBoxLayout()
        row.setSpacing(style.metrics.gap)
        row.addWidget(primary)
        for other in others:
            other.setAutoDefault(True)
            row.addWidget(other)
        row.addStretch()
        self.column.addLayout(row)

    def start(self) -> None:
        """Put the focus where typing begins."""
        self.verticalScrollBar().setValue(0)

    def say(self, kind: str, sentence: str, verb: str = "", act: Callable[[], None] | None = None) -> None:
        """Say something in place, and bring it into view."""
        self.notice.say(kind, sentence, verb, act)
        # Later: the layout has to make room for it first.
        QTimer.singleShot(0, self, self._show_notice)

    def set_busy(self, busy: bool) -> None:
        """While a case is opened or made nothing can be pressed twice."""
        self._body.setEnabled(not busy)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to where typing begins."""
        super().focusInEvent(event)
        self.start()

    def changeEvent(self, event: QEvent) -> None:
        """Widen the column with the type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column as wide as it reads well and the window allows."""
        super().resizeEvent(event)
        self._fit()

    def _show_notice(self) -> None:
        self.ensureWidgetVisible(self.notice)

    def _fit(self) -> None:
        # Not of the viewport: the first wrapper of it costs 27 ms, before the window is seen.
        above = _MARGIN if self.height() < _LOW else 2 * _MARGIN
        self._outer.setContentsMargins(_MARGIN, above, _MARGIN, above)
        room = self.width() - self.verticalScrollBar().width() * self.verticalScrollBar().isVisible()
        self._body.setFixedWidth(min(style.metrics.scaled(_WIDTH), max(320, room - 2 * _MARGIN)))

    def _label(self, words: str, role: str) -> QLabel:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label


def link(words: str) -> QPushButton:
    """A quiet button that leads elsewhere."""
    button = QPushButton(words)
    button.setProperty("kind", "link")
    return button
