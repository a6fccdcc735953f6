"""The editor of rich texts: keys, tools, tables, copy and paste."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.random_text import RandomTexts, rich_form
from tests.support.set_texts import RICH
from tests.support.typing import commit, compose
from ui.forms import rich_document
from ui.forms.rich_text import RichTextEditor
from ui.forms.rich_writing import BULLETS, NUMBERS, RichWriting
from xuncha_desktop import rich
from xuncha_desktop.model import Field, Kind

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editor(qtbot: QtBot) -> RichTextEditor:
    made = RichTextEditor(Field("问题概述", Kind.RICHTEXT, name="x"))
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    made.text.setFocus()
    return made


def writing(editor: RichTextEditor) -> RichWriting:
    assert isinstance(editor.text, RichWriting)
    return editor.text


def press(editor: RichTextEditor, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor.text, key, modifier)


def show(editor: RichTextEditor, text: str, at: int | None = None) -> None:
    """This text, the cursor at a place of its plain form, or at its end."""
    editor.set_value(text)
    editor.text.choose(len(rich.plain(text)) if at is None else at, 0)


def choose_all(editor: RichTextEditor) -> None:
    press(editor, Qt.Key.Key_A, CONTROL)


def check_numbers(editor: RichTextEditor) -> None:
    """What Qt paints before the points is what the case reads them as."""
    block = editor.text.document().begin()
    painted: list[int] = []
    while block.isValid():
        if rich_document.list_kind(block) is NUMBERS:
            painted.append(block.textList().itemNumber(block) + 1)
        block = block.next()
    found = rich_document.read(editor.text.document())
    kept = [b.number for b in found if isinstance(b, rich.Item) and b.number]
    assert painted == kept


@pytest.mark.parametrize(
    "text", [RICH, "\x1e甲\x1f乙", "\x1d甲\n\x1e乙\n\x1d丙", "\x1c甲\n\x1d乙\n\n\x02丙\x03", "一\n\n二"]
)
def test_what_is_shown_is_given_back(editor: RichTextEditor, text: str) -> None:
    editor.set_value(text)
    assert editor.value() == text
    check_numbers(editor)


def test_random_rich_texts_are_given_back_as_they_are_kept(editor: RichTextEditor) -> None:
    chance, texts = random.Random(7), RandomTexts(7)
    for _ in range(60):
        kept = rich.clean(rich_form(chance, [texts.one() for _ in range(chance.randrange(1, 5))]))
        editor.set_value(kept)
        assert editor.value() == kept


def test_ctrl_b_makes_chosen_words_bold_and_ordinary_again(editor: RichTextEditor) -> None:
    show(editor, "一粗二")
    editor.text.choose(1, 1)
    press(editor, Qt.Key.Key_B, CONTROL)
    assert editor.value() == "一\x02粗\x03二"
    assert editor.tools.bold.isChecked()
    press(editor, Qt.Key.Key_B, CONTROL)
    assert editor.value() == "一粗二"
    assert not editor.tools.bold.isChecked()


def test_words_typed_after_ctrl_b_are_bold_with_an_input_method_too(editor: RichTextEditor) -> None:
    commit(editor.text, "一")
    press(editor, Qt.Key.Key_B, CONTROL)
    compose(editor.text, "cu")
    assert editor.composing
    commit(editor.text, "粗")
    press(editor, Qt.Key.Key_B, CONTROL)
    commit(editor.text, "二")
    assert editor.value() == "一\x02粗\x03二"


def test_what_looks_like_markup_stays_what_it_is(editor: RichTextEditor) -> None:
    for words in ("**粗**", "<b>粗</b>", "1. 一", "• 二", "- 三", "{{x}}"):
        commit(editor.text, words)
        press(editor, Qt.Key.Key_Return)
    assert editor.value() == "**粗**\n<b>粗</b>\n1. 一\n• 二\n- 三\n{{x}}\n"


@pytest.mark.parametrize(("key", "mark"), [(Qt.Key.Key_L, "\x1c"), (Qt.Key.Key_N, "\x1d")])
def test_enter_goes_on_with_a_list_and_ends_it_at_an_empty_point(
    editor: RichTextEditor, key: Qt.Key, mark: str
) -> None:
    press(editor, key, CONTROL | SHIFT)
    commit(editor.text, "甲")
    press(editor, Qt.Key.Key_Return)
    commit(editor.text, "乙")
    press(editor, Qt.Key.Key_Return)
    press(editor, Qt.Key.Key_Return)
    commit(editor.text, "末")
    assert editor.value() == f"{mark}甲\n{mark}乙\n末"
    assert editor.text.textCursor().block().blockFormat().indent() == 0


def test_a_tool_makes_points_of_all_chosen_paragraphs_and_paragraphs_again(editor: RichTextEditor) -> None:
    show(editor, "甲\n乙\n丙")
    choose_all(editor)
    editor.tools.numbers.click()
    assert editor.value() == "\x1d甲\n\x1d乙\n\x1d丙"
    editor.tools.bullets.click()
    assert editor.value() == "\x1c甲\n\x1c乙\n\x1c丙"
    assert editor.tools.bullets.isChecked()
    editor.tools.bullets.click()
    assert editor.value() == "甲\n乙\n丙"
    for _ in range(3):
        editor.text.undo()
    assert editor.value() == "甲\n乙\n丙"


def test_numbers_follow_when_a_list_is_parted_and_joined(editor: RichTextEditor) -> None:
    text = "\x1d甲\n\x1d乙\n\x1d丙\n\x1d丁"
    show(editor, text, rich.plain(text).index("乙"))
    editor.tools.numbers.click()
    assert editor.value() == "\x1d甲\n乙\n\x1d丙\n\x1d丁"
    check_numbers(editor)
    editor.tools.numbers.click()
    assert editor.value() == text
    check_numbers(editor)
    editor.text.undo()
    assert editor.value() == "\x1d甲\n乙\n\x1d丙\n\x1d丁"
    check_numbers(editor)
    editor.text.undo()
    assert editor.value() == text
    check_numbers(editor)
    editor.text.redo()
    check_numbers(editor)


def test_backspace_at_its_beginning_makes_a_paragraph_of_a_point(editor: RichTextEditor) -> None:
    text = "\x1c甲\n\x1c乙"
    show(editor, text, rich.plain(text).index("乙"))
    press(editor, Qt.Key.Key_Backspace)
    assert editor.value() == "\x1c甲\n乙"
    assert editor.text.textCursor().block().blockFormat().indent() == 0


def test_a_table_is_begun_and_filled_with_the_keys(editor: RichTextEditor) -> None:
    commit(editor.text, "如下")
    press(editor, Qt.Key.Key_T, CONTROL | SHIFT)
    for word in "甲乙丙丁戊己庚辛":
        commit(editor.text, word)
        press(editor, Qt.Key.Key_Tab)
    commit(editor.text, "壬")
    assert editor.value() == "如下\n\x1e甲\x1f乙\x1f丙\n\x1e丁\x1f戊\x1f己\n\x1e庚\x1f辛\x1f壬"
    press(editor, Qt.Key.Key_Tab)  # behind the last cell there is another row
    commit(editor.text, "癸")
    press(editor, Qt.Key.Key_Backtab, SHIFT)
    commit(editor.text, "九")
    assert editor.value().endswith("\x1e庚\x1f辛\x1f九\n\x1e癸\x1f\x1f")
    press(editor, Qt.Key.Key_Return)
    assert editor.text.textCursor().block().text() == ""
    press(editor, Qt.Key.Key_Return)  # from the last row out of the table
    commit(editor.text, "末")
    assert editor.value().endswith("\x1e癸\x1f\x1f\n末")


def test_rows_and_columns_are_added_and_removed(editor: RichTextEditor) -> None:
    text = "\x1e甲\x1f乙\n\x1e丙\x1f丁"
    show(editor, text, 0)
    acts = {action.text(): action for action in editor.tools.menu().actions()}

    def act(words: str, cell: str) -> str:
        editor.text.choose(rich.plain(editor.value()).index(cell), 0)
        acts[words].trigger()
        return editor.value()

    assert act("下面加一行", "甲") == "\x1e甲\x1f乙\n\x1e\x1f\n\x1e丙\x1f丁"
    assert act("右边加一列", "甲") == "\x1e甲\x1f\x1f乙\n\x1e\x1f\x1f\n\x1e丙\x1f\x1f丁"
    commit(editor.text, "新")
    assert act("删去这一列", "新") == "\x1e甲\x1f乙\n\x1e\x1f\n\x1e丙\x1f丁"
    assert act("删去这一行", "丙") == "\x1e甲\x1f乙\n\x1e\x1f"
    assert act("删去表格", "甲") == ""
    editor.text.undo()
    assert editor.value() == "\x1e甲\x1f乙\n\x1e\x1f"


def test_tab_outside_a_table_leaves_the_field(editor: RichTextEditor, qtbot: QtBot) -> None:
    other = RichTextEditor(Field("另一栏", Kind.RICHTEXT, name="y"))
    editor.body.addWidget(other)
    other.show()
    commit(editor.text, "甲")
    press(editor, Qt.Key.Key_Tab)
    assert other.text.hasFocus()
    assert editor.value() == "甲"


def test_in_a_locked_text_no_key_and_no_tool_changes_anything(editor: RichTextEditor) -> None:
    show(editor, RICH, rich.plain(RICH).index("合计"))
    editor.set_read_only(True)
    choose_all(editor)
    for key, modifier in (
        (Qt.Key.Key_B, CONTROL),
        (Qt.Key.Key_L, CONTROL | SHIFT),
        (Qt.Key.Key_T, CONTROL | SHIFT),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    ):
        press(editor, key, modifier)
    for act in editor.tools.menu().actions():
        act.trigger()
    assert editor.value() == RICH
    assert editor.tools.isHidden()


def test_the_tools_are_there_with_the_focus_and_their_place_is_kept(editor: RichTextEditor, qtbot: QtBot) -> None:
    assert not editor.tools.isHidden()
    place = editor.text.geometry()
    other = RichTextEditor(Field("另一栏", Kind.RICHTEXT, name="y"))
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    other.text.setFocus()
    qtbot.waitUntil(lambda: editor.tools.isHidden())
    assert editor.text.geometry() == place


def clip(editor: RichTextEditor) -> QMimeData:
    """What Ctrl+C of all puts on the clipboard."""
    choose_all(editor)
    press(editor, Qt.Key.Key_C, CONTROL)
    found = QMimeData()
    given = QApplication.clipboard().mimeData()
    for form in given.formats():
        found.setData(form, given.data(form))
    return found


def test_what_is_copied_gives_plain_words_and_simple_html(editor: RichTextEditor) -> None:
    show(editor, RICH)
    copied = clip(editor)
    assert copied.text() == rich.plain(RICH)
    for part in ("<b>粗</b>", "<ul><li>甲</li>", "<ol><li>一</li><li>二</li></ol>", "<td><b>合</b>计</td><td>12</td>"):
        assert part in copied.html()


def paste(editor: RichTextEditor, mime: QMimeData) -> None:
    QApplication.clipboard().setMimeData(mime)
    press(editor, Qt.Key.Key_V, CONTROL)


@pytest.mark.parametrize("text", [RICH, "\x1e甲\x1f乙\n\n尾", "前\n\n\x1d甲\n\x1d  乙 ", "\x02粗\x03"])
def test_what_is_copied_and_pasted_here_is_the_same(editor: RichTextEditor, text: str) -> None:
    show(editor, text)
    copied = clip(editor)
    editor.set_value("")
    paste(editor, copied)
    assert editor.value() == text


def test_a_part_of_a_list_is_copied_as_a_list(editor: RichTextEditor) -> None:
    text = "\x1d甲\n\x1d乙\n\x1d丙"
    show(editor, text)
    plain = rich.plain(text)
    editor.text.choose(plain.index("乙"), len(plain) - plain.index("乙"))
    press(editor, Qt.Key.Key_C, CONTROL)
    show(editor, "前")
    press(editor, Qt.Key.Key_Return)
    press(editor, Qt.Key.Key_V, CONTROL)
    assert editor.value() == "前\n\x1d乙\n\x1d丙"
    check_numbers(editor)


def html(words: str, source: str) -> QMimeData:
    made = QMimeData()
    made.setText(words)
    made.setHtml(source)
    return made


def test_a_list_pasted_into_the_middle_of_a_paragraph_parts_it(editor: RichTextEditor) -> None:
    show(editor, "前后", 1)
    paste(editor, html("甲\n乙", "<ul><li>甲</li><li>乙</li></ul>"))
    assert editor.value() == "前\n\x1c甲\n\x1c乙后"
    editor.text.undo()
    assert editor.value() == "前后"


def test_a_table_pasted_into_a_cell_becomes_its_words(editor: RichTextEditor) -> None:
    show(editor, "\x1e甲\x1f乙", 1)
    paste(editor, html("一\t二", "<table><tr><td>一</td><td>二</td></tr></table>"))
    assert editor.value() == "\x1e甲一 二\x1f乙"
    paste(editor, html("三\n四", "三<br>四"))
    assert editor.value() == "\x1e甲一 二三 四\x1f乙"


def test_a_picture_named_by_pasted_html_is_not_looked_for(editor: RichTextEditor) -> None:
    asked: list[object] = []
    writing(editor).loadResource = lambda kind, name: asked.append(name)
    paste(editor, html("粗", "<b>粗</b><img src='file:///etc/hostname'><img src='http://127.0.0.1/x.png'>"))
    assert editor.value() == "\x02粗\x03"
    assert "img" not in editor.text.toHtml()
    assert asked == []


def test_a_passage_is_chosen_by_its_place_in_the_plain_words(editor: RichTextEditor) -> None:
    text = "𠮷头\n\x1d甲𠮷乙\n\x1e丙\x1f丁𠮷戊"
    editor.set_value(text)
    plain = rich.plain(text)
    for words in ("头", "𠮷乙", "丙", "𠮷戊"):
        editor.text.choose(plain.index(words), len(words))
        assert editor.text.textCursor().selectedText() == words


def test_signs_of_lists_are_not_counted_as_characters(editor: RichTextEditor) -> None:
    show(editor, "\x1d甲乙\n\x1e丙\x1f丁")
    assert editor.length() == 4


def test_an_empty_table_is_an_empty_field_until_something_stands_in_it(editor: RichTextEditor) -> None:
    editor.tools.table.click()
    assert editor.value() == ""
    assert len(editor.text.textCursor().currentTable().format().columnWidthConstraints()) == 3
    editor.set_value("")  # the form shows what is stored
    assert editor.text.textCursor().currentTable() is not None


def _step(editor: RichTextEditor, chance: random.Random) -> None:
    text = writing(editor)
    cursor = text.textCursor()
    cursor.setPosition(chance.randrange(text.document().characterCount()))
    if chance.random() < 0.4:
        cursor.setPosition(chance.randrange(text.document().characterCount()), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    acts: list[Callable[[], object]] = [
        lambda: commit(text, chance.choice("甲乙𠮷")),
        lambda: press(editor, Qt.Key.Key_Return),
        lambda: press(editor, Qt.Key.Key_Backspace),
        lambda: press(editor, Qt.Key.Key_Delete),
        lambda: press(editor, Qt.Key.Key_Tab) if text.table() else None,
        text.toggle_bold,
        lambda: text.toggle_points(BULLETS),
        lambda: text.toggle_points(NUMBERS),
        text.insert_table,
        text.add_row,
        text.add_column,
        text.remove_row,
        text.remove_column,
        text.undo,
        text.redo,
        lambda: (press(editor, Qt.Key.Key_C, CONTROL), press(editor, Qt.Key.Key_V, CONTROL)),
        lambda: press(editor, Qt.Key.Key_X, CONTROL),
    ]
    chance.choice(acts)()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_the_text_is_one_a_case_can_keep_and_shows_again(editor: RichTextEditor, seed: int) -> None:
    chance = random.Random(seed)
    editor.set_value(RICH)
    for step in range(120):
        _step(editor, chance)
        kept = editor.value()
        assert rich.clean(kept) == kept, step
        check_numbers(editor)
    again = RichTextEditor(editor.field)
    again.set_value(editor.value())
    assert again.value() == editor.value()
    again.deleteLater()
