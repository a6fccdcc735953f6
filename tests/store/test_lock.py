"""One case, one program: who came first is named, a crash lets go at once, another computer is not robbed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xuncha_desktop.errors import UserError
from xuncha_desktop.store import lock
from xuncha_desktop.store.lock import HOLDER_NAME, LOCK_NAME, CaseInUse, CaseLock, Holder, LockImpossible

HERE, THERE = "device-here", "device-there"

HOLD = """
import sys, time
from pathlib import Path
from xuncha_desktop.store.lock import CaseLock
held = CaseLock.acquire(Path(sys.argv[1]), sys.argv[2])
print("held", flush=True)
time.sleep(60)
"""


def hold_elsewhere(folder: Path) -> "subprocess.Popen[str]":
    """Another process that has the case open."""
    root = Path(lock.__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), HERE], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def leave_note(folder: Path, host: str, device: str) -> Holder:
    """What a computer leaves that never let go."""
    holder = Holder(host, "lisi", 4242, 1_790_000_000_000, device)
    (folder / HOLDER_NAME).write_text(json.dumps(holder.__dict__), encoding="utf-8")
    return holder


def test_a_lock_is_taken_noted_and_given_back(tmp_path: Path) -> None:
    with CaseLock.acquire(tmp_path, HERE) as held:
        note = json.loads((tmp_path / HOLDER_NAME).read_text(encoding="utf-8"))
        assert note == held.holder.__dict__
        assert set(note) == {"host", "login", "pid", "since_ms", "device"}
        assert note["pid"] == os.getpid()
        assert abs(note["since_ms"] / 1000 - time.time()) < 30
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_NAME]
    held.release()
    CaseLock.acquire(tmp_path, HERE).release()


def test_a_second_opening_in_the_same_program_is_refused(tmp_path: Path) -> None:
    with CaseLock.acquire(tmp_path, HERE):
        for take_over in (False, True):
            with pytest.raises(CaseInUse, match="请先在那里关闭") as caught:
                CaseLock.acquire(tmp_path, HERE, take_over=take_over)
            assert not caught.value.may_take_over
        with pytest.raises(CaseInUse):
            CaseLock.acquire(tmp_path, HERE)
    CaseLock.acquire(tmp_path, HERE).release()


@pytest.mark.crash
def test_a_second_program_learns_who_is_inside_and_gets_in_after_kill_9(tmp_path: Path) -> None:
    process = hold_elsewhere(tmp_path)
    try:
        with pytest.raises(CaseInUse, match=f"进程 {process.pid}") as caught:
            CaseLock.acquire(tmp_path, HERE)
        holder = caught.value.holder
        assert holder is not None
        assert holder.host in str(caught.value)
        assert holder.login in str(caught.value)
    finally:
        os.kill(process.pid, signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        process.wait(10)
        if process.stdout:
            process.stdout.close()
    assert (tmp_path / HOLDER_NAME).exists()
    started = time.monotonic()
    with CaseLock.acquire(tmp_path, HERE) as held:
        assert time.monotonic() - started < 1
        assert held.holder.pid == os.getpid()


@pytest.mark.parametrize(("host", "device"), [("PC-02", THERE), ("PC-02", HERE), ("same", THERE)])
def test_another_computer_is_asked_about_and_not_robbed(tmp_path: Path, host: str, device: str) -> None:
    own_host = lock.socket.gethostname()
    holder = leave_note(tmp_path, own_host if host == "same" else host, device)
    before = (tmp_path / HOLDER_NAME).read_bytes()
    for _ in range(2):
        with pytest.raises(CaseInUse, match="再在窗口里打开它并选择接管") as caught:
            CaseLock.acquire(tmp_path, HERE)
        assert caught.value.holder == holder
        assert caught.value.may_take_over
        assert "lisi" in str(caught.value)
        assert (tmp_path / HOLDER_NAME).read_bytes() == before
    with CaseLock.acquire(tmp_path, HERE, take_over=True) as held:
        assert held.holder.device == HERE


def test_an_own_note_after_a_crash_needs_no_question(tmp_path: Path) -> None:
    leave_note(tmp_path, lock.socket.gethostname(), HERE)
    CaseLock.acquire(tmp_path, HERE).release()


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"[]",
        b'{"host": 1}',
        b"\xff\xfe",
        b'{"host":"a","login":"b","pid":1,"since_ms":99999999999999999,"device":"d"}',
    ],
)
def test_an_unreadable_note_does_not_shut_the_owner_out(tmp_path: Path, note: bytes) -> None:
    (tmp_path / HOLDER_NAME).write_bytes(note)
    CaseLock.acquire(tmp_path, HERE).release()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到案卷文件夹"):
        CaseLock.acquire(tmp_path / "没有", HERE)


def test_a_place_that_cannot_be_locked_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / LOCK_NAME).mkdir()
    with pytest.raises(LockImpossible, match="不能写入"):
        CaseLock.acquire(tmp_path, HERE)


def test_a_note_that_cannot_be_written_gives_the_lock_back(tmp_path: Path) -> None:
    (tmp_path / (HOLDER_NAME + ".part")).mkdir()
    with pytest.raises((UserError, OSError)):
        CaseLock.acquire(tmp_path, HERE)
    (tmp_path / (HOLDER_NAME + ".part")).rmdir()
    CaseLock.acquire(tmp_path, HERE).release()
