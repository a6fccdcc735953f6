"""谈话: turns begun by a key, and a passage that becomes a cited proof with one gesture."""

import pytest
from PySide6.QtCore import Qt
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
    QApplication.processEvents()
    return made


def writing(screen: RegisterScreen) -> Writing:
    editor = screen.editor.form.boxes["text"].editor
    assert isinstance(editor, LongTextEditor)
    return editor.text


def cite(screen: RegisterScreen) -> None:
    button = screen.editor.findChild(CiteButton)
    assert button is not None
    button.click()


def select(text: Writing, words: str) -> None:
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


def test_a_whole_talk_begins_a_new_paper_with_source_and_citation(
    screen: RegisterScreen, context: Context, qtbot: QtBot
) -> None:
    cite(screen)
    with qtbot.waitSignal(context.begin_record) as begun:
        choose(screen, "新底稿")
    entity, values = begun.args or ("", {})
    assert (entity, values["sources"], values["verified_facts"]) == ("paper", ("interview",), TEXT)
    assert [row["record"] for row in values["citations"]] == [screen.editor.form.record]
