"""What tests read from the journal, and what they do behind the program's back."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from xuncha_desktop.model import Batch, Change
from xuncha_desktop.services import records
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.store import DATABASE, Store


def new_paper(store: Store, **values: Any) -> str:
    """A paper of the small case's inspection."""
    inspection = next(iter(records.options(store, "inspection")))
    return records.create(store, "paper", {"title": "虚构问题", "inspection": inspection, **values})


def changes_of(store: Store, record: str) -> list[Change]:
    """The change rows of a record, in the order they were written here."""
    with store.read() as session:
        return list(session.scalars(select(Change).where(Change.record == record).order_by(Change.hlc, Change.seq)))


def parents(change: Change) -> list[str]:
    """What a change saw."""
    return json.loads(change.parents)


def ref(change: Change) -> str:
    """How other changes name it."""
    return f"{change.replica}:{change.seq}"


def batches(store: Store) -> list[Batch]:
    """All actions, in order."""
    with store.read() as session:
        return list(session.scalars(select(Batch).order_by(Batch.hlc)))


def size_of_journal(store: Store) -> tuple[int, int]:
    """How many actions and how many changes there are."""
    with store.read() as session:
        count = [session.scalar(select(func.count()).select_from(table)) or 0 for table in (Batch, Change)]
    return count[0], count[1]


def tamper(folder: Path, keys: Keys, statement: str, *values: Any) -> int:
    """Change a case's database as someone with its key could, past the program; how many rows."""
    conn = connect(folder / DATABASE, keys, busy_ms=2000)
    try:
        return conn.execute(statement, values).rowcount
    finally:
        conn.close()
