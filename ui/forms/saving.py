"""Saves the fields of a form, one user action at a time; what a busy case cannot take is tried again."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.forms.display import Display
from ui.forms.sheet import Sheet
from ui.forms.waiting import RETRY_MS, WaitingWrites
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import StoreBusy

Save = Callable[[str, Mapping[str, Any], Heads], None]  # record, values, seen
Create = Callable[[Mapping[str, Any], str], object]  # values, id of the new record


class Saver(QObject):
    """The one part of a form that writes; the display takes over what came of it."""

    saved = Signal()

    def __init__(
        self,
        context: Context,
        sheet: Sheet,
        display: Display,
        save: Save,
        create: Create,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.writing = False  # the news now going round are the form's own
        self._context, self._sheet, self._display = context, sheet, display
        self._save, self._create = save, create
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._save_left)
        context.ending.connect(self._retry.stop)
        self._waiting = WaitingWrites(context, self)

    def save(self, names: Sequence[str]) -> None:
        """Save fields, each as its own step of undo; what is wrong with one stands under it."""
        for name in names:
            box = self._sheet.boxes[name]
            try:
                self._write(name, self._sheet.value(name))
            except StoreBusy:
                self._sheet.left.update(names)
                self._context.locked_out.emit(True)
                self._retry.start()
                return
            except UserError as error:
                box.say_error(str(error))
                continue
            self._display.settle(name)
        if names:
            self._context.locked_out.emit(False)
            self.saved.emit()

    def save_typed(self) -> None:
        """Save every field that holds typing, open words as they stand; first what waits from records shown before."""
        self._waiting.try_now()
        for box in self._sheet.boxes.values():
            if box.editor.composing:
                box.editor.finish_word()
        self.save([name for name in self._sheet.boxes if name in self._sheet.dirty])

    def create(self, more: Mapping[str, Any] | None = None) -> None:
        """Make a new record real, with everything entered so far."""
        given = {**self._sheet.given, **self._sheet.entered(), **(more or {})}
        self.store(partial(self._create, given, self._sheet.record))

    def store(self, write: Callable[[], object]) -> None:
        """Write without answering the news of it: the caller takes the record over itself."""
        self.writing = True
        try:
            write()
        finally:
            self.writing = False

    def leave_behind(self) -> None:
        """Before another record is shown: what the busy case has not taken yet is written when it can be."""
        sheet = self._sheet
        left = [name for name in sheet.boxes if name in sheet.left & sheet.dirty]
        if left and sheet.is_new:
            given = {**sheet.given, **sheet.entered()}
            self._waiting.add(sheet.entity, sheet.record, left, partial(self._create, given, sheet.record))
        elif left:
            for name in left:
                values, seen = {name: sheet.value(name)}, dict(sheet.seen)
                write = partial(self._save, sheet.record, values, seen)
                self._waiting.add(sheet.entity, sheet.record, [name], write)
        sheet.forget_typing()

    def waits_for(self, record: str) -> bool:
        """Whether something of this record is still to be written."""
        return self._waiting.holds(record)

    def _save_left(self) -> None:
        """Try again what was left while the case was busy; the field being typed in is not among it."""
        left = self._sheet.left & self._sheet.dirty
        self.save([name for name in self._sheet.boxes if name in left and not self._sheet.composing(name)])

    def _write(self, name: str, value: Any) -> None:
        sheet = self._sheet
        if sheet.is_new:
            if value != sheet.boxes[name].editor.field.empty:
                self.create({name: value})
                self._display.adopt(name)
        elif sheet.snapshot is not None:
            now = sheet.snapshot.values.get(name)
            if value not in (now, sheet.base.get(name, now)):
                self.store(partial(self._save, sheet.record, {name: value}, sheet.seen))
                self._display.adopt(name)
