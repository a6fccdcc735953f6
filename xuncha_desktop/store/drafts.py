"""What is being typed right now, kept within two seconds in a file of its own; local, never merged.

What the disk does not take is kept in memory, found like the rest, and written as soon as it can be.
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from xuncha_desktop.errors import UserError
from xuncha_desktop.store.connection import (
    DRAFTS_DATABASE,
    Connection,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseError,
    DatabaseForeign,
    connect,
)
from xuncha_desktop.store.journal import FieldKey
from xuncha_desktop.store.keys import Keys

FILE_NAME = "drafts.db"
_TABLE = """CREATE TABLE IF NOT EXISTS draft (
    entity TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL,
    value TEXT NOT NULL, seen TEXT NOT NULL, context TEXT NOT NULL, saved_ms INTEGER NOT NULL,
    PRIMARY KEY (entity, record, field)) STRICT"""
_PUT = "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)"
_DROP = "DELETE FROM draft WHERE entity = ? AND record = ? AND field = ?"
_DROP_ALL = "DELETE FROM draft WHERE entity = ? AND record = ?"
_EVERY = "SELECT entity, record, field, value, seen, context, saved_ms FROM draft ORDER BY saved_ms"
_FULL, _DAMAGED = 13, (11, 26)
_REFUSED = (5, 8, 10, _FULL, 14)  # busy, read-only, disk error, full, cannot be opened
_Key = tuple[str, str, str]  # entity, record, field; "" for all fields
_Row = tuple[str, str, str, str, str, str, int]
_log = logging.getLogger(__name__)


class DraftsStuck(UserError):
    """The drafts cannot be written now; nothing is lost as long as the program runs."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was typed and not yet saved into the record."""

    entity: str
    record: str
    field: str
    value: Any
    seen: dict[FieldKey, tuple[str, ...]]
    context: dict[str, Any]  # what a record that does not exist yet needs to be created
    saved_ms: int


class Drafts:
    """The drafts of one case; safe to use from a worker and the window at once."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._lock = Lock()
        self._unwritten: dict[_Key, _Row | None] = {}  # in order; None: to be deleted
        self._conn = _open(folder / FILE_NAME, keys)
        self._conn.execute(_TABLE)

    def put(
        self,
        entity: str,
        record: str,
        field: str,
        value: Any,
        seen: Mapping[FieldKey, tuple[str, ...]],
        context: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep the text of a field as typed so far."""
        heads = json.dumps([[*key, *refs] for key, refs in seen.items()])
        row = (entity, record, field, json.dumps(value), heads, json.dumps(context or {}), time.time_ns() // 1_000_000)
        self._write({(entity, record, field): row})

    def drop(self, entity: str, record: str, fields: list[str] | None = None) -> None:
        """Forget drafts of a record: of the fields saved, or of all."""
        self._write({(entity, record, field): None for field in ([""] if fields is None else fields)})

    def write_waiting(self) -> None:
        """Try again to write what the disk did not take; DraftsStuck if it still does not."""
        self._write({})

    @property
    def text_waits(self) -> bool:
        """Whether text that was typed is in memory only."""
        with self._lock:
            return any(self._unwritten.values())

    def of(self, entity: str, record: str) -> list[Draft]:
        """Drafts left over for a record."""
        return [draft for draft in self.every() if (draft.entity, draft.record) == (entity, record)]

    def every(self) -> list[Draft]:
        """All drafts left over, the oldest first."""
        with self._lock, _failures_told():
            rows: dict[_Key, _Row] = {row[:3]: row for row in self._conn.execute(_EVERY)}
            for key, row in self._unwritten.items():
                if row is None:
                    rows = {known: kept for known, kept in rows.items() if not _covers(key, known)}
                else:
                    rows = {known: kept for known, kept in rows.items() if known != key} | {key: row}
        return [
            Draft(
                entity,
                record,
                field,
                json.loads(value),
                {(item[0], item[1], item[2]): tuple(item[3:]) for item in json.loads(seen)},
                json.loads(context),
                saved,
            )
            for entity, record, field, value, seen, context, saved in rows.values()
        ]

    def close(self) -> None:
        """Close the file; drafts stay for the next opening."""
        with self._lock:
            self._conn.close()

    def _write(self, wanted: Mapping[_Key, _Row | None]) -> None:
        with self._lock, _failures_told():
            for key, row in wanted.items():
                for older in [known for known in self._unwritten if _covers(key, known)]:
                    del self._unwritten[older]
                self._unwritten[key] = row
            for key, row in list(self._unwritten.items()):
                if row is not None:
                    self._conn.execute(_PUT, row)
                elif key[2]:
                    self._conn.execute(_DROP, key)
                else:
                    self._conn.execute(_DROP_ALL, key[:2])
                del self._unwritten[key]


def _open(path: Path, keys: Keys) -> Connection:
    """The file, or a new one: unreadable drafts (a crash while it was being made) must not shut the case itself."""
    if path.exists():
        try:
            return connect(path, keys, application=DRAFTS_DATABASE)
        except (DatabaseEmpty, DatabaseDamaged, DatabaseForeign) as error:
            _log.warning("drafts unreadable, moved aside: %s", type(error).__name__)
            path.replace(path.with_name(f"{path.name}.damaged-{time.time_ns() // 1_000_000}"))
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    return connect(path, keys, create=True, application=DRAFTS_DATABASE)


def _covers(key: _Key, other: _Key) -> bool:
    """Whether what is said of one key holds for the other, too."""
    return key == other or (not key[2] and key[:2] == other[:2])


@contextmanager
def _failures_told() -> Iterator[None]:
    """What to do about a failure of the disk, in words for the line at the bottom of the window."""
    try:
        yield
    except DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            raise DraftsStuck("草稿文件已损坏：文字还在窗口里，请先离开这一栏把它存入案卷，再重新打开案卷") from error
        if code not in _REFUSED:
            raise
        why = "磁盘已满？" if code == _FULL else "磁盘没有接好或不让写？"
        raise DraftsStuck(f"草稿暂时写不进去（{why}）：文字还在窗口里，请先处理好磁盘，不要关闭程序") from error
