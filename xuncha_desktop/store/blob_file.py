"""The bytes of one encrypted evidence file: 64 KiB chunks of AES-256-GCM, each bound to its place (STREAM).

A file is `XCB1`, 7 random bytes, then the chunks with their tags. The nonce of a chunk is those 7 bytes, its number
(32 bit) and whether it is the last, so that no chunk can be moved, dropped, repeated or cut off unnoticed.
The random bytes keep nonces apart even if a write was broken off and another content was written under the key.
"""

import io
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024

_MAGIC = b"XCB1"
_PREFIX = 7
_HEADER = len(_MAGIC) + _PREFIX
_TAG = 16


class Unauthentic(Exception):
    """Chunk `number` (from 0) is not what was written; None: the file as a whole cannot be one of ours."""

    def __init__(self, number: int | None) -> None:
        super().__init__(number)
        self.number = number


def stored_size(size: int) -> int:
    """How long the encrypted file of a content of `size` bytes is."""
    return _HEADER + size + _TAG * _chunk_count(size)


def write(target: BinaryIO, key: bytes, chunks: Iterator[bytes]) -> None:
    """Encrypt `chunks`, each of exactly CHUNK bytes but the last, which is empty only for an empty content."""
    cipher, prefix = AESGCM(key), secrets.token_bytes(_PREFIX)
    target.write(_MAGIC + prefix)
    number, held = 0, next(chunks, b"")
    for chunk in chunks:
        target.write(cipher.encrypt(_nonce(prefix, number, last=False), held, _MAGIC))
        number, held = number + 1, chunk
    target.write(cipher.encrypt(_nonce(prefix, number, last=True), held, _MAGIC))


class BlobReader(io.RawIOBase):
    """Reads an encrypted file like a plain one, anywhere in it; only authenticated bytes come out.

    Opening verifies the last chunk and so the size. Raises Unauthentic, or OSError of the disk.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__()
        self._file = path.open("rb")
        try:
            self._cipher = AESGCM(key)
            stored = self._file.seek(0, io.SEEK_END)
            self._file.seek(0)
            header = self._file.read(_HEADER)
            self._chunks = -(-(stored - _HEADER) // (CHUNK + _TAG))
            self.size = stored - _HEADER - _TAG * self._chunks
            if len(header) < _HEADER or header[: len(_MAGIC)] != _MAGIC or self.size < 0:
                raise Unauthentic(None)
            if self._chunks != _chunk_count(self.size):
                raise Unauthentic(self._chunks - 1)
            self._prefix = header[len(_MAGIC) :]
            self._position = 0
            self._number, self._chunk = -1, b""
            self._load(self._chunks - 1)
        except BaseException:
            self._file.close()
            raise

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; reading there decrypts one chunk."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("negative seek position")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] - Buffer has no name before 3.12
        """Fill `buffer` as far as the current chunk goes."""
        if self._position >= self.size:
            return 0
        number, start = divmod(self._position, CHUNK)
        self._load(number)
        part = self._chunk[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        """Let go of the file and the decrypted chunk."""
        if not self.closed:
            self._file.close()
            self._chunk = b""
        super().close()

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        self._file.seek(_HEADER + number * (CHUNK + _TAG))
        nonce = _nonce(self._prefix, number, last=number == self._chunks - 1)
        try:
            self._chunk = self._cipher.decrypt(nonce, self._file.read(CHUNK + _TAG), _MAGIC)
        except InvalidTag as error:
            raise Unauthentic(number) from error
        self._number = number


def _chunk_count(size: int) -> int:
    return max(1, -(-size // CHUNK))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])
