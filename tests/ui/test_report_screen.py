"""报告: the outline, the connecting texts, the report's own texts, the list of exports."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.ready_papers import add_paper, write_report
from ui.context import Context
from ui.elided_label import ElidedLabel
from ui.reports.entry_row import ENTRY
from ui.reports.section import HeadingSection
from ui.screens.report import ReportScreen
from xuncha_desktop.services import lists, records, reports
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
        # Fields are saved when the focus leaves them, and only an active window has a focus.
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return screen

    yield make


def test_approved_papers_stand_under_the_heading_of_their_type_with_place_number_and_amount(
    context: Context, show: Show
) -> None:
    add_paper(context.store, "会议费报销不合规")
    add_paper(context.store, "工程未招标", amount=None)
    screen = show()
    section = _filled(screen)
    assert _titles(section) == ["会议费报销不合规", "工程未招标"]
    assert section.title.text().startswith("（一）")
    assert section.numbers.text() == "2 个问题　12.50 万元"
    assert screen.summary.text() == "写入 2 个问题，涉及 12.50 万元"
    spoken = section.entries.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "写入，第1个，会议费报销不合规，〔2031〕09-01-09-XGZ-DG-001，12.50万元"


def test_alt_with_an_arrow_moves_a_paper_and_undo_moves_it_back(qtbot: QtBot, context: Context, show: Show) -> None:
    for title in "甲乙丙":
        add_paper(context.store, title)
    screen = show()
    entries = _filled(screen).entries
    entries.setFocus()
    qtbot.keyClick(entries, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(entries, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _titles(_filled(screen)) == ["乙", "丙", "甲"]
    assert entries.currentItem().data(ENTRY).title == "甲", "the moved paper stays chosen"
    qtbot.keyClick(entries, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _titles(_filled(screen)) == ["乙", "丙", "甲"]
    undo.undo(context.store)
    assert _titles(_filled(screen)) == ["乙", "甲", "丙"]


def test_a_dragged_paper_keeps_its_new_place(qtbot: QtBot, context: Context, show: Show) -> None:
    for title in "甲乙丙":
        add_paper(context.store, title)
    screen = show()
    model = _filled(screen).entries.model()
    # What the view does at the end of a drag.
    model.moveRow(model.index(0, 0).parent(), 2, model.index(0, 0).parent(), 0)
    qtbot.waitUntil(lambda: _planned(context) == ["丙", "甲", "乙"])
    assert _titles(_filled(screen)) == ["丙", "甲", "乙"]


def test_space_leaves_a_paper_out_and_says_so_in_words(qtbot: QtBot, context: Context, show: Show) -> None:
    first = add_paper(context.store, "甲")
    add_paper(context.store, "乙")
    screen = show()
    entries = _filled(screen).entries
    entries.setFocus()
    qtbot.keyClick(entries, Qt.Key.Key_Space)
    [left_out] = [e.paper for s in reports.plan(context.store, context.inspection) for e in s.entries if e.left_out]
    assert left_out == first
    assert entries.item(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("不写入")
    assert screen.summary.text().startswith("写入 1 个问题")
    qtbot.keyClick(entries, Qt.Key.Key_Space)
    assert screen.summary.text().startswith("写入 2 个问题")


def test_a_click_on_the_tick_toggles_and_a_click_beside_it_only_chooses(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    add_paper(context.store, "甲")
    screen = show()
    entries = _filled(screen).entries
    row = entries.visualItemRect(entries.item(0))
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert not entries.item(0).data(ENTRY).left_out
    tick = row.center()
    tick.setX(20)
    qtbot.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert entries.item(0).data(ENTRY).left_out


def test_enter_opens_the_paper(qtbot: QtBot, context: Context, show: Show) -> None:
    paper = add_paper(context.store, "甲")
    entries = _filled(show()).entries
    entries.setFocus()
    with qtbot.waitSignal(context.open_record) as opened:
        qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert opened.args == ["paper", paper]


def test_unapproved_papers_are_counted_and_their_list_opens_in_place(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    draft = add_paper(context.store, "还没写完", state="draft")
    add_paper(context.store, "不用的", state="rejected")
    screen = show()
    waiting = screen.outline.unapproved
    assert waiting.line.text() == "另有 1 份未审签，不进入报告"
    assert not waiting.list.isVisible()
    qtbot.keyClick(waiting.line, Qt.Key.Key_Space)
    assert [waiting.list.item(row).text() for row in range(waiting.list.count())] == ["○ 草稿　还没写完"]
    with qtbot.waitSignal(context.open_record) as opened:
        waiting.list.itemActivated.emit(waiting.list.item(0))
    assert opened.args == ["paper", draft]
    records.edit(context.store, "paper", draft, {"state": "approved"})
    assert not waiting.isVisible()


def test_a_connecting_text_is_saved_when_it_is_left_and_hides_when_it_is_emptied(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    add_paper(context.store, "甲")
    screen = show()
    text = _filled(screen).text
    assert text is not None
    assert not text.editor.isVisible()
    text.begin.click()
    text.editor.text.insertPlainText("主要是：")
    screen.export_report.setFocus()
    section = next(s for s in reports.plan(context.store, context.inspection) if s.entries)
    assert section.text == "主要是："
    assert text.editor.isVisible()
    text.editor.text.setFocus()
    text.editor.text.selectAll()
    qtbot.keyClick(text.editor.text, Qt.Key.Key_Delete)
    screen.export_report.setFocus()
    assert not text.editor.isVisible()
    assert text.begin.isVisible()


def test_news_do_not_disturb_a_connecting_text_being_typed(qtbot: QtBot, context: Context, show: Show) -> None:
    add_paper(context.store, "甲")
    screen = show()
    text = _filled(screen).text
    assert text is not None
    text.begin.click()
    text.editor.text.insertPlainText("写到一半")
    add_paper(context.store, "乙")
    assert _titles(_filled(screen)) == ["甲", "乙"]
    assert text.editor.value() == "写到一半"
    assert text.editor.text.hasFocus()


def test_a_connecting_text_lost_in_a_crash_comes_back(qtbot: QtBot, context: Context, show: Show) -> None:
    add_paper(context.store, "甲")
    screen = show()
    text = _filled(screen).text
    assert text is not None
    text.begin.click()
    text.editor.text.insertPlainText("还没存下")
    qtbot.waitUntil(lambda: bool(context.drafts.every()), timeout=4000)
    again = _filled(show()).text
    assert again is not None
    assert again.editor.value() == "还没存下"
    again.leave()
    assert any(section.text == "还没存下" for section in reports.plan(context.store, context.inspection))
    context.flush_drafts()
    assert not context.drafts.every()


def test_a_report_is_begun_only_when_asked_for_and_then_written_in_the_form(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    screen = show()
    assert not lists.ids(context.store, lists.Query("report")), "looking at the screen writes nothing"
    assert _primary(screen) == [screen.texts.first.button]
    screen.texts.first.button.click()
    [report] = lists.ids(context.store, lists.Query("report"))
    assert _primary(screen) == [screen.export_report]
    editor = screen.texts.form.boxes["evaluation"].editor.focus_widget()
    editor.setFocus()
    qtbot.keyClicks(editor, "evaluated")
    screen.export_report.setFocus()
    assert records.load(context.store, "report", report).values["evaluation"] == "evaluated"


def test_a_finding_of_the_report_puts_the_cursor_into_its_field(qtbot: QtBot, context: Context, show: Show) -> None:
    report = write_report(context.store)
    records.edit(context.store, "report", report, {"leadership": ""})
    screen = show()
    screen.final.click()
    screen.export_report.click()
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)
    found = screen.exporter.panel.sheet.list
    rows = [row for row in range(found.count()) if "对领导班子" in found.item(row).text()]
    found.setCurrentRow(rows[0])
    qtbot.keyClick(found, Qt.Key.Key_Return)
    editor = screen.texts.form.boxes["leadership"].editor.focus_widget()
    qtbot.waitUntil(editor.hasFocus)


def test_an_export_appears_in_the_list_of_exports(qtbot: QtBot, context: Context, show: Show, tmp_path: Path) -> None:
    add_paper(context.store, "甲")
    screen = show()
    assert screen.history.line.text() == "还没有导出过"
    with answering(folder=tmp_path), qtbot.waitSignal(screen.exporter.exported, timeout=20_000):
        screen.export_ledger.click()
        qtbot.waitUntil(screen.exporter.panel.sheet.isVisible, timeout=20_000)
        screen.exporter.panel.sheet.go.click()
    assert screen.history.line.text() == "导出记录　1"
    assert "甲虚构　1 份底稿" in screen.history.last.text()
    assert screen.history.last.toolTip() == screen.history.last.text()
    assert isinstance(screen.history.last, ElidedLabel)
    assert "已导出" in screen.exporter.panel.notice.sentence, "the news of the export do not take its line away"
    screen.history.line.click()
    [file] = tmp_path.glob("*.xlsx")
    assert screen.history.list.item(0).text().startswith(file.name)


def test_where_the_window_is_narrow_outline_and_texts_take_turns(qtbot: QtBot, context: Context, show: Show) -> None:
    add_paper(context.store, "甲")
    write_report(context.store)
    screen = show()
    screen.resize(860, 460)
    qtbot.waitUntil(screen.write_texts.isVisible)
    assert not screen.texts.isVisible()
    screen.write_texts.click()
    assert screen.texts.isVisible()
    assert not screen.left.isVisible()
    screen.split.back.click()
    assert screen.left.isVisible()
    assert _filled(screen).entries.hasFocus()


def test_the_arrow_key_goes_on_into_the_next_heading(qtbot: QtBot, context: Context, show: Show) -> None:
    add_paper(context.store, "甲")
    add_paper(context.store, "乙", problem_type=_type(context, "B"))
    screen = show()
    first, second = [section.entries for section in screen.outline.sections if section.entries.count()]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    assert (first.current(), second.current()) == ("", second.papers()[0])


def test_papers_without_a_heading_are_shown_and_explained(context: Context, show: Show) -> None:
    add_paper(context.store, "没分类", problem_type=None)
    screen = show()
    last = screen.outline.sections[-1]
    assert last.heading is None
    assert last.text is None
    assert "没有对应的标题" in last.note.text()


def test_without_an_inspection_the_screen_says_what_to_do(context: Context, show: Show) -> None:
    context.choose_inspection("")
    screen = show()
    assert "还没有巡察任务" in screen.outline.nothing.text()
    assert not screen.export_report.isEnabled()
    assert not screen.texts.first.button.isEnabled()


def test_the_count_is_that_of_the_papers_which_go_in(context: Context) -> None:
    add_paper(context.store, "甲")
    add_paper(context.store, "乙", state="adopted")
    add_paper(context.store, "丙", destination="oral")
    add_paper(context.store, "丁", state="draft")
    assert ReportScreen.count(context) == 2


def test_titles_full_of_markup_are_shown_as_they_are(context: Context, show: Show) -> None:
    add_paper(context.store, "<b>甲</b><img src=x>")
    report = write_report(context.store)
    records.edit(context.store, "report", report, {"title": "<b>标题</b>"})
    inspection = records.load(context.store, "inspection", context.inspection).values
    heading_set = records.load(context.store, "round", inspection["round"]).values["heading_set"]
    rows = records.load(context.store, "heading_set", heading_set).values["headings"]
    marked = tuple({**row, "title": f"<i>{row['title']}</i>"} for row in rows)
    records.edit(context.store, "heading_set", heading_set, {"headings": marked})
    screen = show()
    suspicious = [label for label in screen.findChildren(QLabel) if "<" in label.text()]
    assert suspicious, "the headings are labels"
    assert {label.textFormat() for label in suspicious} == {Qt.TextFormat.PlainText}


def _filled(screen: ReportScreen) -> HeadingSection:
    """The first heading that has papers."""
    return next(section for section in screen.outline.sections if section.entries.count())


def _titles(section: HeadingSection) -> list[str]:
    return [section.entries.item(row).data(ENTRY).title for row in range(section.entries.count())]


def _planned(context: Context) -> list[str]:
    return [entry.title for section in reports.plan(context.store, context.inspection) for entry in section.entries]


def _type(context: Context, level1: str) -> str:
    return lists.ids(context.store, lists.Query("problem_type", {"level1": level1}))[0]


def test_a_heading_without_papers_is_one_quiet_line(context: Context, show: Show) -> None:
    add_paper(context.store, "会议费报销不合规")
    screen = show()
    filled = _filled(screen)
    empty = [section for section in screen.outline.sections if section.heading and not section.entries.count()]
    assert empty
    for section in empty:
        assert section.aside.isVisible()
        assert not section.entries.isVisible()
        assert section.text is not None
        assert not section.text.begin.isVisible()
        assert section.height() < 2 * section.title.sizeHint().height()
    assert not filled.aside.isVisible()
    assert filled.text is not None
    assert filled.text.begin.isVisible()


def test_a_text_under_a_heading_that_lost_its_papers_stays_in_sight(context: Context, show: Show) -> None:
    screen = show()
    section = next(section for section in screen.outline.sections if section.heading)
    assert section.heading
    reports.write_text(context.store, context.inspection, section.heading, "总的看，")
    screen.refresh(None)
    assert section.text is not None
    assert section.text.editor.isVisible()


def _primary(screen: ReportScreen) -> list[QPushButton]:
    return [
        button
        for button in screen.findChildren(QPushButton)
        if button.isVisible() and button.property("kind") == "primary"
    ]
