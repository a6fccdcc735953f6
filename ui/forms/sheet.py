"""What the parts of a form share: its fields, the record as it was read, and what was typed over it since."""

from collections.abc import Collection, Mapping
from typing import Any

from ui.forms.field_box import FieldBox
from ui.forms.rebase import rebased
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Kind, fields
from xuncha_desktop.services.records import Snapshot
from xuncha_desktop.store.journal import FieldKey, Heads


class Sheet:
    """The record a form shows: one that is stored, a new one, or none."""

    def __init__(self, entity: str) -> None:
        self.entity = entity
        self.record = ""
        self.is_new = False
        self.boxes: dict[str, FieldBox] = {}
        self.snapshot: Snapshot | None = None
        self.given: dict[str, Any] = {}  # what a new record begins with
        self.seen: dict[FieldKey, tuple[str, ...]] = {}
        self.dirty: set[str] = set()  # fields that hold typing
        self.base: dict[str, Any] = {}  # what they showed before news came
        self.left: set[str] = set()  # those left while the case was busy

    def show(self, snapshot: Snapshot) -> None:
        """Turn to a record that is stored."""
        self.record, self.is_new, self.snapshot = snapshot.id, False, snapshot
        self.given, self.seen = {}, dict(snapshot.heads)

    def begin(self, record: str, given: Mapping[str, Any]) -> None:
        """Turn to a record that does not exist yet."""
        self.record, self.is_new, self.snapshot = record, True, None
        self.given, self.seen = dict(given), {}

    def clear(self) -> None:
        """Turn to nothing."""
        self.record, self.is_new, self.snapshot = "", False, None
        self.given, self.seen = {}, {}

    def renew(self, snapshot: Snapshot) -> None:
        """The same record as it is stored now; of a field that holds typing its writer has not seen the news."""
        held = self.held()
        self.is_new, self.snapshot = False, snapshot
        self.seen = self._mixed(snapshot.heads, self.seen, held)

    def values(self) -> dict[str, Any]:
        """The record as it stands on the screen; an unreadable field counts as empty."""
        found = dict(self.snapshot.values) if self.snapshot else dict(self.given)
        for name, box in self.boxes.items():
            try:
                found[name] = box.editor.value()
            except UserError:
                found[name] = box.editor.field.empty
        return found

    def untyped(self, name: str) -> Any:
        """What a field shows where nobody typed."""
        shown = self.snapshot.values if self.snapshot else self.given
        return shown.get(name, fields(self.entity)[name].empty)

    def entered(self) -> dict[str, Any]:
        """What was typed so far, as far as it can be read."""
        found = {}
        for name in self.dirty:
            try:
                found[name] = self.boxes[name].editor.value()
            except UserError:
                continue
        return found

    def value(self, name: str) -> Any:
        """What is to be saved of a field; rows are put together with what became of them elsewhere meanwhile."""
        editor = self.boxes[name].editor
        value = editor.value()
        if self.snapshot is not None and name in self.base and editor.field.kind is Kind.ROWS:
            return rebased(value, self.base[name], self.snapshot.values[name])
        return value

    def says(self, name: str, value: Any) -> bool:
        """Whether a field says just this."""
        try:
            return self.boxes[name].editor.value() == value
        except UserError:
            return False

    def composing(self, name: str) -> bool:
        """Whether an input method is in the middle of a word there."""
        return self.boxes[name].editor.composing

    def held(self) -> list[str]:
        """The fields that hold typing, and are not to be touched."""
        return [name for name in self.boxes if name in self.dirty or self.composing(name)]

    def let_go(self, name: str) -> None:
        """A field holds no typing any more."""
        self.dirty.discard(name)
        self.left.discard(name)
        self.base.pop(name, None)

    def forget_typing(self) -> None:
        """No field does."""
        self.dirty, self.base, self.left = set(), {}, set()

    def see(self, heads: Heads, name: str) -> None:
        """Who writes in a field has seen these heads of it and of its rows, and no others."""
        self.seen = self._mixed(self.seen, heads, [name])

    def _mixed(self, heads: Heads, other: Heads, names: Collection[str]) -> dict[FieldKey, tuple[str, ...]]:
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
