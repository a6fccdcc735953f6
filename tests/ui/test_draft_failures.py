"""A disk that takes no drafts: the person is told calmly and once, and nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.forms import buttons, form_of, notice, paper_form, stored
from tests.support.journal_rows import new_paper
from tests.support.typing import commit, leave_field, text_of, type_into
from ui.context import Context
from ui.status_line import StatusLine
from xuncha_desktop.store.drafts import FILE_NAME, Drafts

LONG = "写不进去的长文字。" * 20_000
FULL = "草稿暂时写不进去（磁盘已满？）：文字还在窗口里，请先处理好磁盘，不要关闭程序"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@contextmanager
def no_room(drafts: Drafts) -> Iterator[None]:
    """SQLite itself refuses to let the drafts file grow, as it does on a full disk."""
    drafts._conn.execute("PRAGMA max_page_count=1")
    try:
        yield
    finally:
        drafts._conn.execute("PRAGMA max_page_count=1000000")


@pytest.fixture
def line(context: Context, qtbot: QtBot) -> StatusLine:
    """The line at the bottom of the window."""
    made = StatusLine(context)
    qtbot.addWidget(made)
    made.show()
    return made


def on_disk(context: Context, record: str) -> dict[str, object]:
    """What the drafts file itself holds, whatever is in memory."""
    rows = context.drafts._conn.execute("SELECT field, value FROM draft WHERE record = ?", (record,))
    return dict(rows.fetchall())


def test_the_person_is_told_once_and_told_when_it_is_over(context: Context, qtbot: QtBot, line: StatusLine) -> None:
    told: list[str] = []
    context.drafts_stuck.connect(told.append)
    form = paper_form(context, qtbot)
    with no_room(context.drafts):
        widget = type_into(form, "overview", LONG)
        qtbot.waitUntil(lambda: line.warning.isVisible(), timeout=4000)
        assert line.warning.text() == FULL
        commit(widget, "再写")
        form._drafts.write()
        context.flush_drafts()
        QApplication.processEvents()
        assert told == [FULL]
        assert QApplication.activeModalWidget() is None
        assert on_disk(context, form.record) == {}
    qtbot.waitUntil(lambda: not line.warning.isVisible(), timeout=6000)
    assert line.words.text() == "草稿已补写"
    assert told == [FULL, ""]
    assert len(str(on_disk(context, form.record)["overview"])) > len(LONG)
    assert text_of(form, "overview") == f"{LONG}再写"


def test_other_warnings_stand_beside_it_and_outlast_it(context: Context, qtbot: QtBot, line: StatusLine) -> None:
    line.warn("案卷检查不合格")
    context.drafts_stuck.emit(FULL)
    assert line.warning.text() == f"{FULL}；案卷检查不合格"
    line.warn("")
    assert line.warning.text() == FULL
    line.warn("备份没有做成")
    context.drafts_stuck.emit("")
    assert line.warning.text() == "备份没有做成"


def test_a_long_warning_makes_no_window_wider(line: StatusLine) -> None:
    before = line.minimumSizeHint().width()
    line.warn(FULL * 5)
    assert line.minimumSizeHint().width() < before + 100
    assert line.warning.toolTip() == FULL * 5


def test_saving_a_field_goes_on_and_leaves_no_draft_behind(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    with no_room(context.drafts):
        type_into(form, "overview", LONG)
        form._drafts.write()
        assert context.flush_drafts() is False
        leave_field(form)
        assert stored(context, form)["overview"] == LONG
        assert context.flush_drafts() is True
    assert context.drafts.every() == []


def test_text_that_cannot_be_saved_yet_outlives_another_record_in_between(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    record = form.record
    with no_room(context.drafts):
        type_into(form, "amount", "约" * 30_000)
        leave_field(form)
        assert "应为金额" in notice(form, "amount")
        form.load(new_paper(context.store))
        assert text_of(form, "amount") == ""
        form.load(record)
        assert text_of(form, "amount") == "约" * 30_000
        assert {"保留", "丢弃"} <= buttons(form, "amount").keys()
        buttons(form, "amount")["丢弃"].click()
        context.flush_drafts()  # what is dropped goes beside the window, like all of them
        assert context.drafts.of("paper", record) == []
    assert context.flush_drafts() is True


def test_a_new_record_with_no_room_for_its_draft_is_found_again(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot)
    with no_room(context.drafts):
        form.begin({"inspection": context.inspection})
        record = form.record
        type_into(form, "amount", "约" * 30_000)
        form.load(new_paper(context.store))
        [draft] = context.drafts.of("paper", record)
        assert (draft.field, draft.context) == ("amount", {"inspection": context.inspection})
        form.begin(draft.context, record)
        form.restore_new()
        assert text_of(form, "amount") == "约" * 30_000


def test_a_damaged_drafts_file_keeps_nothing_from_being_shown_or_saved(
    context: Context, qtbot: QtBot, line: StatusLine
) -> None:
    form = form_of(context, qtbot)
    record = new_paper(context.store, place="财政所")
    file = context.store.folder / FILE_NAME
    file.write_bytes(b"\0" * file.stat().st_size)
    form.load(record)
    assert text_of(form, "place") == "财政所"
    type_into(form, "place", "和农业中心")
    form._drafts.write()
    qtbot.waitUntil(lambda: line.warning.text().startswith("草稿"))
    leave_field(form)
    assert stored(context, form)["place"] == "财政所和农业中心"
