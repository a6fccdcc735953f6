"""The file of the search index: made, opened, and taken away when it cannot be read.

What it holds can always be made again from the case, so no failure of it is a failure of the case.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.connection import (
    Connection,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseError,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseNewer,
    connect,
)
from xuncha_desktop.store.keys import Keys

FILE_NAME = "search.db"
_LOST = (DatabaseMissing, DatabaseDamaged, DatabaseEmpty, DatabaseForeign, DatabaseNewer)
_BUSY, _INTERRUPT, _DAMAGED = (5, 6), 9, (11, 26)
_WAIT_MS = 20_000
_INSTRUCTIONS = 20_000  # of SQLite's machine between two looks at whether the search is still wanted
_ASIDE = "".join(chr(code) for code in (9, 10, *range(32, 127)) if not chr(code).isalnum()).replace("'", "''")
# All that is not ASCII is part of a token anyway, and nothing is folded: the text comes folded.
_OPTIONS = f"""content='', contentless_delete=1, tokenize="ascii tokenchars '{_ASIDE.replace('"', '""')}'" """
_SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE kind (entity TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT",
    """CREATE TABLE record (
        id INTEGER PRIMARY KEY, entity TEXT NOT NULL, record TEXT NOT NULL, title TEXT NOT NULL,
        number TEXT NOT NULL, initials TEXT NOT NULL, inspection TEXT NOT NULL, dated TEXT NOT NULL,
        members TEXT NOT NULL, file TEXT NOT NULL, UNIQUE (entity, record)) STRICT""",
    "CREATE INDEX record_file ON record (file)",
    "CREATE TABLE content (id INTEGER PRIMARY KEY, texts TEXT NOT NULL) STRICT",
    "CREATE TABLE file (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, hash TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE evidence_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    f"CREATE VIRTUAL TABLE pairs USING fts5(body, name, private, {_OPTIONS})",
    f"CREATE VIRTUAL TABLE chars USING fts5(body, name, private, detail=column, {_OPTIONS})",
    "INSERT INTO pairs(pairs, rank) VALUES ('hashsize', 16777216)",  # by default it writes, and merges, pieces of 1 MB
)
# In the file's header: one of another make is none of ours, and is made anew.
_MAKE = int.from_bytes(b"X" + hashlib.sha256("\n".join(_SCHEMA).encode()).digest()[:3])
_NOT_YET = "查找用的索引还没有建好；程序正在建立，请稍候再查。"
_making = Lock()  # two threads that both find no file
_log = logging.getLogger(__name__)


class IndexLost(UserError):
    """There is no readable index; it has to be made again."""


@contextmanager
def reading(folder: Path, keys: Keys, progress: Progress | None = None) -> Iterator[Connection]:
    """The file for a search, one state of it for all that is asked; IndexLost if there is none.

    A search that is cancelled stops soon, with Cancelled.
    """
    with _failures_told(folder):
        try:
            # Not for reading only: what a crash left half written must be put right first.
            conn = connect(folder / FILE_NAME, keys, busy_ms=_WAIT_MS, application=_MAKE)
        except _LOST as error:
            raise IndexLost(_NOT_YET) from error
        try:
            if progress is not None:
                conn.set_progress_handler(lambda: progress.cancelled, _INSTRUCTIONS)
            conn.execute("BEGIN")
            if not _has_tables(conn):
                raise IndexLost(_NOT_YET)
            yield conn
        finally:
            conn.close()


@contextmanager
def writing(folder: Path, keys: Keys) -> Iterator[Connection]:
    """The file for changes; made if missing or unreadable."""
    with _failures_told(folder):
        with _making:
            conn = _made(folder, keys)
        try:
            yield conn
        finally:
            conn.close()


@contextmanager
def transaction(conn: Connection) -> Iterator[None]:
    """All or nothing of what is changed in the block."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    conn.execute("COMMIT")


def discard(folder: Path) -> None:
    """Take the index away; nothing is lost with it."""
    try:
        for name in (FILE_NAME, f"{FILE_NAME}-journal"):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"查找用的索引“{folder / FILE_NAME}”坏了，又不能删除；请检查该文件能否写入。") from error


def _made(folder: Path, keys: Keys) -> Connection:
    path = folder / FILE_NAME
    try:
        conn = connect(path, keys, busy_ms=_WAIT_MS, application=_MAKE)
    except _LOST as error:
        discard(folder)
        _log.info("search index made anew: %s", type(error).__name__)
        conn = connect(path, keys, busy_ms=_WAIT_MS, application=_MAKE, create=True)
    try:
        conn.execute("PRAGMA secure_delete=OFF")  # overwriting what is encrypted anyway would double the writing
        with transaction(conn):
            for statement in () if _has_tables(conn) else _SCHEMA:
                conn.execute(statement)
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def _failures_told(folder: Path) -> Iterator[None]:
    """What becomes of a failure of the file: the index can always be made again."""
    try:
        yield
    except DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == _INTERRUPT:
            raise Cancelled from error
        if code in _BUSY:
            raise UserError("查找用的索引正忙，请稍候再查。") from error
        if code in _DAMAGED:
            discard(folder)
            raise IndexLost("查找用的索引已损坏，程序会重新建立，请稍候再查；案卷内容没有受影响。") from error
        raise UserError(
            f"读写查找用的索引“{folder / FILE_NAME}”失败；请检查磁盘空间和该文件能否写入，案卷内容没有受影响。"
        ) from error


def _has_tables(conn: Connection) -> bool:
    return bool(conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
