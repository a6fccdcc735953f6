"""After files lie encrypted in the case: their records, and a sentence about what was new."""

from PySide6.QtCore import QTimer

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import evidence
from xuncha_desktop.services.evidence import Stored
from xuncha_desktop.store.store import StoreBusy

_RETRY_MS = 300
_NAMED = 3


def register(context: Context, stored: list[Stored], inspection: str, paper: str | None = None) -> list[str]:
    """Make the records and offer to undo it; while the case is busy it is tried again. The evidence's ids."""
    known, before = evidence.known(context.store, stored), context.store.batches
    try:
        taken = evidence.register(context.store, stored, inspection, paper)
    except StoreBusy:
        context.locked_out.emit(True)
        QTimer.singleShot(_RETRY_MS, context, lambda: register(context, stored, inspection, paper))
        return []
    except UserError as error:
        context.told.emit(str(error))
        return []
    context.locked_out.emit(False)
    fresh = len(set(taken)) - len(known)
    again = len(stored) - fresh
    told = f"已存入证据 {fresh} 件" if fresh else "没有新的证据"
    if paper and not fresh:
        told += "，已引用到本底稿" if context.store.batches > before else "，本底稿已引用过"
    if again:
        same = "、".join(list(known.values())[:_NAMED]) + ("等" if len(known) > _NAMED else "")
        told += f"，{again} 件案卷里已有相同的文件" + (f"（{same}）" if same else "") + "，不重复存"
    if context.store.batches > before:
        context.undo_offered.emit(told)
    else:
        context.told.emit(told)
    return taken
