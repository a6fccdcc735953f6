"""Folders that appear whole or not at all, and files copied into them that were read back."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha_desktop.atomic import sync_folder
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress

_CHUNK = 1 << 20


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder that appears under its name when the block ended well, and not at all otherwise."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
        if folder.is_dir():
            folder.rmdir()
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(folder.parent)


def copy_file(source: Path, target: Path, progress: Progress) -> None:
    """Copy a file, put it on the disk, read it back and compare."""
    total, done, digest = source.stat().st_size, 0, hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as write:
        while chunk := read.read(_CHUNK):
            write.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress.step(done, total, f"正在复制 {target.name}")
        write.flush()
        os.fsync(write.fileno())
        if hasattr(os, "posix_fadvise"):
            # Read back from the medium, not from memory.
            os.posix_fadvise(write.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with target.open("rb") as read:
        if hashlib.file_digest(read, "sha256").digest() != digest.digest():
            raise UserError(f"“{target}”写入后读出的内容不一致，介质可能已损坏；请换一个U盘或磁盘再备份。")


@contextmanager
def disk_told(folder: Path) -> Iterator[None]:
    """Say what a user can do when the disk under `folder` fails."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(f"“{folder}”空间不足，没有写完；请清理后再试，案卷和已有的备份未受影响。") from error
        raise UserError(f"不能写入“{folder}”；请检查磁盘或U盘是否接好、能否写入，案卷和已有的备份未受影响。") from error
