"""The way to a passage of a field: the words are chosen, take the keyboard and come into view."""

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.forms.field_box import FieldBox
from ui.forms.form_layout import FormScroll
from ui.forms.long_text import Writing
from xuncha_desktop import rich
from xuncha_desktop.services import cited_texts
from xuncha_desktop.services.citing import Place


def choose(box: FieldBox, place: Place) -> bool:
    """Choose the words a place names, in its row if it names one; False where they do not stand there any more."""
    texts = [text for text in box.editor.findChildren(QWidget) if isinstance(text, Writing | QLineEdit)]
    for text in sorted(texts, key=lambda text: text.mapTo(box, text.rect().topLeft()).y()):
        at = cited_texts.nearest(_words(text), place.passage, place.start)
        if at is not None and _is_meant(box, place, text):
            _choose(text, at, len(place.passage))
            _reveal(text)
            return True
    return False


def _is_meant(box: FieldBox, place: Place, text: Writing | QLineEdit) -> bool:
    cell = box.editor.cell_of(text)
    name = box.editor.field.name
    return place.record_field in (name, cited_texts.place_in_row(name, *cell) if cell else "")


def _words(text: Writing | QLineEdit) -> str:
    return rich.plain(text.stored()) if isinstance(text, Writing) else text.text()


def _choose(text: Writing | QLineEdit, start: int, length: int) -> None:
    text.setFocus()
    if isinstance(text, Writing):
        text.choose(start, length)
    else:
        text.setSelection(start, length)


def _reveal(text: QWidget) -> None:
    parent = text.parentWidget()
    while parent is not None and not isinstance(parent, FormScroll):
        parent = parent.parentWidget()
    if parent is not None:
        parent.reveal(text)
