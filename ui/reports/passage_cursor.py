"""Standing on a passage of a text that is written on the screen, or choosing it."""

from PySide6.QtWidgets import QWidget

from ui.forms.long_text import Writing


def choose_passage(widget: QWidget, start: int, length: int) -> None:
    """Choose these characters in an editor of long texts and bring them into view; other editors have no places."""
    if isinstance(widget, Writing):
        widget.choose(start, length)
