"""导出记录: which documents left the program, made by whom, and the hash of each file."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from xuncha_desktop.services import records
from xuncha_desktop.store.clock import wall_ms
from xuncha_desktop.store.store import Store


def add(
    store: Store,
    kind: str,
    file: Path,
    *,
    inspection: str | None,
    draft: bool,
    papers: int | None,
    wall: Callable[[], int] = wall_ms,
) -> str:
    """Note that `file` was exported (undo leaves such notes alone); the record's id."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    values = {
        "inspection": inspection,
        "kind": kind,
        "name": file.name,
        "draft": draft,
        "member": store.actor,
        "exported_at": wall(),
        "file_hash": digest,
        "papers": papers,
    }
    with store.write(f"导出{file.name}", kind="system") as session:
        return records.add(session, "export_record", values).id
