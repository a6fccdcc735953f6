"""The list of what a paper cites: records beside evidence, their order, and what has to be looked at again."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper, the_inspection
from ui.forms.elided_button import ElidedButton
from ui.papers.citations import CitationsEditor
from xuncha_desktop.model import fields
from xuncha_desktop.services import citing, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store.journal import Changes
from xuncha_desktop.store.store import Store

TEXT = "问：账是谁管的？\n答：出纳一人保管印章和支票。"


@pytest.fixture
def talk(store: Store) -> str:
    values = {"inspection": the_inspection(store), "number": "T-JXG-0001", "text": TEXT}
    return records.create(store, "interview", values)


def place_in(talk: str, passage: str = "出纳一人保管印章") -> Place:
    start = TEXT.index(passage)
    return Place(record_kind="interview", record=talk, record_field="text", start=start, passage=passage)


@pytest.fixture
def paper(store: Store, talk: str) -> str:
    found = add_paper(store, "印章管理不严", state="draft")
    citing.cite(store, found, place_in(talk))
    return found


def rows(store: Store, paper: str) -> Any:
    return records.load(store, "paper", paper).values["citations"]


@pytest.fixture
def editor(store: Store, paper: str, qtbot: QtBot) -> CitationsEditor:
    known = partial(citing.described, store), partial(citing.hash_now, store)
    made = CitationsEditor(fields("paper")["citations"], lambda _: (), *known)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_value(rows(store, paper))
    made.show()
    return made


def test_text_on_the_clipboard_is_not_taken_without_a_word(editor: CitationsEditor, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("会议记录第3页")
    with qtbot.waitSignal(editor.cleaned) as said:
        QTest.keyClick(editor.add_files, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["剪贴板里没有图片或文件，这里没有贴上什么；文字请贴到文字栏目里。"]


def shown(editor: CitationsEditor) -> list[str]:
    return [label.text() for label in editor.findChildren(QLabel) if label.isVisible()]


def buttons(editor: CitationsEditor) -> list[ElidedButton]:
    found = [button for button in editor.findChildren(ElidedButton) if button.isVisible()]
    return sorted(found, key=lambda button: button.y())


def test_a_record_stands_with_its_code_and_place_and_opens(editor: CitationsEditor, talk: str, qtbot: QtBot) -> None:
    assert "第1页第2行" in shown(editor)
    assert [button.accessibleName() for button in buttons(editor)][1] == "查看：谈话记录（T-JXG-0001）第1页第2行"
    with qtbot.waitSignal(editor.opened) as opened:
        buttons(editor)[1].click()
    assert opened.args == [place_in(talk)]


def test_words_of_a_text_are_where_they_are_found_and_no_page_is_asked_for(
    store: Store, editor: CitationsEditor, paper: str, qtbot: QtBot
) -> None:
    proof = records.create(store, "evidence", {"name": "情况说明", "number": "证-JXG-0001", "file_name": "说明.txt"})
    citing.cite(store, paper, Place(proof, passage="护栏去年就坏了，\n群众反映强烈没有人管"))
    editor.set_value(rows(store, paper))
    qtbot.waitUntil(lambda: len(buttons(editor)) == 3)
    place = "“护栏去年就坏了， 群众反映强烈没……”处"
    assert place in shown(editor)
    assert buttons(editor)[2].accessibleName() == f"查看：情况说明（证-JXG-0001）{place}"
    assert len(editor._lines) == 1
    with qtbot.waitSignal(editor.opened) as opened:
        buttons(editor)[2].click()
    assert opened.args == [Place(proof, passage="护栏去年就坏了，\n群众反映强烈没有人管")]


def test_alt_and_arrows_change_the_order_and_the_numbers_follow(editor: CitationsEditor, qtbot: QtBot) -> None:
    before = [row["id"] for row in editor.value()]
    buttons(editor)[1].setFocus()
    with qtbot.waitSignal(editor.committed):
        qtbot.keyClick(buttons(editor)[1], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row["id"] for row in editor.value()] == before[::-1]
    qtbot.waitUntil(lambda: [b.property("citation") for b in buttons(editor)] == before[::-1])
    assert buttons(editor)[0].hasFocus()
    assert [text for text in shown(editor) if text in ("1.", "2.")] == ["1.", "2."]
    qtbot.keyClick(buttons(editor)[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row["id"] for row in editor.value()] == before[::-1]


def test_a_changed_passage_is_said_below_its_line(
    store: Store, editor: CitationsEditor, paper: str, talk: str, qtbot: QtBot
) -> None:
    records.edit(store, "interview", talk, {"text": TEXT.replace("一人", "两人")})
    editor.set_value(rows(store, paper))
    qtbot.waitUntil(lambda: any("已没有所引的这段话" in text for text in shown(editor)))
    assert "所引的话已不在原文" in shown(editor)
    assert "全文" not in shown(editor)
    assert settling(editor) == []  # nothing is there to be looked at


def settling(editor: CitationsEditor) -> list[QToolButton]:
    return [b for b in editor.findChildren(QToolButton) if b.text() == "已核对" and b.isVisible()]


def test_a_changed_record_is_settled_by_a_button_that_tab_reaches(
    store: Store, editor: CitationsEditor, paper: str, talk: str, qtbot: QtBot
) -> None:
    citing.cite(store, paper, Place(record_kind="interview", record=talk))
    records.edit(store, "interview", talk, {"text": f"{TEXT}\n问：还有吗？"})
    editor.set_value(rows(store, paper))
    qtbot.waitUntil(lambda: len(settling(editor)) == 1)
    [button] = settling(editor)
    assert button.accessibleName() == "已核对：谈话记录（T-JXG-0001）"
    reached = buttons(editor)[2]
    reached.setFocus()
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget() or editor, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button
    with qtbot.waitSignal(editor.committed):
        QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: settling(editor) == [])
    assert not any("修改" in text for text in shown(editor))
    records.edit(store, "paper", paper, {"citations": editor.value()})
    assert [each.stale for each in citing.described(store, rows(store, paper))] == ["", "", ""]
    editor.set_read_only(True)
    records.edit(store, "interview", talk, {"text": TEXT})
    editor.set_value(rows(store, paper))
    qtbot.waitUntil(lambda: any("引用后有修改" in text for text in shown(editor)))
    assert settling(editor) == []


def test_news_of_what_is_cited_leaves_alone_what_is_being_typed(
    store: Store, editor: CitationsEditor, talk: str, qtbot: QtBot
) -> None:
    editor._lines[0].setFocus()
    editor._lines[0].setText("3-7")
    line = editor._lines[0]
    records.edit(store, "interview", talk, {"text": TEXT.replace("一人", "两人")})
    assert not editor.follow(Changes({"interview": {"another"}}))
    assert editor.follow(Changes({"interview": {talk}}))
    qtbot.waitUntil(lambda: any("已没有所引的这段话" in text for text in shown(editor)))
    assert editor._lines[0] is line
    assert line.hasFocus()
    with qtbot.waitSignal(editor.committed):
        line.editingFinished.emit()
    assert editor.value()[0]["pages"] == "3-7"


def test_pages_typed_beside_a_record_are_kept(editor: CitationsEditor) -> None:
    editor._lines[0].setText("3-5")
    assert [row["pages"] for row in editor.value()] == ["3-5", ""]
    editor.set_value(editor.value())
    assert editor._lines[0].text() == "3-5"


def test_what_stood_before_stays_where_another_is_added(
    store: Store, editor: CitationsEditor, paper: str, talk: str, qtbot: QtBot
) -> None:
    before = buttons(editor)
    editor._lines[0].setFocus()
    citing.cite(store, paper, place_in(talk, "支票"))
    editor.set_value(rows(store, paper))
    qtbot.waitUntil(lambda: len(buttons(editor)) == 3)
    assert buttons(editor)[:2] == before
    assert editor._lines[0].hasFocus()
    assert [text for text in shown(editor) if text in ("1.", "2.", "3.")] == ["1.", "2.", "3."]
