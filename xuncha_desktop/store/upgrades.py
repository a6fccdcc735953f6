"""Numbered steps from one schema to the next; each runs on a copy that is verified before it takes the file's place."""

from collections.abc import Callable, Mapping
from pathlib import Path

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.checks import full_check
from xuncha_desktop.store.connection import SCHEMA, Connection, connect
from xuncha_desktop.store.keys import Keys

# Step n leads from schema n-1 to n; connection.SCHEMA is the newest. Never edit a released step.
STEPS: Mapping[int, Callable[[Connection], None]] = {}


def version_of(conn: Connection) -> int:
    """The schema number of an open database."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def upgrade(path: Path, keys: Keys, back_up: Callable[[], object]) -> None:
    """Bring a database to the newest schema: backup, copy, steps, checks, then the copy replaces the file."""
    source = connect(path, keys)
    try:
        found = version_of(source)
        if found >= SCHEMA:
            return
        back_up()
        with replaced(path) as part:
            target = connect(part, keys, create=True)
            try:
                source.backup(target)
                for step in range(found + 1, SCHEMA + 1):
                    target.execute("BEGIN IMMEDIATE")
                    STEPS[step](target)
                    target.execute(f"PRAGMA user_version = {step}")
                    target.execute("COMMIT")
                if findings := full_check(target):
                    raise UserError(f"案卷升级后检查不合格（{findings[0]}），原案卷没有改动；请从备份恢复后再试。")
            finally:
                target.close()
                part.with_name(f"{part.name}-journal").unlink(missing_ok=True)
            source.close()
    finally:
        source.close()
