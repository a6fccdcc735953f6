"""What is typed into a form lies on disk within two seconds, and comes back after a crash."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.forms.sheet import Sheet
from xuncha_desktop.store.drafts import Draft, DraftsStuck

_PAUSE_MS = 1500


class FormDrafts(QObject):
    """The drafts of one form."""

    kept = Signal(str)  # the person wants what a crash left in this field
    discarded = Signal(str)  # or does not

    def __init__(self, context: Context, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._sheet = context, sheet
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self.write)
        context.ending.connect(self._timer.stop)

    def write_soon(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Keep every field that holds typing; a word being composed is waited for."""
        sheet = self._sheet
        for name in sheet.dirty:
            if sheet.composing(name):
                self._timer.start()
                continue
            draft = sheet.boxes[name].editor.draft()
            given = (sheet.entity, sheet.record, name, draft, dict(sheet.seen), dict(sheet.given))
            self._context.write_draft(self._context.drafts.put, *given)

    def drop(self, name: str) -> None:
        """A field is saved, or its typing given up."""
        self._context.write_draft(self._context.drafts.drop, self._sheet.entity, self._sheet.record, [name])

    def found(self) -> list[Draft]:
        """What was left over for the record shown; a file that cannot be read has none."""
        self._context.flush_drafts()
        with suppress(DraftsStuck):
            return self._context.drafts.of(self._sheet.entity, self._sheet.record)
        return []

    def put_back(self, drafts: Sequence[Draft]) -> None:
        """Show the drafts of a record that does not exist yet; they are saved when a field is left."""
        for draft in drafts:
            if draft.field in self._sheet.boxes:
                self._sheet.boxes[draft.field].editor.restore(draft.value)
                self._sheet.dirty.add(draft.field)

    def offer(self, drafts: Sequence[Draft]) -> None:
        """Put what a crash left into its fields, each to be kept or thrown away; what was saved after all goes."""
        for draft in drafts:
            name, box = draft.field, self._sheet.boxes.get(draft.field)
            if box is None:
                self.drop(name)
                continue
            box.editor.restore(draft.value)
            if self._sheet.says(name, self._sheet.untyped(name)):
                self.drop(name)
                continue
            self._sheet.dirty.add(name)
            self._sheet.see(draft.seen, name)
            box.offer_draft(partial(self.kept.emit, name), partial(self.discarded.emit, name))
