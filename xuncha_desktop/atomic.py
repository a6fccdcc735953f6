"""Replacing a file all at once: readers see the old one or the new one, never a half-written one."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha_desktop.errors import UserError

# A virus scanner or a preview pane lets go within moments; Word and Excel do not. Together 2.5 seconds.
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Yield the path of a `.part` file beside `target`; when the block ends well it takes the target's place.

    The block must create the file. Whatever ends the block otherwise (an error, a cancel) removes it and
    leaves the old target as it was. A target held open by another program is a UserError after 2.5 seconds.
    """
    part = target.with_name(target.name + ".part")
    try:
        _remove(part)
        yield part
        _sync(part)
        take_place(part, target)
    except BaseException as error:
        _remove(part)
        if words := _mendable(error, part, target):
            raise UserError(words) from error
        raise
    sync_folder(target.parent)


def take_place(part: Path, target: Path) -> None:
    """Put a finished file of the same disk where `target` stands; one held open elsewhere is a UserError."""
    for pause in _PAUSES:
        try:
            part.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    try:
        part.replace(target)
    except PermissionError as error:
        raise UserError(
            f"“{target.name}”正在别的程序中打开（或文件夹不允许写入），未能替换；请关闭该文件后再试，原文件未改动。"
        ) from error


def _mendable(error: BaseException, part: Path, target: Path) -> str:
    """What a user can do about a failure of the disk; nothing for any other failure."""
    if not isinstance(error, OSError):
        return ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"磁盘空间不足，未能写完“{target.name}”；请清理磁盘或换一个位置再试，原文件未改动。"
    ours = error.filename is not None and Path(os.fsdecode(error.filename)) == part
    if ours and (isinstance(error, PermissionError) or not target.parent.is_dir()):
        return f"不能在文件夹“{target.parent}”中写入“{target.name}”；请检查该位置是否存在、能否写入。"
    return ""


def _remove(part: Path) -> None:
    """Remove the part file as far as that is possible; an old failure must not hide behind this one."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


def _sync(path: Path) -> None:
    # Windows flushes only through a handle that may write.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut (Windows has no such call and needs none)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
