"""听取 on the 报告 screen: noted, changed in place, deleted and brought back, found and opened."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.screens import shown
from tests.support.typing import commit
from ui.context import Context
from ui.reports.hearings_page import HearingsPage
from ui.screens.report import ReportScreen
from xuncha_desktop.services import export_records, hearings, lists, records
from xuncha_desktop.store import undo

Show = Callable[[], ReportScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    def make() -> ReportScreen:
        screen = shown(ReportScreen(context), qtbot)
        screen.beside.hearings.form.finish()
        screen.beside.show_page(screen.beside.hearings)
        return screen

    yield make


def hear(context: Context, day: str, **values: Any) -> str:
    begun = hearings.defaults(context.inspection) | {"held_on": day}
    return hearings.create(context.store, begun | values)


def rows(page: HearingsPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def stored(context: Context) -> list[dict[str, Any]]:
    return [records.load(context.store, "hearing", each).values for each in lists.ids(context.store, HEARINGS)]


HEARINGS = lists.Query("hearing")


def test_an_empty_page_says_what_belongs_here_and_takes_the_first_step(
    qtbot: QtBot, context: Context, show: Show, tmp_path: Path
) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(b"")
    store, inspection = context.store, context.inspection
    given = export_records.add(store, "report", file, inspection=inspection, draft=False, papers=1)
    page = show().beside.hearings
    assert page.first.isVisible()
    qtbot.mouseClick(page.first.button, Qt.MouseButton.LeftButton)
    assert page.form.boxes["layer"].editor.focus_widget().hasFocus()
    assert lists.ids(store, HEARINGS) == [], "nothing is there before something is written"
    page.form.focus("opinions")
    commit(page.form.boxes["opinions"].editor.focus_widget(), "把数字再核一遍。")
    page.form.focus("outcome")
    [hearing] = stored(context)
    assert (hearing["opinions"], hearing["inspection"], hearing["export"]) == ("把数字再核一遍。", inspection, given)
    assert page.form.boxes["export"].editor.value() == given
    assert [row.partition("　")[2] for row in rows(page)] == ["待落实　把数字再核一遍。"]


def test_hearings_are_listed_the_newest_first_with_what_is_still_to_be_done(context: Context, show: Show) -> None:
    hear(context, "2031-04-06", layer="office", way="on_site", listeners="主任", opinions="补证据", outcome="已补")
    newest = hear(context, "2031-04-20", layer="secretary", way="one_to_one", listeners="市委书记", opinions="再准确")
    screen = show()
    assert rows(screen.beside.hearings) == [
        "书记专题会　面对面单独听　4月20日　待落实　市委书记　再准确",
        "巡察办　现场及时听　4月6日　已记落实　主任　补证据",
    ]
    assert screen.beside.hearings.form.record == newest
    assert screen.beside.hearings.list.currentRow() == 0


def test_what_is_written_into_one_shows_in_its_row_and_undo_takes_it_back(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    hear(context, "2031-04-20", listeners="市委书记", opinions="再准确")
    older = hear(context, "2031-04-06", opinions="补证据")
    page = show().beside.hearings
    qtbot.mouseClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualItemRect(page.list.item(1)).center()
    )
    assert page.form.record == older
    page.form.focus("outcome")
    commit(page.form.boxes["outcome"].editor.focus_widget(), "已补合同。")
    page.form.focus("opinions")
    assert rows(page)[1] == "4月6日　已记落实　补证据"
    assert page.list.currentRow() == 1, "the row stood on stays"
    undo.undo(context.store)
    assert rows(page)[1] == "4月6日　待落实　补证据"
    assert page.form.boxes["outcome"].editor.value() == ""


def test_a_deleted_hearing_offers_undo_and_the_next_one_is_shown(
    qtbot: QtBot, context: Context, show: Show, told: list[str]
) -> None:
    hear(context, "2031-04-20", opinions="甲")
    left = hear(context, "2031-04-06", opinions="乙")
    page = show().beside.hearings
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert (rows(page), page.form.record) == (["4月6日　待落实　乙"], left)
    assert told[-1] == "已删除 1 条听取"
    undo.undo(context.store)
    assert len(rows(page)) == 2
    page.remove.click()
    page.remove.click()
    assert page.first.isVisible()
    assert not page.form.record


def test_the_count_stands_on_the_chip_and_follows_the_news(context: Context, show: Show) -> None:
    screen = show()
    chip = screen.beside.chips[screen.beside.hearings]
    assert chip.text() == "听取"
    hear(context, "2031-04-20")
    assert chip.text() == "听取　1"


def test_ctrl_n_begins_one_more_only_where_the_hearings_are_shown(context: Context, show: Show) -> None:
    screen = show()
    screen.new_record()
    page = screen.beside.hearings
    assert page.form.is_new
    assert page.form.boxes["held_on"].editor.value() == hearings.defaults("")["held_on"]
    screen.beside.show_page(screen.texts)
    page.form.clear()
    screen.new_record()
    assert not page.form.record


def test_a_hearing_is_opened_from_elsewhere(qtbot: QtBot, context: Context, show: Show) -> None:
    hear(context, "2031-04-20")
    older = hear(context, "2031-04-06")
    screen = show()
    screen.beside.show_page(screen.texts)
    assert screen.open_record("hearing", older)
    assert screen.beside.hearings.isVisible()
    assert (screen.beside.hearings.form.record, screen.beside.hearings.list.currentRow()) == (older, 1)
    assert screen.open_record("report", "")
    assert screen.texts.isVisible()
    assert not screen.open_record("paper", older)


def test_what_was_begun_before_the_program_ended_is_offered_again(context: Context, show: Show) -> None:
    context.drafts.put("hearing", "begun", "opinions", "没写完的意见", {}, {"inspection": context.inspection})
    page = show().beside.hearings
    assert page.unsaved.isVisible()
    page.unsaved.keep.click()
    assert page.form.boxes["opinions"].editor.value() == "没写完的意见"
    assert page.form.record == "begun"


def test_another_inspection_has_hearings_of_its_own(context: Context, show: Show) -> None:
    hear(context, "2031-04-20", opinions="甲")
    page = show().beside.hearings
    other = records.create(context.store, "inspection", {})
    context.choose_inspection(other)
    assert rows(page) == []
    assert not page.form.record
    assert page.first.isVisible()
