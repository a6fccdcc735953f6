"""Encrypted evidence files: what went in comes out, or an error does; never something else, never half."""

import errno
import io
import os
import random
import sys
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.support.killing import count_instants, kill_at, needs_fork
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store import blobs as blobs_module
from xuncha_desktop.store.blob_file import CHUNK, stored_size
from xuncha_desktop.store.blobs import Blob, BlobDamaged, BlobMissing, Blobs, SourceChanged
from xuncha_desktop.store.keys import Keys

KEYS = Keys.from_secret(bytes(range(48)))
ABSENT = "00" * 32


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs", KEYS)


def put(blobs: Blobs, data: bytes) -> Blob:
    return blobs.add(io.BytesIO(data), Progress())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])
def test_a_content_of_any_size_comes_back(tmp_path: Path, blobs: Blobs, size: int) -> None:
    source = tmp_path / "照片.jpg"
    source.write_bytes(content(size))
    blob = blobs.add(source, Progress())
    assert blob == Blob(sha256(content(size)).hexdigest(), size)
    assert blobs.read(blob.sha256, size) == content(size)
    assert blobs.verify(blob.sha256) == size
    [stored] = files(tmp_path / "blobs")
    assert stored.stat().st_size == stored_size(size)
    assert source.read_bytes() == content(size)


def test_a_content_can_be_read_anywhere_like_a_plain_file(blobs: Blobs) -> None:
    data = content(3 * CHUNK + 100)
    plain, dice = io.BytesIO(data), random.Random(5)
    with blobs.open(put(blobs, data).sha256) as reader:
        assert reader.seekable()
        for _ in range(400):
            whence = dice.choice([io.SEEK_SET, io.SEEK_SET, io.SEEK_END, io.SEEK_CUR])
            offset = dice.randrange(len(data) + 50)
            offset = {io.SEEK_SET: offset, io.SEEK_END: -min(offset, len(data)), io.SEEK_CUR: offset % 99}[whence]
            assert reader.seek(offset, whence) == plain.seek(offset, whence)
            length = dice.choice([0, 1, 7, 4096, CHUNK, CHUNK + 1, -1])
            assert reader.read(length) == plain.read(length)
            assert reader.tell() == plain.tell()
        with pytest.raises((ValueError, OSError)):
            reader.seek(-1)


def test_a_stream_is_taken_from_where_it_stands(blobs: Blobs) -> None:
    stream = io.BytesIO(b"header" + content(50))
    stream.seek(6)
    assert blobs.read(blobs.add(stream, Progress()).sha256, 50) == content(50)


def test_a_stream_that_gives_little_at_a_time_is_stored_whole(blobs: Blobs) -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 1000))

    data = content(2 * CHUNK + 5)
    assert blobs.read(blobs.add(Trickle(data), Progress()).sha256, len(data)) == data


def test_the_same_content_is_stored_once(tmp_path: Path, blobs: Blobs) -> None:
    first = put(blobs, content(500))
    [stored] = files(tmp_path)
    before = stored.stat()
    assert put(blobs, content(500)) == first
    [stored] = files(tmp_path)
    assert (stored.stat().st_ino, stored.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_adding_a_damaged_content_again_mends_it(tmp_path: Path, blobs: Blobs) -> None:
    blob = put(blobs, content(CHUNK * 2))
    [stored] = files(tmp_path)
    damaged = bytearray(stored.read_bytes())
    damaged[100] ^= 1
    stored.write_bytes(damaged)
    put(blobs, content(CHUNK * 2))
    assert blobs.verify(blob.sha256) == CHUNK * 2


def test_folder_names_and_bytes_tell_nothing(tmp_path: Path, blobs: Blobs) -> None:
    marker = "某某同志的谈话记录".encode()
    source = tmp_path / "谈话-张三.txt"
    source.write_bytes(marker * 5000)
    blob = blobs.add(source, Progress())
    source.unlink()
    [stored] = files(tmp_path)
    assert stored.parent.name == stored.name[:2]
    assert len(stored.name) == 64
    for telling in (blob.sha256, "谈话", "txt"):
        assert telling not in str(stored.relative_to(tmp_path))
    for secret in (marker, bytes.fromhex(blob.sha256), blob.sha256.encode(), KEYS.blob_master):
        assert secret not in stored.read_bytes()


def test_another_case_finds_and_reads_nothing(tmp_path: Path, blobs: Blobs) -> None:
    blob = put(blobs, content(10))
    assert Blobs(tmp_path / "blobs", Keys.mint()).missing([blob.sha256]) == [blob.sha256]


def test_a_flipped_bit_anywhere_is_found(tmp_path: Path, blobs: Blobs) -> None:
    data = content(2 * CHUNK + 300)
    blob = put(blobs, data)
    [stored] = files(tmp_path)
    good, dice = stored.read_bytes(), random.Random(3)
    for place in [0, 3, 4, 10, 11, len(good) - 1, *(dice.randrange(len(good)) for _ in range(200))]:
        stored.write_bytes(good[:place] + bytes([good[place] ^ (1 << dice.randrange(8))]) + good[place + 1 :])
        with pytest.raises(BlobDamaged, match="已损坏"):
            blobs.verify(blob.sha256)
        with pytest.raises(BlobDamaged):
            blobs.read(blob.sha256, len(data))


def test_undamaged_places_of_a_damaged_content_read_right(tmp_path: Path, blobs: Blobs) -> None:
    data = content(3 * CHUNK)
    blob = put(blobs, data)
    [stored] = files(tmp_path)
    bad = bytearray(stored.read_bytes())
    bad[11 + CHUNK + 16 + 5] ^= 1
    stored.write_bytes(bad)
    with blobs.open(blob.sha256) as reader:
        assert reader.read(CHUNK) == data[:CHUNK]
        with pytest.raises(BlobDamaged, match="第 2 段"):
            reader.read(1)
        reader.seek(2 * CHUNK)
        assert reader.read() == data[2 * CHUNK :]


def test_a_cut_off_content_does_not_open(tmp_path: Path, blobs: Blobs) -> None:
    blob = put(blobs, content(3 * CHUNK))
    [stored] = files(tmp_path)
    good, dice, whole = stored.read_bytes(), random.Random(4), CHUNK + 16
    borders = [11, 11 + whole, 11 + 2 * whole, 11 + 2 * whole + 16]
    for length in [0, 1, 10, *borders, len(good) - 1, *(dice.randrange(len(good)) for _ in range(100))]:
        stored.write_bytes(good[:length])
        with pytest.raises(BlobDamaged):
            blobs.open(blob.sha256)
    stored.write_bytes(good + b"\0")
    with pytest.raises(BlobDamaged):
        blobs.open(blob.sha256)


def test_moved_and_repeated_chunks_are_found(tmp_path: Path, blobs: Blobs) -> None:
    blob = put(blobs, content(3 * CHUNK))
    [stored] = files(tmp_path)
    good, whole = stored.read_bytes(), CHUNK + 16
    head, chunks = good[:11], [good[11 + whole * n : 11 + whole * (n + 1)] for n in range(3)]
    for order in ([1, 0, 2], [0, 0, 2], [0, 2], [2], [0, 1, 1, 2]):
        stored.write_bytes(head + b"".join(chunks[n] for n in order))
        # Reading must fail by itself: only verify() compares the whole with its hash.
        with pytest.raises(BlobDamaged):
            blobs.read(blob.sha256, 4 * CHUNK)


def test_one_content_in_the_place_of_another_is_found(tmp_path: Path, blobs: Blobs) -> None:
    one, two = put(blobs, content(100)), put(blobs, content(101))
    blobs._path(one.sha256).write_bytes(blobs._path(two.sha256).read_bytes())
    with pytest.raises(BlobDamaged):
        blobs.read(one.sha256, 1000)
    assert blobs.read(two.sha256, 1000) == content(101)


def test_a_missing_content_is_said(blobs: Blobs) -> None:
    blob = put(blobs, b"x")
    assert blobs.missing([ABSENT, blob.sha256, "11" * 32]) == [ABSENT, "11" * 32]
    with pytest.raises(BlobMissing, match="找不到证据文件"):
        blobs.open(ABSENT)
    with pytest.raises(BlobMissing):
        blobs.verify(ABSENT)


def test_a_content_above_the_limit_is_not_loaded(blobs: Blobs) -> None:
    blob = put(blobs, content(2_500_000))
    with pytest.raises(UserError, match=r"2\.5 MB，超过此处可以读取的 1\.0 MB"):
        blobs.read(blob.sha256, 1_000_000)


def test_a_large_content_passes_in_small_pieces(tmp_path: Path, blobs: Blobs) -> None:
    source = tmp_path / "录像.mp4"
    with source.open("wb") as file:
        for number in range(300):
            file.write(content(number % 3 + CHUNK))
    other = tmp_path / "stick"
    tracemalloc.start()
    try:
        blob = blobs.add(source, Progress())
        blobs.verify(blob.sha256)
        blobs.copy_to(other, [blob.sha256], Progress())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert blob.size > 19_000_000
    assert peak < 1_500_000


class Changing(io.BytesIO):
    """A source whose second reading gives something else."""

    def __init__(self, first: bytes, second: bytes | OSError) -> None:
        super().__init__(first)
        self._second = second
        self._starts = 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._starts += (offset, whence) == (0, io.SEEK_SET)
        if self._starts == 2 and isinstance(self._second, bytes):
            self._starts += 1
            super().seek(0)
            self.truncate()
            self.write(self._second)
        return super().seek(offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        if self._starts == 2 and isinstance(self._second, OSError):
            raise self._second
        return super().read(size)


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (content(3 * CHUNK)[:-1] + b"\0", "被改动"),
        (content(3 * CHUNK) + b"more", "被改动"),
        (content(3 * CHUNK) + content(CHUNK), "被改动"),
        (content(CHUNK), "被改动"),
        (b"", "被改动"),
        (OSError(errno.EIO, "gone"), "读不出"),
    ],
)
def test_a_source_that_changes_or_vanishes_meanwhile_is_not_stored(
    tmp_path: Path, blobs: Blobs, second: bytes | OSError, words: str
) -> None:
    with pytest.raises(SourceChanged, match=words):
        blobs.add(Changing(content(3 * CHUNK), second), Progress())
    assert files(tmp_path) == []


def test_a_source_that_is_not_there_is_said(tmp_path: Path, blobs: Blobs) -> None:
    with pytest.raises(SourceChanged, match=r"读不出“没有\.pdf”"):
        blobs.add(tmp_path / "没有.pdf", Progress())
    with pytest.raises(SourceChanged, match="读不出"):
        blobs.add(tmp_path, Progress())


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing_half(
    tmp_path: Path, blobs: Blobs, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    kept = put(blobs, b"kept")

    def fill_up(target: BinaryIO, key: bytes, chunks: Iterator[bytes]) -> None:
        target.write(next(chunks))
        raise OSError(code, "full")

    with monkeypatch.context() as patch:
        patch.setattr(blobs_module, "write", fill_up)
        with pytest.raises(UserError, match="磁盘空间不足，保存证据文件还需约 3 MB"):
            put(blobs, content(3_000_000))
    assert len(files(tmp_path)) == 1
    assert blobs.verify(kept.sha256) == 4
    assert put(blobs, content(3_000_000)).size == 3_000_000


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes")
def test_a_write_the_system_refuses_is_said_and_leaves_nothing_half(tmp_path: Path, blobs: Blobs) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
    try:
        with pytest.raises(UserError, match="写入证据文件失败"):
            put(blobs, content(3_000_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files(tmp_path) == []


@pytest.mark.parametrize("stop_at", [1, 2, 5, 6, 7])
def test_a_cancelled_addition_leaves_nothing(tmp_path: Path, blobs: Blobs, stop_at: int) -> None:
    steps: list[Any] = []

    def report(*step: Any) -> None:
        steps.append(step)
        if len(steps) == stop_at:
            progress.cancel()

    progress = Progress(report)
    with pytest.raises(Cancelled):
        blobs.add(io.BytesIO(content(4 * CHUNK)), progress)
    assert files(tmp_path) == []


def test_progress_runs_from_nothing_to_all(blobs: Blobs) -> None:
    steps: list[tuple[int, int, str]] = []
    blobs.add(io.BytesIO(content(3 * CHUNK)), Progress(lambda *step: steps.append(step)))
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert {step[1] for step in steps} == {6 * CHUNK}
    assert done[-1] == 6 * CHUNK


@needs_fork
@pytest.mark.crash
def test_kill_9_during_an_addition_leaves_it_whole_or_absent(tmp_path: Path, blobs: Blobs) -> None:
    data = content(2 * CHUNK)
    digest = sha256(data).hexdigest()
    instants = count_instants(lambda: put(Blobs(tmp_path / "count", KEYS), data))
    outcomes, parts, killed = set(), 0, 0
    for point in range(30):
        killed += kill_at(instants * point // 30, lambda: put(blobs, data))
        there = not blobs.missing([digest])
        if there:
            assert blobs.read(digest, len(data)) == data
            blobs._path(digest).unlink()
        outcomes.add(there)
        left = files(tmp_path / "blobs")
        assert blobs.remove_parts() == len(left)
        parts += len(left)
        assert files(tmp_path / "blobs") == []
    assert killed >= 20
    assert False in outcomes
    assert parts, "some kills must fall into the writing"


def test_copying_brings_a_stick_up_to_date_and_no_further(tmp_path: Path, blobs: Blobs) -> None:
    one, two, three = (put(blobs, content(size)).sha256 for size in (10, CHUNK, 2 * CHUNK + 1))
    stick = tmp_path / "U盘"
    assert blobs.copy_to(stick, [one, two], Progress()) == 2
    assert blobs.copy_to(stick, [one, two, three], Progress()) == 1
    assert blobs.copy_to(stick, [one, two, three], Progress()) == 0
    there = Blobs(stick, KEYS)
    assert [there.verify(digest) for digest in (one, two, three)] == [10, CHUNK, 2 * CHUNK + 1]


def test_a_cut_off_copy_is_replaced_and_a_damaged_original_is_not_copied(tmp_path: Path, blobs: Blobs) -> None:
    digest = put(blobs, content(2 * CHUNK)).sha256
    stick = tmp_path / "stick"
    blobs.copy_to(stick, [digest], Progress())
    [copy] = files(stick)
    os.truncate(copy, CHUNK)
    assert blobs.copy_to(stick, [digest], Progress()) == 1
    copy.unlink()
    [original] = files(tmp_path / "blobs")
    damaged = bytearray(original.read_bytes())
    damaged[500] ^= 1
    original.write_bytes(damaged)
    with pytest.raises(BlobDamaged):
        blobs.copy_to(stick, [digest], Progress())
    assert files(stick) == []
    with pytest.raises(BlobMissing):
        blobs.copy_to(stick, [ABSENT], Progress())
