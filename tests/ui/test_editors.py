"""The editor of each kind of field: what goes in comes out, and nothing else does."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.typing import commit, made
from ui.context import Context
from ui.forms.choices import EnumEditor, EnumsEditor
from ui.forms.editor import Editor
from ui.forms.lines import DateEditor, LineEditor, MoneyEditor
from ui.forms.long_text import LongTextEditor
from ui.forms.picker import Option, Picker
from ui.forms.record_form import RecordForm
from ui.forms.refs import RefEditor, RefsEditor
from ui.forms.registry import make_editor
from ui.forms.rows import RowsEditor, columns_of
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import LONG_TEXTS, Field, Kind, entities, fields
from xuncha_desktop.model.base import Row
from xuncha_desktop.services.evidence import Incoming

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

PEOPLE = (
    Option("a", "甲虚构", "第一组", "组长 JXG"),
    Option("b", "乙虚构", "第一组", "组员 YXG"),
    Option("c", "丙镇财政所", "第二组"),
)
CHOICES = {"own": "本级", "sub": "下属单位", "village": "村（社区）"}
TARGETS = {Kind.REF: "member", Kind.REFS: "member", Kind.ROWS: "paper_party"}
VALUES: dict[Kind, Any] = {
    Kind.TEXT: "一句话 & <b>不是标记</b>",
    Kind.LONGTEXT: "第一段\n\n第二段 & <i>不是标记</i>",
    Kind.RICHTEXT: "第一段\n\x1c第二\x02段\x03\n\x1e甲\x1f & <i>不是标记</i>",
    Kind.INT: 12860,
    Kind.MONEY: 1_286_400_001,
    Kind.YUAN: 128_640_001,
    Kind.DATE: "2020-04-16",
    Kind.MOMENT: 1_900_000_000_000,
    Kind.BOOL: True,
    Kind.ENUM: "sub",
    Kind.ENUMS: ("own", "village"),
    Kind.REF: "b",
    Kind.REFS: ("c", "a"),
    Kind.ROWS: (
        {"id": "r1", "kind": "", "name": "甲所", "note": ""},
        {"id": "r2", "kind": "", "name": "乙所", "note": "注"},
    ),
    Kind.AUTO: "临-JXG-0001",
}


def editor_of(kind: Kind, qtbot: QtBot, *, shown: bool = True) -> Editor:
    """An editor of a made-up field."""
    described = Field("栏", kind, name="x", choices=CHOICES, target=TARGETS.get(kind, ""))
    editor = make_editor(described, lambda entity: PEOPLE)
    qtbot.addWidget(editor)  # Python's collector must not be the one to delete it
    if shown:
        editor.resize(600, 200)
        editor.show()
        editor.activateWindow()
        QTest.qWaitForWindowActive(editor)
    return editor


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_an_editor_that_gives_back_what_it_shows(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot, shown=False)
    editor.set_value(VALUES[kind])
    assert editor.value() == VALUES[kind]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_editor_can_be_empty(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot, shown=False)
    empty = Field("栏", kind).empty
    assert editor.value() == empty
    for value in (VALUES[kind], None, VALUES[kind], empty):
        editor.set_value(value)
    assert editor.value() == empty


@pytest.mark.parametrize("kind", list(Kind))
def test_showing_a_value_is_no_edit(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot, shown=False)
    with qtbot.assertNotEmitted(editor.edited), qtbot.assertNotEmitted(editor.committed):
        editor.set_value(VALUES[kind])
        editor.set_read_only(True)
        editor.set_read_only(False)
        editor.set_value(None)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.AUTO, Kind.MOMENT)])
def test_a_draft_comes_back_as_it_was_left(qtbot: QtBot, kind: Kind) -> None:
    first, second = editor_of(kind, qtbot, shown=False), editor_of(kind, qtbot, shown=False)
    first.set_value(VALUES[kind])
    second.restore(first.draft())
    assert second.value() == VALUES[kind]


ROWS = [field.target for entity in entities() for field in fields(entity).values() if field.kind is Kind.ROWS]


def test_rows_the_program_alone_writes_have_no_place_in_a_form(context: Context, qtbot: QtBot) -> None:
    form = RecordForm(context, "export_record")
    qtbot.addWidget(form)
    form.finish()
    assert "papers" in form.boxes
    assert "traces" not in form.boxes


@pytest.mark.parametrize("entity", [entity for entity in ROWS if columns_of(entity)])
def test_rows_of_every_entity_survive_a_draft_that_cannot_be_read_yet(qtbot: QtBot, entity: str) -> None:
    described = Field("行", Kind.ROWS, name="rows", target=entity)
    editor, again = (make_editor(described, lambda _: PEOPLE) for _ in range(2))
    assert isinstance(editor, RowsEditor)
    qtbot.addWidget(editor)
    qtbot.addWidget(again)
    editor.add.click()
    lines = [e for e in editor._rows[0][1] if isinstance(e, LineEditor)]
    for line in lines:
        line.line.setText("约十二")
    draft = editor.draft()
    again.restore(draft)
    assert again.draft() == draft


@pytest.mark.parametrize(
    ("typed", "cents", "beside"),
    [
        ("1,286.40", 1_286_400_000, "12,864,000 元"),
        ("125000元", 12_500_000, "125,000 元"),
        ("１２．５", 12_500_000, "125,000 元"),
        ("0.000001", 1, "0.01 元"),
    ],
)
def test_an_amount_is_read_to_the_cent_with_the_yuan_beside_it(
    qtbot: QtBot, typed: str, cents: int, beside: str
) -> None:
    editor = editor_of(Kind.MONEY, qtbot, shown=False)
    assert isinstance(editor, MoneyEditor)
    commit(editor.line, typed)
    assert (editor.value(), editor.beside.text()) == (cents, beside)


@pytest.mark.parametrize("typed", ["1286.4", "¥1,286.40", "1286.40元", "0.12864万元"])
def test_what_stands_on_a_voucher_is_read_in_yuan(qtbot: QtBot, typed: str) -> None:
    editor = editor_of(Kind.YUAN, qtbot, shown=False)
    commit(editor.focus_widget(), typed)
    assert editor.value() == 128_640


@pytest.mark.parametrize("cents", [0, 1, 99, 1_000_000, 12_345_678, 2**53 - 1])
def test_every_amount_is_shown_exactly(qtbot: QtBot, cents: int) -> None:
    editor = editor_of(Kind.MONEY, qtbot, shown=False)
    editor.set_value(cents)
    assert editor.value() == cents


def test_a_negative_amount_is_shown_exactly_and_refused(qtbot: QtBot) -> None:
    editor = editor_of(Kind.MONEY, qtbot, shown=False)
    assert isinstance(editor, MoneyEditor)
    editor.set_value(-1_500_001)
    assert editor.line.text() == "-1.500001"
    with pytest.raises(UserError, match="不能是负数"):
        editor.value()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2020-4-16", "2020-04-16"), ("4.16", f"{date.today().year}-04-16"), ("今天", date.today().isoformat())],
)
def test_a_day_is_read_as_people_write_it(qtbot: QtBot, typed: str, expected: str) -> None:
    editor = editor_of(Kind.DATE, qtbot, shown=False)
    assert isinstance(editor, DateEditor)
    commit(editor.line, typed)
    assert editor.value() == expected


@pytest.mark.parametrize(
    ("kind", "typed"), [(Kind.DATE, "中旬"), (Kind.MONEY, "约十万"), (Kind.YUAN, "约十万"), (Kind.INT, "几个")]
)
def test_nonsense_is_refused_with_the_field_s_name_and_stays_as_a_draft(qtbot: QtBot, kind: Kind, typed: str) -> None:
    editor = editor_of(kind, qtbot, shown=False)
    commit(editor.focus_widget(), typed)
    with pytest.raises(UserError, match="“栏”应为"):
        editor.value()
    assert editor.draft() == typed


def test_a_code_a_newer_program_wrote_is_shown_and_kept(qtbot: QtBot) -> None:
    editor = editor_of(Kind.ENUM, qtbot, shown=False)
    assert isinstance(editor, EnumEditor)
    editor.set_value("newer")
    assert (editor.value(), editor.combo.currentText()) == ("newer", "未知（newer）")
    editor.set_value("own")
    assert editor.combo.findData("newer") < 0


def test_codes_a_newer_program_wrote_survive_the_choice_of_others(qtbot: QtBot) -> None:
    editor = editor_of(Kind.ENUMS, qtbot, shown=False)
    assert isinstance(editor, EnumsEditor)
    editor.set_value(("newer", "own"))
    assert editor.chips["newer"].text() == "未知（newer）"
    editor.chips["village"].click()
    assert editor.value() == ("own", "village", "newer")


def test_a_code_a_newer_program_wrote_can_be_given_up_and_is_offered_no_more(qtbot: QtBot) -> None:
    editor = editor_of(Kind.ENUMS, qtbot)
    assert isinstance(editor, EnumsEditor)
    editor.set_value(("own", "newer"))
    assert editor.chips["village"].nextInFocusChain() is editor.chips["newer"]
    editor.chips["newer"].click()
    assert editor.value() == ("own",)
    editor.set_value(("own",))
    assert list(editor.chips) == list(CHOICES)


def test_the_wheel_does_not_change_a_choice(qtbot: QtBot) -> None:
    editor = editor_of(Kind.ENUM, qtbot)
    assert isinstance(editor, EnumEditor)
    editor.combo.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.combo, wheel)
    assert editor.value() == ""
    assert not wheel.isAccepted()


@pytest.mark.parametrize(("typed", "found"), [("czs", "c"), ("虚构", "a"), ("yxg", "b"), ("JXG", "a"), ("乙", "b")])
def test_a_record_is_found_by_words_or_pinyin_initials(qtbot: QtBot, typed: str, found: str) -> None:
    editor = editor_of(Kind.REF, qtbot)
    assert isinstance(editor, RefEditor)
    editor.button.click()
    picker = next(p for p in editor.findChildren(Picker) if p.isVisible())
    commit(picker.search, typed)
    with qtbot.waitSignal(editor.committed):
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert editor.value() == found
    editor.clear.click()
    assert editor.value() is None


def test_arrows_skip_the_groups_and_nothing_found_says_so(qtbot: QtBot) -> None:
    editor = editor_of(Kind.REF, qtbot)
    assert isinstance(editor, RefEditor)
    editor.button.click()
    picker = next(p for p in editor.findChildren(Picker) if p.isVisible())
    seen: list[str] = []
    for _ in PEOPLE:
        seen.append(picker.list.currentItem().text())
        QTest.keyClick(picker.search, Qt.Key.Key_Down)
    assert seen == [option.text for option in PEOPLE]
    commit(picker.search, "没有这个人")
    assert picker.said.isVisible()
    assert not picker.list.isVisible(), "what is said stands under the search line"
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert editor.value() is None
    picker.close()


def test_several_records_are_toggled_in_one_popup_and_removed_by_their_chips(qtbot: QtBot) -> None:
    editor = editor_of(Kind.REFS, qtbot)
    assert isinstance(editor, RefsEditor)
    editor.add.click()
    picker = next(p for p in editor.findChildren(Picker) if p.isVisible())
    for typed in ("jxg", "yxg", "jxg"):
        picker.search.clear()
        commit(picker.search, typed)
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert editor.value() == ("b",)
    picker.close()
    QApplication.processEvents()
    chip = next(b for b in editor.findChildren(QToolButton) if b.accessibleName() == "移除 乙虚构" and b.isVisible())
    chip.click()
    assert editor.value() == ()


def paste(widget: QWidget, mime: QMimeData) -> None:
    """Ctrl+V of this clipboard."""
    QApplication.clipboard().setMimeData(mime)
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def rich(text: str, html: str) -> QMimeData:
    """What a word processor puts on the clipboard."""
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(html)
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    return mime


@pytest.mark.parametrize(("kind", "expected"), [(Kind.TEXT, "粗体 第二行"), (Kind.LONGTEXT, "粗体\n第二行")])
def test_rich_text_is_pasted_as_plain_text_and_without_its_picture(qtbot: QtBot, kind: Kind, expected: str) -> None:
    editor = editor_of(kind, qtbot)
    with qtbot.assertNotEmitted(editor.files_given):
        paste(editor.focus_widget(), rich("粗体\n第二行", "<b>粗体</b><br><img src='file:///x.png'>第二行"))
    assert editor.value() == expected
    if isinstance(editor, LongTextEditor):
        assert "<b>" not in editor.text.toHtml()
        assert "font-weight:700" not in editor.text.toHtml()


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_control_characters_do_not_get_into_a_text(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot)
    paste(editor.focus_widget(), rich("前\x00\x01后\u2028下一行\r\n末", ""))
    assert editor.value() == "前后\n下一行\n末"


@pytest.mark.parametrize("kind", [Kind.TEXT, *LONG_TEXTS])
def test_what_is_taken_out_of_pasted_text_is_counted_and_named(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot)
    with qtbot.waitSignal(editor.cleaned) as told:
        paste(editor.focus_widget(), rich("前\x00\x01中\x00后", ""))
    assert told.args == ["粘贴的文字里有 3 个不能保存的字符，已去掉：U+0000、U+0001。"]
    assert editor.value() == "前中后"
    with qtbot.assertNotEmitted(editor.cleaned):
        paste(editor.focus_widget(), rich("𠮷\t末\u2028行", ""))


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_many_kinds_of_removed_characters_are_not_all_named(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot)
    with qtbot.waitSignal(editor.cleaned) as told:
        paste(editor.focus_widget(), rich("".join(map(chr, range(1, 9))), ""))
    assert told.args == ["粘贴的文字里有 8 个不能保存的字符，已去掉：U+0001、U+0002、U+0003、U+0004、U+0005 等。"]


def test_text_dropped_or_pasted_by_the_menu_is_cleaned_like_any_other(qtbot: QtBot) -> None:
    editor = editor_of(Kind.TEXT, qtbot)
    assert isinstance(editor, LineEditor)
    editor.set_value("已有末")
    editor.line.setCursorPosition(2)
    QApplication.clipboard().setMimeData(rich("\x07新\x00", ""))
    with qtbot.waitSignals([editor.cleaned, editor.edited]):
        editor.line.paste()
    assert (editor.value(), editor.line.cursorPosition()) == ("已有新末", 3)
    editor.line.undo()
    assert editor.value() == "已有末"


def test_a_cell_of_a_row_tells_what_was_taken_out_as_well(qtbot: QtBot) -> None:
    editor = editor_of(Kind.ROWS, qtbot)
    assert isinstance(editor, RowsEditor)
    editor.set_value(VALUES[Kind.ROWS])
    with qtbot.waitSignal(editor.cleaned):
        paste(editor._rows[0][1][1].focus_widget(), rich("\x02", ""))
    assert editor.value() == VALUES[Kind.ROWS]


TYPED_INTO = [Kind.TEXT, *LONG_TEXTS, Kind.INT, Kind.MONEY, Kind.DATE]


@pytest.mark.parametrize("kind", TYPED_INTO)
def test_pasted_files_are_handed_on(qtbot: QtBot, kind: Kind, tmp_path: Path) -> None:
    file = tmp_path / "照片.png"
    file.write_bytes(b"x")
    editor = editor_of(kind, qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    mime.setText(str(file))
    with qtbot.waitSignal(editor.files_given) as given:
        paste(editor.focus_widget(), mime)
    assert given.args == [[Incoming("照片.png", file)]]
    assert editor.draft() == ""


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_a_pasted_picture_is_handed_on(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    mime = QMimeData()
    mime.setImageData(image)
    with qtbot.waitSignal(editor.files_given) as given:
        paste(editor.focus_widget(), mime)
    [[incoming]] = given.args or [[]]
    assert incoming.name.endswith(".png")
    assert incoming.source.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_a_file_dropped_into_a_long_text_is_handed_on(qtbot: QtBot, tmp_path: Path, kind: Kind) -> None:
    file = tmp_path / "扫描件.pdf"
    file.write_bytes(b"x")
    editor = editor_of(kind, qtbot)
    assert isinstance(editor, LongTextEditor)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(editor.files_given):
        editor.text.dropEvent(drop)
    assert editor.value() == ""


@pytest.mark.parametrize("kind", LONG_TEXTS)
def test_a_long_text_grows_with_its_lines_up_to_a_limit(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot)
    assert isinstance(editor, LongTextEditor)
    heights: list[int] = []
    for lines in (1, 8, 18, 400):
        editor.set_value("一行\n" * lines)
        heights.append(editor.text.minimumSizeHint().height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def _per_key(form: RecordForm, widget: QWidget, keys: int = 20) -> float:
    QApplication.processEvents()
    began = time.perf_counter()
    for _ in range(keys):
        commit(widget, "字")
        QApplication.processEvents()
    return (time.perf_counter() - began) / keys


def test_typing_in_a_text_of_200_000_characters_stays_near_that_in_a_short_one(context: Context, qtbot: QtBot) -> None:
    form = RecordForm(context, "paper")
    qtbot.addWidget(form)
    made(form)
    form.begin({"inspection": context.inspection, "overview": "短"})
    editor = form.boxes["overview"].editor
    widget = editor.focus_widget()
    widget.setFocus()
    short = _per_key(form, widget)
    editor.set_value(("虚构的问题概述，反复出现。" * 16 + "\n") * 1000)
    long = _per_key(form, widget)
    print(f"one key: short text {short * 1000:.1f} ms, 200,000 characters {long * 1000:.1f} ms")
    assert len(editor.value()) > 200_000
    assert long < short + 0.05  # nobody notices 50 ms; recounting everything on each key took twice that


INPUTS = (QLineEdit, QTextEdit, QComboBox)


@pytest.mark.parametrize("entity", [name for name, cls in entities().items() if not issubclass(cls, Row)])
def test_every_input_of_every_form_has_a_name_a_screen_reader_can_say(
    context: Context, qtbot: QtBot, entity: str
) -> None:
    form = RecordForm(context, entity)
    qtbot.addWidget(form)
    form.finish()
    for box in form.boxes.values():
        if isinstance(box.editor, RowsEditor):
            box.editor.add.click()
        named = [w for w in box.editor.findChildren(QWidget) if isinstance(w, (*INPUTS, QAbstractButton))]
        inner = [w for w in named if not isinstance(w.parentWidget(), (*INPUTS, QLabel))]
        nameless = [w for w in inner if not w.accessibleName() and not getattr(w, "text", lambda: "")()]
        assert nameless == [], box.editor.field.label
        focus = box.editor.focus_widget()
        assert focus.focusPolicy() != Qt.FocusPolicy.NoFocus
        assert focus.accessibleName()


@pytest.mark.parametrize("entity", list(entities()))
def test_labels_within_an_entity_are_all_different(entity: str) -> None:
    labels = [described.label for described in fields(entity).values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", TYPED_INTO)
def test_a_locked_editor_shows_its_value_and_takes_no_key(qtbot: QtBot, kind: Kind) -> None:
    editor = editor_of(kind, qtbot)
    editor.set_value(VALUES[kind])
    editor.set_read_only(True)
    QTest.keyClicks(editor.focus_widget(), "9")
    assert editor.value() == VALUES[kind]
