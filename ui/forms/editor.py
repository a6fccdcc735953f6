"""What every field editor can do, whatever its widget."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xuncha_desktop.model import Field
from xuncha_desktop.store.journal import Changes


class Editor(QWidget):
    """Shows and takes one field's plain value. `edited` while typing, `committed` when the field is left."""

    edited = Signal()
    committed = Signal()
    composed = Signal()  # an input method has finished or given up its word
    cleaned = Signal(str)  # a sentence on what of a paste was not taken
    files_given = Signal(list)  # list[Incoming]: files dropped or pasted into a text
    LONG: bool = False  # takes the full width of a form

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)

    def value(self) -> Any:
        """The plain value as entered; raises UserError where the text cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without reporting it as an edit."""
        raise NotImplementedError

    def set_read_only(self, locked: bool) -> None:
        """Allow or refuse editing; what is shown stays readable and can be copied."""
        self.setEnabled(not locked)

    def draft(self) -> Any:
        """What to keep as a draft: the value, or the raw text where it does not read as one yet."""
        return self.value()

    def restore(self, draft: Any) -> None:
        """Show a draft again."""
        self.set_value(draft)

    def follow(self, news: Changes) -> bool:
        """Records that this one only names may have changed: show them as they are now, and say whether any did."""
        return False

    def cell_of(self, widget: QWidget) -> tuple[str, str] | None:
        """The row (its id) and the field that a widget inside belongs to; None where there are no rows."""
        return None

    def put_under_rows(self, panels: Mapping[str, QWidget]) -> None:
        """Show what has to be said about single rows, by their ids, in place of what was said before."""
        for panel in panels.values():
            self.body.addWidget(panel)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word: nothing may disturb it."""
        return False

    def finish_word(self) -> None:
        """Take the word being composed as it stands, since the form is about to be left."""

    def focus_widget(self) -> QWidget:
        """The widget that takes the keyboard."""
        return self.focusProxy() or self
