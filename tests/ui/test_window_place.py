"""The window stands where it stood, on whatever screen there is today."""

from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ui import window_place
from xuncha_desktop import settings
from xuncha_desktop.settings import Settings


def a_window(qtbot: QtBot) -> QMainWindow:
    """A window of the usual size."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 728)
    return window


def stood(qtbot: QtBot, size: QSize, at: QPoint, *, maximized: bool = False) -> Settings:
    """What is remembered of a window."""
    window = a_window(qtbot)
    window.resize(size)
    window.move(at)
    window.show()
    if maximized:
        window.showMaximized()
    QTest.qWaitForWindowExposed(window)
    window.close()
    kept = Settings()
    window_place.remember(window, kept)
    return kept


def test_size_and_place_come_back_through_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    kept = stood(qtbot, QSize(620, 410), QPoint(90, 70))
    settings.save(kept, tmp_path)
    window = a_window(qtbot)
    window_place.restore(window, settings.load(tmp_path))
    window.show()
    assert window.size() == QSize(620, 410)
    assert (window.pos() - QPoint(90, 70)).manhattanLength() <= 4  # the frame of the offscreen platform
    assert not window.isMaximized()


def test_a_window_that_filled_the_screen_does_so_again_and_knows_its_size_before(qtbot: QtBot) -> None:
    kept = stood(qtbot, QSize(620, 410), QPoint(90, 70), maximized=True)
    window = a_window(qtbot)
    window_place.restore(window, kept)
    assert window.isMaximized()


def test_what_was_larger_than_todays_screen_or_beside_it_is_brought_back_onto_it(qtbot: QtBot) -> None:
    kept = stood(qtbot, QSize(5000, 4000), QPoint(3000, 2500))
    window = a_window(qtbot)
    window_place.restore(window, kept)
    window.show()
    assert window.screen().availableGeometry().contains(window.geometry())


def test_without_a_sane_place_the_window_fits_the_screen(qtbot: QtBot) -> None:
    for text in ("", "%%%", "AAAA"):
        window = a_window(qtbot)
        window_place.restore(window, Settings(window_layouts={"window": text}))
        room = window.screen().availableGeometry().size()
        assert window.size() == QSize(1366, 728).boundedTo(room)
