"""One case, one program: an operating-system file lock, and beside it a note saying which computer holds it.

The lock is the kernel's, so a crash or kill -9 lets go of it at once. The note is for people: a folder that was
copied or shared while open still names the other computer, and is taken over only when a person says so.
"""

import errno
import getpass
import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError

LOCK_NAME = "case.lock"
HOLDER_NAME = "case.lock.json"

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@dataclass(frozen=True)
class Holder:
    """Which computer and process opened the case; a login, never a member's name."""

    host: str
    login: str
    pid: int
    since_ms: int
    device: str

    def words(self) -> str:
        """Say who and since when, for a sentence."""
        since = datetime.fromtimestamp(self.since_ms / 1000).strftime("%Y-%m-%d %H:%M")
        return f"电脑“{self.host}”（登录名 {self.login}，进程 {self.pid}，{since} 起）"


class CaseInUse(UserError):
    """Another program holds the case, or another computer did and never let go (`may_take_over`)."""

    def __init__(self, sentence: str, holder: Holder | None, *, may_take_over: bool) -> None:
        super().__init__(sentence)
        self.holder = holder
        self.may_take_over = may_take_over


class LockImpossible(UserError):
    """The folder can be read but not locked (read-only, or a file system without locks)."""


class CaseLock:
    """Holds a case's folder for this process until `release`; made by `acquire`."""

    def __init__(self, folder: Path, handle: int, holder: Holder) -> None:
        self._folder = folder
        self._handle: int | None = handle
        self.holder = holder

    @classmethod
    def acquire(cls, folder: Path, device: str, *, take_over: bool = False) -> Self:
        """Lock the case's folder; `take_over` is a person's answer that the other computer has closed it."""
        handle = _open(folder)
        try:
            locked = _try_lock(handle, folder)
            previous = _read_holder(folder)
            if not locked:
                who = previous.words() if previous else "另一个程序"
                raise CaseInUse(
                    f"案卷“{folder.name}”正由{who}打开；请先在那里关闭，再重新打开。", previous, may_take_over=False
                )
            ours = Holder(socket.gethostname(), _login(), os.getpid(), time.time_ns() // 1_000_000, device)
            elsewhere = previous is not None and (previous.host, previous.device) != (ours.host, ours.device)
            if previous and elsewhere and not take_over:
                raise CaseInUse(
                    f"案卷“{folder.name}”由{previous.words()}打开后没有关闭；"
                    "请确认那台电脑上已不再使用本案卷，再在窗口里打开它并选择接管。",
                    previous,
                    may_take_over=True,
                )
            with replaced(folder / HOLDER_NAME) as part:
                part.write_text(json.dumps(asdict(ours), ensure_ascii=False), encoding="utf-8")
        except BaseException:
            os.close(handle)
            raise
        return cls(folder, handle, ours)

    def release(self) -> None:
        """Let go; the lock file itself stays, since removing it would let two openers lock different files."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        # A note that cannot be removed (stick pulled out) asks a question at the next opening, no more.
        with suppress(OSError):
            (self._folder / HOLDER_NAME).unlink(missing_ok=True)
        os.close(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _open(folder: Path) -> int:
    try:
        return os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError as error:
        raise UserError(f"找不到案卷文件夹“{folder}”；请检查磁盘是否接好，或从最近的备份恢复。") from error
    except OSError as error:
        raise LockImpossible(f"案卷文件夹“{folder}”不能写入，只能查看；要修改请先复制到本机磁盘。") from error


def _try_lock(handle: int, folder: Path) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # flock and not lockf: it also refuses a second opening by this process, and closing another
            # handle of the file does not drop it.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise LockImpossible(f"案卷文件夹“{folder}”所在的磁盘不支持文件锁；请先把案卷复制到本机磁盘再打开。") from error
    return True


def _read_holder(folder: Path) -> Holder | None:
    """Who left a note; none if there is no readable one (a power cut may leave an empty file)."""
    try:
        note = json.loads((folder / HOLDER_NAME).read_text(encoding="utf-8"))
        holder = Holder(
            str(note["host"]), str(note["login"]), int(note["pid"]), int(note["since_ms"]), str(note["device"])
        )
        holder.words()
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None
    return holder


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "未知"
