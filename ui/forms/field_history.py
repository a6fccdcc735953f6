"""The history of a field, asked for by its clock or, where the cursor stands, by Ctrl+H."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import Context
from ui.forms.history_popup import HistoryPopup
from ui.forms.sheet import Sheet
from ui.forms.text_history import TextHistory
from ui.job_runner import JobRunner
from xuncha_desktop.model import LONG_TEXTS, fields
from xuncha_desktop.services import history

KEY = "Ctrl+H"


class FieldHistory(QObject):
    """Opens the popup over a form; a new record has no history yet."""

    taken = Signal(str, object)  # name of the field, Event: the version of a long text to be taken back

    def __init__(self, context: Context, sheet: Sheet, form: QWidget, locked: Callable[[], bool]) -> None:
        super().__init__(form)
        self._store, self._sheet, self._form, self._locked = context.store, sheet, form, locked
        self._runner = JobRunner(self)
        shortcut = QShortcut(QKeySequence(KEY), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._show_focused)

    def show(self, name: str) -> None:
        """All values the field ever had."""
        self._show(self._sheet.entity, self._sheet.record, name, self._sheet.boxes[name].anchor())

    def _show_focused(self) -> None:
        focus = QApplication.focusWidget()
        if focus is None:
            return
        name = next((name for name, box in self._sheet.boxes.items() if box.isAncestorOf(focus)), "")
        if not name:
            return
        editor = self._sheet.boxes[name].editor
        if editor.field.stored:
            self.show(name)
        elif cell := editor.cell_of(focus):
            self._show(editor.field.target, *cell, focus)

    def _show(self, entity: str, record: str, name: str, anchor: QWidget) -> None:
        if self._sheet.snapshot is None:
            return
        described, events = fields(entity)[name], history.of_field(self._store, entity, record, name)
        if described.kind in LONG_TEXTS and events:
            own = entity == self._sheet.entity
            popup = TextHistory(self._form, self._runner, described.label, events, may_take=own and not self._locked())
            popup.taken.connect(partial(self.taken.emit, name))
            popup.open_below(anchor)
        else:
            HistoryPopup(self._form, described.label, events).open_below(anchor)
