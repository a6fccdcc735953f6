"""Work cut into steps, and what the window does by itself once it stands."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.screens.catalog import SCREENS
from ui.screens.tasks import TasksScreen
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
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.settling.busy)
    qtbot.waitUntil(lambda: not window.settling.busy, timeout=60_000)
    assert list(window.screens) == [entry.name for entry in SCREENS]
    tasks = window.screens["tasks"]
    assert isinstance(tasks, TasksScreen) and tasks.tab.panel.model.ids()  # read while nobody looked
    assert window.current() is window.screens["workbench"]
    window.lock()
