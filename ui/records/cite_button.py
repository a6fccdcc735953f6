"""引用到底稿 on a record: the passage selected in one of its texts, or the record as a whole."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit, QWidget

from ui import citing, style
from ui.context import Context
from ui.forms.opening_keys import OpeningKeys
from ui.forms.record_form import RecordForm
from xuncha_desktop.model import fields
from xuncha_desktop.services.citing import Place

KEY = "Ctrl+Shift+C"


class CiteButton(QPushButton):
    """Cites what is seen to be selected: where the keyboard goes on to another field, a selection left behind goes.

    Saves what is typed first: what is cited must be what the case says.
    """

    def __init__(self, context: Context, entity: str, form: RecordForm, make_real: Callable[[], bool]) -> None:
        super().__init__("引用到底稿")
        self._context, self._entity, self._form, self._make_real = context, entity, form, make_real
        self._text: QTextEdit | None = None  # the text of the form that had the keyboard last
        self.setAccessibleName("引用到底稿")
        self.setToolTip(f"先在文字里选中一段，就引用那一段；不选就引用整条记录　{KEY}")
        self.setShortcut(KEY)
        style.set_icon(self, "quote")
        OpeningKeys(self, self.cite)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def place(self) -> Place:
        """What would be cited now."""
        whole = Place(record_kind=self._entity, record=self._form.record)
        text = self._last()
        if text is None or self._is_private(text):
            return whole
        start, words = citing.passage_of(text)
        return replace(whole, record_field=self._form.place_of(text), start=start, passage=words) if words else whole

    def cite(self, typed: str = "") -> None:
        """Ask where."""
        if (text := self._last()) is not None and self._is_private(text) and citing.passage_of(text)[1]:
            self._context.told.emit(f"“{text.accessibleName()}”不进文书，不能引用；请在其他栏目里选一段。")
            return
        place = self.place()  # before saving: the form may be filled anew, and the selection gone
        if self._make_real():
            citing.choose_target(self._context, self, replace(place, record=self._form.record), typed)

    def _is_private(self, text: QTextEdit) -> bool:
        return bool(name := self._form.field_of(text)) and fields(self._entity)[name].private

    def _last(self) -> QTextEdit | None:
        """The text that had the keyboard last, if it is still there: rows are drawn anew."""
        return self._text if self._text in self._form.findChildren(QTextEdit) else None

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or now is self._text or not self._form.isAncestorOf(now):
            return
        text = self._last()
        if not isinstance(now, QTextEdit) and text and self._form.field_of(now) == self._form.field_of(text):
            return  # a tool of the same field
        if text is not None:
            cursor = text.textCursor()
            cursor.clearSelection()
            text.setTextCursor(cursor)
        self._text = now if isinstance(now, QTextEdit) else None
