"""A click on a citation leads to its place: another screen comes forward, with the words cited chosen there."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.evidence_files import add_evidence
from tests.support.field_desk import new_record
from tests.support.ready_papers import add_paper
from tests.support.screens import shown
from tests.support.waiting import wait
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from ui.forms.form_layout import FormScroll
from ui.forms.long_text import Writing
from ui.papers.citations import CitationsEditor
from ui.screen import Screen
from ui.screens.catalog import SCREENS
from ui.screens.evidence import EvidenceScreen
from ui.screens.papers import PapersScreen
from ui.tables.record_model import CELLS_ROLE
from ui.ways import Ways
from xuncha_desktop.services import cited_texts, citing, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TALK = "\n".join(f"问：第{turn}个问题？\n答：这是第{turn}个回答，内容若干。" for turn in range(60))


class Desk:
    """The screens of a window, each made when it is shown, and the ways between them."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context, self.store, self.qtbot = context, context.store, qtbot
        self.told: list[str] = []
        context.told.connect(self.told.append)
        self.stack = shown(QStackedWidget(), qtbot)
        self.stack.resize(1180, 700)
        self.screens: dict[str, Screen] = {}
        self.ways = Ways(context, SCREENS, self.show)

    def show(self, name: str) -> Screen:
        """Bring a screen forward."""
        if name not in self.screens:
            entry = next(entry for entry in SCREENS if entry.name == name)
            self.screens[name] = entry.screen(self.context)
            self.stack.addWidget(self.screens[name])
        self.stack.setCurrentWidget(self.screens[name])
        return self.screens[name]

    def follow(self, paper: str) -> Screen:
        """Open a paper and click on its only citation."""
        screen = self.show("papers")
        assert isinstance(screen, PapersScreen)
        screen.editor.form.finish()
        screen.open_record("paper", paper)
        wait(50)
        editor = screen.editor.form.boxes["citations"].editor
        assert isinstance(editor, CitationsEditor)
        next(button for button in editor.findChildren(ElidedButton) if button.property("citation")).click()
        QApplication.processEvents()
        found = self.stack.currentWidget()
        assert isinstance(found, Screen)
        return found


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Desk:
    return Desk(context, qtbot)


def cite(desk: Desk, place: Place) -> str:
    paper = add_paper(desk.store, "印章管理不严", state="draft", citations=())
    citing.cite(desk.store, paper, place)
    return paper


def focus() -> Writing:
    found = QApplication.focusWidget()
    assert isinstance(found, Writing)
    return found


def is_seen(text: Writing) -> bool:
    """Whether the line with the cursor is in the part of the form that is seen."""
    scroll = text.parentWidget()
    while not isinstance(scroll, FormScroll):
        assert scroll is not None
        scroll = scroll.parentWidget()
    line = text.cursorRect().center()
    return scroll.viewport().rect().contains(text.viewport().mapTo(scroll.viewport(), line))


def chosen(words: str) -> bool:
    text = QApplication.focusWidget()
    return isinstance(text, Writing) and text.textCursor().selectedText() == words


def test_a_passage_of_a_long_talk_is_chosen_and_seen(desk: Desk) -> None:
    words = "答：这是第50个回答，内容若干。"
    talk = new_record(desk.store, "interview", text=TALK)
    paper = cite(desk, Place(record_kind="interview", record=talk, record_field="text", start=900, passage=words))
    records.edit(desk.store, "interview", talk, {"text": f"（补记）\n{TALK}"})
    assert desk.follow(paper).NAME == "interviews"
    desk.qtbot.waitUntil(lambda: chosen(words))
    desk.qtbot.waitUntil(lambda: is_seen(focus()))


def test_a_passage_of_a_summary_is_chosen_in_its_own_row(desk: Desk) -> None:
    said = [{"topic": "people", "summary": f"第{line}条：选人先定人"} for line in range(6)]
    talk = new_record(desk.store, "interview", text=TALK, summaries=said)
    row = records.load(desk.store, "interview", talk).values["summaries"][4]
    place = cited_texts.place_in_row("summaries", row["id"], "summary")
    where = Place(record_kind="interview", record=talk, record_field=place, start=4, passage="选人先定人")
    paper = cite(desk, where)
    desk.follow(paper)
    desk.qtbot.waitUntil(lambda: chosen("选人先定人"))
    assert focus().toPlainText() == row["summary"]
    desk.qtbot.waitUntil(lambda: is_seen(focus()))


def test_words_that_are_gone_are_said_to_be_gone(desk: Desk) -> None:
    talk = new_record(desk.store, "interview", text=TALK)
    paper = cite(desk, Place(None, "", "", "interview", talk, "text", 0, "问：第0个问题？"))
    records.edit(desk.store, "interview", talk, {"text": "问：改过了？"})
    assert desk.follow(paper).NAME == "interviews"
    desk.qtbot.waitUntil(lambda: desk.told == ["这句话已不在原文里，请核对。"])
    assert focus().toPlainText() == "问：改过了？"


def test_the_paper_that_is_shown_says_at_once_what_became_of_its_citations(desk: Desk) -> None:
    talk = new_record(desk.store, "interview", text=TALK)
    paper = cite(desk, Place(None, "", "", "interview", talk, "text", 0, "问：第0个问题？"))
    screen = desk.show("papers")
    assert isinstance(screen, PapersScreen)
    screen.editor.form.finish()
    screen.open_record("paper", paper)
    desk.qtbot.waitUntil(lambda: screen.editor.form.record == paper)
    gauge = screen.editor.gauge

    def said() -> list[str]:
        found = [*screen.editor.findChildren(QLabel), *gauge.findChildren(QToolButton)]
        return [widget.text() for widget in found if widget.isVisible()]

    def lacks() -> str:
        line = screen.panel.model.index(screen.panel.model.row_of(paper), 0)
        return str(line.data(CELLS_ROLE))

    assert not any("失效" in text for text in said())
    records.edit(desk.store, "interview", talk, {"text": "问：改过了？"})
    desk.qtbot.waitUntil(lambda: "☐ 支撑材料第1条引用失效，请另引或删去" in said())
    desk.qtbot.waitUntil(lambda: "所引的话已不在原文" in said())
    assert "失效引用的更换" in lacks()
    undo.undo(desk.store)
    desk.qtbot.waitUntil(lambda: not any("失效" in text for text in said()))
    assert "失效" not in lacks()


def test_what_somebody_has_looked_at_is_settled_and_undo_asks_again(desk: Desk) -> None:
    talk = new_record(desk.store, "interview", text=TALK)
    paper = cite(desk, Place(record_kind="interview", record=talk))
    screen = desk.show("papers")
    assert isinstance(screen, PapersScreen)
    screen.editor.form.finish()
    screen.open_record("paper", paper)
    desk.qtbot.waitUntil(lambda: screen.editor.form.record == paper)
    records.edit(desk.store, "interview", talk, {"text": f"{TALK}\n问：还有吗？"})

    def settling() -> list[QToolButton]:
        found = screen.editor.citations.findChildren(QToolButton)
        return [button for button in found if button.text() == "已核对" and button.isVisible()]

    def stale() -> list[bool]:
        rows = records.load(desk.store, "paper", paper).values["citations"]
        return [bool(each.stale) for each in citing.described(desk.store, rows)]

    desk.qtbot.waitUntil(lambda: len(settling()) == 1)
    settling()[0].click()
    desk.qtbot.waitUntil(lambda: settling() == [])
    assert stale() == [False]
    undo.undo(desk.store)
    desk.qtbot.waitUntil(lambda: len(settling()) == 1)
    assert stale() == [True]


def test_words_of_a_text_file_are_marked_in_the_viewer(desk: Desk) -> None:
    text = "".join(f"第{line}行的情况说明。\n" for line in range(3000)) + "护栏去年就坏了。\n"
    proof = add_evidence(desk.store, "情况说明.txt", text.encode())
    screen = desk.follow(cite(desk, Place(proof, passage="护栏去年就坏了。")))
    assert isinstance(screen, EvidenceScreen)
    shown_text = screen.viewer.preview.text
    desk.qtbot.waitUntil(lambda: shown_text.textCursor().selectedText() == "护栏去年就坏了。", timeout=10_000)
