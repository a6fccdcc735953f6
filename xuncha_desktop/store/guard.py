"""Nothing but the journal writes synced tables: any other statement is a bug and raises."""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event

from xuncha_desktop.model import entities

_WRITE = re.compile(r'\s*(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+"?(\w+)', re.I)
_JOURNAL = frozenset({"batch", "change", "head"})
OPEN = "xuncha_journal_writes"


def install(engine: Engine) -> None:
    """Watch every statement of the engine."""
    protected = frozenset(entities()) | _JOURNAL

    def refuse(conn: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        found = _WRITE.match(statement)
        if found and found.group(1) in protected and not conn.info.get(OPEN):
            raise RuntimeError(f"{found.group(1)} is written through the journal alone")

    event.listen(engine, "before_cursor_execute", refuse)
