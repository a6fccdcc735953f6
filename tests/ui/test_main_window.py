"""The window of an open case: keys, undo across screens, jumping, locking, closing, narrow windows."""

import threading
import time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import new_paper
from tests.support.typing import another_writer, commit, compose, type_into
from tests.support.waiting import wait
from ui import ask
from ui.main_window import MainWindow
from ui.navigation import keys
from ui.screens.catalog import SCREENS
from ui.screens.papers import PapersScreen
from ui.search.panel import SearchPanel
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import records, search
from xuncha_desktop.store import backup, opening
from xuncha_desktop.store.opening import OpenCase

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
CTRL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Windows(QObject):
    """Notes every window of its own that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a window that is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def papers_of(window: MainWindow) -> PapersScreen:
    """The 底稿 screen, with its form made, in front."""
    screen = window.show_screen("papers")
    assert isinstance(screen, PapersScreen)
    screen.editor.form.finish()
    QApplication.processEvents()
    return screen


def paper_of(window: MainWindow, **values: object) -> PapersScreen:
    """A paper open on the 底稿 screen."""
    screen = papers_of(window)
    screen.open_record("paper", new_paper(window.context.store, **values))
    QApplication.processEvents()
    return screen


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key into whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_alt_and_a_number_reach_the_screens_in_order(window: MainWindow) -> None:
    found = {key: name for name, key in keys(SCREENS).items()}
    for place in range(1, 9):
        press(window, Qt.Key(Qt.Key.Key_0.value + place), ALT)
        current = window.current()
        assert current is not None
        assert found[f"Alt+{place}"] == current.NAME


def test_ctrl_and_a_number_reach_the_registers(window: MainWindow) -> None:
    found = {key: name for name, key in keys(SCREENS).items()}
    for place in range(1, 10):
        press(window, Qt.Key(Qt.Key.Key_0.value + place), Qt.KeyboardModifier.ControlModifier)
        current = window.current()
        assert current is not None
        assert found[f"Ctrl+{place}"] == current.NAME


def test_no_stray_window_appears_while_screens_are_made_and_records_shown(window: MainWindow, qtbot: QtBot) -> None:
    store = window.context.store
    members = list(records.options(store, "member"))
    seen = Windows()
    QApplication.instance().installEventFilter(seen)  # type: ignore[union-attr]  -- there is one
    for screen in SCREENS:
        window.show_screen(screen.name)
        wait(50)
    paper_of(window, handlers=members, parties=[{"kind": "", "name": "甲所", "note": ""}])
    QApplication.instance().removeEventFilter(seen)  # type: ignore[union-attr]  -- there is one
    assert seen.shown == []


def test_a_screen_left_saves_what_was_typed(window: MainWindow) -> None:
    screen = paper_of(window)
    type_into(screen.editor.form, "overview", "写到一半")
    window.show_screen("evidence")
    assert records.load(window.context.store, "paper", screen.editor.form.record).values["overview"] == "写到一半"


def test_a_field_named_with_a_paper_takes_the_cursor_there(window: MainWindow, qtbot: QtBot) -> None:
    papers_of(window)
    paper = new_paper(window.context.store, title="甲")
    for name, field in (("paper.overview", "overview"), ("paper", "title"), ("paper.basis", "basis")):
        window.show_screen("evidence")
        window.context.open_record.emit(name, paper)
        widget = papers_of(window).editor.form.boxes[field].editor.focus_widget()
        qtbot.waitUntil(widget.hasFocus)


def test_undo_inside_a_text_takes_back_typing_and_outside_the_last_action(window: MainWindow) -> None:
    screen = paper_of(window, title="题")
    form = screen.editor.form
    type_into(form, "overview", "一")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "abc")
    press(window, Qt.Key.Key_Z, CTRL)
    assert form.boxes["overview"].editor.value() in ("一", "")
    form.leave()
    records.edit(window.context.store, "paper", form.record, {"place": "财政所"})
    screen.panel.view().setFocus()
    press(window, Qt.Key.Key_Z, CTRL)
    assert records.load(window.context.store, "paper", form.record).values["place"] == ""
    assert window.status.words.text().startswith("已撤销：修改问题发生单位")
    press(window, Qt.Key.Key_Y, CTRL)
    assert records.load(window.context.store, "paper", form.record).values["place"] == "财政所"
    assert form.boxes["place"].editor.value() == "财政所"
    assert window.status.words.text().startswith("已重做：")


def test_undo_in_a_text_with_nothing_to_take_back_undoes_the_last_action(window: MainWindow) -> None:
    screen = paper_of(window, title="题")
    record = screen.editor.form.record
    records.edit(window.context.store, "paper", record, {"place": "财政所"})
    screen.editor.form.focus("overview")
    press(window, Qt.Key.Key_Z, CTRL)
    assert records.load(window.context.store, "paper", record).values["place"] == ""


def test_undo_of_many_changes_goes_on_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    store = window.context.store
    with store.write("导入 60 条单位") as session:
        for number in range(60):
            records.add(session, "unit", {"name": f"虚构单位{number}"})
    with qtbot.waitSignal(window.context.told) as told:
        press(window, Qt.Key.Key_Z, CTRL)
        assert window.jobs.busy
    assert told.args == ["已撤销：导入 60 条单位"]
    assert not [name for name in records.options(store, "unit").values() if name.startswith("虚构单位")]


def test_the_offer_to_undo_goes_away_once_something_else_was_written(window: MainWindow) -> None:
    screen = paper_of(window, title="甲")
    kept = new_paper(window.context.store, title="乙")
    screen.delete([screen.editor.form.record])
    assert window.status.undo.isVisible()
    assert window.status.words.text() == "已删除 1 份底稿"
    records.edit(window.context.store, "paper", kept, {"place": "财政所"})
    assert not window.status.undo.isVisible()


def test_the_offer_to_undo_takes_the_deletion_back(window: MainWindow) -> None:
    screen = paper_of(window, title="甲")
    record = screen.editor.form.record
    screen.delete([record])
    window.status.undo.click()
    assert screen.panel.model.ids() == [record]


def jump(window: MainWindow, text: str) -> SearchPanel:
    """Ctrl+K, these letters."""
    press(window, Qt.Key.Key_K, CTRL)
    panel = window.findChild(SearchPanel)
    assert panel is not None
    commit(panel.line, text)
    return panel


def test_ctrl_k_jumps_to_a_screen_by_pinyin_initials(window: MainWindow) -> None:
    QTest.keyClick(jump(window, "zj").line, Qt.Key.Key_Return)
    current = window.current()
    assert current is not None
    assert current.NAME == "evidence"


def test_ctrl_k_finds_a_paper_and_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    new_paper(window.context.store, title="别的")
    record = new_paper(window.context.store, title="办公用房出租")
    window.show_screen("evidence")
    search.catch_up(window.context.store)
    QTest.keyClick(jump(window, "办公用房").line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.current(), PapersScreen), timeout=10_000)
    screen = window.current()
    assert isinstance(screen, PapersScreen)
    assert screen.editor.form.record == record == screen.panel.current()


def test_escape_leaves_the_search_where_one_was(window: MainWindow) -> None:
    window.show_screen("evidence")
    panel = jump(window, "底稿")
    QTest.keyClick(panel.line, Qt.Key.Key_Escape)
    current = window.current()
    assert current is not None
    assert current.NAME == "evidence"
    assert panel.isHidden()


def test_the_count_beside_a_screen_follows_the_records(window: MainWindow, qtbot: QtBot) -> None:
    button = window.navigation._buttons["papers"]
    new_paper(window.context.store)
    qtbot.waitUntil(lambda: button.text().endswith("　1"))


def reopened(case: OpenCase) -> OpenCase:
    """The case as the next session finds it."""
    return opening.open_case(case.store.folder, PASSWORD)


def test_idling_saves_what_was_typed_and_closes_the_case(window: MainWindow, case: OpenCase, qtbot: QtBot) -> None:
    screen = paper_of(window)
    record = screen.editor.form.record
    widget = type_into(screen.editor.form, "overview", "人走开了")
    compose(widget, "半个词")
    with qtbot.waitSignal(window.locked):
        window.idle.idle.emit()
    assert case.closed
    with reopened(case) as again:
        assert records.load(again.store, "paper", record).values["overview"] == "人走开了半个词"
        assert not again.unclean


def test_locking_hides_at_once_and_backs_up_before_the_keys_are_dropped(
    window: MainWindow, case: OpenCase, qtbot: QtBot
) -> None:
    new_paper(case.store)
    with qtbot.waitSignal(window.locked):
        window.lock()
        assert window.isHidden()
        assert not case.closed
    assert case.closed
    [made] = backup.listing(case.store.folder)
    with reopened(case) as again:
        assert made.path == backup.last_backup(again.store.folder).path  # type: ignore[union-attr]  -- there is one
        assert not backup.changed_since_last(again.store)


def test_any_key_starts_the_idle_time_again(window: MainWindow) -> None:
    timer = window.idle.findChild(QTimer)
    assert isinstance(timer, QTimer)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.start(60_000)
    wait(100)
    began, before = time.monotonic(), timer.remainingTime()
    assert before < 60_000
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    passed = (time.monotonic() - began) * 1000
    assert timer.remainingTime() > before - passed + 50  # else it would have run on


def test_idling_in_front_of_a_question_answers_it_with_no_and_locks(
    window: MainWindow, case: OpenCase, qtbot: QtBot
) -> None:
    QTimer.singleShot(100, window.idle.idle.emit)
    with qtbot.waitSignal(window.locked):
        assert ask.confirm(window, "要清除吗？", "清除") is False
        assert not case.closed
    assert case.closed


def test_what_cannot_be_written_at_the_lock_is_a_draft_the_next_time(
    window: MainWindow, case: OpenCase, qtbot: QtBot
) -> None:
    screen = paper_of(window)
    record = screen.editor.form.record
    type_into(screen.editor.form, "overview", "忙时锁定")
    with another_writer(case.store), qtbot.waitSignal(window.locked):
        window.lock()
    with reopened(case) as again:
        [draft] = again.drafts.of("paper", record)
        assert (draft.field, draft.value) == ("overview", "忙时锁定")


def test_closing_saves_and_backs_up(window: MainWindow, case: OpenCase, qtbot: QtBot) -> None:
    screen = paper_of(window)
    record = screen.editor.form.record
    type_into(screen.editor.form, "overview", "收工")
    with qtbot.waitSignal(window.ended):
        window.close()
    assert case.closed
    assert not window.isVisible()
    with reopened(case) as again:
        assert records.load(again.store, "paper", record).values["overview"] == "收工"
        assert not backup.changed_since_last(again.store)


def test_closing_waits_for_a_job_that_can_still_be_cancelled(window: MainWindow, case: OpenCase, qtbot: QtBot) -> None:
    going = threading.Event()
    new_paper(case.store)

    def job(progress: Progress) -> None:
        while True:
            going.set()
            progress.step(0, 1, "很久")

    window.jobs.start("很久的工作", job, lambda _: None)
    qtbot.waitUntil(going.is_set)
    window.close()
    wait(50)
    assert not case.closed
    assert window.status.isEnabled()
    assert not window.stack.isEnabled()
    with qtbot.waitSignal(window.ended):
        window.jobs.cancel()
    assert case.closed


def test_locking_does_not_wait_for_a_job(window: MainWindow, case: OpenCase, qtbot: QtBot) -> None:
    def job(progress: Progress) -> None:
        while True:
            progress.step(0, 1, "很久")

    window.jobs.start("很久的工作", job, lambda _: None)
    with qtbot.waitSignal(window.locked):
        window.lock()
    assert case.closed


def test_a_narrow_window_shows_list_and_form_in_turns(window: MainWindow) -> None:
    new_paper(window.context.store, title="题")
    screen = papers_of(window)
    window.resize(911, 512)
    QApplication.processEvents()
    assert window.navigation.width() == 48
    assert screen.panel.isVisible()
    assert not screen.editor.isVisible()
    screen.panel.view().setFocus()
    press(window, Qt.Key.Key_Return)
    wait(20)
    assert screen.editor.isVisible()
    assert not screen.panel.isVisible()
    title = QApplication.focusWidget()
    assert isinstance(title, QLineEdit)
    press(window, Qt.Key.Key_Escape)
    assert screen.panel.isVisible()
    assert screen.panel.view().hasFocus()
    press(window, Qt.Key.Key_Return)
    wait(20)
    screen.split.back.click()
    assert screen.panel.isVisible()


def test_a_window_made_narrow_while_writing_keeps_the_form(window: MainWindow) -> None:
    screen = paper_of(window)
    screen.editor.form.focus("overview")
    window.resize(911, 512)
    QApplication.processEvents()
    assert screen.editor.isVisible()
    window.resize(1366, 728)
    QApplication.processEvents()
    assert screen.editor.isVisible()
    assert screen.panel.isVisible()
    assert not screen.split.back.isVisible()


def test_a_deletion_in_a_narrow_window_returns_to_the_list(window: MainWindow) -> None:
    screen = paper_of(window)
    screen.editor.form.focus("overview")
    window.resize(911, 512)
    QApplication.processEvents()
    screen.editor.head.delete_button.click()
    assert screen.panel.isVisible()
    assert not screen.editor.isVisible()
