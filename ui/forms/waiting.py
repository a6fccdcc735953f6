"""What was typed into records that are no longer shown while the case was busy: written as soon as it can be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.store import StoreBusy

RETRY_MS = 300


@dataclass(frozen=True, slots=True)
class _Write:
    entity: str
    record: str
    fields: list[str]
    act: Callable[[], object]


class WaitingWrites(QObject):
    """Keeps the writes in order and tries them until they are in; their drafts stay on disk until then."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._writes: list[_Write] = []
        self._timer = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._timer.timeout.connect(self.try_now)
        context.ending.connect(self._timer.stop)

    def add(self, entity: str, record: str, fields: Sequence[str], act: Callable[[], object]) -> None:
        """Write later."""
        self._writes.append(_Write(entity, record, list(fields), act))
        self._timer.start()

    def holds(self, record: str) -> bool:
        """Whether something of this record still waits."""
        return any(write.record == record for write in self._writes)

    def try_now(self) -> None:
        """Write what can be written; a refusal is told, its text stays as a draft."""
        while self._writes:
            write = self._writes[0]
            try:
                write.act()
            except StoreBusy:
                self._timer.start()
                return
            except UserError as error:
                self._context.told.emit(str(error))
            else:
                self._context.write_draft(self._context.drafts.drop, write.entity, write.record, write.fields)
                self._context.locked_out.emit(False)
            self._writes.pop(0)
