"""Copying a case's database while it is open: page by page through SQLite, giving way to every save."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Base
from xuncha_desktop.store.checks import full_check
from xuncha_desktop.store.connection import Connection, DatabaseError, connect
from xuncha_desktop.store.keys import Keys

# 200 pages hold a save back for 10 ms (a slow laptop: 25 ms); after 50 ms it would go back to its draft.
_PAGES, _PAUSE = 200, 0.01
# A save makes SQLite begin again (150 MB take 4 s, hurried 2 s), so the next attempt waits for a moment without saves.
_HURRIED = 0.002
_ATTEMPTS, _QUIET, _LONGEST_WAIT = 8, 1.0, 30.0
_BUSY, _LOCKED, _FULL = 5, 6, 13


class CopyUnsound(UserError):
    """The copy does not pass the checks, so its original is damaged; `finding` says what is wrong, without advice."""

    def __init__(self, finding: str, advice: str) -> None:
        super().__init__(f"{finding}，{advice}")
        self.finding = finding


def copy_database(source: Path, target: Path, keys: Keys, meta: Mapping[str, str], progress: Progress) -> None:
    """Copy an open database to the new file `target`, put `meta` into the copy, reopen it and check it.

    The target counts only if this returns; whoever calls removes it otherwise.
    """
    try:
        original = connect(source, keys, busy_ms=5000)
        try:
            before = _row_counts(original)
            _copy_pages(original, target, keys, progress)
            after = _row_counts(original)
        finally:
            original.close()
        progress.step(95, 100, "正在检查副本")
        counts = finish_copy(target, keys, meta)
    except DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF
        if code == _FULL:
            raise UserError(f"磁盘空间不足，未能复制到“{target.parent}”；请清理磁盘后再试，案卷未受影响。") from error
        if code == _BUSY:
            raise UserError("案卷正在被另一项工作写入，暂时不能复制；请稍候再试，案卷未受影响。") from error
        raise CopyUnsound(
            f"案卷数据库读取出错（{error.sqlite_errorname}）", "未能复制；请从最近的备份恢复。"
        ) from error
    # Saves may come while copying; rows are only ever added.
    if wrong := next((name for name in counts if not before[name] <= counts[name] <= after[name]), None):
        raise CopyUnsound(
            f"案卷数据库的副本不完整（表 {wrong} 的行数不符）", "复制出来的不能用，已经删去；请再试一次。"
        )


def _copy_pages(original: Connection, target: Path, keys: Keys, progress: Progress) -> None:
    copy = connect(target, keys, create=True)
    try:
        # Nothing of a half-made copy is ever used, and syncing here would hold saves back. A large cache would all be
        # encrypted and written in the last step, while the original is locked: 310 ms instead of 20 ms.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000"):
            copy.execute(f"PRAGMA {pragma}")
        for attempt in range(_ATTEMPTS):
            try:
                original.backup(
                    copy, pages=_PAGES, progress=_pace(progress, _HURRIED if attempt else _PAUSE), sleep=0.02
                )
            except _Overtaken:
                _wait_for_quiet(original, progress)
            else:
                return
        raise UserError("案卷一直在保存修改，没有能复制完；请停下输入几秒后再试，案卷和已有的备份未受影响。")
    finally:
        copy.close()


class _Overtaken(Exception):
    """A save came between, and SQLite began to copy from the start."""


def _pace(progress: Progress, pause: float) -> Callable[[int, int, int], None]:
    most = 0

    def step(status: int, remaining: int, total: int) -> None:
        nonlocal most
        done = total - remaining
        if status not in (_BUSY, _LOCKED) and done <= most:
            raise _Overtaken
        most = max(most, done)
        progress.step(done * 90 // max(total, 1), 100, "正在复制案卷数据库")
        time.sleep(pause)

    return step


def _wait_for_quiet(original: Connection, progress: Progress) -> None:
    """Until nobody has saved for a while, or nobody can be waited for any longer."""
    version, since = _version(original), time.monotonic()
    end = since + _LONGEST_WAIT
    while time.monotonic() < min(end, since + _QUIET):
        progress.step(0, 100, "正在等待保存完成")
        time.sleep(_QUIET / 10)
        if (now := _version(original)) != version:
            version, since = now, time.monotonic()


def _version(conn: Connection) -> int:
    return conn.execute("PRAGMA data_version").fetchone()[0]


def finish_copy(copy: Path, keys: Keys, meta: Mapping[str, str]) -> dict[str, int]:
    """Put `meta` into a copied database and check all of it; the rows of its tables."""
    conn = connect(copy, keys)
    try:
        # An ordinary, synced commit: with it the whole copy is on the disk.
        conn.execute("BEGIN IMMEDIATE")
        conn.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(meta.items()))
        conn.execute("COMMIT")
        counts = _row_counts(conn)
        findings = full_check(conn)
    finally:
        conn.close()
        copy.with_name(f"{copy.name}-journal").unlink(missing_ok=True)
    if findings:
        raise CopyUnsound(
            f"案卷数据库检查不合格（{findings[0]}）", "复制出来的不能用，已经删去；请从较早的备份恢复，原文件请保留。"
        )
    return counts


def _row_counts(conn: Connection) -> dict[str, int]:
    """Rows of every table that only grows."""
    present = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    names = sorted((present & set(Base.metadata.tables)) - {"meta", "head"})
    return {name: conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
