"""The only place that opens an encrypted database: one recipe of pragmas, and each way it can fail told apart.

A refusal changes nothing on disk. No other code may open a case's database, not even to read its bytes: closing
any other handle of the file drops this process's locks on it (POSIX), and another process could then write.
"""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from xuncha_desktop.errors import UserError
from xuncha_desktop.store.keys import Keys

if TYPE_CHECKING:
    # The encrypted driver is a fork without type information; its interface is the standard library's.
    import sqlite3 as dbapi2
    from sqlite3 import Connection, DatabaseError
else:
    from sqlcipher3 import dbapi2
    from sqlcipher3.dbapi2 import Connection, DatabaseError

CASE_DATABASE = 0x58434131  # "XCA1", in the header of the case's database
DRAFTS_DATABASE = 0x58434431  # "XCD1", in that of the drafts
SCHEMA = 1

PAGE = 4096
_OLDEST_SQLITE = (3, 51, 3)
_OPENING_MS = 5000
_PRAGMAS = (
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "mmap_size=0",
    "cache_size=-64000",
)
_BUSY, _READONLY, _CORRUPT, _FULL, _NOT_A_DATABASE = 5, 8, 11, 13, 26


class SqliteTooOld(UserError):
    """This SQLite has a known fault that can lose commits."""


class DatabaseMissing(UserError):
    """There is no file."""


class DatabaseEmpty(UserError):
    """The file has no bytes; opening it would make a new, empty case."""


class DatabaseForeign(UserError):
    """The file is whole but none of ours, or of another case."""


class DatabaseDamaged(UserError):
    """The keys are right and the file is ours, but it is cut off or a page does not verify."""


class DatabaseNewer(UserError):
    """A later version of the program wrote this schema."""


class DatabaseUnfinished(UserError):
    """A read-only opening of a file whose last write was interrupted: SQLite must write to put it right."""


class DatabaseBusy(UserError):
    """Another connection writes and did not finish within seconds."""


class DatabaseUnreadable(UserError):
    """The operating system refuses to open or read the file."""


def connect(
    path: Path,
    keys: Keys,
    *,
    busy_ms: int = 50,
    create: bool = False,
    readonly: bool = False,
    application: int = CASE_DATABASE,
    newest_schema: int = SCHEMA,
) -> Connection:
    """Open a database of the case in autocommit; `create` makes a new one and refuses an existing file.

    Usable from any thread, by one at a time. `busy_ms` is how long a statement waits for another writer.
    """
    require_sqlite(dbapi2.sqlite_version_info)
    if create:
        if path.exists():
            raise UserError(f"文件“{path}”已存在，未作改动；请换一个文件夹。")
    elif not path.exists():
        raise DatabaseMissing(f"找不到案卷数据库“{path}”；请检查磁盘是否接好，或从备份恢复。")
    try:
        conn = _open(path, "ro" if readonly else "rwc" if create else "rw", keys.raw48)
    except DatabaseError as error:
        raise _refusal(error, path, keys) from error
    try:
        if not create:
            _check(conn, path, application, newest_schema)
        for pragma in _PRAGMAS:
            conn.execute(f"PRAGMA {pragma}")
        if create:
            conn.execute(f"PRAGMA user_version={newest_schema}")
            conn.execute(f"PRAGMA application_id={application}")
        conn.execute(f"PRAGMA busy_timeout={busy_ms}")
    except BaseException as error:
        conn.close()
        if create:
            for made in (path, path.with_name(f"{path.name}-journal")):
                made.unlink(missing_ok=True)
        if isinstance(error, DatabaseError):
            raise _refusal(error, path, keys) from error
        raise
    return conn


def require_sqlite(version: tuple[int, ...]) -> None:
    """Refuse an SQLite that may corrupt a database (the WAL-reset fault was mended in 3.51.3)."""
    if version < _OLDEST_SQLITE:
        found = ".".join(map(str, version))
        raise SqliteTooOld(f"程序所带的 SQLite {found} 过旧，可能损坏数据，已停止；请重新安装本程序。")


def _open(path: Path, mode: str, raw_key: bytes) -> Connection:
    conn = dbapi2.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        # Long while opening: another connection of ours may be committing a merge.
        timeout=_OPENING_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    # First of all: by default SQLCipher writes its errors to stderr.
    conn.execute("PRAGMA cipher_log_level=NONE")
    # Locking and wiping every allocation costs too much: with 60,000 rows (52 MB), on against off, a sort of
    # 20,000 long rows 13 s against 0.7 s, 20,000 reads by key 0.9 s against 0.3 s, a bulk insert 2.4 s against
    # 0.6 s. What it protects against (swap, hibernation) is left to full-disk encryption.
    conn.execute("PRAGMA cipher_memory_security=OFF")
    conn.execute(f"PRAGMA key=\"x'{raw_key.hex()}'\"")
    return conn


def _check(conn: Connection, path: Path, application: int, newest_schema: int) -> None:
    """Look whether this is what it should be; the first read also verifies page 1 and rolls back a hot journal."""
    found = conn.execute("PRAGMA application_id").fetchone()[0]
    size = path.stat().st_size
    if size == 0:
        raise DatabaseEmpty(f"案卷数据库“{path}”是空文件（0 字节）；请从备份恢复，不要在此新建案卷。")
    if size % PAGE:
        raise _truncated(path)
    if found != application:
        raise DatabaseForeign(f"“{path}”不是本程序的案卷数据库；请选择正确的案卷文件夹。")
    schema = conn.execute("PRAGMA user_version").fetchone()[0]
    if schema > newest_schema:
        raise DatabaseNewer(
            f"案卷数据库“{path}”由更新版本的程序写成（结构 {schema}，本程序只到 {newest_schema}）；请先升级本程序。"
        )
    # Verifies the pages of the table of contents.
    conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()


def _refusal(error: DatabaseError, path: Path, keys: Keys) -> UserError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == _BUSY:
        return DatabaseBusy(f"案卷数据库“{path}”正忙（另有写入未完成）；请稍候再试。")
    if code == _READONLY:
        return DatabaseUnfinished(
            f"案卷数据库“{path}”上次没有正常关闭，而所在位置只能读取；请把案卷复制到本机磁盘后再打开。"
        )
    if code == _FULL:
        return DatabaseUnreadable(f"磁盘空间不足，未能建立案卷数据库“{path}”；请清理磁盘后再试。")
    if code not in (_CORRUPT, _NOT_A_DATABASE):
        return DatabaseUnreadable(f"读不出案卷数据库“{path}”；请检查磁盘是否接好、文件是否允许读写。")
    if path.stat().st_size < PAGE:
        return _truncated(path)
    if _is_foreign(_head(path), keys.salt):
        return DatabaseForeign(f"“{path}”不是本案卷的数据库（属于别的案卷或别的程序）；请把本案卷的数据库放回原处。")
    return DatabaseDamaged(f"口令正确，但案卷数据库“{path}”已损坏；请从最近的备份恢复，原文件请保留。")


def _truncated(path: Path) -> DatabaseDamaged:
    return DatabaseDamaged(f"案卷数据库“{path}”不完整（末尾被截断）；请从最近的备份恢复，原文件请保留。")


def _is_foreign(head: bytes, salt: bytes) -> bool:
    """Whether the first 16 bytes are no damaged form of our salt: bits may flip, a sector may be zeroed."""
    differing = sum((one ^ other).bit_count() for one, other in zip(head, salt, strict=False))
    return len(head) == len(salt) and any(head) and differing > 16


def _head(path: Path) -> bytes:
    """The first 16 bytes of the file, through SQLite: a file handle of our own would drop the process's locks."""
    try:
        # A key without a salt: SQLCipher then reads the salt from the file.
        conn = _open(path, "ro", bytes(32))
    except DatabaseError:
        return b""
    try:
        return bytes.fromhex(conn.execute("PRAGMA cipher_salt").fetchone()[0])
    except (DatabaseError, ValueError, TypeError):
        return b""
    finally:
        conn.close()
