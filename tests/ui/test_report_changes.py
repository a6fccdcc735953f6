"""与上次听取相比 on the 报告 screen: what is compared, how it reads, where a click leads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper, export_report, write_report
from tests.support.screens import shown
from ui import style
from ui.context import Context
from ui.reports.changes_page import ChangesPage
from ui.screens.report import ReportScreen
from xuncha_desktop.services import hearings, records, reports

Show = Callable[[], ReportScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    screens: list[ReportScreen] = []

    def make() -> ReportScreen:
        screen = shown(ReportScreen(context), qtbot)
        screen.beside.show_page(screen.beside.changes)
        screens.append(screen)
        compared(qtbot, screen.beside.changes)
        return screen

    yield make
    for screen in screens:
        assert screen.beside.changes._runner.wait_all(5000)


@pytest.fixture
def paper(context: Context) -> str:
    write_report(context.store)
    return add_paper(context.store, "会议费报销不合规", overview="涉及资金38.20万元，时间较长。")


def compared(qtbot: QtBot, page: ChangesPage) -> None:
    """Until the comparison has come and is written out."""
    qtbot.waitUntil(lambda: not page._runner.busy and not page.view._turns.busy, timeout=20_000)


def lines(page: ChangesPage) -> list[str]:
    return page.view.toPlainText().split("\n")


def styled(page: ChangesPage, words: str) -> tuple[bool, bool]:
    """Whether words of the view are struck out, underlined."""
    cursor = page.view.document().find(words)
    found = cursor.charFormat()
    return found.fontStrikeOut(), found.fontUnderline()


def test_before_the_first_export_it_says_so_and_offers_to_export(qtbot: QtBot, context: Context, show: Show) -> None:
    page = show().beside.changes
    assert page.first.isVisible()
    with qtbot.waitSignal(page.export_asked):
        qtbot.mouseClick(page.first.button, Qt.MouseButton.LeftButton)


def test_nothing_changed_since_the_last_export_is_said(
    context: Context, show: Show, paper: str, tmp_path: Path
) -> None:
    export_report(context.store, tmp_path)
    page = show().beside.changes
    assert page.verdict.text() == "没有变化：两份报告的文字、次序和数字都一样。"
    assert not page.view.isVisible()
    assert not page.copy.isEnabled()


def test_changes_stand_in_the_order_of_the_report_with_their_words_marked(
    qtbot: QtBot, context: Context, show: Show, paper: str, tmp_path: Path
) -> None:
    export_report(context.store, tmp_path)
    records.edit(context.store, "paper", paper, {"overview": "涉及资金40.00万元，时间很长。"})
    add_paper(context.store, "新来的")
    page = show().beside.changes
    [heading] = [section.title for section in reports.plan(context.store, context.inspection) if section.entries]
    assert page.verdict.text() == "新增 1 个问题，改动 1 处，数字 2 处"
    assert lines(page) == [
        "开头部分",
        "【数字】形成问题底稿　1 → 2 份",
        heading,
        "【改动】底稿“会议费报销不合规”的问题概述",
        "涉及资金38.2040.00万元，时间较很长。",
        "【新增】“新来的”　第 2 个问题",
        "后面部分",
        "【数字】涉及金额合计　12.50 → 25.00 万元",
    ]
    assert (styled(page, "38.20"), styled(page, "40.00")) == ((True, False), (False, True))


def test_a_click_or_enter_leads_to_where_a_change_is_written(
    qtbot: QtBot, context: Context, show: Show, paper: str, tmp_path: Path
) -> None:
    export_report(context.store, tmp_path)
    records.edit(context.store, "paper", paper, {"overview": "另一个概述。"})
    records.edit(
        context.store, "report", reports.of_inspection(context.store, context.inspection), {"evaluation": "新评价。"}
    )
    screen = show()
    page = screen.beside.changes
    at = page.view.cursorRect(page.view.document().find("另一个概述")).center()
    with qtbot.waitSignal(context.open_record) as opened:
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == ["paper.overview", paper]
    cursor = page.view.document().find("新评价")
    cursor.clearSelection()
    page.view.setTextCursor(cursor)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.texts.form.boxes["evaluation"].editor.focus_widget().hasFocus)
    screen.beside.show_page(page)
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    page.view.setTextCursor(cursor)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.isVisible(), "the name of a part leads nowhere"


def test_the_last_hearing_is_proposed_and_any_two_exports_can_be_compared(
    qtbot: QtBot, context: Context, show: Show, paper: str, tmp_path: Path
) -> None:
    first = export_report(context.store, tmp_path)
    records.edit(context.store, "paper", paper, {"overview": "第二个概述。"})
    second = export_report(context.store, tmp_path)
    records.edit(context.store, "paper", paper, {"overview": "第三个概述。"})
    hearing = {"layer": "secretary", "held_on": "2031-04-06", "inspection": context.inspection, "export": first}
    hearings.create(context.store, hearing)
    page = show().beside.changes
    assert page.since.currentText().startswith("4月6日书记专题会听取（")
    assert (page.since.currentData(), page.until.currentText()) == (first, "现在的报告")
    assert "第三个概述" in page.view.toPlainText()
    page.until.setCurrentIndex(page.until.findData(second))
    page.until.activated.emit(page.until.currentIndex())
    compared(qtbot, page)
    assert "第二个概述" in page.view.toPlainText()
    page.since.setCurrentIndex(page.since.findData(second))
    page.since.activated.emit(page.since.currentIndex())
    compared(qtbot, page)
    assert page.verdict.text().startswith("没有变化")
    hearings.create(context.store, hearing | {"held_on": "2031-04-07"})
    compared(qtbot, page)
    assert page.since.currentData() == second, "what was chosen by hand stays"


def test_it_follows_the_case_while_it_is_looked_at(
    qtbot: QtBot, context: Context, show: Show, paper: str, tmp_path: Path
) -> None:
    export_report(context.store, tmp_path)
    screen = show()
    page = screen.beside.changes
    records.edit(context.store, "paper", paper, {"overview": "另一个概述。"})
    compared(qtbot, page)
    assert page.verdict.text() == "改动 1 处"
    screen.beside.show_page(screen.texts)
    records.edit(context.store, "paper", paper, {"title": "另一个题目"})
    assert not page._runner.busy
    screen.beside.show_page(page)
    compared(qtbot, page)
    assert page.verdict.text() == "改动 2 处"


def test_all_of_it_is_copied_as_text(
    qtbot: QtBot, context: Context, show: Show, paper: str, tmp_path: Path, told: list[str]
) -> None:
    export_report(context.store, tmp_path)
    records.edit(context.store, "paper", paper, {"overview": "涉及资金40.00万元，时间较长。"})
    page = show().beside.changes
    page.copy.click()
    head, summary, _, change, old, new = QApplication.clipboard().text().split("\n")
    assert head.startswith("现在的报告与20")
    assert (summary, change) == ("改动 1 处", "【改动】底稿“会议费报销不合规”的问题概述")
    assert (old, new) == ("原：涉及资金38.20万元，时间较长。", "现：涉及资金40.00万元，时间较长。")
    assert told[-1] == "已复制 1 处改动"


def test_its_colours_follow_the_theme(
    qtbot: QtBot, context: Context, show: Show, paper: str, tmp_path: Path, qapp: QApplication
) -> None:
    export_report(context.store, tmp_path)
    records.edit(context.store, "paper", paper, {"overview": "另一个概述。"})
    page = show().beside.changes
    style.apply(qapp, "dark", 14)
    compared(qtbot, page)
    cursor = page.view.document().find("另一个概述")
    assert cursor.charFormat().foreground().color() == style.color("text")
