"""The evidence files of a case: encrypted one by one, named and keyed by their content, so each is kept once.

Loads cryptography (60 ms): for an open case, not for the unlock window. A content's key is derived from the case's
key and its SHA-256, its file name likewise: whoever has the journal and the case's key can find and open all of them,
and without the key the folder tells not even whether a known file is in it. Content passes in 64 KiB chunks.
"""

import errno
import hashlib
import hmac
import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.blob_file import CHUNK, BlobReader, Unauthentic, stored_size, write
from xuncha_desktop.store.keys import Keys, derive

_MEGABYTE = 1_000_000


class BlobMissing(UserError):
    """The evidence file is not in the case's folder."""


class BlobDamaged(UserError):
    """The evidence file is there, and not what was put in."""


class SourceChanged(UserError):
    """The file to be taken in was vanishing or changing while it was read."""


@dataclass(frozen=True)
class Blob:
    """A content: its SHA-256 in hex and its size in bytes."""

    sha256: str
    size: int


class Blobs:
    """The folder of encrypted evidence files of an open case."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._master = keys.blob_master

    def add(self, source: Path | BinaryIO, progress: Progress) -> Blob:
        """Take a content in; one that is already here is kept as it is, unless it was damaged."""
        name = source.name if isinstance(source, Path) else "数据"
        with _reading(name), source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
            start = file.tell()
            total = file.seek(0, io.SEEK_END) - start
            file.seek(start)
            digest, size = hashlib.sha256(), 0
            for chunk in _chunks(file):
                digest.update(chunk)
                size += len(chunk)
                progress.step(size, 2 * total, "正在核对文件")
            blob = Blob(digest.hexdigest(), size)
            if not self._holds(blob):
                file.seek(start)
                self._write(blob, _repeated(file, blob, name, progress))
        progress.step(2 * size, 2 * size, "已存入")
        return blob

    def open(self, sha256: str) -> BinaryIO:
        """Open a content for reading anywhere in it; a damaged place is a BlobDamaged when it is read."""
        return cast(BinaryIO, io.BufferedReader(_Told(self._path(sha256), self._key(sha256), sha256), CHUNK))

    def read(self, sha256: str, limit: int) -> bytes:
        """A whole content of at most `limit` bytes; a larger one is refused rather than loaded."""
        with self.open(sha256) as file:
            size = file.seek(0, io.SEEK_END)
            if size > limit:
                raise UserError(
                    f"文件有 {size / _MEGABYTE:.1f} MB，超过此处可以读取的 {limit / _MEGABYTE:.1f} MB；请导出后查看。"
                )
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """A whole content from its beginning; after the last chunk BlobDamaged if it is not what its SHA-256 says."""
        return _checked(self._path(sha256), self._key(sha256), sha256)

    def verify(self, sha256: str) -> int:
        """Read a content through and compare it with its SHA-256; gives its size, or raises what is wrong."""
        return _verify(self._path(sha256), self._key(sha256), sha256)

    def missing(self, sha256s: Collection[str]) -> list[str]:
        """Which of these contents are not here, in the order given."""
        return [sha256 for sha256 in sha256s if not self._path(sha256).is_file()]

    def copy_to(self, folder: Path, sha256s: Collection[str], progress: Progress) -> int:
        """Bring another blobs folder (a backup, a stick) up to these contents; gives how many were copied.

        Each copy is read back and verified before it gets its name; one already there of the right end stays.
        """
        copied = 0
        for done, sha256 in enumerate(sha256s):
            progress.step(done, len(sha256s), "正在复制证据文件")
            source, target = self._path(sha256), folder / self._path(sha256).relative_to(self._folder)
            if _ends_well(target, self._key(sha256)):
                continue
            if not source.is_file():
                raise _missing(sha256)
            with _placed(target, source.stat().st_size) as part:
                with source.open("rb") as read, part.open("wb") as file:
                    for chunk in _chunks(read):
                        file.write(chunk)
                        progress.step(done, len(sha256s), "正在复制证据文件")
                _verify(part, self._key(sha256), sha256)
            copied += 1
        progress.step(len(sha256s), len(sha256s), "证据文件已复制")
        return copied

    def name_of(self, sha256: str) -> str:
        """What a content's file is called here; it tells nobody without the key which content that is."""
        return hmac.new(self._master, bytes.fromhex(sha256), hashlib.sha256).hexdigest()

    def remove_parts(self) -> int:
        """Remove what a broken-off write left behind (at start, under the case's lock); gives how many."""
        parts = list(self._folder.glob("*/*.part"))
        for part in parts:
            part.unlink(missing_ok=True)
        return len(parts)

    def _holds(self, blob: Blob) -> bool:
        try:
            return self.verify(blob.sha256) == blob.size
        except (BlobMissing, BlobDamaged):
            return False

    def _write(self, blob: Blob, chunks: Iterator[bytes]) -> None:
        with _placed(self._path(blob.sha256), stored_size(blob.size)) as part, part.open("wb") as file:
            write(file, self._key(blob.sha256), chunks)

    def _key(self, sha256: str) -> bytes:
        return derive(self._master, b"xuncha evidence file: " + bytes.fromhex(sha256))

    def _path(self, sha256: str) -> Path:
        name = self.name_of(sha256)
        return self._folder / name[:2] / name


class _Told(BlobReader):
    """A reader whose failures are sentences."""

    def __init__(self, path: Path, key: bytes, sha256: str) -> None:
        self._sha256 = sha256
        with _telling(sha256):
            super().__init__(path, key)

    def readinto(self, buffer: memoryview, /) -> int:
        with _telling(self._sha256):
            return super().readinto(buffer)


def _verify(path: Path, key: bytes, sha256: str) -> int:
    return sum(map(len, _checked(path, key, sha256)))


def _checked(path: Path, key: bytes, sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with io.BufferedReader(_Told(path, key, sha256), CHUNK) as file:
        for chunk in _chunks(file):
            digest.update(chunk)
            yield chunk
    if digest.hexdigest() != sha256:
        raise BlobDamaged(f"证据文件（校验码 {sha256[:8]}…）的内容与登记的校验码不符；请从备份恢复该文件。")


def _ends_well(path: Path, key: bytes) -> bool:
    try:
        BlobReader(path, key).close()
    except (OSError, Unauthentic):
        return False
    return True


def _repeated(file: BinaryIO, blob: Blob, name: str, progress: Progress) -> Iterator[bytes]:
    """The content once more; its key was derived from the first reading, so another content must not be written."""
    digest, size = hashlib.sha256(), 0
    # Here and not around the writing: a failure to read is another sentence than a failure to write.
    with _reading(name):
        for chunk in _chunks(file):
            digest.update(chunk)
            size += len(chunk)
            if size > blob.size:
                break
            progress.step(blob.size + size, 2 * blob.size, "正在加密保存")
            yield chunk
    if digest.hexdigest() != blob.sha256:
        raise SourceChanged(f"“{name}”在读取过程中被改动，未存入；请关闭正在使用它的程序后重新添加。")


def _chunks(file: BinaryIO | io.BufferedReader) -> Iterator[bytes]:
    """The rest of a file in full chunks: a raw stream may give less than asked for."""
    while chunk := file.read(CHUNK):
        while len(chunk) < CHUNK and (more := file.read(CHUNK - len(chunk))):
            chunk += more
        yield chunk


def _missing(sha256: str) -> BlobMissing:
    return BlobMissing(f"案卷里找不到证据文件（校验码 {sha256[:8]}…）；请从备份恢复，或重新添加原文件。")


@contextmanager
def _telling(sha256: str) -> Iterator[None]:
    try:
        yield
    except Unauthentic as error:
        where = "文件开头" if error.number is None else f"第 {error.number + 1} 段"
        raise BlobDamaged(f"证据文件（校验码 {sha256[:8]}…）已损坏（{where}校验不符）；请从备份恢复该文件。") from error
    except FileNotFoundError as error:
        raise _missing(sha256) from error
    except OSError as error:
        raise BlobDamaged(f"读不出证据文件（校验码 {sha256[:8]}…）；请检查磁盘，或从备份恢复该文件。") from error


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceChanged(
            f"读不出“{name}”，未存入；请检查文件是否还在、U盘是否已拔出、是否被别的程序占用，再重新添加。"
        ) from error


@contextmanager
def _placed(target: Path, size: int) -> Iterator[Path]:
    """Write `target` whole or not at all; what fails is told of the evidence, not of its meaningless file name."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with replaced(target) as part:
            try:
                yield part
            except OSError as error:
                raise _unwritten(error, size) from error
    except OSError as error:
        raise _unwritten(error, size) from error


def _unwritten(error: OSError, size: int) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        need = max(1, round(size / _MEGABYTE))
        return UserError(f"磁盘空间不足，保存证据文件还需约 {need} MB；请清理磁盘后再试，原有数据未受影响。")
    return UserError("写入证据文件失败，原有数据未受影响；请检查磁盘是否接好、能否写入，再重新添加。")
