"""What the program does about its own mistakes."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.crash_dialog import CrashDialog, CrashGuard, show_crash

SECRET = "张某某受贿二十万元"


class Watched:
    """A guard whose steps are written down in order."""

    def __init__(self, folder: Path) -> None:
        self.steps: list[str] = []
        self.reports: list[Path] = []
        self.fails = False
        self.guard = CrashGuard(folder, self._save, self._show)

    def _save(self) -> None:
        self.steps.append("saved")
        if self.fails:
            raise OSError("no space")

    def _show(self, report: Path, saved: bool) -> None:
        self.steps.append("told" if saved else "told unsaved")
        self.reports.append(report)


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path / "crashes")
    made.guard.install()
    yield made
    made.guard.remove()


def test_an_error_in_a_slot_saves_drafts_first_and_the_program_goes_on(qtbot: QtBot, watched: Watched) -> None:
    button = QPushButton("写入")
    qtbot.addWidget(button)
    button.clicked.connect(_break)
    button.click()
    qtbot.waitUntil(lambda: bool(watched.reports))
    assert watched.steps == ["saved", "told"]
    after: list[int] = []
    QTimer.singleShot(0, lambda: after.append(1))
    qtbot.waitUntil(lambda: after == [1])


def test_the_report_names_types_and_places_but_no_content(qtbot: QtBot, watched: Watched) -> None:
    QTimer.singleShot(0, _break)
    qtbot.waitUntil(lambda: bool(watched.reports))
    text = watched.reports[0].read_text(encoding="utf-8")
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "test_crash_dialog.py" in text
    assert "_break" in text
    assert "PySide6 6." in text
    assert SECRET not in text
    assert "二十万" not in text


def test_an_error_on_a_thread_is_told_on_the_window_s_thread(qtbot: QtBot, watched: Watched) -> None:
    told_on: list[threading.Thread] = []
    watched.guard._show = lambda report, saved: told_on.append(threading.current_thread())
    thread = threading.Thread(target=_break)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told_on))
    assert told_on == [threading.main_thread()]
    assert watched.steps == ["saved"]


def test_drafts_that_cannot_be_saved_are_admitted(qtbot: QtBot, watched: Watched) -> None:
    watched.fails = True
    QTimer.singleShot(0, _break)
    qtbot.waitUntil(lambda: bool(watched.reports))
    assert watched.steps == ["saved", "told unsaved"]


def test_an_error_that_repeats_while_the_dialog_stands_opens_no_second_one(qtbot: QtBot, watched: Watched) -> None:
    opened: list[Path] = []

    def show(report: Path, saved: bool) -> None:
        opened.append(report)
        QTimer.singleShot(0, _break)
        qtbot.wait(50)

    watched.guard._show = show
    QTimer.singleShot(0, _break)
    qtbot.waitUntil(lambda: len(watched.steps) == 2)
    qtbot.wait(50)
    assert len(opened) == 1


def test_only_the_last_twenty_reports_are_kept(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    folder.mkdir()
    for number in range(30):
        (folder / f"crash-20200101-0000{number:02}.txt").write_text("x", encoding="utf-8")
    QTimer.singleShot(0, _break)
    qtbot.waitUntil(lambda: bool(watched.reports))
    kept = sorted(path.name for path in folder.iterdir())
    assert len(kept) == 20
    assert watched.reports[0].name in kept


def test_a_full_disk_does_not_keep_the_person_from_being_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("a file where the folder should be", encoding="utf-8")
    watched = Watched(tmp_path / "crashes")
    watched.guard.install()
    try:
        QTimer.singleShot(0, _break)
        qtbot.waitUntil(lambda: bool(watched.reports))
    finally:
        watched.guard.remove()
    assert watched.steps == ["saved", "told"]


def test_warnings_of_qt_go_to_the_log_without_content(
    qtbot: QtBot, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    from xuncha_desktop.logs import ContentFree

    with caplog.at_level(logging.WARNING):
        qWarning(f"cannot show '{SECRET}'")
    [record] = caplog.records
    line = ContentFree().format(record)
    assert "WARNING" in line
    assert "Qt default" in line
    assert SECRET not in line


def test_removing_the_guard_gives_the_hooks_back(qtbot: QtBot, tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    watched = Watched(tmp_path)
    watched.guard.install()
    assert (sys.excepthook, threading.excepthook) != before
    watched.guard.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_the_dialog_says_what_became_of_the_text_and_copies_the_report(qtbot: QtBot, tmp_path: Path) -> None:
    report = tmp_path / "crash.txt"
    report.write_text("builtins.ValueError", encoding="utf-8")
    QTimer.singleShot(0, lambda: _copy_and_go_on())
    show_crash(report, True)
    assert QApplication.clipboard().text() == "builtins.ValueError"


def _copy_and_go_on() -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CrashDialog)
    copy, go_on = dialog.findChildren(QPushButton)
    copy.click()
    go_on.click()


def _break() -> None:
    values = {"problem": SECRET}
    try:
        print(values[SECRET])
    except KeyError as error:
        raise ValueError(SECRET) from error
