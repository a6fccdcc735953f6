"""导出记录: which documents left the program, made by whom, and the hash of each file."""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from xuncha_desktop.model import ExportRecord, Head
from xuncha_desktop.services import records
from xuncha_desktop.store.clock import wall_ms
from xuncha_desktop.store.journal import FieldKey
from xuncha_desktop.store.store import Store

LEDGER = "ledger"  # its record keeps what stood in its cells, not traces
_LARGEST = 500_000  # characters of one field
_AT_ONCE = 500  # ids in one question


def add(
    store: Store,
    kind: str,
    file: Path,
    *,
    inspection: str | None,
    draft: bool,
    papers: int | None,
    traces: Sequence[str] = (),
    record: str | None = None,
    wall: Callable[[], int] = wall_ms,
) -> str:
    """Note that `file` was exported (undo leaves such notes alone), and where its words come from; the record's id."""
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
        "traces": [{"packed": part} for part in traces],
    }
    with store.write(f"导出{file.name}", kind="system") as session:
        return records.add(session, "export_record", values, record=record).id


def traced(store: Store, inspection: str = "") -> Iterator[tuple[ExportRecord, list[dict[str, Any]]]]:
    """Every export (of an inspection) whose words can be traced, the newest first, with its traces."""
    for record in _exports(store, inspection):
        if record.kind != LEDGER and (rows := traces_of(store, record.id)):
            yield record, rows


def reports(store: Store, inspection: str) -> list[ExportRecord]:
    """Every time the report of an inspection was exported, the newest first."""
    return [record for record in _exports(store, inspection) if record.kind == "report"]


def traces_of(store: Store, record: str) -> list[dict[str, Any]]:
    """What an export's hidden bookmarks stand for, in the order of the document; nothing where it has none."""
    return _kept(store, record) or []


def ledger(store: Store, record: str) -> tuple[ExportRecord, Mapping[str, Any]] | None:
    """The export of a ledger, and what stood in its cells; None where this case knows of none."""
    with store.read() as session:
        found = session.get(ExportRecord, record)
    if found is None or found.kind != LEDGER or not (cells := _kept(store, record)):
        return None
    return found, cells


def _exports(store: Store, inspection: str) -> list[ExportRecord]:
    query = select(ExportRecord).where(~ExportRecord.deleted)
    if inspection:
        query = query.where(ExportRecord.inspection == inspection)
    with store.read() as session:
        return list(session.scalars(query.order_by(ExportRecord.exported_at.desc(), ExportRecord.id.desc())))


def _kept(store: Store, record: str) -> Any:
    with store.read() as session:
        rows = records.child_rows(session, "export_trace", [record]).get(record, ())
    return _unpacked("".join(row["packed"] for row in rows)) if rows else None


def heads(store: Store, of: Collection[tuple[str, str]]) -> dict[FieldKey, tuple[str, ...]]:
    """The heads of the fields of these records, by entity, id and journal name."""
    found: dict[FieldKey, tuple[str, ...]] = {}
    with store.read() as session:
        for entity in sorted({entity for entity, _ in of}):
            ids = sorted(record for owner, record in of if owner == entity and record)
            for start in range(0, len(ids), _AT_ONCE):
                query = select(Head.record, Head.field, Head.replica, Head.seq)
                query = query.where(Head.entity == entity, Head.record.in_(ids[start : start + _AT_ONCE]))
                for record, name, replica, seq in session.execute(query.order_by(Head.replica, Head.seq)):
                    key = (entity, record, name)
                    found[key] = (*found.get(key, ()), f"{replica}:{seq}")
    return found


def packed(traces: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> list[str]:
    """Traces, or the cells of a ledger, as an export record keeps them."""
    text = json.dumps(traces, ensure_ascii=False, separators=(",", ":"))
    whole = base64.b64encode(zlib.compress(text.encode())).decode("ascii")
    return [whole[start : start + _LARGEST] for start in range(0, len(whole), _LARGEST)]


def _unpacked(packed: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(packed)))
