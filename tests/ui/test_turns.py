"""Work cut into steps, and what the window does by itself once it stands."""

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.support.locking import lock
from ui.forms.field_maker import FieldMaker
from ui.main_window import MainWindow
from ui.screens.catalog import SCREENS
from ui.screens.tasks import TasksScreen
from ui.search.panel import SearchPanel
from ui.start import preload
from ui.turns import Turns
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase


def _steps(done: list[str], name: str, count: int) -> Iterator[None]:
    for number in range(count):
        done.append(f"{name}{number}")
        yield


def test_other_events_come_between_two_steps(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    other = QTimer(owner, interval=0)
    other.timeout.connect(lambda: done.append("key"))
    other.start()
    turns = Turns(owner)
    turns.begin(_steps(done, "a", 3))
    qtbot.waitUntil(lambda: not turns.busy)
    steps = [done.index(f"a{number}") for number in range(3)]
    assert all("key" in done[first:last] for first, last in pairwise(steps))


def test_new_steps_take_the_place_of_the_old_ones(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    turns = Turns(owner)
    turns.begin(_steps(done, "a", 3))
    turns.begin(_steps(done, "b", 2))
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == ["b0", "b1"]


def test_nothing_happens_after_the_stop(qtbot: QtBot) -> None:
    done: list[str] = []
    owner = QObject()
    turns = Turns(owner)
    turns.begin(_steps(done, "a", 3))
    turns.stop()
    qtbot.wait(20)
    assert not done and not turns.busy


def test_a_window_left_alone_makes_and_reads_every_screen(case: OpenCase, qtbot: QtBot) -> None:
    window = MainWindow(case, Settings())
    window.show()
    qtbot.waitUntil(lambda: window.settling.busy)
    qtbot.waitUntil(lambda: not window.settling.busy, timeout=60_000)
    assert list(window.screens) == [entry.name for entry in SCREENS]
    tasks = window.screens["tasks"]
    assert isinstance(tasks, TasksScreen) and tasks.tab.panel.model.ids()  # read while nobody looked
    assert window.current() is window.screens["workbench"]
    lock(window)


def test_nothing_asks_for_the_screens_while_their_code_is_being_loaded(
    case: OpenCase, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()
    monkeypatch.setattr(preload, "finish", lambda: _waits_for(loaded))
    window = MainWindow(case, Settings())
    window.show()
    counted: list[str] = []
    monkeypatch.setattr(window._counts, "_show", lambda name, _: counted.append(name))
    qtbot.waitUntil(lambda: window.settling.busy)
    qtbot.wait(200)  # longer than a count waits
    assert counted == [] and window.findChild(SearchPanel) is None
    loaded.set()
    qtbot.waitUntil(lambda: len(counted) == len(SCREENS) and window.findChild(SearchPanel) is not None)
    lock(window)


def _waits_for(loaded: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=loaded.wait, daemon=True)
    thread.start()
    return thread


def test_forms_are_made_one_screen_after_the_other(case: OpenCase, qtbot: QtBot) -> None:
    window = MainWindow(case, Settings())
    window.show()
    qtbot.waitUntil(lambda: window.settling.busy)
    most = 0

    def settled() -> bool:
        nonlocal most
        at_work = [
            name for name, screen in window.screens.items() if any(m.busy for m in screen.findChildren(FieldMaker))
        ]
        most = max(most, len(at_work))
        return not window.settling.busy

    qtbot.waitUntil(settled, timeout=60_000)
    assert most == 1
    lock(window)
