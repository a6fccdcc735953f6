"""A record's form, made from its fields: loads, saves by itself, keeps drafts, never overwrites typing."""

import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.editor import Editor
from ui.forms.field_box import FieldBox
from ui.forms.form_layout import FormPage
from ui.forms.history_popup import HistoryPopup
from ui.forms.options import OptionSource
from ui.forms.registry import make_editor
from ui.forms.waiting import RETRY_MS, WaitingWrites
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Field, Kind, fields
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import conflicts, history, records
from xuncha_desktop.services.conflicts import Conflict
from xuncha_desktop.services.history import Event
from xuncha_desktop.services.records import Snapshot
from xuncha_desktop.store.journal import Changes, FieldKey, Heads
from xuncha_desktop.store.store import StoreBusy

Save = Callable[[str, Mapping[str, Any], Heads], None]  # record, values, seen
Create = Callable[[Mapping[str, Any], str], None]  # values, id of the new record
MakeEditor = Callable[[Field], Editor | None]  # None: the usual editor of the kind

_SLICE_S = 0.03
_DRAFT_MS = 1500


class RecordForm(QWidget):
    """Shows one record. A field is saved when it is left; typing is drafted within two seconds."""

    loaded = Signal(object)  # the Snapshot now shown, or None
    changed = Signal()  # something typed: what is missing may have changed
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
        prepare: Callable[[str, FieldBox], None] = lambda name, box: None,
    ) -> None:
        super().__init__()
        self.context = context
        self.entity = entity
        self.record = ""
        self.is_new = False
        self._save = save or (lambda record, values, seen: records.edit(context.store, entity, record, values, seen))
        self._create = create or (lambda values, record: self._create_plainly(values, record))
        self._snapshot: Snapshot | None = None
        self._new_context: dict[str, Any] = {}
        self._seen: dict[FieldKey, tuple[str, ...]] = {}
        self._dirty: set[str] = set()
        self._base: dict[str, Any] = {}  # what fields held by typing showed before news came
        self._left: set[str] = set()  # fields left while the case was busy
        self._saving = False
        self._disputed: dict[str, Conflict] = {}
        self._locked = False
        self._special, self._wide, self._prepare = special, wide, prepare
        self._options = OptionSource(context)
        self.boxes: dict[str, FieldBox] = {}
        self._unmade = [described for described in fields(entity).values() if described.name not in leave_out]
        self._page = FormPage(self, self._unmade)
        self._maker = QTimer(self, interval=0)
        self._maker.timeout.connect(self._make_some)
        self._maker.start()
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._draft_timer.timeout.connect(self._write_drafts)
        self._retry_timer = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry_timer.timeout.connect(self._save_left)
        self._waiting = WaitingWrites(context, self)
        context.bus.changed.connect(self._on_news)
        context.ending.connect(self._rest)

    def finish(self) -> None:
        """Make the fields still to come at once instead of one by one between other events."""
        while self._unmade:
            self._make_next()

    def load(self, record: str) -> None:
        """Show a record after saving what was typed into the one before; drafts left by a crash come back."""
        self.leave()
        self._leave_behind()
        self._show(records.load(self.context.store, self.entity, record))
        if not self._waiting.holds(record):
            self._restore_drafts()

    def begin(self, values: Mapping[str, Any], record: str = "") -> None:
        """A new record: only a draft until its first field is left with something in it."""
        self.leave()
        self._leave_behind()
        self.record, self.is_new = record or new_id(), True
        self._snapshot, self._seen = None, {}
        self._new_context = dict(values)
        for name, box in self.boxes.items():
            box.editor.set_value(values.get(name, box.editor.field.empty))
            box.clear_notices()
        self.set_read_only(False)
        self.setEnabled(True)
        self.loaded.emit(None)

    def clear(self) -> None:
        """Show nothing."""
        self.leave()
        self._leave_behind()
        self.record, self.is_new, self._snapshot = "", False, None
        for box in self.boxes.values():
            box.editor.set_value(box.editor.field.empty)
            box.clear_notices()
        self.setEnabled(False)

    def leave(self) -> None:
        """Save everything typed; what cannot be saved stays as a draft."""
        self._waiting.try_now()
        for box in self.boxes.values():
            if box.editor.composing:
                box.editor.finish_word()
        if self._dirty:
            self._save_fields([name for name in self.boxes if name in self._dirty])
        if self._dirty:
            self._write_drafts()

    def values(self) -> dict[str, Any]:
        """The record as it stands on the screen; an unreadable field counts as empty."""
        found = dict(self._snapshot.values) if self._snapshot else dict(self._new_context)
        for name, box in self.boxes.items():
            try:
                found[name] = box.editor.value()
            except UserError:
                found[name] = box.editor.field.empty
        return found

    @property
    def unsaved(self) -> bool:
        """Whether something typed is not in the case: unreadable, refused, or waiting."""
        return bool(self._dirty)

    def set_read_only(self, locked: bool) -> None:
        """Lock or unlock every field."""
        self._locked = locked
        for box in self.boxes.values():
            box.set_read_only(locked)

    def focus(self, name: str) -> None:
        """Put the cursor into a field and bring it into view."""
        if any(described.name == name for described in self._unmade):
            self.finish()
        if name in self.boxes:
            self.boxes[name].editor.focus_widget().setFocus()

    def create_now(self) -> None:
        """Make a new record real although nothing was left yet, since something is to be attached to it."""
        self._store(partial(self._create, {**self._new_context, **self._typed()}, self.record))
        for name in self._dirty:
            self._drop_draft(name)
        self._dirty.clear()
        self._adopt()

    def _rest(self) -> None:
        """The case is about to be closed: what loses the focus now has nothing to say any more."""
        for timer in (self._maker, self._draft_timer, self._retry_timer):
            timer.stop()
        for box in self.boxes.values():
            box.editor.blockSignals(True)

    def save_field(self, name: str) -> None:
        """Save one field now."""
        self._dirty.add(name)
        self._save_fields([name])

    def _make_some(self) -> None:
        """Make a few fields: a form of forty at once would hold the window up for half a second."""
        until = time.perf_counter() + _SLICE_S
        while self._unmade and time.perf_counter() < until:
            self._make_next()
        if not self._unmade:
            self._maker.stop()

    def _make_next(self) -> None:
        described = self._unmade.pop(0)
        name = described.name
        editor = self._special(described) or make_editor(described, self._options)
        editor.LONG = editor.LONG or name in self._wide
        box = self.boxes[name] = self._connect(name, FieldBox(editor))
        shown = self._snapshot.values if self._snapshot else self._new_context
        editor.set_value(shown.get(name, described.empty))
        box.set_read_only(self._locked)
        if self._snapshot and name in self._disputed:
            box.show_conflict(self._disputed[name])
        self._page.add(box)
        # Else a form made while nobody looked would be styled all at once when it is first seen.
        for widget in box.findChildren(QWidget):
            widget.ensurePolished()
        self._prepare(name, box)

    def _connect(self, name: str, box: FieldBox) -> FieldBox:
        box.editor.edited.connect(partial(self._on_edit, name))
        box.editor.committed.connect(partial(self.save_field, name))
        box.editor.composed.connect(partial(self._on_composed, name))
        box.editor.files_given.connect(self.files_given)
        box.history_asked.connect(partial(self._show_history, name))
        box.version_chosen.connect(partial(self._choose_version, name))
        box.conflict_kept.connect(partial(self._keep_typed, name))
        return box

    def _show(self, snapshot: Snapshot) -> None:
        self._snapshot, self.record, self.is_new = snapshot, snapshot.id, False
        self._seen = dict(snapshot.heads)
        self._disputed = self._conflicts(snapshot)
        for name, box in self.boxes.items():
            box.clear_notices()
            box.editor.set_value(snapshot.values[name])
            box.show_conflict(self._disputed.get(name))
        self.setEnabled(True)
        self.loaded.emit(snapshot)

    def _on_edit(self, name: str) -> None:
        self._dirty.add(name)
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self.changed.emit()

    def _on_composed(self, name: str) -> None:
        """A word that was given up is no typing: the field can follow the news again."""
        if self._snapshot is not None and self._holds(
            self.boxes[name], self._base.get(name, self._snapshot.values[name])
        ):
            self._let_go(name)
            self._catch_up(name)

    def _save_left(self) -> None:
        """Try again what was left while the case was busy; the field being typed in is not among it."""
        left = self._left & self._dirty
        self._save_fields([name for name in self.boxes if name in left and not self._composing(name)])

    def _leave_behind(self) -> None:
        """Before another record is shown: what the busy case has not taken yet is written when it can be."""
        left = [name for name in self.boxes if name in self._left & self._dirty]
        if left and self.is_new:
            given = {**self._new_context, **self._typed()}
            self._waiting.add(self.entity, self.record, left, partial(self._create, given, self.record))
        elif left:
            for name in left:
                values, seen = {name: self.boxes[name].editor.value()}, dict(self._seen)
                self._waiting.add(self.entity, self.record, [name], partial(self._save, self.record, values, seen))
        self._dirty, self._base, self._left = set(), {}, set()

    def _save_fields(self, names: list[str]) -> None:
        """Save fields one user action at a time: each is its own step of undo."""
        for name in names:
            box = self.boxes[name]
            try:
                value = box.editor.value()
                self._write(name, value)
            except StoreBusy:
                self._left.update(names)
                self.context.locked_out.emit(True)
                self._retry_timer.start()
                return
            except UserError as error:
                box.say_error(str(error))
                continue
            self._let_go(name)
            box.clear_notices()
            box.show_conflict(self._disputed.get(name))
        if names:
            self.context.locked_out.emit(False)
            self.saved.emit()

    def _write(self, name: str, value: Any) -> None:
        if self.is_new:
            if value != self.boxes[name].editor.field.empty:
                given = {**self._new_context, **self._typed(), name: value}
                self._store(partial(self._create, given, self.record))
                self._adopt(name)
            return
        if self._snapshot is None:
            return
        now = self._snapshot.values.get(name)
        if value in (now, self._base.get(name, now)):
            self._dirty.discard(name)
            self._catch_up(name)
            return
        self._store(partial(self._save, self.record, {name: value}, self._seen))
        self._adopt(name)

    def _store(self, write: Callable[[], None]) -> None:
        """Write without answering the news of it: the caller takes the record over itself."""
        self._saving = True
        try:
            write()
        finally:
            self._saving = False

    def _typed(self) -> dict[str, Any]:
        """Everything already entered into a new record."""
        found = {}
        for name in self._dirty:
            try:
                found[name] = self.boxes[name].editor.value()
            except UserError:
                continue
        return found

    def _adopt(self, name: str = "") -> None:
        """Take over the record as now stored: heads of the saved field, and what other fields got meanwhile."""
        snapshot = records.load(self.context.store, self.entity, self.record)
        self.is_new = False
        self._dirty.discard(name)
        self._base.pop(name, None)
        self._take_over(snapshot)

    def _let_go(self, name: str) -> None:
        """A field holds no typing any more."""
        self._dirty.discard(name)
        self._left.discard(name)
        self._base.pop(name, None)
        self._drop_draft(name)

    def _on_news(self, news: Changes) -> None:
        if self._saving or not self.record or self.is_new or self.record not in news.records.get(self.entity, ()):
            return
        snapshot = records.load(self.context.store, self.entity, self.record)
        self._take_over(snapshot)
        if snapshot.deleted:
            self.gone.emit()

    def _take_over(self, snapshot: Snapshot) -> None:
        """Show stored values in every field that holds no typing; typed fields keep the heads they saw."""
        before = self._snapshot
        self._snapshot = snapshot
        self._disputed = self._conflicts(snapshot)
        held = [name for name in self.boxes if name in self._dirty or self._composing(name)]
        for name, box in self.boxes.items():
            if name not in held:
                box.editor.set_value(snapshot.values[name])
                box.clear_notices()
                box.show_conflict(self._disputed.get(name))
            elif before is not None and before.values.get(name) != snapshot.values[name]:
                self._base.setdefault(name, before.values.get(name))
                box.say_newer()
        self._seen = self._heads_seen(snapshot.heads, self._seen, held)
        self.loaded.emit(snapshot)

    def _catch_up(self, name: str) -> None:
        """Show the stored value in a field that holds no typing (any more)."""
        if self._snapshot is None or name in self._dirty:
            return
        box = self.boxes[name]
        self._base.pop(name, None)
        self._seen = self._heads_seen(self._seen, self._snapshot.heads, [name])
        box.editor.set_value(self._snapshot.values[name])
        box.clear_notices()
        box.show_conflict(self._disputed.get(name))

    def _composing(self, name: str) -> bool:
        return self.boxes[name].editor.composing

    def _heads_seen(self, heads: Heads, other: Heads, names: Collection[str]) -> dict[FieldKey, tuple[str, ...]]:
        """`heads`, but those of the fields `names` (and of their rows) as they are in `other`, absent ones absent."""
        described = fields(self.entity)
        columns = {described[name].column for name in names} - {""}
        rows = {described[name].target for name in names if described[name].kind is Kind.ROWS}

        def among(key: FieldKey) -> bool:
            own = key[:2] == (self.entity, self.record)
            return key[2] in columns if own else key[0] in rows

        return {key: refs for key, refs in heads.items() if not among(key)} | {
            key: refs for key, refs in other.items() if among(key)
        }

    def _conflicts(self, snapshot: Snapshot) -> dict[str, Conflict]:
        return {c.field: c for c in conflicts.of_record(self.context.store, self.entity, snapshot.id)}

    def _write_drafts(self) -> None:
        for name in self._dirty:
            editor = self.boxes[name].editor
            if editor.composing:
                self._draft_timer.start()
                continue
            given = (self.entity, self.record, name, editor.draft(), dict(self._seen), dict(self._new_context))
            self.context.write_draft(self.context.drafts.put, *given)

    def _drop_draft(self, name: str) -> None:
        self.context.write_draft(self.context.drafts.drop, self.entity, self.record, [name])

    def restore_new(self) -> None:
        """Show the drafts of a record that does not exist yet, and save them when a field is left."""
        self.finish()
        for draft in self.context.drafts.of(self.entity, self.record):
            if draft.field in self.boxes:
                self.boxes[draft.field].editor.restore(draft.value)
                self._dirty.add(draft.field)
        self.changed.emit()

    def _restore_drafts(self) -> None:
        self.context.flush_drafts()
        drafts = self.context.drafts.of(self.entity, self.record)
        if drafts:
            self.finish()
        for draft in drafts:
            box = self.boxes.get(draft.field)
            if box is None or self._snapshot is None:
                self._drop_draft(draft.field)
                continue
            box.editor.restore(draft.value)
            if self._holds(box, self._snapshot.values[draft.field]):
                self._drop_draft(draft.field)
                continue
            self._dirty.add(draft.field)
            self._seen = self._heads_seen(self._seen, draft.seen, [draft.field])
            box.offer_draft(partial(self.save_field, draft.field), partial(self._discard, draft.field))

    def _holds(self, box: FieldBox, value: Any) -> bool:
        try:
            return box.editor.value() == value
        except UserError:
            return False

    def _discard(self, name: str) -> None:
        self._let_go(name)
        self._catch_up(name)

    def _show_history(self, name: str) -> None:
        if self.record and not self.is_new:
            events = history.of_field(self.context.store, self.entity, self.record, name)
            HistoryPopup(self, fields(self.entity)[name].label, events).open_below(self.boxes[name].history_button)

    def _choose_version(self, name: str, version: Event) -> None:
        self._decide(name, lambda: version.value)

    def _keep_typed(self, name: str) -> None:
        self._decide(name, self.boxes[name].editor.value)

    def _decide(self, name: str, value: Callable[[], Any]) -> None:
        """Settle a conflict; what was typed into the field meanwhile is part of the decision."""
        try:
            decided = value()
            self._store(partial(conflicts.decide, self.context.store, self.entity, self.record, name, decided))
        except UserError as error:
            self.boxes[name].say_error(str(error))
            return
        self._let_go(name)
        self._adopt(name)

    def _create_plainly(self, values: Mapping[str, Any], record: str) -> None:
        records.create(self.context.store, self.entity, values, record=record)
