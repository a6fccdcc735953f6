"""Ctrl+K: what is typed is found beside the window, chosen with the keyboard, and opened at its place."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import new_paper
from tests.support.typing import commit, compose
from tests.support.waiting import wait
from ui import style
from ui.context import Context
from ui.jump import Jump
from ui.screens.catalog import SCREENS
from ui.screens.evidence import EvidenceScreen
from ui.search import latest
from ui.search.day_chip import DayPopup
from ui.search.panel import SearchPanel
from ui.search.rows import Heading, More, Place, Row
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import citing, evidence, records, search
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.services.search import Found, Hit, Query
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
Key = Qt.Key


class Desk:
    """A window with a line to come from, the search over it, and what it led to."""

    def __init__(self, context: Context, qtbot: QtBot, show: Callable[[str], object] | None = None) -> None:
        self.window = QWidget()
        self.window.resize(1366, 768)
        self.elsewhere = QLineEdit(self.window)
        qtbot.addWidget(self.window)
        self.window.show()
        QTest.qWaitForWindowActive(self.window)
        self.elsewhere.setFocus()
        self.qtbot, self.context = qtbot, context
        self.went: list[str] = []
        self.opened: list[tuple[str, str]] = []
        self.words: list[str] = []  # chosen in the records opened
        context.open_record.connect(lambda entity, record: self.opened.append((entity, record)))
        context.open_place.connect(self._note)
        self.jump = Jump(self.window, context, SCREENS, show or self.went.append)
        search.catch_up(context.store)

    def _note(self, place: citing.Place) -> None:
        self.opened.append((f"{place.record_kind}.{place.record_field}", place.record))
        self.words.append(place.passage)

    @property
    def panel(self) -> SearchPanel:
        return self.jump.make()

    def open(self, text: str = "") -> SearchPanel:
        """Ctrl+K, and this as one word of the input method."""
        self.jump.open()
        if text:
            commit(self.panel.line, text)
        return self.panel

    def look(self, text: str) -> SearchPanel:
        """The same, and wait for the answer."""
        panel = self.open(text)
        self.wait()
        return panel

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.panel._current, timeout=10_000)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.window, key)

    def rows(self) -> list[Row]:
        model = self.panel.model
        return [row for line in range(model.rowCount()) if (row := model.row(line)) is not None]

    def hits(self) -> list[str]:
        return [row.record for row in self.rows() if isinstance(row, Hit)]

    def chosen(self) -> Row | None:
        return self.panel.model.row(self.panel.list.currentIndex().row())


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Desk:
    return Desk(context, qtbot)


@pytest.fixture
def store(context: Context) -> Store:
    return context.store


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """Searches wait until they are let go or cancelled; calling this lets them go and tells which began."""
    gate, begun = threading.Event(), list[str]()
    real = search.find

    def find(store: Store, query: Query, progress: Progress) -> Found:
        begun.append(" ".join(query.words))
        while not gate.wait(0.01) and not progress.cancelled:
            pass
        return real(store, query, progress)

    def let_go() -> list[str]:
        gate.set()
        return begun

    monkeypatch.setattr(latest.search, "find", find)
    yield let_go
    gate.set()


def prepared(desk: Desk, **values: Any) -> str:
    """A paper that the index knows."""
    record = new_paper(desk.context.store, **values)
    search.catch_up(desk.context.store)
    return record


def test_enter_before_the_answer_opens_the_first_found(desk: Desk) -> None:
    record = prepared(desk, title="办公用房出租", number="临-JXG-0042")
    for text in ("办公用房", "0042", "bgyfcz"):
        desk.open(text)
        desk.press(Key.Key_Return)
        desk.qtbot.waitUntil(lambda: bool(desk.opened), timeout=10_000)
        assert desk.opened.pop() == ("paper", record)
        assert desk.panel.isHidden()


def test_a_record_is_opened_at_the_field_its_screen_can_show(desk: Desk, store: Store) -> None:
    talk = records.create(store, "interview", {"number": "T-甲乙", "text": "问：丙丁"})
    piece = records.create(store, "evidence", {"name": "租赁合同", "source": "虚构镇档案室"})
    member = records.create(store, "member", {"duty": "查虚构账目"})
    search.catch_up(store)
    for text, place, record in (
        ("丙丁", "interview.text", talk),
        ("T-甲乙", "interview", talk),
        ("档案室", "evidence.source", piece),
        ("租赁合同", "evidence", piece),
        ("虚构账目", "member.duty", member),
    ):
        desk.look(text)
        desk.press(Key.Key_Return)
        assert desk.opened.pop() == (place, record)
    assert desk.words == ["丙丁", "档案室", "虚构账目"]


def test_a_page_of_evidence_is_opened_at_that_page_in_its_inspection(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, int, str]] = []
    seen = lambda _, record, page, passage: shown.append((record, page, passage))  # noqa: E731
    monkeypatch.setattr(EvidenceScreen, "show_place", seen)
    screen = EvidenceScreen(context)
    qtbot.addWidget(screen)
    desk = Desk(context, qtbot, lambda name: screen if name == screen.NAME else None)
    there = records.create(context.store, "inspection", {"mode": "village"})
    values = {"name": "租赁合同", "file_hash": "a" * 64, "inspection": there}
    contract = records.create(context.store, "evidence", values)
    search.put_evidence_text(context.store, "a" * 64, ["封面", "押金两万"])
    search.catch_up(context.store)
    desk.look("押金两万")
    desk.press(Key.Key_Return)
    assert shown == [(contract, 2, "押金两万")]
    assert context.inspection == there


def test_screens_and_inspections_are_reached_by_name_or_initials(desk: Desk, context: Context) -> None:
    desk.open("zj")
    desk.press(Key.Key_Return)
    assert desk.went == ["evidence"]
    there = records.create(context.store, "inspection", {"mode": "village"})
    desk.open("延伸巡察")
    desk.press(Key.Key_Return)
    assert context.inspection == there


def test_without_words_the_screens_are_offered(desk: Desk) -> None:
    desk.open()
    assert [row.text for row in desk.rows() if isinstance(row, Place)] == [entry.title for entry in SCREENS]
    desk.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert desk.went == [SCREENS[2].name]


def test_arrows_go_from_line_to_line_and_leave_headings_out(desk: Desk) -> None:
    for number in range(2):
        prepared(desk, title=f"甲乙{number}")
    records.create(desk.context.store, "unit", {"name": "甲乙镇"})
    search.catch_up(desk.context.store)
    desk.look("甲乙")
    assert [row.text for row in desk.rows() if isinstance(row, Heading)] == ["问题底稿", "被巡察党组织"]
    seen = [desk.chosen()]
    for _ in range(3):
        desk.press(Key.Key_Down)
        seen.append(desk.chosen())
    assert [row.title for row in seen if isinstance(row, Hit)] == ["甲乙1", "甲乙0", "甲乙镇", "甲乙镇"]
    desk.press(Key.Key_PageUp)
    assert desk.chosen() == seen[0]


def test_all_of_a_kind_are_a_line_away(desk: Desk, store: Store) -> None:
    for number in range(8):
        prepared(desk, title=f"甲乙{number}")
    records.create(store, "unit", {"name": "甲乙镇"})
    search.catch_up(store)
    panel = desk.look("甲乙")
    desk.press(*[Key.Key_Down] * 5)
    more = desk.chosen()
    assert isinstance(more, More)
    assert more.text == "只看问题底稿，共 8 条"
    desk.press(Key.Key_Return)
    desk.wait()
    assert len(desk.hits()) == 8
    assert panel.filters.kind.isChecked()
    assert not [row for row in desk.rows() if isinstance(row, More)]
    panel.filters.none.click()
    desk.wait()
    assert len(desk.hits()) == 6
    panel.line.setText("甲乙 题目没有的字")
    desk.wait()
    assert desk.rows() == []


def test_of_the_only_kind_found_all_can_be_seen_too(desk: Desk) -> None:
    for number in range(7):
        prepared(desk, title=f"戊己{number}")
    desk.look("戊己")
    desk.press(*[Key.Key_Down] * 5, Key.Key_Return)
    desk.wait()
    assert len(desk.hits()) == 7


def test_a_word_still_being_composed_is_not_searched_and_keeps_its_keys(desk: Desk) -> None:
    prepared(desk, title="甲乙")
    panel = desk.look("甲")
    chosen = desk.chosen()
    compose(panel.line, "yi")
    assert panel.line.text() == "甲"
    desk.press(Key.Key_Down, Key.Key_Return)
    assert desk.chosen() == chosen
    assert panel.isVisible()
    assert desk.opened == []
    commit(panel.line, "乙")
    desk.wait()
    desk.press(Key.Key_Return)
    assert len(desk.opened) == 1


def test_the_next_key_ends_the_search_before(desk: Desk, held: Callable[[], list[str]]) -> None:
    wanted = prepared(desk, title="甲乙丙")
    prepared(desk, title="甲")
    panel = desk.open("甲")
    for letter in "乙丙":
        commit(panel.line, letter)
    begun = held()
    desk.wait()
    assert begun[0] == "甲"
    assert begun[-1] == "甲乙丙"
    assert desk.hits() == [wanted]


def test_typing_does_not_wait_for_the_search(desk: Desk, held: Callable[[], list[str]]) -> None:
    panel = desk.open("甲")
    wait(50)
    assert panel.foot.text() == "正在查找…"
    QTest.keyClicks(panel.line, "abc")
    assert panel.line.text() == "甲abc"
    assert held()[0] == "甲"
    desk.wait()


def test_what_was_found_before_cannot_be_opened_for_what_is_typed_now(
    desk: Desk, held: Callable[[], list[str]]
) -> None:
    prepared(desk, title="戊")
    wanted = prepared(desk, title="戊己")
    held()
    panel = desk.look("戊")
    assert len(desk.hits()) == 2
    commit(panel.line, "己")
    desk.press(Key.Key_Return)
    desk.qtbot.waitUntil(lambda: bool(desk.opened), timeout=10_000)
    assert desk.opened == [("paper", wanted)]


def test_words_and_chips_stay_and_identities_do_not(desk: Desk, store: Store) -> None:
    talk = records.create(store, "interview", {"text": "问答", "persons": [{"name": "张某某"}]})
    search.catch_up(store)
    panel = desk.look("张某某")
    assert desk.hits() == []
    assert panel.foot.text() == "没有找到“张某某”。"
    panel.filters.identities.click()
    desk.wait()
    assert desk.hits() == [talk]
    desk.press(Key.Key_Escape)
    assert desk.open().line.text() == "张某某"
    assert panel.line.selectedText() == "张某某"
    assert not panel.filters.identities.isChecked()
    desk.wait()
    assert desk.hits() == []


def test_escape_closes_from_anywhere_in_it_and_a_click_beside_it_too(desk: Desk) -> None:
    panel = desk.open("甲")
    desk.press(Key.Key_Escape)
    assert panel.isHidden()
    assert QApplication.focusWidget() is desk.elsewhere
    desk.open()
    panel.filters.days.setFocus()
    desk.press(Key.Key_Escape)
    assert panel.isHidden()
    desk.open()
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=panel.box.geometry().center())
    assert panel.isVisible()
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(5, 400))
    assert panel.isHidden()


def test_a_click_on_a_line_opens_it(desk: Desk) -> None:
    record = prepared(desk, title="甲乙")
    panel = desk.look("甲乙")
    place = panel.list.visualRect(panel.list.currentIndex()).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.opened == [("paper", record)]


def test_the_box_stays_inside_the_window(desk: Desk) -> None:
    panel = desk.open()
    for width, height in ((1366, 768), (760, 480), (911, 512)):
        desk.window.resize(width, height)
        QApplication.processEvents()
        assert panel.geometry() == desk.window.rect()
        assert panel.rect().contains(panel.box.geometry())


def test_chips_keep_to_what_they_say(desk: Desk, store: Store) -> None:
    draft = prepared(desk, title="甲乙", state="draft", dated="2031-04-16")
    done = prepared(desk, title="甲乙", state="approved", dated="2031-04-18")
    unit = records.create(store, "unit", {"name": "甲乙镇"})
    search.catch_up(store)
    panel = desk.look("甲乙")
    assert desk.hits() == [done, draft, unit]
    chips = panel.filters
    chips.state.keep_to("paper:draft")
    chips.changed.emit()
    desk.wait()
    assert desk.hits() == [draft]
    chips.clear()
    desk.wait()
    chips.days.click()
    popup = chips.days.findChild(DayPopup)
    assert popup is not None
    popup.since.setText("2031-4-17")
    QTest.keyClick(popup.since, Key.Key_Return)
    desk.wait()
    assert desk.hits() == [done]
    assert chips.days.text() == "4月17日— ▾"
    assert chips.none.isVisibleTo(panel)
    chips.none.click()
    desk.wait()
    assert desk.hits() == [done, draft, unit]


def test_days_that_are_none_are_told_in_place_and_the_usual_ones_are_a_click_away(desk: Desk) -> None:
    chip = desk.open().filters.days
    chip.click()
    popup = chip.findChild(DayPopup)
    assert popup is not None
    popup.until.setText("后年")
    popup._take()
    assert "“到”应为日期" in popup.fault.text()
    assert popup.isVisible()
    popup.since.setText("2031-5-2")
    popup.until.setText("2031-5-1")
    popup._take()
    assert chip.text() == "5月1日—5月2日 ▾"
    chip.click()
    next(popup for popup in chip.findChildren(DayPopup) if popup.isVisible())._take_last(1)
    today = date.today().isoformat()
    assert (chip.since, chip.until) == (today, today)


def test_the_words_stand_out_on_the_screen(desk: Desk) -> None:
    prepared(desk, title="很长的题目" * 40 + "甲乙", overview="前文甲乙后文" * 60)
    panel = desk.look("甲乙")
    ground = style.color("returned_tint")

    def marked() -> bool:
        picture = panel.list.viewport().grab().toImage()
        every = (picture.pixelColor(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3))
        return any(color == ground for color in every)

    desk.qtbot.waitUntil(marked)
    panel.line.setText("没有的词")
    desk.wait()
    assert not marked()


def test_only_kinds_that_a_screen_shows_are_looked_for(desk: Desk) -> None:
    shown = frozenset[str]().union(*(entry.screen.OPENS for entry in SCREENS))
    assert {"paper", "interview", "unit", search.PAGES} <= set(desk.jump._kinds()) <= {*shown, search.PAGES}


def test_the_index_follows_what_is_written_while_the_panel_is_open(desk: Desk, store: Store) -> None:
    panel = desk.look("甲乙")
    assert desk.hits() == []
    record = new_paper(store, title="甲乙")
    panel._ask()
    desk.qtbot.waitUntil(lambda: desk.hits() == [record], timeout=15_000)
    assert "索引正在更新" not in panel.foot.text()


def test_a_case_opened_for_the_first_time_gets_its_index_without_being_asked(context: Context, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    record = new_paper(context.store, title="甲乙")
    jump = Jump(window, context, SCREENS, lambda name: None)
    with qtbot.waitSignal(jump._keeper.caught_up, timeout=15_000):
        jump.keep_up()
    (group,) = search.find(context.store, Query(["甲乙"])).groups
    assert [hit.record for hit in group.hits] == [record]


def test_evidence_that_is_still_being_read_is_found_without_typing_again(desk: Desk, context: Context) -> None:
    word = "农贸市场摊位费"
    file = Incoming("收费明细.txt", f"三月{word}八百元".encode())
    evidence.register(context.store, evidence.store_files(context.store, [file], Progress()), context.inspection)
    panel = desk.look(word)
    assert desk.hits() == []
    assert "结果可能不全" in panel.foot.text()
    desk.qtbot.waitUntil(lambda: bool(desk.hits()), timeout=20_000)
    assert "结果可能不全" not in panel.foot.text()


def test_enter_presses_the_buttons_of_the_box_and_of_its_days(desk: Desk) -> None:
    prepared(desk, title="甲乙", state="draft", dated="2031-04-16")
    chips = desk.look("甲乙").filters
    chips.state.keep_to("paper:approved")
    chips._tell()
    desk.wait()
    assert desk.hits() == []
    chips.none.setFocus()
    desk.press(Key.Key_Return)
    assert not chips.state.isChecked()
    chips.identities.setFocus()
    desk.press(Key.Key_Enter)
    assert chips.identities.isChecked()
    chips.days.click()
    popup = chips.days.findChild(DayPopup)
    assert popup is not None
    week = popup.findChildren(QToolButton)[0]
    week.setFocus()
    desk.press(Key.Key_Return)
    assert chips.days.isChecked()
