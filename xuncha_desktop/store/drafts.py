"""What is being typed right now, kept within two seconds in a file of its own; local, never merged."""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from xuncha_desktop.store.connection import (
    DRAFTS_DATABASE,
    Connection,
    DatabaseDamaged,
    DatabaseEmpty,
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
_log = logging.getLogger(__name__)


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
        with self._lock:
            self._conn.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def drop(self, entity: str, record: str, fields: list[str] | None = None) -> None:
        """Forget drafts of a record: of the fields saved, or of all."""
        with self._lock:
            if fields is None:
                self._conn.execute("DELETE FROM draft WHERE entity = ? AND record = ?", (entity, record))
            for field in fields or ():
                self._conn.execute(
                    "DELETE FROM draft WHERE entity = ? AND record = ? AND field = ?", (entity, record, field)
                )

    def of(self, entity: str, record: str) -> list[Draft]:
        """Drafts left over for a record."""
        return [draft for draft in self.every() if (draft.entity, draft.record) == (entity, record)]

    def every(self) -> list[Draft]:
        """All drafts left over, the oldest first."""
        with self._lock:
            rows = self._conn.execute(
                "SELECT entity, record, field, value, seen, context, saved_ms FROM draft ORDER BY saved_ms"
            ).fetchall()
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
            for entity, record, field, value, seen, context, saved in rows
        ]

    def close(self) -> None:
        """Close the file; drafts stay for the next opening."""
        with self._lock:
            self._conn.close()


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
