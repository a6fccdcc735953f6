"""The versions of a long text: compared in place, and taken back as one step of undo."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.forms import form_of, paper_form, stored
from tests.support.ready_papers import add_paper, write_report
from tests.support.typing import commit
from ui.context import Context
from ui.forms import rich_document
from ui.forms.notices import ONLY_SET
from ui.forms.text_history import TextHistory
from ui.screens.report import ReportScreen
from xuncha_desktop import rich
from xuncha_desktop.services import records, reports
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


def opened(widget: Any) -> TextHistory:
    """The popup that Ctrl+H opens at a text."""
    QTest.keyClick(widget, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    popup = next(w for w in widget.window().findChildren(TextHistory) if w.isVisible())
    assert isinstance(popup, TextHistory)
    return popup


def marks(popup: TextHistory) -> tuple[str, str]:
    """What is marked as taken out and as added."""
    taken = added = ""
    block = popup.text.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            taken += piece.text() if piece.charFormat().fontStrikeOut() else ""
            added += piece.text() if piece.charFormat().fontUnderline() else ""
            pieces += 1
        block = block.next()
    return taken, added


def three_versions(context: Context) -> str:
    report = write_report(context.store)
    for text in ("共有问题12个。", "共有问题14个。", "共有问题14个，较重。"):
        records.edit(context.store, "report", report, {"evaluation": text})
    return report


def test_a_version_shows_what_its_writer_changed_and_any_two_are_compared(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot, "report", three_versions(context))
    form.focus("evaluation")
    editor = form.boxes["evaluation"].editor.focus_widget()
    popup = opened(editor)
    assert popup.list.count() == 4
    assert "现在的文字" in popup.list.item(0).text()
    assert "甲虚构" in popup.list.item(1).text()
    qtbot.waitUntil(lambda: marks(popup) == ("", "，较重"))
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: marks(popup) == ("12", "14"))
    qtbot.keyClick(popup, Qt.Key.Key_Left)  # with itself
    qtbot.keyClick(popup, Qt.Key.Key_Left)
    assert popup.other.currentIndex() == 1, "the present text"
    qtbot.waitUntil(lambda: marks(popup) == ("", "，较重"))
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert editor.hasFocus()


def test_an_earlier_version_is_taken_back_as_one_step_of_undo(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot, "report", three_versions(context))
    form.focus("evaluation")
    popup = opened(form.boxes["evaluation"].editor.focus_widget())
    assert not popup.take.isEnabled(), "the present text is no earlier one"
    popup.list.setCurrentRow(2)
    qtbot.mouseClick(popup.take, Qt.MouseButton.LeftButton)
    assert stored(context, form)["evaluation"] == "共有问题12个。"
    assert form.boxes["evaluation"].editor.value() == "共有问题12个。"
    undo.undo(context.store)
    assert stored(context, form)["evaluation"] == "共有问题14个，较重。"


def test_what_was_typed_before_is_kept_as_a_version_of_its_own(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot, "report", three_versions(context))
    form.focus("evaluation")
    editor = form.boxes["evaluation"].editor.focus_widget()
    commit(editor, "刚写的")
    popup = opened(editor)
    popup.list.setCurrentRow(3)
    popup.take.click()
    assert stored(context, form)["evaluation"] == "总体评价。"
    undo.undo(context.store)
    assert "刚写的" in stored(context, form)["evaluation"]


def test_a_locked_text_shows_its_versions_and_takes_none_back(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, overview="概述")
    records.edit(context.store, "paper", form.record, {"overview": "另一个概述"})
    form.set_read_only(True)
    form.focus("overview")
    popup = opened(form.boxes["overview"].editor.focus_widget())
    popup.list.setCurrentRow(1)
    assert popup.take.isHidden()
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert stored(context, form)["overview"] == "另一个概述"


def test_a_connecting_text_has_its_versions_too(context: Context, qtbot: QtBot) -> None:
    write_report(context.store)
    add_paper(context.store, "甲")
    heading = next(each.heading for each in reports.plan(context.store, context.inspection) if each.entries) or ""
    for text in ("第一稿。", "第二稿。"):
        reports.write_text(context.store, context.inspection, heading, text)
    screen = ReportScreen(context)
    qtbot.addWidget(screen)
    screen.resize(1190, 700)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    section = next(each for each in screen.outline.sections if each.heading == heading)
    assert section.text
    section.text.editor.text.setFocus()
    popup = opened(section.text.editor.text)
    popup.list.setCurrentRow(1)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert section.text.editor.value() == "第一稿。"
    shown = next(each.text for each in reports.plan(context.store, context.inspection) if each.heading == heading)
    assert shown == "第一稿。"
    undo.undo(context.store)
    assert section.text.editor.value() == "第二稿。"


def test_versions_show_how_a_text_was_set_and_say_when_only_that_changed(context: Context, qtbot: QtBot) -> None:
    report = write_report(context.store)
    for text in ("一\n二", "\x1d一\n\x1d\x02二\x03", "1. 一\n2. 二"):
        records.edit(context.store, "report", report, {"evaluation": text})
    form = form_of(context, qtbot, "report", report)
    form.focus("evaluation")
    popup = opened(form.boxes["evaluation"].editor.focus_widget())
    qtbot.waitUntil(lambda: ONLY_SET in popup.said.text())
    popup.list.setCurrentRow(1)
    popup.other.setCurrentIndex(0)
    popup.other.activated.emit(0)
    assert rich.stored(rich_document.read(popup.text.document())) == "\x1d一\n\x1d\x02二\x03"
    qtbot.mouseClick(popup.take, Qt.MouseButton.LeftButton)
    assert stored(context, form)["evaluation"] == "\x1d一\n\x1d\x02二\x03"
    assert form.boxes["evaluation"].editor.value() == "\x1d一\n\x1d\x02二\x03"
