"""The helper's life: one process, few rights, replaced when it is lost, gone when the case is closed."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from PIL import Image

from tests.decoding.conftest import Made
from tests.support.hostile_files import docx, paragraph, pdf_of_texts
from xuncha_desktop.decoding.decoder import Decoder, Source
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services.evidence import Incoming, source_of, store_files
from xuncha_desktop.store.opening import OpenCase

SENTENCE = "使解码程序停止工作（文件可能已损坏，或被有意做坏），不能遮盖；文件仍原样保存"


def pid_of(decoder: Decoder) -> int:
    assert decoder._process is not None
    return decoder._process.pid


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def outcome_of(work: Callable[[], Any]) -> tuple[Thread, list[BaseException]]:
    """Start work that should fail on a thread of its own; the thread, and what it will have raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  whatever it is, the test wants to see it
            raised.append(error)

    thread = Thread(target=run)
    thread.start()
    return thread, raised


def until_it_works(decoder: Decoder, source: Source) -> None:
    """Wait until the helper has this file and a question about it."""
    deadline = time.monotonic() + 30
    while decoder._held != (source.key, source.name):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def thick(made: Made) -> Source:
    """A file that takes many seconds to cover."""
    return made("厚.pdf", pdf_of_texts(["页"] * 400))


def test_no_process_is_started_before_it_is_needed_and_one_serves_all(made: Made) -> None:
    with Decoder() as decoder:
        assert decoder._process is None
        decoder.text(made("甲.txt", b"a"))
        first = pid_of(decoder)
        decoder.text(made("乙.txt", b"b"))
        assert pid_of(decoder) == first
    assert is_gone(first)


def test_a_program_that_is_never_opened_starts_nothing(made: Made) -> None:
    with Decoder() as decoder:
        with pytest.raises(UserError, match="程序或脚本"):
            decoder.count(made("工具.exe", b"MZ\0"))
        assert decoder._process is None


def test_a_helper_killed_in_its_work_costs_one_sentence(thick: Source, made: Made) -> None:
    with Decoder() as decoder:
        thread, raised = outcome_of(lambda: decoder.blacken(thick, {}))
        until_it_works(decoder, thick)
        lost = pid_of(decoder)
        os.kill(lost, signal.SIGKILL)
        thread.join(30)
        [error] = raised
        assert isinstance(error, UserError)
        assert SENTENCE in str(error)
        assert decoder.text(made("好.txt", "后面的文件".encode())).parts == ("后面的文件",)
        assert pid_of(decoder) != lost
        assert is_gone(lost)


def test_a_helper_killed_while_it_rests_costs_nothing(made: Made) -> None:
    with Decoder() as decoder:
        source = made("甲.txt", b"a")
        decoder.text(source)
        os.kill(pid_of(decoder), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while decoder._process and decoder._process.runs:
            assert time.monotonic() < deadline
        assert decoder.text(source).parts == ("a",)


def test_a_helper_that_says_nothing_is_ended(made: Made) -> None:
    with Decoder(silence=1) as decoder:
        source = made("甲.txt", b"a")
        decoder.text(source)
        silent = pid_of(decoder)
        os.kill(silent, signal.SIGSTOP)
        with pytest.raises(UserError, match=r"“甲\.txt”在规定的时间内没有解开，不能读出文字"):
            decoder.text(source)
        assert is_gone(silent)
        assert decoder.text(source).parts == ("a",)


def test_work_beyond_all_time_is_ended(thick: Source) -> None:
    with Decoder(longest=1) as decoder, pytest.raises(UserError, match=r"在规定的时间内没有解开|停止工作"):
        decoder.blacken(thick, {})


def test_a_question_nobody_waits_for_any_more_is_ended(thick: Source, made: Made) -> None:
    with Decoder() as decoder:
        progress = Progress()
        thread, raised = outcome_of(lambda: decoder.blacken(thick, {}, progress=progress))
        until_it_works(decoder, thick)
        progress.cancel()
        thread.join(10)
        assert not thread.is_alive()
        assert isinstance(raised[0], Cancelled)
        assert decoder.text(made("好.txt", b"a")).parts == ("a",)


def test_a_cancelled_question_that_is_answered_soon_keeps_the_helper(made: Made) -> None:
    with Decoder() as decoder:
        source = made("甲.txt", b"a")
        decoder.text(source)
        before = pid_of(decoder)
        progress = Progress()
        progress.cancel()
        with pytest.raises(Cancelled):
            decoder.text(source, progress)
        assert decoder.text(source).parts == ("a",)
        assert pid_of(decoder) == before


def test_whoever_waits_for_his_turn_can_leave(thick: Source, made: Made) -> None:
    with Decoder() as decoder:
        worker = Progress()
        thread, raised = outcome_of(lambda: decoder.blacken(thick, {}, progress=worker))
        until_it_works(decoder, thick)
        progress = Progress()
        waiting, gone = outcome_of(lambda: decoder.text(made("甲.txt", b"a"), progress))
        progress.cancel()
        waiting.join(10)
        assert isinstance(gone[0], Cancelled)
        assert not raised
        worker.cancel()
        thread.join(10)


def test_closing_ends_what_runs_at_once(thick: Source, made: Made) -> None:
    decoder = Decoder()
    thread, raised = outcome_of(lambda: decoder.blacken(thick, {}))
    until_it_works(decoder, thick)
    helper = pid_of(decoder)
    started = time.monotonic()
    decoder.close()
    assert time.monotonic() - started < 5
    thread.join(10)
    assert isinstance(raised[0], Cancelled)
    assert is_gone(helper)
    with pytest.raises(Cancelled):
        decoder.text(made("甲.txt", b"a"))


def test_threads_get_the_answers_to_their_own_questions(decoder: Decoder, made: Made) -> None:
    def ask(number: int) -> bool:
        source = made(f"{number}.docx", docx(paragraph(f"第{number}份")))
        return decoder.text(source).parts == (f"第{number}份",)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(40)))


def test_a_file_is_sent_once_while_its_pages_are_turned(decoder: Decoder) -> None:
    opened: list[int] = []
    content = pdf_of_texts(["一", "二", "三"])

    def open_it() -> io.BytesIO:
        opened.append(1)
        return io.BytesIO(content)

    source = Source("纪要.pdf", "k" * 64, open_it)
    for number in (1, 2, 3, 2):
        decoder.page(source, number, 60)
    assert len(opened) == 1


def test_a_file_that_cannot_be_read_keeps_its_own_sentence(decoder: Decoder, made: Made) -> None:
    def broken() -> io.BytesIO:
        raise UserError("证据文件已损坏；请从备份恢复。")

    with pytest.raises(UserError, match="请从备份恢复"):
        decoder.text(Source("甲.txt", "0" * 64, broken))
    assert decoder.text(made("乙.txt", b"b")).parts == ("b",)


def test_nonsense_from_the_helper_is_not_believed(
    decoder: Decoder, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = made("甲.txt", b"a")
    decoder.text(source)
    process = decoder._process
    assert process is not None
    monkeypatch.setattr(process, "ask", lambda *_: ({"width": 99, "height": 99, "note": ""}, b"123"))
    with pytest.raises(UserError, match="使解码程序停止工作"):
        decoder.page(source, 1, 99)
    assert decoder.text(source).parts == ("a",)
    assert decoder._process is not process


def test_the_helper_dies_with_the_program(made: Made) -> None:
    script = (
        "import io, os\n"
        "from xuncha_desktop.decoding.decoder import Decoder, Source\n"
        "decoder = Decoder()\n"
        "decoder.text(Source('a.txt', '0' * 64, lambda: io.BytesIO(b'a')))\n"
        "print(decoder._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=Path(__file__).parents[2])
    helper = int(done.stdout)
    deadline = time.monotonic() + 20
    while not is_gone(helper) and " Z " not in Path(f"/proc/{helper}/stat").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_helper_that_cannot_start_costs_one_sentence(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with Decoder() as decoder:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
        with pytest.raises(UserError, match="解码程序启动不了"):
            decoder.text(made("甲.txt", b"a"))
        monkeypatch.undo()
        assert decoder.text(made("甲.txt", b"a")).parts == ("a",)


LIMITED = """
import os, socket, subprocess, sys
from xuncha_desktop.decoding import limits
limits.apply()
def refused(work):
    try:
        work()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(*map(refused, (
    lambda: socket.socket(),
    lambda: socket.socketpair(),
    lambda: os.fork(),
    lambda: subprocess.run([sys.executable, "-c", ""]),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: open(sys.argv[1], "w"),
    lambda: open(sys.argv[1], "a"),
    lambda: os.remove(sys.argv[1]),
    lambda: os.rename(sys.argv[1], sys.argv[1] + "2"),
    lambda: os.mkdir(sys.argv[1] + "3"),
    lambda: os.truncate(sys.argv[1], 0),
    lambda: os.kill(os.getppid(), 0),
    lambda: bytearray(1 << 30),
    lambda: open(sys.argv[1]).close(),
)))
"""


def test_the_helper_has_given_up_what_it_does_not_need(tmp_path: Path) -> None:
    file = tmp_path / "案卷.db"
    file.write_text("whole")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(file)], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["PermissionError"] * 12 + ["MemoryError", "done"]
    assert file.read_text() == "whole"


def test_the_password_is_not_handed_on(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, str] = {}
    start = subprocess.Popen

    def watched(*args: Any, **options: Any) -> Any:
        given.update(options["env"])
        return start(*args, **options)

    monkeypatch.setenv("XUNCHA_PASSWORD", "secret")
    monkeypatch.setattr(subprocess, "Popen", watched)
    with Decoder() as decoder:
        decoder.text(made("甲.txt", b"a"))
    assert "PATH" in given
    assert "secret" not in given.values()


def test_pages_are_counted_when_a_file_comes_in_and_the_helper_ends_with_the_case(case: OpenCase) -> None:
    scan = io.BytesIO()
    sheet = Image.new("1", (9, 9))
    sheet.save(scan, "TIFF", save_all=True, append_images=[sheet])
    files = [
        Incoming("纪要.pdf", pdf_of_texts(["一", "二", "三"])),
        Incoming("坏.pdf", b"garbage"),
        Incoming("扫描.tif", scan.getvalue()),
        Incoming("说明.txt", "文字".encode()),
        Incoming("工具.exe", b"MZ\0"),
    ]
    stored = store_files(case.store, files, Progress())
    assert [file.pages for file in stored] == [3, None, 2, None, None]
    assert case.store.decoder.text(source_of(case.store, "说明.txt", stored[3].file_hash)).parts == ("文字",)
    helper = pid_of(case.store.decoder)
    case.close()
    assert is_gone(helper)
