"""What a screen of records needs of the page that shows one of them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.forms.record_form import RecordForm


class RecordPage(QWidget):
    """Shows one record; the screen decides which."""

    duplicate_asked = Signal()
    delete_asked = Signal()
    form: RecordForm

    def begin(self, values: Mapping[str, object], record: str = "") -> None:
        """A new record of the inspection now worked on, under this id if it has one."""
        raise NotImplementedError
