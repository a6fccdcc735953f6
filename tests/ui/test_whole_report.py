"""报告全文: follows what is typed and what changes, leads to the source, keeps what is read in its place."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper, write_report
from tests.support.set_texts import RICH
from ui.context import Context
from ui.forms.rich_text import RichTextEditor
from ui.screens.report import ReportScreen
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.services import records, reports
from xuncha_desktop.store import undo

Show = Callable[[], ReportScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    def make() -> ReportScreen:
        screen = ReportScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1190, 700)
        screen.show()
        screen.texts.form.finish()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        qtbot.keyClick(screen, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        assert screen.show_whole.isChecked()
        settle(qtbot, screen)
        return screen

    yield make


def settle(qtbot: QtBot, screen: ReportScreen) -> None:
    """Until the view is what was asked for last."""
    with qtbot.waitSignal(screen.whole.view.shown):
        screen.whole.refresh()


def read(screen: ReportScreen) -> list[str]:
    """What stands in the document, which must be what its lines say."""
    text = screen.whole.view.toPlainText().split("\n")
    assert text == [line.text for line in screen.whole.view.lines]
    return text


def click(qtbot: QtBot, screen: ReportScreen, number: int) -> None:
    """Click the first characters of a line."""
    view = screen.whole.view
    cursor = view.textCursor()
    cursor.setPosition(view.document().findBlockByNumber(number).position())
    view.setTextCursor(cursor)
    view.ensureCursorVisible()
    at = view.cursorRect(cursor).center() + QPoint(4, 0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_final_report_is_shown_without_the_mark_of_a_draft_and_its_gaps_are_counted(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    screen = show()
    assert "（草稿）" in read(screen)
    with qtbot.waitSignal(screen.whole.view.shown):
        screen.final.click()
    text = read(screen)
    assert "（草稿）" not in text
    assert f"还有 {''.join(text).count(GAP)} 处{GAP}" in screen.whole.faults.words.text()


def test_what_is_typed_stands_in_the_whole_report_before_it_is_saved(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    write_report(context.store)
    add_paper(context.store, "会议费报销不合规")
    screen = show()
    assert "1.会议费报销不合规" in read(screen)
    with qtbot.waitSignal(screen.whole.view.shown):
        screen.texts.form.boxes["evaluation"].editor.focus_widget().insertPlainText("正在写的话。")  # pyright: ignore
    assert "正在写的话。总体评价。" in read(screen)
    assert records.load(context.store, "report", screen.texts.report()).values["evaluation"] == "总体评价。"


def test_papers_that_come_move_and_go_are_followed(qtbot: QtBot, context: Context, show: Show) -> None:
    write_report(context.store)
    papers = [add_paper(context.store, title) for title in "甲乙丙丁"]
    screen = show()

    def points() -> list[str]:
        return [line.text for line in screen.whole.view.lines if line.style == "problem"]

    assert points() == ["1.甲", "2.乙", "3.丙", "4.丁"]
    with qtbot.waitSignal(screen.whole.view.shown):
        reports.arrange(context.store, context.inspection, [papers[3], *papers[:3]])
    assert points() == ["1.丁", "2.甲", "3.乙", "4.丙"]
    with qtbot.waitSignal(screen.whole.view.shown):
        reports.leave_out(context.store, context.inspection, papers[1], True)
    assert points() == ["1.丁", "2.甲", "3.丙"]
    read(screen)
    view = screen.whole.view
    for number, line in enumerate(view.lines):
        centred = view.document().findBlockByNumber(number).blockFormat().alignment() & Qt.AlignmentFlag.AlignHCenter
        assert bool(centred) == (line.style in ("title", "subtitle"))


def test_a_click_on_a_problem_opens_its_paper_and_on_a_text_its_field(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    write_report(context.store)
    paper = add_paper(context.store, "甲")
    screen = show()
    lines = screen.whole.view.lines
    with qtbot.waitSignal(context.open_record) as opened:
        click(qtbot, screen, next(place for place, line in enumerate(lines) if line.style == "problem"))
    assert opened.args == ["paper.title", paper]
    click(qtbot, screen, next(place for place, line in enumerate(lines) if line.source.field == "leadership"))
    assert screen.texts.form.boxes["leadership"].editor.focus_widget().hasFocus()


def test_a_finding_leads_to_its_very_words(qtbot: QtBot, context: Context, show: Show) -> None:
    report = write_report(context.store)
    add_paper(context.store, "甲")
    records.edit(context.store, "report", report, {"evaluation": "😀市委巡视组发现。"})
    screen = show()
    faults = screen.whole.faults
    assert faults.words.text() == "核对出 1 处，单击到所在的地方"
    faults.list.itemActivated.emit(faults.list.item(0))
    editor = screen.texts.form.boxes["evaluation"].editor.focus_widget()
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == "巡视"  # pyright: ignore


def test_a_finding_in_a_connecting_text_leads_back_to_the_outline(qtbot: QtBot, context: Context, show: Show) -> None:
    write_report(context.store)
    add_paper(context.store, "甲")
    section = next(each for each in reports.plan(context.store, context.inspection) if each.entries)
    assert section.heading
    reports.write_text(context.store, context.inspection, section.heading, "共有问题7个。")
    screen = show()
    screen.whole.faults.list.itemActivated.emit(screen.whole.faults.list.item(0))
    assert not screen.show_whole.isChecked()
    widget = next(each.text for each in screen.outline.sections if each.heading == section.heading)
    assert widget is not None
    assert widget.editor.text.hasFocus()
    assert widget.editor.text.textCursor().selectedText() == "7"


def test_what_is_read_stays_where_it_is_while_lines_above_it_grow(qtbot: QtBot, context: Context, show: Show) -> None:
    report = write_report(context.store)
    for number in range(30):
        add_paper(context.store, f"问题{number}")
    screen = show()
    view = screen.whole.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    before = view.cursorForPosition(QPoint(0, 0))
    words, top = before.block().text(), view.cursorRect(before).top()
    with qtbot.waitSignal(view.shown):
        records.edit(context.store, "report", report, {"evaluation": "加长的评价。\n" * 12})
    after = view.cursorForPosition(QPoint(0, max(0, top)))
    assert after.block().text() == words
    assert abs(view.cursorRect(after).top() - top) <= 2


def test_a_place_is_mended_by_a_button_and_all_others_by_the_next(qtbot: QtBot, context: Context, show: Show) -> None:
    report = write_report(context.store)
    add_paper(context.store, "甲", overview="市委巡视组发现。")
    records.edit(context.store, "report", report, {"evaluation": "市委巡视组发现问题9个,不少。"})
    screen = show()
    faults = screen.whole.faults
    rows = [faults.list.item(row).text() for row in range(faults.list.count())]
    assert len(rows) == 4
    assert "（底稿已锁定，退回后在底稿里改）" in rows[3]
    assert faults.repair_all.text() == "全部改正 2 处", "the number is looked at, the paper is locked"
    assert not faults.repair.isEnabled(), "none is chosen"
    faults.list.setCurrentRow(3)
    assert not faults.repair.isEnabled()
    faults.list.setCurrentRow(1)
    qtbot.mouseClick(faults.repair, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: faults.list.count() == 3)
    assert screen.texts.form.boxes["evaluation"].editor.value() == "市委巡视组发现问题1个,不少。"
    qtbot.mouseClick(faults.repair_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: faults.list.count() == 1)
    assert screen.texts.form.boxes["evaluation"].editor.value() == "市委巡察组发现问题1个，不少。"
    qtbot.waitUntil(lambda: "市委巡察组发现问题1个，不少。" in read(screen))
    assert faults.repair_all.isHidden()
    undo.undo(context.store)
    assert screen.texts.form.boxes["evaluation"].editor.value() == "市委巡视组发现问题1个,不少。"


def test_what_is_being_typed_is_saved_and_mended_with_the_rest(qtbot: QtBot, context: Context, show: Show) -> None:
    report = write_report(context.store)
    screen = show()
    with qtbot.waitSignal(screen.whole.view.shown):
        screen.texts.form.boxes["evaluation"].editor.focus_widget().insertPlainText("市委巡视组,")  # pyright: ignore
    with qtbot.waitSignal(context.told) as told:
        screen.whole.faults.repair_all.click()
    assert told.args == ["已改正 2 处"]
    assert records.load(context.store, "report", report).values["evaluation"] == "市委巡察组，总体评价。"


def test_bold_words_lists_and_tables_are_seen_and_a_click_leads_into_them(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    report = write_report(context.store)
    records.edit(context.store, "report", report, {"evaluation": RICH})
    screen = show()
    lines = read(screen)
    start = lines.index("• 甲")
    assert lines[start : start + 6] == ["• 甲", "• 乙", "1. 一", "2. 二", "项\t数", "合计\t12"]
    document = screen.whole.view.document()
    block = document.findBlockByNumber(start + 5)
    pieces = {}
    at = block.begin()
    while not at.atEnd():
        pieces[at.fragment().text()] = at.fragment().charFormat().fontWeight() > 500
        at += 1
    assert pieces == {"合": True, "计\t12": False}
    assert len(block.blockFormat().tabPositions()) == 2
    click(qtbot, screen, start + 5)
    editor = screen.texts.form.boxes["evaluation"].editor
    assert isinstance(editor, RichTextEditor)
    assert editor.text.hasFocus()
    assert editor.text.textCursor().currentTable().cellAt(editor.text.textCursor()).row() == 1


def test_a_fault_in_bold_words_is_chosen_where_it_stands(qtbot: QtBot, context: Context, show: Show) -> None:
    report = write_report(context.store)
    records.edit(context.store, "report", report, {"evaluation": "一。\n\x1e市委\x1f巡\x02视\x03组"})
    screen = show()
    [fault] = [one for one in screen.whole.faults._faults if one.passage and one.passage.field == "evaluation"]
    screen.whole._lead(fault)
    cursor = screen.texts.form.boxes["evaluation"].editor.focus_widget().textCursor()  # pyright: ignore
    assert cursor.selectedText() == "巡视"


def test_a_face_chosen_in_the_settings_shows_in_every_line(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    context.settings.font_faces["仿宋"] = "Noto Serif CJK SC"
    settle(qtbot, screen)
    document = screen.whole.view.document()
    body = [place for place, line in enumerate(screen.whole.view.lines) if line.style == "body" and line.text]
    families = {document.findBlockByNumber(place).charFormat().fontFamilies()[0] for place in body}
    assert families == {"Noto Serif CJK SC"}
