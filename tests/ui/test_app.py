"""The program as a whole: from the first window to the open case, to the lock and back."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.cheap_keys import CHEAP, PASSWORD
from tests.support.locking import lock
from tests.support.start_pages import open_case
from ui import style
from ui.app import Program, main
from ui.screens.papers import PapersScreen
from ui.start.unlock_page import UnlockPage
from ui.start.welcome_page import WelcomePage
from xuncha_desktop import settings
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import records, sample
from xuncha_desktop.store import backup, opening
from xuncha_desktop.store.keys import Keys


class Ending:
    """Stands for the application where a test must go on after its end."""

    def __init__(self, ended: list[bool]) -> None:
        self.ended = ended

    def quit(self) -> None:
        """Note the end."""
        self.ended.append(True)


@pytest.fixture
def backing_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Backups wait for this."""
    going_on, make = threading.Event(), backup.make

    def waiting(folder: Path, keys: Keys, reason: str, progress: Progress) -> Path:
        assert going_on.wait(20)
        return make(folder, keys, reason, progress)

    monkeypatch.setattr(backup, "make", waiting)
    yield going_on
    going_on.set()


@pytest.fixture
def last_case(home: Path, case_folder: Path) -> Path:
    """The case that was opened last; asked for before the program is."""
    remembered = settings.Settings()
    remembered.remember_case(case_folder)
    settings.save(remembered, home)
    return case_folder


def test_the_first_start_shows_the_ways_in(program: Program) -> None:
    program.begin(None, None)
    assert program.start_window.isVisible()
    assert isinstance(program.start_window.page, WelcomePage)


def test_the_next_start_stands_at_the_password_of_the_last_case(last_case: Path, program: Program) -> None:
    program.begin(None, None)
    assert isinstance(program.start_window.page, UnlockPage)
    assert program.start_window.page.folder == last_case


def test_locking_closes_the_case_and_asks_for_the_password_of_the_same_case(
    qtbot: QtBot, program: Program, case_folder: Path
) -> None:
    open_case(qtbot, program, case_folder)
    main = program.main_window
    assert main is not None
    assert main.isVisible()
    assert program.start_window.isHidden()
    main.lock()
    assert main.isHidden()
    assert program.start_window.isVisible()
    assert isinstance(program.start_window.page, UnlockPage)
    assert program.start_window.page.folder == case_folder
    qtbot.waitUntil(lambda: program.main_window is None, timeout=10_000)
    with opening.open_case(case_folder, PASSWORD) as case:
        assert not case.unclean
    program.start_window.open(case_folder, PASSWORD)
    qtbot.waitUntil(lambda: program.main_window is not None, timeout=10_000)


def test_after_the_lock_the_keys_go_to_the_list_again(qtbot: QtBot, program: Program, case_folder: Path) -> None:
    open_case(qtbot, program, case_folder)
    assert program.main_window is not None
    context = program.main_window.context
    records.create(context.store, "paper", {"inspection": context.inspection, "title": "甲"})
    program.main_window.show_screen("papers")
    lock(program.main_window)
    qtbot.waitUntil(lambda: program.main_window is None, timeout=10_000)
    program.start_window.open(case_folder, PASSWORD)
    qtbot.waitUntil(lambda: program.main_window is not None, timeout=10_000)
    papers = program.main_window.current()
    assert isinstance(papers, PapersScreen)
    qtbot.waitUntil(lambda: papers.panel.model.rowCount() == 1)
    qtbot.waitUntil(papers.panel.view().hasFocus)


def test_a_password_given_while_the_locked_case_is_backed_up_opens_it_afterwards(
    qtbot: QtBot, program: Program, case_folder: Path, backing_up: threading.Event
) -> None:
    open_case(qtbot, program, case_folder)
    main = program.main_window
    assert main is not None
    main.lock()
    program.start_window.open(case_folder, PASSWORD)
    assert program.main_window is main
    assert main.isHidden()
    backing_up.set()
    qtbot.waitUntil(lambda: program.main_window not in (main, None), timeout=10_000)


def test_a_program_ended_at_the_lock_ends_after_the_backup(
    qtbot: QtBot, program: Program, case_folder: Path, backing_up: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(program, "_app", Ending(ended))
    open_case(qtbot, program, case_folder)
    main = program.main_window
    assert main is not None
    main.lock()
    program.start_window.close()
    assert ended == []
    backing_up.set()
    qtbot.waitUntil(lambda: ended == [True], timeout=10_000)
    assert [made.reason for made in backup.listing(case_folder)] == ["close"]


def test_looks_chosen_in_the_first_window_are_worn_at_once_and_kept(
    program: Program, qapp: QApplication, home: Path
) -> None:
    program.begin(None, None)
    page = program.start_window.page
    footer = program.start_window.footer
    footer.themes.button(2).click()
    footer.sizes.button(1).click()
    assert style.dark()
    assert page.font().pixelSize() == 16
    kept = settings.load(home)
    assert (kept.theme, kept.text_size) == ("dark", 16)


@pytest.mark.parametrize(
    "arguments", [["--smoke"], ["case", "--json"], ["case", "other"], ["case", "--fast"], ["case", "other", "--smoke"]]
)
def test_arguments_that_make_no_sense_are_refused_with_a_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("用法不对：")


def test_the_smoke_run_visits_every_screen_and_tells_how_long_that_took(tmp_path: Path) -> None:
    case, _ = opening.create(tmp_path / "case", PASSWORD, argon=CHEAP)
    with case:
        sample.fill(case.store, count=3, progress=Progress())
    command = [sys.executable, "-m", "xuncha_desktop", str(tmp_path / "case"), "--smoke", "--json"]
    environment = os.environ | {"XUNCHA_PASSWORD": PASSWORD}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    told = json.loads(run.stdout)
    assert 0 < told["unlock_ms"] < told["usable_ms"]
    assert "papers" in told["screens"]


def test_the_smoke_run_comes_through_a_case_without_papers(case_folder: Path) -> None:
    command = [sys.executable, "-m", "xuncha_desktop", str(case_folder), "--smoke", "--json"]
    environment = os.environ | {"XUNCHA_PASSWORD": PASSWORD}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=50)
    assert (run.returncode, run.stderr) == (0, "")
    assert "usable_ms" in json.loads(run.stdout)
