"""What the pages of the settings share: a title, a calm column at the left, saving at once."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.start.notice import Notice
from xuncha_desktop import paths, settings

_WIDTH = 640


class SettingsPage(QWidget):
    """A page of the settings; `column` takes its content from top to bottom."""

    TITLE: ClassVar[str]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.notice = Notice()

    def refresh(self) -> None:
        """Show things as they are now."""

    def leave(self) -> None:
        """Save or hide what must not stay, before another page or screen."""

    def save(self) -> None:
        """Keep the settings on disk, so that a crash does not bring the old ones back."""
        settings.save(self.context.settings, paths.settings_folder())


class ColumnPage(SettingsPage):
    """A page of sections in one scrolled column."""

    def __init__(self, context: Context, lead: str = "") -> None:
        super().__init__(context)
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.metrics.wide_gap)
        style.sized(body, lambda body: body.setMaximumWidth(style.metrics.scaled(_WIDTH)))
        paper = QWidget()
        paper.setObjectName("page")
        across = QHBoxLayout(paper)
        across.setContentsMargins(24, style.metrics.wide_gap, 24, 24)
        across.addWidget(body, 1, Qt.AlignmentFlag.AlignTop)
        across.addStretch(0)
        scroll = QScrollArea()
        scroll.setWidget(paper)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.column.addWidget(label(self.TITLE, "title"))
        if lead:
            self.column.addWidget(label(lead, "lead"))
        self.column.addWidget(self.notice)

    def add_section(self, title: str, explanation: str = "") -> None:
        """Begin a part with its title, a thin line, and what has to be known."""
        line = QFrame()
        line.setObjectName("line")
        part = QVBoxLayout()
        part.setSpacing(style.metrics.gap)
        part.addWidget(label(title, "section"))
        part.addWidget(line)
        if explanation:
            part.addWidget(label(explanation, "secondary"))
        self.column.addSpacing(style.metrics.gap)
        self.column.addLayout(part)

    def add_row(self, *widgets: QWidget) -> None:
        """Put short things side by side at the left."""
        row = QHBoxLayout()
        row.setSpacing(style.metrics.gap)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self.column.addLayout(row)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a part of the page."""
        self._scroll.ensureWidgetVisible(widget)

    def say(self, kind: str, sentence: str) -> None:
        """Say something at the top of the page and bring it into view."""
        self.notice.say(kind, sentence)
        self._scroll.verticalScrollBar().setValue(0)


def label(words: str, role: str) -> QLabel:
    """Plain words that wrap."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    return made
