"""The three sizes of type: a size takes hold everywhere at once, and the largest cuts nothing off."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.cheap_keys import CHEAP
from tests.support.cut_text import cut_off
from tests.support.locking import lock
from tests.support.shapes import differences, shape
from ui import style
from ui.forms.field_maker import FieldMaker
from ui.main_window import MainWindow
from ui.master_detail import MasterDetail
from ui.screens.catalog import SCREENS
from ui.screens.settings import PAGES, SettingsScreen
from ui.settings.looks import LooksPage
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, sample
from xuncha_desktop.settings import Settings
from xuncha_desktop.store import opening

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
OpenAt = Callable[[int], MainWindow]


@pytest.fixture(scope="module")
def sample_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case with a little of everything."""
    folder = tmp_path_factory.mktemp("sizes") / "案卷"
    case, _ = opening.create(folder, sample.PASSWORD, argon=CHEAP)
    with case:
        sample.fill(case.store, count=3, progress=Progress())
    return folder


@pytest.fixture
def open_at(qapp: QApplication, sample_case: Path, tmp_path: Path) -> Iterator[OpenAt]:
    """Opens the case in a window, with the type of a size; the window before is gone by then."""
    folder = Path(shutil.copytree(sample_case, tmp_path / "案卷"))
    windows: list[MainWindow] = []

    def leave() -> None:
        while windows:
            lock(windows.pop())
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def make(size: int) -> MainWindow:
        leave()
        style.apply(qapp, "light", size)
        case = opening.open_case(folder, sample.PASSWORD)
        cases.choose_member(case.store)
        window = MainWindow(case, Settings(theme="light", text_size=size))
        windows.append(window)
        window.resize(1366, 728)
        window.show()
        QTest.qWaitForWindowExposed(window)
        return window

    yield make
    leave()


def every_screen(window: MainWindow) -> Iterator[str]:
    """Go from screen to screen, each with all its fields made and nothing left to lay out."""
    for name in window.screen_names():
        screen = window.show_screen(name)
        for maker in screen.findChildren(FieldMaker):
            maker.finish()
        _come_to_rest(window)
        yield name


def test_a_size_chosen_in_the_settings_takes_hold_everywhere_at_once(open_at: OpenAt) -> None:
    window = open_at(14)
    assert len(list(every_screen(window))) == len(SCREENS)
    settings = window.show_screen("settings")
    assert isinstance(settings, SettingsScreen)
    looks = settings.page(LooksPage)
    assert isinstance(looks, LooksPage)
    looks.sizes.button(2).click()
    changed = {name: shape(window) for name in every_screen(window)}
    window = open_at(18)
    list(every_screen(window))  # made: what is read after it is shown stands now
    for name in every_screen(window):
        assert differences(changed[name], shape(window)) == [], name


def test_the_largest_type_cuts_nothing_off(qtbot: QtBot, open_at: OpenAt) -> None:
    window = open_at(18)
    for width, height in ((1366, 768), (1280, 720), (911, 512)):
        window.resize(width, height)
        for name in every_screen(window):
            splits = [split for split in window.screens[name].findChildren(MasterDetail) if split.isVisible()]
            for show in (lambda: None, *(split.show_detail for split in splits)):
                show()
                _come_to_rest(window)
                # What is still being read may have to be laid out once more.
                qtbot.waitUntil(lambda: not cut_off(window) or not window.jobs.busy, timeout=10_000)
                assert cut_off(window) == [], (name, width)
    settings = window.show_screen("settings")
    assert isinstance(settings, SettingsScreen)
    for page in PAGES:
        settings.page(page)
        _come_to_rest(window)
        assert cut_off(window) == [], page


def _come_to_rest(window: MainWindow) -> None:
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
