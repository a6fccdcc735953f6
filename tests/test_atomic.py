"""Atomic replacement: the old file or the new one, never half of either."""

import errno
import os
from pathlib import Path

import pytest

from xuncha_desktop import atomic
from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import Cancelled, UserError


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    with replaced(target) as part:
        part.write_bytes(b"new")
        assert target.read_bytes() == b"old"
    assert contents(tmp_path) == {"台账.xlsx": b"new"}


def test_a_file_that_did_not_exist_appears_whole(tmp_path: Path) -> None:
    with replaced(tmp_path / "新.docx") as part:
        part.write_bytes(b"x" * 100_000)
        assert not (tmp_path / "新.docx").exists()
    assert contents(tmp_path) == {"新.docx": b"x" * 100_000}


@pytest.mark.parametrize("failure", [ValueError("bug"), Cancelled(), KeyboardInterrupt(), OSError("other")])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, failure: BaseException) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(type(failure)) as caught, replaced(target) as part:
        part.write_bytes(b"half")
        raise failure
    assert caught.value is failure
    assert contents(tmp_path) == {"台账.xlsx": b"old"}


def test_the_part_file_of_a_crash_is_not_mixed_into_the_next_result(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    (tmp_path / "台账.xlsx.part").write_bytes(b"debris of a power cut")
    with replaced(target) as part:
        assert not part.exists()
        part.write_bytes(b"new")
    assert contents(tmp_path) == {"台账.xlsx": b"new"}


def refuse(times: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let os.replace fail as on Windows while the target is open; return the list that pauses are noted in."""
    real, pauses, left = os.replace, list[float](), [times]

    def replace(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "in use", str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(atomic.os, "replace", replace)
    monkeypatch.setattr(atomic.time, "sleep", pauses.append)
    return pauses


def test_a_target_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    pauses = refuse(3, monkeypatch)
    with replaced(target) as part:
        part.write_bytes(b"new")
    assert len(pauses) == 3
    assert contents(tmp_path) == {"台账.xlsx": b"new"}


def test_a_target_held_for_long_is_named_to_the_user_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    pauses = refuse(1000, monkeypatch)
    with pytest.raises(UserError, match=r"台账\.xlsx”正在别的程序中打开"), replaced(target) as part:
        part.write_bytes(b"new")
    assert 2.0 <= sum(pauses) <= 3.0
    assert contents(tmp_path) == {"台账.xlsx": b"old"}


def test_a_missing_folder_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有的文件夹"), replaced(tmp_path / "没有的文件夹" / "a.xlsx") as part:
        part.write_bytes(b"x")


def test_a_full_disk_is_told_in_words_and_costs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="磁盘空间不足"), replaced(target) as part:
        part.write_bytes(b"ha")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert contents(tmp_path) == {"台账.xlsx": b"old"}


def test_a_block_that_wrote_nothing_is_a_bug_and_not_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replaced(tmp_path / "a.xlsx"):
        pass


def test_the_data_is_flushed_before_the_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = list[str]()
    real_fsync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(atomic.os, "fsync", lambda handle: (order.append("fsync"), real_fsync(handle)))
    monkeypatch.setattr(atomic.os, "replace", lambda a, b: (order.append("replace"), real_replace(a, b)))
    with replaced(tmp_path / "a.xlsx") as part:
        part.write_bytes(b"new")
    assert order[:2] == ["fsync", "replace"]
    assert os.name == "nt" or order[2:] == ["fsync"]
