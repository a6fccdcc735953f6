"""The shares of a poll, worked out while its votes are typed, and what cannot be right in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from xuncha_desktop.services import polls


class PollPanel(QWidget):
    """得票率 of each question; nothing is shown before there are votes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._smallest: dict[str, int] = {}  # by inspection
        self.findings = _label("warning")
        self.findings.setWordWrap(True)
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.metrics.wide_gap)
        self._grid.setVerticalSpacing(style.metrics.grid)
        column = QVBoxLayout(self)
        gap = style.metrics.gap
        column.setContentsMargins(gap * 2, 0, gap * 2, gap)
        column.setSpacing(gap)
        column.addWidget(self.findings)
        column.addWidget(self._holder)
        self.hide()

    def show_record(self, record: str, values: Mapping[str, Any]) -> None:
        """Work the votes of a form out again."""
        result = polls.result(values, self._fewest(values.get("inspection") or ""))
        self.findings.setText("\n".join(result.findings))
        self.findings.setVisible(bool(result.findings))
        self._draw(result.questions)
        self.setVisible(bool(result.questions or result.findings))

    def _fewest(self, inspection: str) -> int:
        if inspection not in self._smallest:
            with self.context.store.read() as session:
                self._smallest[inspection] = polls.smallest_group(session, inspection)
        return self._smallest[inspection]

    def _draw(self, questions: Sequence[polls.Question]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        labels = [share.label for share in questions[0].shares] if questions else []
        for column, words in enumerate(["得票率", *labels]):
            self._put(0, column, words, "label")
        for line, question in enumerate(questions, 1):
            self._put(line, 0, question.question, "")
            for column, share in enumerate(question.shares, 1):
                self._put(line, column, f"{share.votes} 票　{share.percent}", "secondary")
        self._grid.setColumnStretch(0, 1)

    def _put(self, line: int, column: int, words: str, role: str) -> None:
        label = _label(role)
        label.setText(words)
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            label.setWordWrap(True)
        self._grid.addWidget(label, line, column)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
