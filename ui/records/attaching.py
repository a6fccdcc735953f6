"""Files dropped or pasted on a record: encrypted beside the window, then evidence in one of its fields."""

from functools import partial

from PySide6.QtCore import QTimer

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import evidence, field_records
from xuncha_desktop.services.evidence import Incoming, Stored
from xuncha_desktop.store.store import StoreBusy

_RETRY_MS = 300


def take_files(context: Context, entity: str, record: str, name: str, files: list[Incoming]) -> None:
    """Store files and put them into the field `name` of a record that exists."""
    store = context.store

    def done(stored: list[Stored]) -> None:
        _attach(context, entity, record, name, stored)

    context.jobs.start("存入证据", lambda progress: evidence.store_files(store, files, progress), done)


def _attach(context: Context, entity: str, record: str, name: str, stored: list[Stored]) -> None:
    """Make the records and offer to undo it; while the case is busy it is tried again."""
    before = context.store.batches
    try:
        taken = field_records.attach(context.store, entity, record, name, stored)
    except StoreBusy:
        context.locked_out.emit(True)
        QTimer.singleShot(_RETRY_MS, context, partial(_attach, context, entity, record, name, stored))
        return
    except UserError as error:
        context.told.emit(str(error))
        return
    context.locked_out.emit(False)
    if context.store.batches > before:
        context.undo_offered.emit(f"已存入证据 {len(set(taken))} 件，附在这条记录上")
    else:
        context.told.emit("没有新的证据：这条记录上已附有相同的文件")
