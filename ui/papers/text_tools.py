"""Beside the texts of a paper: 句式 and 依据库, whose words go where the cursor is, and Tab from blank to blank."""

from collections.abc import Callable
from functools import partial

from ui.forms.field_box import FieldBox
from ui.forms.long_text import LongTextEditor
from ui.forms.opening_keys import OpeningKeys
from ui.papers.blank_keys import BlankKeys
from ui.papers.pickers import pick_basis, pick_phrase
from xuncha_desktop.store.store import Store

_PICKERS = {"overview": ("句式", "quote", pick_phrase), "basis": ("依据库", "book", pick_basis)}


def add_text_tool(name: str, box: FieldBox, store: Store, problem_type: Callable[[], str]) -> None:
    """Give a text its keys, and its picker where there is one for it."""
    if not isinstance(box.editor, LongTextEditor):
        return
    blank_keys = BlankKeys(box.editor.text)
    if name in _PICKERS:
        words, icon, open_picker = _PICKERS[name]
        tool, insert = box.add_tool(words, icon), partial(_insert, box.editor, blank_keys)
        OpeningKeys(tool, lambda typed: open_picker(tool, store, problem_type(), insert, typed))


def _insert(editor: LongTextEditor, blank_keys: BlankKeys, text: str) -> None:
    """Put a text where the cursor is; its first blank is selected, ready to be written over."""
    start = editor.text.textCursor().selectionStart()
    editor.insert(text)
    blank_keys.select_next(start)
