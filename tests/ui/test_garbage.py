"""What is no longer used goes: in small portions at once, all of it while nobody works, a locked window too."""

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from tests.support.locking import lock
from tests.support.start_pages import open_case
from tests.support.waiting import wait
from ui import garbage
from ui.app import Program
from ui.garbage import Garbage
from ui.main_window import MainWindow

SOME = 100


class Ring:
    """Refers to itself: only the collector gets it."""

    def __init__(self) -> None:
        self.itself = self


def lost_ring() -> "weakref.ref[Ring]":
    return weakref.ref(Ring())


class Desk:
    """The collector beside somebody who works, or rests."""

    def __init__(self) -> None:
        self.resting = False
        self.parent = QObject()
        self.garbage = Garbage(self.parent, lambda: self.resting)


@pytest.fixture
def desk(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(garbage, "_LOOK_MS", 10)
    made = Desk()
    made.garbage.start()
    yield made
    made.garbage.stop()
    gc.disable()  # as every test finds it
    gc.freeze()


def test_what_is_new_is_looked_through_as_soon_as_it_is_a_portion(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_PORTION", SOME)
    monkeypatch.setattr(garbage, "_YOUNG_S", 3600)
    ring = lost_ring()
    many = [[] for _ in range(2 * SOME)]
    qtbot.waitUntil(lambda: ring() is None)
    assert many


def test_little_that_is_new_is_looked_through_from_time_to_time(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_PORTION", 10**9)
    monkeypatch.setattr(garbage, "_YOUNG_S", 0.05)
    ring = lost_ring()
    qtbot.waitUntil(lambda: ring() is None)


def test_what_is_old_is_left_alone_until_nobody_works(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_FULL_S", 0)
    kept = Ring()
    ring = weakref.ref(kept)
    for _ in range(2):
        gc.collect(1)  # old now
    del kept
    wait(100)
    assert ring() is not None, "the window would have been deaf for all that is there"
    desk.resting = True
    qtbot.waitUntil(lambda: ring() is None)


def test_what_was_there_at_the_start_goes_when_its_window_has(qtbot: QtBot, desk: Desk) -> None:
    desk.resting = True
    kept = Ring()
    ring = weakref.ref(kept)
    desk.garbage.start()  # once more: it is not looked through from now on
    del kept
    gc.collect()
    assert ring() is not None
    desk.garbage.thaw()
    qtbot.waitUntil(lambda: ring() is None)


def test_a_window_is_at_rest_when_nobody_has_touched_it_for_some_seconds_and_nothing_runs(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.main_window._REST_S", 0.3)
    with qtbot.waitSignal(window.settled, timeout=60_000):
        pass
    qtbot.waitUntil(window.at_rest)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert not window.at_rest()
    qtbot.waitUntil(window.at_rest)
    window.jobs.start("导出", lambda _progress: wait(50), lambda _: None)
    assert not window.at_rest()


def test_nothing_of_a_locked_window_stays(qtbot: QtBot, program: Program, case_folder: Path) -> None:
    open_case(qtbot, program, case_folder)
    main = program.main_window
    assert main is not None
    with qtbot.waitSignal(main.settled, timeout=60_000):
        pass
    left = [weakref.ref(screen) for screen in main.screens.values()]
    assert gc.get_freeze_count(), "its screens are not looked through while one works"
    lock(main)
    del main
    qtbot.waitUntil(lambda: program.main_window is None, timeout=10_000)
    qtbot.waitUntil(lambda: not any(ref() for ref in left), timeout=5_000)
