"""Plain copies handed to other programs are gone when the real window is locked or closed, and at the next start."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.evidence_files import add_evidence
from ui import desktop
from ui.main_window import MainWindow
from ui.screens.evidence import EvidenceScreen
from ui.start import preload
from xuncha_desktop import paths
from xuncha_desktop.services import opened_outside
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase


@pytest.mark.parametrize("leave", [MainWindow.lock, MainWindow.close])
def test_a_copy_goes_when_the_window_is_left(
    case: OpenCase, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, leave: Callable[[MainWindow], object]
) -> None:
    handed: list[Path] = []
    monkeypatch.setattr(desktop, "open_path", lambda path: bool(handed.append(path) or True))
    record = add_evidence(case.store, "说明.txt", "虚构".encode())
    window = MainWindow(case, Settings())
    window.show()
    QTest.qWaitForWindowActive(window)
    screen = window.show_screen("evidence")
    assert isinstance(screen, EvidenceScreen)
    screen.open_record("evidence", record)
    screen.open_button.click()
    qtbot.waitUntil(lambda: bool(handed))
    assert handed[0].read_text("utf-8") == "虚构"
    leave(window)
    qtbot.waitUntil(lambda: case.closed)
    assert not handed[0].exists()
    assert opened_outside.count() == 0
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_what_a_crash_left_goes_at_the_next_start_before_any_case_is_opened() -> None:
    left = paths.private_folder() / "opened" / "0123"
    left.mkdir(parents=True)
    (left / "说明.txt").write_text("虚构", encoding="utf-8")
    thread = preload.start()
    preload.hurry()
    thread.join(30)
    assert not left.exists()
