"""Nothing but the journal writes synced tables: any other statement is a bug and raises."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from xuncha_desktop.model import entities

# Anywhere in the statement: a comment or a WITH may come first; the table may be quoted and named with its schema.
_WRITE = re.compile(
    r"\b(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from|"
    r"(?:drop|alter)\s+table(?:\s+if\s+exists)?)\s+"
    r"""(?:["'`\[]?\w+["'`\]]?\s*\.\s*)?["'`\[]?(\w+)""",
    re.IGNORECASE,
)
_JOURNAL = frozenset({"batch", "change", "head"})
_OPEN = "xuncha_journal_writes"


def install(engine: Engine) -> None:
    """Watch every statement of the engine."""
    protected = frozenset(entities()) | _JOURNAL

    def refuse(conn: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
        if statement.startswith("SELECT") or conn.info.get(_OPEN):
            return
        if found := next((name for name in _WRITE.findall(statement) if name.lower() in protected), None):
            raise RuntimeError(f"{found} is written through the journal alone")

    event.listen(engine, "before_cursor_execute", refuse)


@contextmanager
def opened(conn: Connection) -> Iterator[None]:
    """Let the store itself write through this connection."""
    # Kept now: it belongs to the pooled connection, which outlives the commit that takes it away from `conn`.
    info = conn.info
    info[_OPEN] = True
    try:
        yield
    finally:
        info.pop(_OPEN, None)
