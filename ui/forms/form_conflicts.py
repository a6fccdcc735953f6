"""Fields of a form with more than one version: shown where they are, settled by the person who works here."""

from collections.abc import Callable
from typing import Any

from ui.context import Context
from ui.forms.row_conflicts import RowConflict, of_rows
from ui.forms.sheet import Sheet
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import conflicts
from xuncha_desktop.services.conflicts import Conflict
from xuncha_desktop.services.history import Event

Store = Callable[[Callable[[], None]], None]  # runs a write


class FormConflicts:
    """The open conflicts of the record shown."""

    def __init__(self, context: Context, sheet: Sheet) -> None:
        self._store = context.store
        self._sheet = sheet
        self._open: dict[str, Conflict] = {}
        self._in_rows: dict[str, list[RowConflict]] = {}

    def look(self) -> None:
        """Read them."""
        snapshot = self._sheet.snapshot
        found = conflicts.of_record(self._store, snapshot.entity, snapshot.id) if snapshot else ()
        self._open = {conflict.field: conflict for conflict in found}
        self._in_rows = of_rows(self._store, snapshot) if snapshot else {}

    def show(self, name: str) -> None:
        """Show the versions of a field under it, and those of its rows under them, if there are several."""
        box = self._sheet.boxes[name]
        box.show_conflict(self._open.get(name))
        box.show_row_conflicts(self._in_rows.get(name, ()))

    def decide(self, name: str, value: Callable[[], Any], store: Store) -> bool:
        """Settle the conflict of a field; False if that was refused, and the reason stands under the field."""
        return self._write(name, self._sheet.entity, self._sheet.record, name, value, store)

    def decide_in_row(self, name: str, found: RowConflict, version: Event, store: Store) -> bool:
        """Settle the conflict of a cell, likewise."""
        return self._write(name, found.entity, found.row, found.conflict.field, lambda: version.value, store)

    def _write(self, box: str, entity: str, record: str, field: str, value: Callable[[], Any], store: Store) -> bool:
        try:
            decided = value()
            store(lambda: conflicts.decide(self._store, entity, record, field, decided))
        except UserError as error:
            self._sheet.boxes[box].say_error(str(error))
            return False
        return True
