"""Plain copies of evidence for other programs to show: in a folder of this user alone, gone at lock, close and start.

The folder is its own list: whatever lies in it was put there by this program and is removed. A second window that
starts removes the first one's copies as well, which costs opening the file once more and leaves nothing behind.
Removing is not overwriting: on flash memory only a disk that is encrypted as a whole keeps what was deleted secret.
"""

import logging
import os
import re
import secrets
import stat
from pathlib import Path

from xuncha_desktop import paths
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Evidence
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store
from xuncha_desktop.untrusted import is_inert, without_old_macros

_HEAD = 1024
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\u200b-\u200f\u2028-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FROM_ELSEWHERE = "[ZoneTransfer]\r\nZoneId=3\r\n"  # Office then opens it in its protected view
_log = logging.getLogger(__name__)


def put(store: Store, evidence: str, progress: Progress) -> Path:
    """A read-only plain copy of a piece of evidence; what is never opened is a UserError, and so is a wrong digest."""
    with store.read() as session:
        found: Evidence = records.find(session, "evidence", evidence)
    name = found.file_name or found.name
    if not found.file_hash:
        raise UserError(f"证据“{found.name}”没有文件，不能打开。")
    place = _folder() / secrets.token_hex(8)
    target = place / _safe(name)
    with store.blobs.open(found.file_hash) as file:
        head = file.read(_HEAD)
    for called in (name, target.name):  # what hid the true ending is gone from the second
        if why_not := is_inert(called, head):
            raise UserError(why_not)
    try:
        place.mkdir(mode=0o700)
        _write(store, found, target, progress)
    except BaseException as error:
        _remove(place)
        if isinstance(error, OSError):
            raise UserError("不能写出供其他程序查看的副本；请检查磁盘是否已满，或改用“另存文件…”。") from error
        raise
    return target


def count() -> int:
    """How many plain copies there are."""
    return sum(1 for _ in _folder().iterdir())


def remove(copy: Path) -> None:
    """Remove one plain copy at once: nobody can show it."""
    _remove(copy.parent)


def wipe() -> int:
    """Remove every plain copy; how many could not be removed because another program still holds them."""
    left = sum(not _remove(place) for place in list(_folder().iterdir()))
    if left:
        _log.warning("%d plain copies are still held by other programs", left)
    return left


def _write(store: Store, found: Evidence, target: Path, progress: Progress) -> None:
    done, total = 0, found.file_size or 0
    with target.open("xb") as out:
        for chunk in without_old_macros(target.name, store.blobs.chunks(found.file_hash)):
            out.write(chunk)
            done += len(chunk)
            progress.step(done, max(done, total), "正在取出副本")
    if os.name == "nt":
        try:
            Path(f"{target}:Zone.Identifier").write_text(_FROM_ELSEWHERE, encoding="ascii", newline="")
        except OSError:
            _log.info("this disk keeps no marks on files")
    target.chmod(stat.S_IRUSR)


def _folder() -> Path:
    folder = paths.private_folder() / "opened"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _safe(name: str) -> str:
    """A file name that means nothing but itself on every system; what hides its true ending goes."""
    stem, dot, ending = _UNSAFE.sub("", name).strip(" .\u3000").rpartition(".")
    plain = f"{stem[:80]}{dot}{ending[:16]}" or "证据"
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain


def _remove(place: Path) -> bool:
    try:
        if place.is_symlink() or not place.is_dir():
            place.unlink(missing_ok=True)
            return True
        for file in place.iterdir():
            if not file.is_symlink():
                file.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows removes no read-only file
            file.unlink()
        place.rmdir()
    except OSError:
        return False
    return True
