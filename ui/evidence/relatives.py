"""Where a covered copy came from, and the covered copies of an original: each opens with a click."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import evidence_copies


class Relatives(QWidget):
    """One line each; nothing where there are none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: list[tuple[str, str]] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(style.metrics.gap, 0, style.metrics.gap, 0)
        self._lines.setSpacing(0)
        self.hide()

    def show_of(self, evidence: str) -> None:
        """Show the relatives of a piece of evidence; an empty id has none."""
        try:
            found = evidence_copies.relatives(self._context.store, evidence) if evidence else []
        except UserError:
            found = []
        if found == self._shown:
            return
        self._shown = found
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for record, words in found:
            line = ElidedButton()
            line.setProperty("kind", "link")
            line.show_text(words)
            line.clicked.connect(partial(self._context.open_record.emit, "evidence", record))
            self._lines.addWidget(line)
        self.setVisible(bool(found))
