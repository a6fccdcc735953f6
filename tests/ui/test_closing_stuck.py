"""Text that is nowhere but in the window, since the disk takes neither it nor its draft, is not closed away."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import new_paper
from tests.support.typing import text_of, type_into
from ui import ask
from ui.ask import Asker
from ui.main_window import MainWindow
from ui.screens.papers import PapersScreen
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
TEXT = "约" * 30_000  # no amount, so that it can be kept as a draft only


class Answering(Asker):
    """Notes what is asked and answers with one word."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer = False

    def confirm(self, parent: QWidget | None, sentence: str, action: str) -> bool:
        self.asked.append(sentence)
        return self.answer


@pytest.fixture
def answers() -> Iterator[Answering]:
    """The person."""
    made = Answering()
    before = ask.use(made)
    yield made
    ask.use(before)


@pytest.fixture
def screen(case: OpenCase, qtbot: QtBot, answers: Answering) -> Iterator[PapersScreen]:
    """A paper with an amount nobody can read, and no room for its draft."""
    window = MainWindow(case, Settings())
    window.show()
    QTest.qWaitForWindowActive(window)
    made = window.show_screen("papers")
    assert isinstance(made, PapersScreen)
    made.editor.form.finish()
    made.open_record("paper", new_paper(case.store))
    QApplication.processEvents()
    case.drafts._conn.execute("PRAGMA max_page_count=1")
    type_into(made.editor.form, "amount", TEXT)
    yield made
    if not case.closed:
        answers.answer = True
        with qtbot.waitSignal(window.ended):
            window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_closing_asks_first_and_a_no_keeps_everything(screen: PapersScreen, case: OpenCase, answers: Answering) -> None:
    screen.window().close()
    assert len(answers.asked) == 1
    assert not case.closed
    assert text_of(screen.editor.form, "amount") == TEXT
    assert screen.editor.isEnabled()


def test_once_there_is_room_closing_asks_nothing(
    screen: PapersScreen, case: OpenCase, answers: Answering, qtbot: QtBot
) -> None:
    window = screen.window()
    assert isinstance(window, MainWindow)
    window.close()
    case.drafts._conn.execute("PRAGMA max_page_count=1000000")
    with qtbot.waitSignal(window.ended):
        window.close()
    assert len(answers.asked) == 1


def test_the_lock_waits_and_says_why(screen: PapersScreen, case: OpenCase) -> None:
    window = screen.window()
    assert isinstance(window, MainWindow)
    window.idle.idle.emit()
    assert not case.closed
    assert "没有锁定" in window.status.words.text()
