"""What waits for the person, in the state line: each a button that leads to where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui import style
from ui.context import Context

RECOVERY_KEY = "case.recovery_key"  # as an entity to open: the settings page that shows the key
OUTSIDE_COPY = "case.outside_copy"  # likewise: 备份到U盘


@dataclass(frozen=True, slots=True)
class Reminder:
    """A sentence, and the record (see `Context.open_record`) where it is settled; no entity: nowhere yet."""

    sentence: str
    entity: str = ""
    record: str = ""


class Reminders(QWidget):
    """Buttons in a row; made anew only when something else waits, so that the keyboard may stand on one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[Reminder, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(style.metrics.grid)

    def show_reminders(self, reminders: Sequence[Reminder]) -> None:
        """Show these and no others."""
        if tuple(reminders) == self._shown:
            return
        self._shown = tuple(reminders)
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for reminder in reminders:
            self._row.addWidget(self._button(reminder))

    def buttons(self) -> list[QToolButton]:
        """The buttons from left to right."""
        found = [self._row.itemAt(place) for place in range(self._row.count())]
        return [widget for item in found if item is not None and isinstance(widget := item.widget(), QToolButton)]

    def _button(self, reminder: Reminder) -> QToolButton:
        button = QToolButton(self)
        button.setText(reminder.sentence)
        button.setProperty("kind", "reminder")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        style.set_icon(button, "alert", "warning")
        button.setEnabled(bool(reminder.entity))
        button.clicked.connect(partial(self._context.open_record.emit, reminder.entity, reminder.record))
        return button
