"""The base of every dialog: it frees itself when closed, and says its words as plain text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.style import dress, metrics


class Dialog(QDialog):
    """A dialog of content above and a row of verbs below; it deletes itself when closed."""

    def __init__(self, parent: QWidget | None, title: str = "") -> None:
        super().__init__(parent)
        if parent is None:
            dress(self)
        # A dialog that is only hidden stays with its parent for good, with everything it shows.
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, metrics.wide_gap)
        outer.setSpacing(metrics.wide_gap)
        self.content = QVBoxLayout()
        self.content.setSpacing(metrics.gap)
        self._verbs = QHBoxLayout()
        self._verbs.setSpacing(metrics.gap)
        self._verbs.addStretch()
        outer.addLayout(self.content, 1)
        outer.addLayout(self._verbs)

    def add_sentence(self, sentence: str, role: str = "") -> QLabel:
        """Show a sentence that wraps."""
        label = QLabel(sentence)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(metrics.scaled(360))
        label.setProperty("role", role)
        self.content.addWidget(label)
        return label

    def add_verb(self, words: str, *, primary: bool = False) -> QPushButton:
        """Add a button at the right end of the row; what it does is for the caller to connect."""
        button = QPushButton(words)
        button.setAutoDefault(False)
        if primary:
            button.setProperty("kind", "primary")
        self._verbs.addWidget(button)
        return button
