"""引用到底稿 on a record: the passage selected in one of its texts, or the record as a whole."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from ui import citing, style
from ui.context import Context
from ui.forms.long_text import LongTextEditor
from ui.forms.opening_keys import OpeningKeys
from ui.forms.record_form import RecordForm
from xuncha_desktop.services.citing import Place

KEY = "Ctrl+Shift+C"


class CiteButton(QPushButton):
    """Saves what is typed first: what is cited must be what the case says."""

    def __init__(self, context: Context, entity: str, form: RecordForm, make_real: Callable[[], bool]) -> None:
        super().__init__("引用到底稿")
        self._context, self._entity, self._form, self._make_real = context, entity, form, make_real
        self.setAccessibleName("引用到底稿")
        self.setToolTip(f"先在文字里选中一段，就引用那一段；不选就引用整条记录　{KEY}")
        self.setShortcut(KEY)
        style.set_icon(self, "quote")
        OpeningKeys(self, self.cite)

    def place(self) -> Place:
        """What would be cited now."""
        whole = Place(record_kind=self._entity, record=self._form.record)
        for name, box in self._form.boxes.items():
            if isinstance(box.editor, LongTextEditor):
                start, words = citing.passage_of(box.editor.text)
                if words:
                    return replace(whole, record_field=name, start=start, passage=words)
        return whole

    def cite(self, typed: str = "") -> None:
        """Ask where."""
        place = self.place()  # before saving: the form may be filled anew, and the selection gone
        if self._make_real():
            citing.choose_target(self._context, self, replace(place, record=self._form.record), typed)
