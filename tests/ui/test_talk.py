"""谈话: turns begun by a key, and a passage that becomes a cited proof with one gesture."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.field_desk import new_record
from tests.support.ready_papers import add_paper
from tests.support.registers import Desk
from ui.context import Context
from ui.forms.long_text import LongTextEditor, Writing
from ui.forms.picker import Picker
from ui.records.cite_button import CiteButton
from ui.records.register_screen import RegisterScreen
from ui.records.talk_panel import TalkPanel
from ui.screens.interviews import InterviewsScreen
from xuncha_desktop.services import citing, records

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

TEXT = "问：账是谁管的？\n答：出纳一人保管印章和支票。"


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> RegisterScreen:
    """The register with one talk shown."""
    desk = Desk(context, qtbot)
    made = desk.open(InterviewsScreen)
    made.open_record("interview", new_record(context.store, "interview", text=TEXT))
    made.editor.form.finish()
    QTest.qWaitForWindowActive(made)
    QApplication.processEvents()
    return made


def writing(screen: RegisterScreen) -> Writing:
    editor = screen.editor.form.boxes["text"].editor
    assert isinstance(editor, LongTextEditor)
    return editor.text


def outline(screen: RegisterScreen) -> Writing:
    editor = screen.editor.form.boxes["outline"].editor
    assert isinstance(editor, LongTextEditor)
    return editor.text


def summaries(screen: RegisterScreen) -> list[Writing]:
    found = screen.editor.form.boxes["summaries"].editor.findChildren(Writing)
    return sorted((text for text in found if text.isVisible()), key=lambda text: text.mapTo(screen, QPoint()).y())


def cited_now(screen: RegisterScreen) -> tuple[str, str]:
    button = screen.editor.findChild(CiteButton)
    assert button is not None
    return button.place().record_field, button.place().passage


def cite(screen: RegisterScreen) -> None:
    button = screen.editor.findChild(CiteButton)
    assert button is not None
    button.click()


def select(text: Writing, words: str) -> None:
    text.setFocus()
    cursor = text.textCursor()
    start = text.toPlainText().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)


def choose(screen: RegisterScreen, words: str) -> None:
    picker = next(p for p in screen.findChildren(Picker) if p.isVisible())
    item = next(i for i in map(picker.list.item, range(picker.list.count())) if i.text().startswith(words))
    picker.list.itemClicked.emit(item)


def test_the_next_turn_begins_on_a_line_of_its_own(screen: RegisterScreen) -> None:
    text = writing(screen)
    screen.editor.form.focus("text")
    QTest.qWaitForWindowActive(screen)
    assert text.hasFocus()
    text.moveCursor(text.textCursor().MoveOperation.End)
    for expected in ("问：", "答："):
        QTest.keyClick(text, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        assert text.toPlainText().splitlines()[-1] == expected
        QTest.keyClicks(text, "ok")
    assert text.toPlainText() == f"{TEXT}\n问：ok\n答：ok"


def test_a_selected_passage_is_cited_in_a_paper_that_is_there(screen: RegisterScreen, context: Context) -> None:
    paper = add_paper(context.store, "印章管理不严", state="draft", citations=())
    select(writing(screen), "出纳一人保管印章")
    cite(screen)
    choose(screen, "印章管理")
    rows = records.load(context.store, "paper", paper).values["citations"]
    number = records.load(context.store, "interview", screen.editor.form.record).values["number"]
    with context.store.read() as session:
        assert [cited.words for cited in citing.in_words(session, rows)] == [f"谈话记录（{number}）第1页第2行"]
    assert [row["passage"] for row in rows] == ["出纳一人保管印章"]


def test_only_what_is_selected_where_the_keyboard_was_last_is_cited(screen: RegisterScreen) -> None:
    outline(screen).setPlainText("提纲里的话")
    select(outline(screen), "提纲")
    assert cited_now(screen) == ("outline", "提纲")
    select(writing(screen), "出纳一人")
    assert cited_now(screen) == ("text", "出纳一人")
    assert outline(screen).textCursor().selectedText() == ""
    screen.editor.form.focus("place")
    assert cited_now(screen) == ("", "")
    assert writing(screen).textCursor().selectedText() == ""


def test_a_selection_stays_where_the_keyboard_leaves_the_form(screen: RegisterScreen) -> None:
    select(writing(screen), "出纳一人")
    screen.panel.setFocus()
    assert cited_now(screen) == ("text", "出纳一人")


def test_a_passage_of_a_summary_is_cited_with_its_row(screen: RegisterScreen, context: Context, qtbot: QtBot) -> None:
    form, store = screen.editor.form, context.store
    said = [
        {"topic": "people", "summary": "选人先定人后走程序", "goes_to": "paper"},
        {"topic": "people", "summary": "三组路灯坏了半年", "goes_to": "quick_fix"},
    ]
    records.edit(store, "interview", form.record, {"summaries": said})
    qtbot.waitUntil(lambda: len(summaries(screen)) == 2)
    paper = add_paper(store, "选人程序倒置", state="draft", citations=())
    select(summaries(screen)[0], "先定人")
    cite(screen)
    choose(screen, "选人程序")
    number = records.load(store, "interview", form.record).values["number"]
    rows = records.load(store, "paper", paper).values["citations"]
    assert [(c.words, c.stale) for c in citing.described(store, rows)] == [(f"谈话记录（{number}）摘要第1条", "")]
    select(summaries(screen)[1], "三组路灯坏了半年")
    cite(screen)
    offered = next(p for p in screen.findChildren(Picker) if p.isVisible()).list
    new = [text for row in range(offered.count()) if (text := offered.item(row).text()).startswith("新")]
    assert [text.split()[0] for text in new] == ["新立行立改", "新底稿"]  # as the row itself says
    with qtbot.waitSignal(context.begin_record) as begun:
        choose(screen, "新立行立改")
    entity, values = begun.args or ("", {})
    assert (entity, values["facts"]) == ("quick_fix", "三组路灯坏了半年")
    assert [c.place for c in citing.described(store, values["citations"])] == ["摘要第2条"]


def test_a_whole_talk_begins_a_new_paper_with_source_and_citation(
    screen: RegisterScreen, context: Context, qtbot: QtBot
) -> None:
    cite(screen)
    with qtbot.waitSignal(context.begin_record) as begun:
        choose(screen, "新底稿")
    entity, values = begun.args or ("", {})
    assert (entity, values["sources"], values["verified_facts"]) == ("paper", ("interview",), TEXT)
    assert [row["record"] for row in values["citations"]] == [screen.editor.form.record]


def test_the_head_counts_what_the_summary_hands_on(screen: RegisterScreen) -> None:
    panel = screen.findChild(TalkPanel)
    assert panel is not None
    panel.show_record("", {"summaries": ({"id": "1", "summary": "租金账外存放两年", "goes_to": "paper"},)})
    assert panel.counts.text() == "摘要转底稿或立行立改 1 条，转线索 0 条"
