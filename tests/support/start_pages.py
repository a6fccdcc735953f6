"""The start window as a test uses it: short ways to its pages, and to what it opened."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.cheap_keys import CHEAP, PASSWORD
from ui.app import Program
from ui.start.doors import Doors
from ui.start.member_page import MemberPage
from ui.start.new_case_page import NewCasePage
from ui.start.start_window import StartWindow
from ui.start.unlock_page import UnlockPage
from ui.start.welcome_page import WelcomePage
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase

NEW_PASSWORD = "青山 绿水 2031!"


class Start:
    """The window, what it opened, and short ways to its pages."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.settings = Settings()
        self.opened: list[OpenCase] = []
        self.window = StartWindow(self.settings, Doors(CHEAP), folder)
        qtbot.addWidget(self.window)
        self.window.opened.connect(self.opened.append)
        self.window.show()

    def unlock(self, folder: Path) -> UnlockPage:
        self.window.show_unlock(folder)
        assert isinstance(self.window.page, UnlockPage)
        return self.window.page

    def reach(self, kind: type[Any]) -> Any:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, kind), timeout=10_000)
        return self.window.page

    def wait_opened(self, ms: int = 10_000) -> OpenCase:
        self.qtbot.waitUntil(lambda: bool(self.opened), timeout=ms)
        return self.opened[-1]


def filled(start: Start) -> NewCasePage:
    start.window.show_new_case()
    page: NewCasePage = start.reach(NewCasePage)
    type_into(start, page.unit, "中共平湖镇委员会")
    type_into(start, page.member, "张建业")
    page.passwords.first.set_text(NEW_PASSWORD)
    page.passwords.again.set_text(NEW_PASSWORD)
    return page


def type_into(start: Start, line: QLineEdit, text: str) -> None:
    """As an input method gives it: whole words at once."""
    line.setFocus()
    line.insert(text)
    line.textEdited.emit(line.text())


def welcome(start: Start) -> WelcomePage:
    assert isinstance(start.window.page, WelcomePage)
    return start.window.page


def words(page: QWidget) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in page.findChildren(QLabel)]


def button(page: QWidget, words: str) -> QPushButton | None:
    found = (button for button in page.findChildren(QPushButton) if words in button.text())
    return next(found, None)


def open_case(qtbot: QtBot, program: Program, folder: Path) -> None:
    """Start at the small case, with its password, as its first member."""
    program.begin(folder, PASSWORD)
    qtbot.waitUntil(lambda: isinstance(program.start_window.page, MemberPage), timeout=10_000)
    page = program.start_window.page
    assert isinstance(page, MemberPage)
    page.buttons[0].click()
    assert program.main_window is not None
