"""What waits for the person stands in the state line and leads to where it is done."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.journal_rows import new_paper
from ui.main_window import MainWindow
from ui.screens.papers import PapersScreen
from ui.screens.settings import SettingsScreen
from ui.settings.backups import BackupPage
from ui.settings.security import SecurityPage
from xuncha_desktop.services import cases, records
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def disputed(store: Store, entity: str, record: str, **values: tuple[object, object]) -> None:
    """Both sides change fields without seeing each other."""
    seen = records.load(store, entity, record).heads
    for side in (0, 1):
        records.edit(store, entity, record, {name: both[side] for name, both in values.items()}, seen=seen)


def words(window: MainWindow) -> list[str]:
    """What waits."""
    return [button.text() for button in window.status.reminders.buttons()]


def button(window: MainWindow, qtbot: QtBot, begins: str) -> QToolButton:
    """A reminder, waited for."""
    qtbot.waitUntil(lambda: any(text.startswith(begins) for text in words(window)), timeout=5000)
    return next(one for one in window.status.reminders.buttons() if one.text().startswith(begins))


def test_a_key_not_copied_down_leads_to_where_it_is_shown_and_goes_when_it_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.context.store.set_meta("recovery_skipped", "1")
    reminder = button(window, qtbot, "恢复密钥还没有抄存")
    reminder.setFocus()
    QTest.keyClick(reminder, Qt.Key.Key_Space)
    screen = window.current()
    assert isinstance(screen, SettingsScreen)
    page = screen.page(SecurityPage)
    assert isinstance(page, SecurityPage)
    qtbot.waitUntil(lambda: page.form.unlock.isAncestorOf(QApplication.focusWidget() or window))
    assert not page.form.show_key.visibleRegion().isEmpty()
    page._proven()
    qtbot.waitUntil(lambda: words(window) == [], timeout=5000)


def test_work_that_lies_on_this_computer_only_leads_to_the_stick_and_is_settled_there(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    store = window.context.store
    case = cases.current(store).id
    records.edit(store, "case", case, {"sample": False, "created_on": "2020-01-01"})
    button(window, qtbot, "案卷还没有备份到U盘").click()
    screen = window.current()
    assert isinstance(screen, SettingsScreen)
    page = screen.page(BackupPage)
    assert isinstance(page, BackupPage)
    qtbot.waitUntil(page.copy.hasFocus)
    with answering(folder=tmp_path):
        page.copy.click()
    qtbot.waitUntil(lambda: words(window) == [], timeout=10_000)


def test_a_conflict_leads_to_its_record_one_after_the_other(window: MainWindow, qtbot: QtBot) -> None:
    store = window.context.store
    paper = new_paper(store, title="甲", parties=[{"kind": "", "name": "甲所", "note": ""}])
    [row] = records.load(store, "paper", paper).values["parties"]
    disputed(store, "paper_party", row["id"], name=("乙所", "丙所"))
    button(window, qtbot, "有 1 处修改冲突").click()
    screen = window.current()
    assert isinstance(screen, PapersScreen)
    assert screen.editor.form.record == paper


def test_what_no_form_shows_leads_nowhere(window: MainWindow, qtbot: QtBot) -> None:
    store = window.context.store
    person = next(iter(records.options(store, "inspector")))
    disputed(store, "inspector", person, post=("科员", "科长"))
    assert not button(window, qtbot, "有 1 处修改冲突").isEnabled()
