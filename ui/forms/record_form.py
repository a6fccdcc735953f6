"""A record's form, made from its fields: loads, saves by itself, keeps drafts, never overwrites typing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import Context
from ui.forms import passages
from ui.forms.display import Display
from ui.forms.field_box import FieldBox
from ui.forms.field_history import FieldHistory
from ui.forms.field_maker import FieldMaker, MakeEditor, Ready
from ui.forms.form_conflicts import FormConflicts
from ui.forms.form_drafts import FormDrafts
from ui.forms.row_conflicts import RowConflict
from ui.forms.rows import columns_of
from ui.forms.saving import Create, Save, Saver
from ui.forms.sheet import Sheet
from xuncha_desktop.model import Field, Kind, fields
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import cited_texts, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.services.history import Event
from xuncha_desktop.store.journal import Changes

_WRITTEN_BY_PROGRAM = (Kind.AUTO, Kind.MOMENT)


def _has_place(field: Field) -> bool:
    return field.kind is not Kind.ROWS or bool(columns_of(field.target))


class RecordForm(QWidget):
    """Shows one record. A field is saved when it is left; typing is drafted within two seconds."""

    loaded = Signal(object)  # the Snapshot now shown, or None
    changed = Signal()  # something typed, or cited records changed: what is missing may have changed
    saved = Signal()
    files_given = Signal(list)  # list[Incoming]: files dropped or pasted into any of its fields
    gone = Signal()  # the record shown was deleted, here or elsewhere

    def __init__(
        self,
        context: Context,
        entity: str,
        *,
        save: Save | None = None,
        create: Create | None = None,
        leave_out: frozenset[str] = frozenset(),
        special: MakeEditor = lambda field: None,
        wide: frozenset[str] = frozenset(),
        prepare: Ready = lambda name, box: None,
    ) -> None:
        super().__init__()
        self.context = context
        save = save or (lambda record, values, seen: records.edit(context.store, entity, record, values, seen))
        create = create or (lambda values, record: records.create(context.store, entity, values, record=record))
        self._sheet = Sheet(entity)
        self._drafts = FormDrafts(context, self._sheet, self)
        self._conflicts = FormConflicts(context, self._sheet)
        self._display = Display(context, self._sheet, self._drafts, self._conflicts, self)
        self._history = FieldHistory(context, self._sheet, self, lambda: self._locked)
        self._saver = Saver(context, self._sheet, self._display, save, create, self)
        self._locked = False
        self._prepare = prepare
        described = [field for field in fields(entity).values() if field.name not in leave_out and _has_place(field)]
        self._first = next((field.name for field in described if field.kind not in _WRITTEN_BY_PROGRAM), "")
        self._maker = FieldMaker(context, self._sheet, self, described, special, wide, self._get_ready)
        self._history.taken.connect(self._take_back)
        self._drafts.kept.connect(self.save_field)
        self._drafts.discarded.connect(self._display.settle)
        self._display.loaded.connect(self.loaded)
        self._display.gone.connect(self.gone)
        self._saver.saved.connect(self.saved)
        context.bus.changed.connect(self._on_news)
        context.edit_asked.connect(self._take_keyboard)
        context.ending.connect(self._rest)

    @property
    def entity(self) -> str:
        """What kind of record it shows."""
        return self._sheet.entity

    @property
    def record(self) -> str:
        """Id of the record shown; empty where there is none."""
        return self._sheet.record

    @property
    def is_new(self) -> bool:
        """Whether the record does not exist yet."""
        return self._sheet.is_new

    @property
    def boxes(self) -> Mapping[str, FieldBox]:
        """The fields made so far, by name."""
        return self._sheet.boxes

    @property
    def unsaved(self) -> list[str]:
        """The fields with typing that is not in the case: unreadable, refused, or waiting."""
        return [name for name in self.boxes if name in self._sheet.dirty]

    def finish(self) -> None:
        """Make the fields still to come at once instead of one by one between other events."""
        self._maker.finish()

    def load(self, record: str) -> None:
        """Show a record after saving what was typed into the one before; drafts left by a crash come back."""
        self._leave_behind()
        snapshot = records.load(self.context.store, self.entity, record)
        self._sheet.show(snapshot)
        self._display.show_all()
        self.setEnabled(True)
        self.loaded.emit(snapshot)
        if not self._saver.waits_for(record) and (drafts := self._drafts.found()):
            self.finish()
            self._drafts.offer(drafts)

    def begin(self, values: Mapping[str, Any], record: str = "") -> None:
        """A new record: only a draft until its first field is left with something in it."""
        self._leave_behind()
        self._sheet.begin(record or new_id(), values)
        self._display.show_all()
        self.set_read_only(False)
        self.setEnabled(True)
        self.loaded.emit(None)

    def clear(self) -> None:
        """Show nothing."""
        self._leave_behind()
        self._sheet.clear()
        self._display.show_all()
        self.setEnabled(False)

    def leave(self) -> None:
        """Save everything typed; what cannot be saved stays as a draft."""
        self._saver.save_typed()
        self._drafts.write()

    def save_field(self, name: str) -> None:
        """Save one field now."""
        self._sheet.dirty.add(name)
        self._saver.save([name])

    def fill(self, name: str, value: Any) -> None:
        """Put a value somebody chose into a field and save it, as if it had been entered there."""
        self.boxes[name].editor.set_value(value)
        self.save_field(name)
        self.changed.emit()

    def create_now(self) -> None:
        """Make a new record real although nothing was left yet, since something is to be attached to it."""
        self._saver.create()
        for name in list(self._sheet.dirty):
            self._display.let_go(name)
        self._display.adopt()

    def restore_new(self) -> None:
        """Show the drafts of a record that does not exist yet, and save them when a field is left."""
        self.finish()
        self._drafts.put_back(self._drafts.found())
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """The record as it stands on the screen; an unreadable field counts as empty."""
        return self._sheet.values()

    def field_of(self, widget: QWidget | None) -> str:
        """The field that a widget belongs to, or an empty text."""
        return next((name for name, box in self.boxes.items() if widget and box.isAncestorOf(widget)), "")

    def place_of(self, widget: QWidget) -> str:
        """Where a citation finds the text of this widget: its field, or the row and column in it."""
        name = self.field_of(widget)
        cell = self.boxes[name].editor.cell_of(widget) if name else None
        return cited_texts.place_in_row(name, *cell) if cell else name

    def take_proposal(self) -> None:
        """Take what is offered first under the field with the focus."""
        if name := self.field_of(QApplication.focusWidget()):
            self.boxes[name].take_proposal()

    def set_read_only(self, locked: bool) -> None:
        """Lock or unlock every field."""
        self._locked = locked
        for box in self.boxes.values():
            box.set_read_only(locked)

    def focus(self, name: str) -> None:
        """Put the cursor into a field and bring it into view."""
        if self._maker.owes(name):
            self.finish()
        if name in self.boxes:
            self.boxes[name].editor.focus_widget().setFocus()

    def show_passage(self, place: Place) -> bool:
        """Choose a passage of a field; where it does not stand there, the field has the cursor, and it is False."""
        name = place.record_field.partition(".")[0]
        self.focus(name)
        return name in self.boxes and passages.choose(self.boxes[name], place)

    def _take_keyboard(self, entity: str, record: str) -> None:
        if (entity, record) == (self.entity, self.record) and self.isVisible():
            self.focus(self._first)

    def _get_ready(self, name: str, box: FieldBox) -> None:
        """Connect a field that was just made, and show in it what the others show."""
        box.editor.edited.connect(partial(self._on_edit, name))
        box.editor.committed.connect(partial(self.save_field, name))
        box.editor.composed.connect(partial(self._on_composed, name))
        box.editor.files_given.connect(self.files_given)
        box.history_asked.connect(partial(self._history.show, name))
        box.version_chosen.connect(lambda version: self._decide(name, lambda: version.value))
        box.conflict_kept.connect(lambda: self._decide(name, box.editor.value))
        box.row_version_chosen.connect(lambda found, version: self._decide_in_row(name, found, version))
        box.set_read_only(self._locked)
        self._display.show_field(name)
        self._prepare(name, box)

    def _on_edit(self, name: str) -> None:
        self._sheet.dirty.add(name)
        self._drafts.write_soon()
        self.changed.emit()

    def _on_composed(self, name: str) -> None:
        """A word that was given up is no typing: the field can follow the news again."""
        sheet = self._sheet
        if sheet.snapshot is not None and sheet.says(name, sheet.base.get(name, sheet.untyped(name))):
            self._display.settle(name)

    def _on_news(self, news: Changes) -> None:
        if self._saver.writing:
            return
        self._display.follow(news)
        followed = [box.editor.follow(news) for box in self.boxes.values()]  # each of them
        if any(followed):
            self.changed.emit()

    def _take_back(self, name: str, version: Event) -> None:
        """An earlier version is the newest again; what was typed since is saved first, and so is a version, too."""
        if name in self._sheet.dirty:
            self.save_field(name)
        if name not in self._sheet.dirty:
            self.fill(name, version.value)

    def _decide(self, name: str, value: Callable[[], Any]) -> None:
        """Settle a conflict; what was typed into the field meanwhile is part of the decision."""
        if self._conflicts.decide(name, value, self._saver.store):
            self._display.let_go(name)
            self._display.adopt()

    def _decide_in_row(self, name: str, found: RowConflict, version: Event) -> None:
        """Settle a conflict of one cell; what was typed into other cells meanwhile is saved first."""
        if name in self._sheet.dirty:
            self._saver.save([name])
        saved = name not in self._sheet.dirty
        if saved and self._conflicts.decide_in_row(name, found, version, self._saver.store):
            self._display.adopt(name)

    def _leave_behind(self) -> None:
        self.leave()
        self._saver.leave_behind()

    def _rest(self) -> None:
        """The case is about to be closed: what loses the focus now has nothing to say any more."""
        for box in self.boxes.values():
            box.editor.blockSignals(True)
