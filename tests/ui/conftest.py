"""Every widget test begins in the light theme at the base text size; and what a test of screens works with."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.cheap_keys import CHEAP
from tests.support.locking import lock
from tests.support.ready_papers import add_paper, write_report
from tests.support.start_pages import Start
from ui import ask, style
from ui.app import Program
from ui.ask import Asker
from ui.context import Context
from ui.job_runner import JobRunner
from ui.main_window import MainWindow
from ui.screens.report import ReportScreen
from ui.start.doors import Doors
from xuncha_desktop.services import lists
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The application is made as the program makes it."""
    return ["tests", *style.ARGUMENTS]


@pytest.fixture(scope="session", autouse=True)
def clipboard(qapp: QApplication) -> Iterator[None]:
    """Emptied at the end: the offscreen platform keeps it until Python has gone, and then lets go of its contents."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> Iterator[None]:
    """The light theme at 14 px, whatever a test chose before."""
    style.apply(qapp, "light", 14)
    yield


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """What a test looks at by itself is dressed as a window is."""
    add = qtbot.addWidget

    def dressed(widget: QWidget, **more: Any) -> None:
        style.dress(widget)
        add(widget, **more)

    monkeypatch.setattr(qtbot, "addWidget", dressed)
    return qtbot


@pytest.fixture
def context(qapp: QApplication, case: OpenCase) -> Iterator[Context]:
    """What a screen is given: the small case, its only inspection chosen."""
    jobs = JobRunner()
    made = Context(case, Settings(), jobs)
    made.choose_inspection(lists.ids(case.store, lists.Query("inspection"))[0])
    yield made
    assert jobs.wait_all(5000)
    made.end()


@pytest.fixture
def told(context: Context) -> list[str]:
    """Every sentence of the state line."""
    sentences: list[str] = []
    context.told.connect(sentences.append)
    context.undo_offered.connect(sentences.append)
    return sentences


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """The first window; what it opens is closed at the end."""
    made = Start(qtbot, tmp_path / "巡察案卷")
    yield made
    for case in made.opened:
        case.close()


@pytest.fixture
def answers() -> Iterator[dict[str, Any]]:
    """What the user answers when asked for a folder or a file."""
    given: dict[str, Any] = {}

    class Scripted(Asker):
        def choose_folder(self, parent: QWidget | None, title: str, folder: Path) -> Path | None:
            return given["folder"]

        def save_file(self, parent: QWidget | None, title: str, filters: str, proposed: Path) -> Path | None:
            return given["file"]

        def choose_printer(self, parent: QWidget | None, title: str) -> Any:
            return given["printer"]

    before = ask.use(Scripted())
    yield given
    ask.use(before)


@pytest.fixture
def reported_paper(context: Context) -> str:
    """The only paper of a report that lacks nothing."""
    write_report(context.store)
    return add_paper(context.store, "会议费报销不合规", overview="涉及资金38.20万元。")


@pytest.fixture
def report_screen(qtbot: QtBot, context: Context) -> Callable[[], ReportScreen]:
    """Gives the 报告 screen, made when first asked for: the case is filled before."""
    made: list[ReportScreen] = []

    def screen() -> ReportScreen:
        if not made:
            made.append(ReportScreen(context))
            qtbot.addWidget(made[0])
            made[0].resize(1190, 700)
            made[0].show()
        return made[0]

    return screen


@pytest.fixture
def window(case: OpenCase, qtbot: QtBot) -> Iterator[MainWindow]:
    """The main window in front, with the small case; closed as a person closes it."""
    made = MainWindow(case, Settings())
    made.show()
    QTest.qWaitForWindowActive(made)
    yield made
    if not case.closed:
        with qtbot.waitSignal(made.ended):
            made.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Program]:
    """The program as a person starts it, its windows not shown yet."""
    made = Program(qapp, home, Doors(CHEAP))
    # Not left to qtbot: it closes the first window before the main one is locked, which then stays for ever.
    yield made
    if made.main_window:
        lock(made.main_window)
    made.start_window.close()
    made.start_window.deleteLater()
    for _ in range(2):
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
    made.end_watch()  # else its collector goes on working in the tests to come
    gc.freeze()  # as it was
