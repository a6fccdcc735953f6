"""F6 leads from one field that lacks something to the next, in the order of the form."""

from collections.abc import Collection

from PySide6.QtWidgets import QApplication

from ui.forms.record_form import RecordForm

KEY = "F6"


def to_next_gap(form: RecordForm, lacking: Collection[str]) -> None:
    """To the one after the field with the cursor, and from the last to the first again."""
    names = list(form.boxes)
    here = form.field_of(QApplication.focusWidget())
    to_gap(form, lacking, names.index(here) + 1 if here else 0)


def to_gap(form: RecordForm, lacking: Collection[str], start: int = 0) -> None:
    """To the first of these fields from a place in the form on."""
    form.finish()
    order = list(form.boxes)
    if name := next((name for name in order[start:] + order[:start] if name in lacking), ""):
        form.focus(name)
