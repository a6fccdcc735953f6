"""What is said at a field in place: a sentence, or a framed one with buttons for what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from xuncha_desktop.services.history import Event

_LONGEST = 200
ONLY_SET = "文字相同，只是加粗、列表或表格不同"


class Panel(QFrame):
    """A framed sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(line("warning", sentence))

    def offer(self, *choices: tuple[str, Callable[[], None]]) -> None:
        """A line of buttons."""
        row = QHBoxLayout()
        for words, action in choices:
            row.addWidget(_chip(words, action))
        row.addStretch(1)
        self._rows.addLayout(row)


class Versions(Panel):
    """Every version of a value, who wrote it and when, with a button to choose it."""

    chosen = Signal(object)  # Event

    def __init__(self, sentence: str, versions: Sequence[Event]) -> None:
        super().__init__(sentence)
        for version in versions:
            self._rows.addLayout(self._version(version))
        if len({version.text for version in versions}) == 1:
            self._rows.addWidget(line("secondary", ONLY_SET))

    def _version(self, version: Event) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(line("text", f"{version.who}　{version.when}\n{version.text[:_LONGEST] or '（空）'}"), 1)
        row.addWidget(_chip("用这一版", lambda: self.chosen.emit(version)), 0, Qt.AlignmentFlag.AlignTop)
        return row


class Stack(QWidget):
    """Panels one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, style.metrics.gap)
        self._column.setSpacing(style.metrics.grid)

    def add(self, panel: Panel) -> None:
        """One more."""
        self._column.addWidget(panel)


def several(count: int) -> str:
    """How many versions there are, in words."""
    return "两个版本" if count == 2 else f" {count} 个版本"


def line(role: str, sentence: str = "") -> QLabel:
    """Plain words that wrap."""
    label = QLabel(sentence)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _chip(words: str, action: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setProperty("kind", "chip")
    button.clicked.connect(lambda: action())
    return button
