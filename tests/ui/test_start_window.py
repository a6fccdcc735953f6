"""The first window: from nothing, or from a password, to an open case."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.cheap_keys import CHEAP, PASSWORD
from tests.support.start_pages import NEW_PASSWORD, Start, button, type_into, welcome, words
from ui.start import sample_note
from ui.start.doors import Doors
from ui.start.forgotten_page import ForgottenPage
from ui.start.member_page import MemberPage
from ui.start.new_case_page import NewCasePage
from ui.start.recovery_page import RecoveryPage
from ui.start.start_window import StartWindow
from ui.start.unlock_page import UnlockPage
from ui.start.welcome_page import WelcomePage
from xuncha_desktop.services import cases, sample
from xuncha_desktop.settings import Settings
from xuncha_desktop.store import opening
from xuncha_desktop.store.lock import HOLDER_NAME
from xuncha_desktop.store.opening import OpenCase

HEAVY = (
    "sqlalchemy", "sqlcipher3", "cryptography", "docx", "docxtpl", "openpyxl", "PIL", "lxml", "pypinyin",
    "ui.job_runner",
)  # fmt: skip
# PySide makes a class when it is first named. `QStyle` brings 10 ms of enums; a widget that C++ made, met in Python
# as an object (`viewport()`, an event filter on the application), brings all classes it might be of, 30 ms.
SLOW_CLASSES = ("QStyle", "QWizard")
PROBE = f"""
import sys
from pathlib import Path
from PySide6 import QtWidgets
from PySide6.QtCore import QTimer
from ui import app as program, style
from ui.start import preload, start_window
from xuncha_desktop.settings import Settings
app = program.make_application(["xuncha"])
style.apply(app, "light", 14)
at_first_paint = []
def painted():
    at_first_paint.extend(name for name in {HEAVY!r} if name in sys.modules)
    at_first_paint.extend(name for name in {SLOW_CLASSES!r} if name in vars(QtWidgets))
    thread = begin()
    QTimer.singleShot(0, lambda: (thread.join(), app.quit()))
begin, preload.start = preload.start, painted
window = start_window.StartWindow(Settings())
if len(sys.argv) > 1:
    window.show_unlock(Path(sys.argv[1]))
window.show()
app.exec()
import json
print(json.dumps([at_first_paint, [name for name in {HEAVY!r} if name in sys.modules]]))
"""


@pytest.mark.parametrize("with_case", [False, True], ids=["welcome", "unlock"])
def test_nothing_heavy_is_imported_before_the_first_paint_and_the_store_right_after(
    tmp_path: Path, with_case: bool
) -> None:
    arguments = [str(tmp_path)] if with_case else []
    run = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True)
    before, after = json.loads(run.stdout)
    assert before == []
    assert {"sqlalchemy", "sqlcipher3"} <= set(after)


def test_without_a_display_the_program_says_so_and_ends_with_three(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    code = "import sys; from ui import app; sys.exit(app.main([]))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if sys.platform == "linux":
        assert run.returncode == 3
        assert "没有可用的图形界面" in run.stderr


def test_the_first_run_offers_the_three_ways_in(start: Start) -> None:
    assert [button.accessibleName() for button in welcome(start).ways.values()] == [
        "新建案卷",
        "打开已有案卷",
        "看看示例",
    ]


def test_the_right_password_opens_the_case_and_asks_once_who_works_here(start: Start, case_folder: Path) -> None:
    page = start.unlock(case_folder)
    assert case_folder.name in words(page)
    type_into(start, page.box.line, PASSWORD)
    start.qtbot.keyClick(page.box.line, Qt.Key.Key_Return)
    members = start.reach(MemberPage)
    assert [button.accessibleName() for button in members.buttons] == ["甲虚构", "乙虚构"]
    members.buttons[1].click()
    case = start.wait_opened()
    assert case.store.actor == cases.members(case.store)[1][0].id
    case.close()
    start.opened.clear()
    page = start.unlock(case_folder)
    type_into(start, page.box.line, PASSWORD)
    page.open_it.click()
    assert start.wait_opened().store.actor == cases.members(start.opened[0].store)[1][0].id
    assert start.settings.recent_cases == [str(case_folder)]


def test_a_wrong_password_is_told_in_place_and_each_next_guess_waits_longer(start: Start, case_folder: Path) -> None:
    page = UnlockPage(case_folder, second_ms=20)
    start.qtbot.addWidget(page)
    waits = []
    for _ in range(8):
        page.say_wrong_password("口令不正确，请检查大小写和输入法后重新输入。")
        waits.append(page.open_it.text())
        start.qtbot.waitUntil(page.open_it.isEnabled)
    assert waits == ["打开", *(f"请等 {seconds} 秒" for seconds in (1, 2, 4, 8, 16, 30, 30))]
    assert page.field.sentence.startswith("口令不正确")


def test_while_a_guess_waits_neither_the_button_nor_enter_gives_it(start: Start, case_folder: Path) -> None:
    page = UnlockPage(case_folder, second_ms=60_000)
    start.qtbot.addWidget(page)
    page.say_wrong_password("口令不正确。")
    page.say_wrong_password("口令不正确。")
    page.box.set_text("guess")
    with start.qtbot.assertNotEmitted(page.password_given):
        start.qtbot.keyClick(page.box.line, Qt.Key.Key_Return)
        page.open_it.click()


def test_a_wrong_password_leaves_the_page_ready_for_the_next(start: Start, case_folder: Path) -> None:
    page = start.unlock(case_folder)
    type_into(start, page.box.line, "wrong")
    page.open_it.click()
    assert page.open_it.text() == "正在打开…"
    assert not page.box.isEnabled()
    start.qtbot.waitUntil(lambda: page.field.wrong, timeout=10_000)
    assert page.box.isEnabled()
    assert page.box.line.selectedText() == "wrong"
    assert start.opened == []


def test_an_empty_password_is_not_tried(start: Start, case_folder: Path) -> None:
    page = start.unlock(case_folder)
    page.open_it.click()
    assert page.field.sentence == "请先输入口令。"


def test_caps_lock_is_noticed_from_what_is_typed(start: Start, case_folder: Path) -> None:
    page = start.unlock(case_folder)
    start.qtbot.keyClick(page.box.line, Qt.Key.Key_A)
    assert page.box.caps.isHidden()
    start.qtbot.keyClicks(page.box.line, "B", Qt.KeyboardModifier.NoModifier)
    assert not page.box.caps.isHidden()
    start.qtbot.keyClicks(page.box.line, "C", Qt.KeyboardModifier.ShiftModifier)
    assert page.box.caps.isHidden()


def test_a_password_is_hidden_until_shown_on_purpose(start: Start, case_folder: Path) -> None:
    page = start.unlock(case_folder)
    type_into(start, page.box.line, "secret")
    assert page.box.line.displayText() != "secret"
    page.box.show_it.click()
    assert page.box.line.displayText() == "secret"


def test_a_case_held_by_another_program_is_told_with_its_holder(
    start: Start, case: OpenCase, case_folder: Path
) -> None:
    page = start.unlock(case_folder)
    type_into(start, page.box.line, PASSWORD)
    page.open_it.click()
    start.qtbot.waitUntil(lambda: "打开；请先在那里关闭" in page.notice.sentence, timeout=10_000)
    assert "接管" not in "".join(words(page))


def test_a_case_another_computer_never_let_go_is_taken_over_on_a_person_s_word(start: Start, case_folder: Path) -> None:
    holder = {"host": "另一台", "login": "wang", "pid": 7, "since_ms": 1_900_000_000_000, "device": "elsewhere"}
    (case_folder / HOLDER_NAME).write_text(json.dumps(holder), encoding="utf-8")
    page = start.unlock(case_folder)
    type_into(start, page.box.line, PASSWORD)
    page.open_it.click()
    start.qtbot.waitUntil(lambda: "另一台" in page.notice.sentence, timeout=10_000)
    take_over = button(page, "接管")
    assert take_over is not None
    take_over.click()
    start.reach(MemberPage).buttons[0].click()
    assert start.wait_opened().store.folder == case_folder


def test_the_recovery_key_opens_a_case_and_the_new_password_from_then_on(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "忘了"
    made, recovery = opening.create(folder, PASSWORD, argon=CHEAP)
    made.close()
    start.unlock(folder).recover.click()
    page = start.reach(ForgottenPage)
    page.key.setText(recovery.replace("-", " ").lower()[:-1] + ("a" if not recovery.endswith("A") else "b"))
    page.passwords.first.set_text(NEW_PASSWORD)
    page.passwords.again.set_text(NEW_PASSWORD)
    page.open_it.click()
    start.qtbot.waitUntil(lambda: page.key_field.wrong, timeout=10_000)
    assert "第8组" in page.key_field.sentence
    page.key.setText(recovery.lower())
    page.open_it.click()
    start.wait_opened().close()
    start.opened.clear()
    with opening.open_case(folder, NEW_PASSWORD) as case:
        assert case.store.folder == folder


def test_a_folder_that_is_no_case_is_refused_in_place(start: Start, tmp_path: Path, answers: dict[str, Any]) -> None:
    answers["folder"] = tmp_path
    welcome(start).ways["open"].click()
    assert "不是案卷文件夹" in start.window.page.notice.sentence


def test_a_chosen_case_is_asked_for_its_password(start: Start, case_folder: Path, answers: dict[str, Any]) -> None:
    answers["folder"] = case_folder
    welcome(start).ways["open"].click()
    assert start.reach(UnlockPage).folder == case_folder


def test_recent_cases_are_offered_while_they_exist(qtbot: QtBot, tmp_path: Path, case_folder: Path) -> None:
    settings = Settings()
    for folder in (tmp_path / "没有了", case_folder):
        settings.remember_case(folder)
    window = StartWindow(settings, Doors(CHEAP), tmp_path)
    qtbot.addWidget(window)
    assert isinstance(window.page, WelcomePage)
    [button] = window.page.recent_buttons
    button.click()
    assert isinstance(window.page, UnlockPage)
    assert window.page.folder == case_folder


def test_the_sample_is_made_on_the_first_look_and_opened_on_the_next(start: Start, tmp_path: Path) -> None:
    changed: list[float] = []
    for _ in range(2):
        start.window.show_welcome()
        welcome(start).ways["sample"].click()
        case = start.wait_opened(60_000)
        assert cases.current(case.store).sample
        changed.append((case.store.folder / "vault.json").stat().st_mtime)
        case.close()
        start.opened.clear()
    assert changed[0] == changed[1]
    assert sample_note.read(tmp_path / "巡察案卷" / "示例案卷") is not None


def test_a_real_case_in_the_sample_s_place_is_not_opened_as_one(start: Start, tmp_path: Path) -> None:
    opening.create(tmp_path / "巡察案卷" / "示例案卷", PASSWORD, argon=CHEAP)[0].close()
    welcome(start).ways["sample"].click()
    start.qtbot.waitUntil(lambda: "不是示例案卷" in start.window.page.notice.sentence, timeout=10_000)
    assert start.opened == []


def test_a_sample_case_says_that_it_is_fictitious_and_fills_its_password(start: Start, tmp_path: Path) -> None:
    sample.write_note(tmp_path / "示例")
    page = start.unlock(tmp_path / "示例")
    assert "虚构" in page.notice.sentence
    assert page.box.text() == sample.PASSWORD
    assert page.box.line.displayText() == sample.PASSWORD


@pytest.mark.parametrize(
    "note",
    [None, b"", b"\xff\xfe\x00", "单位说明，没有口令".encode(), b"sample-password:", b"x sample-password: no"],
)
def test_a_real_case_s_password_is_never_filled(start: Start, tmp_path: Path, note: bytes | None) -> None:
    if note is not None:
        (tmp_path / sample_note.FILE_NAME).write_bytes(note)
    page = start.unlock(tmp_path)
    assert page.box.text() == ""
    assert page.notice.isHidden()


def test_closing_while_a_case_opens_leaves_it_closed(qtbot: QtBot, case_folder: Path, tmp_path: Path) -> None:
    start = Start(qtbot, tmp_path)
    page = start.unlock(case_folder)
    type_into(start, page.box.line, PASSWORD)
    page.open_it.click()
    start.window.close()
    assert start.opened == []
    with opening.open_case(case_folder, PASSWORD) as case:
        assert not case.unclean


def test_closing_at_the_question_who_am_i_leaves_the_case_closed(
    qtbot: QtBot, case_folder: Path, tmp_path: Path
) -> None:
    start = Start(qtbot, tmp_path)
    page = start.unlock(case_folder)
    type_into(start, page.box.line, PASSWORD)
    page.open_it.click()
    start.reach(MemberPage)
    start.window.close()
    with opening.open_case(case_folder, PASSWORD) as case:
        assert not case.unclean


def test_text_size_and_theme_can_be_chosen_before_anything_is_read(start: Start) -> None:
    with start.qtbot.waitSignals([start.window.looks_changed, start.window.settings_changed]):
        start.window.footer.sizes.button(2).click()
    assert start.settings.text_size == 18


@pytest.mark.parametrize("text_size", [14, 18])
@pytest.mark.parametrize("size", [(911, 512), (640, 400), (1366, 768)])
def test_no_page_is_cut_off_at_its_sides(qtbot: QtBot, qapp: Any, tmp_path: Path, size: Any, text_size: int) -> None:
    from ui import style
    from xuncha_desktop.store import recovery_key

    style.apply(qapp, "light", text_size)
    start = Start(qtbot, tmp_path)
    pages: dict[str, Callable[[], None]] = {
        "welcome": start.window.show_welcome,
        "unlock": lambda: start.window.show_unlock(tmp_path / ("很长的案卷名称" * 10)),
        "new": start.window.show_new_case,
        "forgotten": lambda: start.window._show_forgotten(tmp_path),
        "recovery": lambda: start.window._show(RecoveryPage("案卷", recovery_key.show(bytes(20)), tmp_path)),
    }
    start.window.resize(*size)
    for name, show in pages.items():
        show()
        page = start.window.page
        if isinstance(page, NewCasePage):
            page._show_details()
        qtbot.waitUntil(lambda page=page: page.isVisible())
        paper = page.widget()
        assert paper is not None
        assert paper.minimumSizeHint().width() <= page.viewport().width(), name
        for widget in page.findChildren(QPushButton):
            if widget.isVisible():
                assert widget.width() >= widget.minimumSizeHint().width(), (name, widget.text())


def test_tab_follows_reading_on_every_page(start: Start, tmp_path: Path) -> None:
    def take_over() -> None:
        start.unlock(tmp_path).ask_take_over("那台电脑没有关闭。", lambda: None)

    def new_case() -> None:
        start.window.show_new_case()
        start.reach(NewCasePage)._show_details()

    start.window.resize(1366, 1600)
    for show in (take_over, new_case, lambda: start.window._show_forgotten(tmp_path)):
        show()
        page = start.window.page
        start.qtbot.waitUntil(page.isVisible)
        tops = [_reading_place(widget, start.window) for widget in _tab_chain(start.window)]
        first = tops.index(min(tops))
        tops = tops[first:] + tops[:first]
        assert tops == sorted(tops), type(page).__name__
        assert len(tops) > 8


def test_every_field_has_a_name_for_screen_readers(start: Start, tmp_path: Path) -> None:
    for show in (lambda: start.window.show_unlock(tmp_path), start.window.show_new_case):
        show()
        for line in start.window.page.findChildren(QLineEdit):
            if line.objectName() != "qt_spinbox_lineedit":
                assert line.accessibleName(), line.placeholderText()


def _tab_chain(window: QWidget) -> list[QWidget]:
    chain: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def _reading_place(widget: QWidget, window: QWidget) -> tuple[int, int]:
    """Row and column; a row is as high as a control, so that a few pixels do not matter."""
    corner = widget.mapTo(window, widget.rect().topLeft())
    return corner.y() // 24, corner.x()
