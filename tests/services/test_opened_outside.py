"""Plain copies for other programs lie closed to others, read-only, and go at one word."""

import os
import stat
from pathlib import Path

import pytest

from tests.support.evidence_files import add_evidence
from xuncha_desktop import paths
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence, opened_outside
from xuncha_desktop.store import blob_file
from xuncha_desktop.store.blob_file import CHUNK
from xuncha_desktop.store.store import Store

CONTENT = "虚构的会议纪要".encode()
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def falsify(store: Store, record: str) -> None:
    """Put another content, well encrypted, in the place of a record's file."""
    found = evidence.source_of(store, "", _hash(store, record)).key
    with store.blobs._path(found).open("wb") as file:
        blob_file.write(file, store.blobs._key(found), iter([b"something else"]))


def _hash(store: Store, record: str) -> str:
    with store.read() as session:
        return evidence.records.find(session, "evidence", record).file_hash


def copies() -> list[Path]:
    """All files that lie in the private folder."""
    return [path for path in paths.private_folder().rglob("*") if path.is_file()]


def test_a_copy_is_the_very_file_and_closed_to_others(store: Store) -> None:
    copy = opened_outside.put(store, add_evidence(store, "纪要.txt", CONTENT), Progress())
    assert copy.name == "纪要.txt"
    assert copy.read_bytes() == CONTENT
    assert opened_outside.count() == 1
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        for folder in (copy.parent, copy.parent.parent, paths.private_folder()):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    else:
        assert "ZoneId=3" in Path(f"{copy}:Zone.Identifier").read_text("ascii")


def test_everything_goes_at_one_word_and_what_a_crash_left_as_well(store: Store) -> None:
    record = add_evidence(store, "纪要.txt", CONTENT)
    for _ in range(3):
        opened_outside.put(store, record, Progress())
    (paths.private_folder() / "opened" / "stray.part").write_bytes(b"x")
    assert opened_outside.wipe() == 0
    assert copies() == []


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right of its own there")
def test_wiping_follows_no_link(store: Store, tmp_path: Path) -> None:
    kept = tmp_path / "文件夹"
    kept.mkdir()
    (kept / "不动.txt").write_text("x")
    copy = opened_outside.put(store, add_evidence(store, "纪要.txt", CONTENT), Progress())
    (paths.private_folder() / "opened" / "link").symlink_to(kept)
    (copy.parent / "link.txt").symlink_to(kept / "不动.txt")
    assert opened_outside.wipe() == 0
    assert copies() == []
    assert (kept / "不动.txt").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("工具.exe", b"MZ\0"),
        ("改名.txt", b"\x7fELF\0\0"),
        ("表.xlsm", b"PK\3\4"),
        ("链接.lnk", b"L"),
        ("脚本.js\u202e", b"1"),
        ("表.xls\u200bm", b"PK\3\4"),
        ("旧表.xls", OLD_OFFICE + bytes(CHUNK - 20) + "_VBA_PROJECT".encode("utf-16-le")),
    ],
)
def test_what_is_never_opened_is_not_put_out(store: Store, name: str, content: bytes) -> None:
    with pytest.raises(UserError, match="为安全只作为证据保存，不打开"):
        opened_outside.put(store, add_evidence(store, name, content), Progress())
    assert copies() == []


def test_an_old_file_without_macros_is_opened(store: Store) -> None:
    content = OLD_OFFICE + bytes(CHUNK)
    assert opened_outside.put(store, add_evidence(store, "旧表.xls", content), Progress()).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/纪要.txt", "....etc纪要.txt"),
        ("C:\\\\a\\b.txt", "Cab.txt"),
        ("con.txt", "_con.txt"),
        ("纪要\u202etxt.doc", "纪要txt.doc"),
        ("长" * 200 + ".pdf", "长" * 80 + ".pdf"),
        ("无尾", "无尾"),
    ],
)
def test_a_file_name_means_nothing_but_itself(store: Store, name: str, safe: str) -> None:
    copy = opened_outside.put(store, add_evidence(store, name, CONTENT), Progress())
    assert copy.name == safe.lstrip(".")
    assert copy.parent.parent == paths.private_folder() / "opened"


def test_a_file_that_is_not_what_its_digest_says_is_put_nowhere(store: Store, tmp_path: Path) -> None:
    record = add_evidence(store, "纪要.txt", CONTENT)
    falsify(store, record)
    with pytest.raises(UserError, match="与登记的校验码不符；请从备份恢复该文件"):
        opened_outside.put(store, record, Progress())
    assert copies() == []
    with pytest.raises(UserError, match="与登记的校验码不符"):
        evidence.export_file(store, record, tmp_path / "纪要.txt")
    assert list(tmp_path.glob("纪要*")) == []
    with pytest.raises(UserError, match="与登记的校验码不符"):
        store.blobs.read(_hash(store, record), 1000)


def test_a_stopped_copy_leaves_nothing(store: Store) -> None:
    record = add_evidence(store, "纪要.txt", CONTENT)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        opened_outside.put(store, record, progress)
    assert copies() == []


def test_evidence_without_a_file_cannot_be_opened(store: Store) -> None:
    record = add_evidence(store, "纪要.txt", CONTENT)
    evidence.records.edit(store, "evidence", record, {"file_hash": ""})
    with pytest.raises(UserError, match="没有文件，不能打开"):
        opened_outside.put(store, record, Progress())
