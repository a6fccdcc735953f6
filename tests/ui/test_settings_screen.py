"""模板与设置: each page does what it says, at once, and keeps it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.cheap_keys import PASSWORD
from tests.support.ready_papers import add_paper
from ui import fonts, style
from ui.context import Context
from ui.idle_lock import IdleLock
from ui.screens.settings import PAGES, SettingsScreen
from ui.settings.about import AboutPage
from ui.settings.backups import BackupPage
from ui.settings.case_list import CaseListPage, HeadingSetsPage, ProblemTypesPage
from ui.settings.faces import FacesPage
from ui.settings.looks import LooksPage
from ui.settings.page import SettingsPage
from ui.settings.security import SecurityPage
from ui.settings.shortcuts import KEYS, ShortcutsPage
from xuncha_desktop import paths, settings
from xuncha_desktop.services import cases, lists, records
from xuncha_desktop.settings import OFFICIAL_FACES
from xuncha_desktop.store import backup, opening, undo
from xuncha_desktop.store.vault import Vault, WrongPassword

NEW = "一个新的 口令 2031"


@pytest.fixture
def screen(qtbot: QtBot, context: Context) -> SettingsScreen:
    made = SettingsScreen(context)
    qtbot.addWidget(made)
    made.resize(1190, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_is_reached_by_arrow_keys_alone(
    qtbot: QtBot, screen: SettingsScreen, kind: type[SettingsPage]
) -> None:
    screen.names.setFocus()
    for _ in range(PAGES.index(kind)):
        qtbot.keyClick(screen.names, Qt.Key.Key_Down)
    assert isinstance(screen.stack.currentWidget(), kind)
    assert screen.names.currentItem().text() == kind.TITLE


def test_theme_and_size_change_at_once_and_are_kept(
    qtbot: QtBot, qapp: QApplication, context: Context, screen: SettingsScreen
) -> None:
    page = screen.page(LooksPage)
    assert isinstance(page, LooksPage)
    page.themes.button(2).click()
    page.sizes.button(1).click()
    assert style.dark()
    assert style.metrics.text == 16
    kept = settings.load(paths.settings_folder())
    assert (kept.theme, kept.text_size) == ("dark", 16)


def test_the_idle_lock_of_the_window_follows_the_chosen_minutes(qtbot: QtBot, context: Context) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    lock = IdleLock(5, window)
    screen = SettingsScreen(context)
    QVBoxLayout(window).addWidget(screen)
    window.show()
    page = _security(screen)
    page.form.minutes.setCurrentIndex(page.form.minutes.findData(15))
    page.form.minutes.activated.emit(page.form.minutes.currentIndex())
    assert lock._timer.interval() == 15 * 60_000
    assert settings.load(paths.settings_folder()).idle_lock_minutes == 15
    lock.stop()


def test_who_am_i_changes_the_member_who_works_here(context: Context, screen: SettingsScreen) -> None:
    form = _security(screen).form
    assert form.member.currentText() == "甲虚构　组长"
    other = next(member.id for member, name in cases.members(context.store) if name == "乙虚构")
    form.member.setCurrentIndex(form.member.findData(other))
    form.member.activated.emit(form.member.currentIndex())
    assert context.store.actor == other
    assert context.store.meta("own_member") == other


def test_the_password_is_changed_in_place(qtbot: QtBot, context: Context, screen: SettingsScreen) -> None:
    form = _security(screen).form
    _fill(form.old.line, PASSWORD)
    _fill(form.new.first.line, NEW)
    _fill(form.new.again.line, NEW)
    form.change.click()
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)
    assert form.notice.sentence.startswith("口令已更换")
    assert form.old.text() == form.new.first.text() == ""
    vault = Vault.read(context.store.folder)
    vault.unlock(NEW).forget()
    with pytest.raises(WrongPassword):
        vault.unlock(PASSWORD)


@pytest.mark.parametrize(
    ("old", "new", "again", "where"),
    [
        ("", NEW, NEW, "old"),
        ("不是这个口令", NEW, NEW, "old"),
        (PASSWORD, "短", "短", "first"),
        (PASSWORD, NEW, NEW + "x", "again"),
    ],
)
def test_a_password_that_cannot_be_taken_says_why_under_its_field(
    qtbot: QtBot, context: Context, screen: SettingsScreen, old: str, new: str, again: str, where: str
) -> None:
    form = _security(screen).form
    _fill(form.old.line, old)
    _fill(form.new.first.line, new)
    _fill(form.new.again.line, again)
    form.change.click()
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)
    wrong = {"old": form.old_field, "first": form.new.first_field, "again": form.new.again_field}
    assert [name for name, field in wrong.items() if field.wrong] == [where]
    Vault.read(context.store.folder).unlock(PASSWORD).forget()


def test_the_recovery_key_is_shown_only_for_the_password_and_opens_the_case(
    qtbot: QtBot, context: Context, screen: SettingsScreen
) -> None:
    page = _security(screen)
    _fill(page.form.unlock.line, "不是这个口令")
    page.form.show_key.click()
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)
    assert page.recovery is None
    assert page.form.unlock_field.wrong
    _fill(page.form.unlock.line, PASSWORD)
    page.form.show_key.click()
    qtbot.waitUntil(lambda: page.recovery is not None, timeout=10_000)
    assert page.recovery is not None
    key = page.recovery._key
    Vault.read(context.store.folder).unlock_with_recovery(key).forget()
    context.store.set_meta("recovery_skipped", "1")
    page.recovery.typed.setText(key.lower())
    page.recovery.done.click()
    assert context.store.meta("recovery_skipped") == "0"
    assert page.recovery is None


def test_neither_key_nor_password_stays_when_the_page_is_left(
    qtbot: QtBot, context: Context, screen: SettingsScreen
) -> None:
    page = _security(screen)
    _fill(page.form.unlock.line, PASSWORD)
    page.form.show_key.click()
    qtbot.waitUntil(lambda: page.recovery is not None, timeout=10_000)
    _fill(page.form.old.line, PASSWORD)
    screen.page(LooksPage)
    assert page.recovery is None
    assert page.form.old.text() == page.form.unlock.text() == ""


def test_a_backup_is_made_now_and_listed(qtbot: QtBot, context: Context, screen: SettingsScreen) -> None:
    page = _backups(screen)
    assert page.last.text() == "还没有备份过"
    assert not page.restore.isEnabled()
    page.make.click()
    qtbot.waitUntil(lambda: page.notice.sentence != "", timeout=10_000)
    assert page.notice.sentence.startswith("已备份")
    assert page.last.text().endswith("（手动）")
    assert page.table.rowCount() == len(backup.listing(context.store.folder)) == 1


def test_a_backup_on_a_stick_can_be_opened_from_there(
    qtbot: QtBot, context: Context, screen: SettingsScreen, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page = _backups(screen)
    with answering(folder=stick):
        page.copy.click()
        qtbot.waitUntil(lambda: page.notice.sentence != "", timeout=10_000)
    assert page.notice.sentence.startswith("已备份到“")
    assert len(list(stick.glob("*/backups/*/case.db"))) == 1


def test_a_chosen_backup_comes_back_as_a_case_of_its_own(
    qtbot: QtBot, context: Context, screen: SettingsScreen, tmp_path: Path
) -> None:
    add_paper(context.store, "备份前写的")
    page = _backups(screen)
    page.make.click()
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=10_000)
    add_paper(context.store, "备份后写的")
    page.table.selectRow(0)
    place = tmp_path / "restored"
    place.mkdir()
    page.notice.clear()
    with answering(folder=place):
        page.restore.click()
        qtbot.waitUntil(lambda: page.notice.sentence != "", timeout=20_000)
    assert page.notice.sentence.startswith("已恢复到“")
    assert lists.count(context.store, lists.Query("paper")) == 2, "the open case and its keys stay in use"
    [folder] = place.iterdir()
    assert [made.reason for made in backup.listing(context.store.folder)] == ["before-restore", "manual"]
    assert "其他案卷" in page.notice.sentence
    with opening.open_case(folder, PASSWORD) as restored:
        assert lists.count(restored.store, lists.Query("paper")) == 1


def test_a_backup_that_fails_says_why(qtbot: QtBot, context: Context, screen: SettingsScreen) -> None:
    page = _backups(screen)
    with answering(folder=context.store.folder):
        page.copy.click()
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)
    assert "案卷文件夹里面" in page.notice.sentence


def test_the_faces_say_in_words_which_are_missing(
    monkeypatch: pytest.MonkeyPatch, context: Context, screen: SettingsScreen
) -> None:
    monkeypatch.setattr(fonts, "installed", lambda face: face != "仿宋_GB2312")
    page = _faces(screen)
    assert {name: field.sentence for name, field in page.fields.items()} == {
        "小标宋": "✓ 已安装",
        "仿宋": "■ 这台电脑没有仿宋_GB2312",
        "楷体": "✓ 已安装",
        "黑体": "✓ 已安装",
        "宋体": "✓ 已安装",
    }
    assert page.notice.sentence.startswith("这台电脑没有仿宋_GB2312。")
    assert not page.restore.isEnabled()


def test_a_face_is_chosen_by_keys_and_kept_until_the_official_ones_are_asked_for(
    qtbot: QtBot, context: Context, screen: SettingsScreen
) -> None:
    page = _faces(screen)
    choice = page.choices["仿宋"]
    assert choice.accessibleName() == "仿宋：正文、三级和四级标题"
    assert [choice.itemData(row) for row in range(choice.count())] == ["仿宋_GB2312", *fonts.chinese()]
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    other = fonts.chinese()[0]
    assert page.fields["仿宋"].sentence == "✓ 已安装；代替仿宋_GB2312"
    assert "仿宋_GB2312" not in page.notice.sentence
    assert settings.load(paths.settings_folder()).font_faces == {**OFFICIAL_FACES, "仿宋": other}
    page.restore.setFocus()
    qtbot.keyClick(page.restore, Qt.Key.Key_Space)
    assert choice.currentData() == "仿宋_GB2312"
    assert settings.load(paths.settings_folder()).font_faces == OFFICIAL_FACES


def test_a_face_of_the_same_kind_is_offered_and_one_taken_away_is_told(
    monkeypatch: pytest.MonkeyPatch, context: Context, screen: SettingsScreen
) -> None:
    monkeypatch.setattr(fonts, "installed", lambda face: face in {"仿宋", "KaiTi", "黑体", "宋体"})
    context.settings.font_faces["小标宋"] = "卸载了的"
    page = _faces(screen)
    assert page.notice.sentence.startswith("这台电脑没有卸载了的、仿宋_GB2312、楷体_GB2312。")
    assert page.choices["小标宋"].currentText() == "卸载了的"
    offer = next(button for button in page.notice.findChildren(QPushButton) if button.isVisible())
    assert offer.text() == "改用仿宋、KaiTi"
    offer.click()
    assert page.choices["楷体"].currentText() == "KaiTi"
    assert context.settings.font_faces == {
        "小标宋": "卸载了的", "仿宋": "仿宋", "楷体": "KaiTi", "黑体": "黑体", "宋体": "宋体",
    }  # fmt: skip


def test_a_new_problem_type_takes_its_levels_from_the_one_shown(
    qtbot: QtBot, context: Context, screen: SettingsScreen
) -> None:
    page = _list(screen, ProblemTypesPage)
    before = lists.count(context.store, lists.Query("problem_type"))
    page.form.finish()
    shown = page.form.values()
    screen.new_record()
    page.form.boxes["code"].editor.restore("A999")
    page.form.save_field("code")
    assert lists.count(context.store, lists.Query("problem_type")) == before + 1
    [record] = lists.ids(context.store, lists.Query("problem_type", {"code": "A999"}))
    assert records.load(context.store, "problem_type", record).values["level1_name"] == shown["level1_name"]
    assert page.panel.current() == record


def test_a_problem_type_in_use_is_not_deleted_and_another_is_with_undo(
    qtbot: QtBot, context: Context, screen: SettingsScreen
) -> None:
    paper = add_paper(context.store, "会议费报销不合规")
    used = records.load(context.store, "paper", paper).values["problem_type"]
    page = _list(screen, ProblemTypesPage)
    page.panel.select(used)
    assert page.state.text() == "1 份底稿用着这个分类"
    page.delete.click()
    assert "不能删除：1 份底稿用着这个分类" in page.notice.sentence
    other = next(record for record in page.panel.model.ids() if record != used)
    page.panel.select(other)
    with qtbot.waitSignal(context.undo_offered):
        page.delete.click()
    assert other not in page.panel.model.ids()
    undo.undo(context.store)
    assert other in page.panel.model.ids()


def test_the_heading_set_of_the_round_is_not_deleted(context: Context, screen: SettingsScreen) -> None:
    page = _list(screen, HeadingSetsPage)
    inspection = records.load(context.store, "inspection", context.inspection).values
    used = records.load(context.store, "round", inspection["round"]).values["heading_set"]
    page.panel.select(used)
    page.delete.click()
    assert "第九届第一轮用着这个框架" in page.notice.sentence
    assert used in page.panel.model.ids()


def test_a_record_of_these_lists_can_be_opened_from_elsewhere(context: Context, screen: SettingsScreen) -> None:
    record = lists.ids(context.store, lists.Query("problem_type", sort="code"))[3]
    assert screen.open_record("problem_type", record)
    assert _list(screen, ProblemTypesPage).form.record == record
    assert not screen.open_record("paper", "x")


def test_shortcuts_are_listed_once_each(screen: SettingsScreen) -> None:
    assert isinstance(screen.page(ShortcutsPage), ShortcutsPage)
    for _, rows in KEYS:
        assert len({keys for keys, _ in rows}) == len(rows)


def test_the_version_can_be_copied_and_names_nothing_of_the_case(context: Context, screen: SettingsScreen) -> None:
    page = screen.page(AboutPage)
    assert isinstance(page, AboutPage)
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("巡察桌面 0.")
    assert context.store.folder.name not in copied


def _security(screen: SettingsScreen) -> SecurityPage:
    page = screen.page(SecurityPage)
    assert isinstance(page, SecurityPage)
    return page


def _faces(screen: SettingsScreen) -> FacesPage:
    page = screen.page(FacesPage)
    assert isinstance(page, FacesPage)
    return page


def _backups(screen: SettingsScreen) -> BackupPage:
    page = screen.page(BackupPage)
    assert isinstance(page, BackupPage)
    return page


def _list(screen: SettingsScreen, kind: type[CaseListPage]) -> CaseListPage:
    page = screen.page(kind)
    assert isinstance(page, CaseListPage)
    return page


def _fill(line: QLineEdit, text: str) -> None:
    """Type into a password line; key clicks would take only Latin letters."""
    line.setText(text)
    line.textEdited.emit(text)
