"""The short ways through a paper: proposals taken with a key, gaps led to, blanks stepped through, pickers opened."""

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support import paper_screen
from tests.support.journal_rows import batches, new_paper
from tests.support.paper_screen import values
from tests.support.ready_papers import add_paper
from tests.support.typing import commit, press, type_into
from ui import style
from ui.context import Context
from ui.forms.field_box import FieldBox
from ui.forms.form_layout import FormScroll
from ui.forms.picker import Picker
from ui.screens.papers import PapersScreen
from xuncha_desktop.services import citing, lists, papers, records
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

OVERVIEW = "虚构镇把办公用房租给亲属，未公开竞价。"


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> PapersScreen:
    return paper_screen.made(context, qtbot)


def box(screen: PapersScreen, name: str) -> FieldBox:
    """One field."""
    return screen.editor.form.boxes[name]


def chips(screen: PapersScreen, name: str) -> dict[str, QToolButton]:
    """What is proposed under a field."""
    QApplication.processEvents()
    row = box(screen, name)._proposals
    return {button.accessibleName(): button for button in row.buttons if button.isVisible()} if row else {}


def field_with_focus(screen: PapersScreen) -> str:
    """Where the keyboard is."""
    return screen.editor.form.field_of(QApplication.focusWidget())


def popup(widget: QWidget) -> Picker | None:
    """The picker now open under a widget."""
    return next((picker for picker in widget.findChildren(Picker) if picker.isVisible()), None)


def tool(screen: PapersScreen, words: str) -> QToolButton:
    """A small button of the form by its words."""
    return next(b for b in screen.editor.form.findChildren(QToolButton) if b.text() == words)


def test_facts_are_taken_over_from_the_overview_with_one_click_and_one_undo(screen: PapersScreen) -> None:
    store = screen.context.store
    screen.open_record("paper", new_paper(store))
    assert not chips(screen, "verified_facts")
    type_into(screen.editor.form, "overview", OVERVIEW)
    before = len(batches(store))
    chips(screen, "verified_facts")["从问题概述带入"].click()
    assert [batch.label for batch in batches(store)[before:]] == ["修改问题概述", "修改查证事实"]
    assert values(screen)["verified_facts"] == OVERVIEW == values(screen)["overview"]
    assert field_with_focus(screen) == "verified_facts"
    assert not chips(screen, "verified_facts")
    screen.leave()
    undo.undo(store)
    assert (values(screen)["verified_facts"], values(screen)["overview"]) == ("", OVERVIEW)
    assert "从问题概述带入" in chips(screen, "verified_facts")


def test_a_new_paper_is_begun_with_its_overview_and_named_by_f7(screen: PapersScreen) -> None:
    screen.new_record()
    type_into(screen.editor.form, "overview", OVERVIEW)
    screen.editor.form.focus("title")
    assert values(screen)["title"] == ""  # a proposal alone counts for nothing
    assert list(chips(screen, "title")) == ["用作名称：虚构镇把办公用房租给亲属"]
    press(Qt.Key.Key_F7)
    assert values(screen)["title"] == "虚构镇把办公用房租给亲属"
    assert not chips(screen, "title")


def test_the_inspected_unit_is_offered_as_the_one_responsible_and_counts_once_taken(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    assert values(screen)["parties"] == ()
    assert any(gap.field == "parties" for gap in _gaps(screen))
    chips(screen, "parties")["主体责任：虚构镇党委"].click()
    [row] = values(screen)["parties"]
    assert (row["kind"], row["name"]) == ("main", "虚构镇党委")
    assert not chips(screen, "parties")
    assert not any(gap.field == "parties" for gap in _gaps(screen))


def _gaps(screen: PapersScreen) -> list[Any]:
    values = screen.editor.form.values()
    return papers.blocking(values, citing.described(screen.context.store, values["citations"]))


def test_the_usual_bases_of_the_type_stand_under_the_field_and_add_a_line_each(screen: PapersScreen) -> None:
    store = screen.context.store
    types = records.options(store, "problem_type")
    c102 = next(key for key in types if records.load(store, "problem_type", key).values["code"] == "C102")
    screen.open_record("paper", new_paper(store, basis="《虚构办法》第三条"))
    assert not chips(screen, "basis")
    screen.editor.form.fill("problem_type", c102)
    offered = list(chips(screen, "basis"))
    assert (offered[0], len(offered)) == ("《中国共产党党组工作条例》", 3)
    chips(screen, "basis")[offered[0]].click()
    assert values(screen)["basis"] == "《虚构办法》第三条\n《中国共产党党组工作条例》"
    assert list(chips(screen, "basis")) == offered[1:]


def test_a_rule_of_the_teams_own_is_proposed_first_as_soon_as_it_is_in_the_library(screen: PapersScreen) -> None:
    store = screen.context.store
    c102 = lists.ids(store, lists.Query("problem_type", {"code": "C102"}))[0]
    screen.open_record("paper", new_paper(store, problem_type=c102))
    assert next(iter(chips(screen, "basis"))) == "《中国共产党党组工作条例》"
    own = {"name": "青禾市议事办法", "document_number": "青委发〔2031〕2号", "article": "第八条"}
    made = records.create(store, "legal_basis", {**own, "problem_types": [c102]})
    cited = "《青禾市议事办法》（青委发〔2031〕2号）第八条"
    assert next(iter(chips(screen, "basis"))) == cited
    box(screen, "basis").editor.focus_widget().setFocus()
    press(Qt.Key.Key_F7)
    assert values(screen)["basis"] == cited
    screen.editor.form.fill("basis", "")
    records.delete(store, "legal_basis", [made])
    assert next(iter(chips(screen, "basis"))) == "《中国共产党党组工作条例》"


def test_a_rule_that_is_not_in_the_library_is_taken_into_it_as_it_is_picked(screen: PapersScreen) -> None:
    store = screen.context.store
    c102 = lists.ids(store, lists.Query("problem_type", {"code": "C102"}))[0]
    screen.open_record("paper", new_paper(store, problem_type=c102))
    cited = "《青禾市议事办法》（青委发〔2031〕2号）第八条"
    button = tool(screen, "依据库")
    button.click()
    picker = popup(button)
    assert picker is not None
    commit(picker.search, cited)
    assert picker.list.currentItem().text() == f"加入依据库“{cited}”"
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert box(screen, "basis").editor.value() == cited
    [made] = lists.ids(store, lists.Query("legal_basis", {"document_number": "青委发〔2031〕2号"}))
    assert records.load(store, "legal_basis", made).values["problem_types"] == (c102,)
    button.click()
    picker = popup(button)
    assert picker is not None
    assert picker.list.item(1).text() == "青禾市议事办法　第八条"
    picker.close()


def test_a_phrase_of_the_teams_own_has_blanks_as_any_other(screen: PapersScreen) -> None:
    store = screen.context.store
    records.create(store, "phrase", {"point": "本县{镇村}财务不规范", "fact": "{年份}年漏记{笔数}笔"})
    screen.open_record("paper", new_paper(store))
    button = tool(screen, "句式")
    button.click()
    picker = popup(button)
    assert picker is not None
    commit(picker.search, "财务不规范")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    text = box(screen, "overview").editor.focus_widget()
    assert isinstance(text, QTextEdit)
    assert text.toPlainText() == "本县{镇村}财务不规范。{年份}年漏记{笔数}笔。"
    assert text.textCursor().selectedText() == "{镇村}"
    assert "问题概述还有未填的空：镇村、年份、笔数" in [gap.missing for gap in _gaps(screen)]


def test_a_locked_paper_is_offered_nothing(screen: PapersScreen) -> None:
    screen.open_record("paper", add_paper(screen.context.store, "甲", parties=(), verified_facts=""))
    assert not any(chips(screen, name) for name in ("title", "verified_facts", "basis", "parties"))


def test_a_refusal_stands_by_the_button_leads_to_the_first_gap_and_goes_with_the_last(
    screen: PapersScreen, qtbot: QtBot
) -> None:
    record = add_paper(screen.context.store, "甲", state="draft", official_number="", overview="", basis="", sources=())
    screen.open_record("paper", record)
    head, gauge = screen.editor.head, screen.editor.gauge
    assert not head.refusal.isVisible()
    head.submit_button.click()
    assert head.refusal.isVisible()
    assert head.refused.text() == "还缺 3 项：问题概述、问题来源、定性依据"
    assert gauge.property("lit")
    assert field_with_focus(screen) == "overview"
    for name in ("sources", "basis", "overview"):
        press(Qt.Key.Key_F6)
        assert field_with_focus(screen) == name
    commit(box(screen, "overview").editor.focus_widget(), "概述")
    assert head.refused.text() == "还缺 2 项：问题来源、定性依据"
    head.next_button.click()
    assert field_with_focus(screen) == "sources"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_F6)
    commit(box(screen, "basis").editor.focus_widget(), "依据")
    assert not head.refusal.isVisible()
    assert not gauge.property("lit")
    head.submit_button.click()
    qtbot.waitUntil(lambda: values(screen)["state"] == "review")


def test_the_refusal_of_one_paper_is_not_said_of_the_next(screen: PapersScreen) -> None:
    first, second = new_paper(screen.context.store), new_paper(screen.context.store)
    screen.open_record("paper", first)
    screen.editor.head.approve_button.click()
    assert screen.editor.head.refusal.isVisible()
    screen.open_record("paper", second)
    assert not screen.editor.head.refusal.isVisible()


def test_what_cannot_be_read_is_led_to_before_anything_else(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    type_into(screen.editor.form, "amount", "约十万")
    screen.editor.head.submit_button.click()
    assert "还没有存下" in screen.editor.head.refused.text()
    assert not screen.editor.head.next_button.isVisible()
    assert field_with_focus(screen) == "amount"


def test_tab_goes_from_blank_to_blank_and_then_on(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store, overview="前。{0}"))
    text = box(screen, "overview").editor.focus_widget()
    assert isinstance(text, QTextEdit)
    tool(screen, "句式").click()
    picker = popup(tool(screen, "句式"))
    assert picker is not None
    commit(picker.search, "学用结合不紧")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    written = []
    for word in ("3月", "某文件", "措施"):
        written.append(text.textCursor().selectedText())
        commit(text, word)
        QTest.keyClick(text, Qt.Key.Key_Tab)
    assert written == ["{转发日期}", "{文件名}", "{未制定措施}"]
    assert not text.hasFocus()
    assert "3月转发《某文件》后，未制定措施。" in values(screen)["overview"]
    assert "{0}" in values(screen)["overview"]


def test_the_gauge_names_unfilled_blanks_and_forgets_them(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store, overview="{转发日期}转发。"))
    words = "☐ 问题概述还有未填的空：转发日期"
    gauge = screen.editor.gauge
    button = next(b for b in gauge.findChildren(QToolButton) if b.text() == words)
    assert button.isVisible()
    screen.editor.form.fill("overview", "3月转发。")
    assert words not in [b.text() for b in gauge.findChildren(QToolButton) if b.isVisible()]


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    ],
)
@pytest.mark.parametrize("name", ["problem_type", "handlers", "overview"])
def test_every_usual_key_opens_a_picker(
    screen: PapersScreen, name: str, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    button = tool(screen, "句式") if name == "overview" else box(screen, name).editor.focus_widget()
    button.setFocus()
    QTest.keyClick(button, key, held)
    picker = popup(button)
    assert picker is not None
    assert picker.search.text() == ""
    picker.close()


def test_letters_typed_on_a_picker_open_it_and_are_looked_for(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    button = box(screen, "handlers").editor.focus_widget()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Y)
    picker = popup(button)
    assert picker is not None
    QTest.keyClicks(picker.search, "xg")
    assert picker.search.text() == "yxg"
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    assert list(records.titles(screen.context.store, "member", values(screen)["handlers"]).values()) == ["乙虚构"]


def test_a_click_elsewhere_closes_the_list_and_is_not_lost(screen: PapersScreen, qtbot: QtBot, told: list[str]) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    button = box(screen, "handlers").editor.focus_widget()
    QTest.keyClick(button, Qt.Key.Key_Down)
    picker = popup(button)
    assert picker is not None
    submit = screen.editor.head.submit_button
    place = picker.mapFromGlobal(submit.mapToGlobal(submit.rect().center()))
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert popup(button) is None
    qtbot.waitUntil(lambda: bool(told))
    assert [words.partition("：")[0] for words in told] == ["还缺 8 项"]


def test_keys_with_ctrl_are_no_letters_to_look_for(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    button = box(screen, "problem_type").editor.focus_widget()
    button.setFocus()
    for key in (Qt.Key.Key_C, Qt.Key.Key_Tab):
        QTest.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)
    assert popup(button) is None


def test_a_list_of_long_names_scrolls_in_one_direction_only(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    button = tool(screen, "依据库")
    button.click()
    picker = popup(button)
    assert picker is not None
    QApplication.processEvents()
    assert not picker.list.horizontalScrollBar().isVisible()
    picker.close()


def test_files_can_be_dropped_without_scrolling_in_a_new_paper(screen: PapersScreen) -> None:
    screen.new_record()
    QApplication.processEvents()
    scroll = screen.editor.form.findChildren(FormScroll)[0]
    zone = screen.editor.citations.zone
    assert scroll.verticalScrollBar().value() == 0
    assert zone.mapTo(scroll.viewport(), zone.rect().bottomLeft()).y() <= scroll.viewport().height()


def test_who_comes_to_the_first_field_sees_its_heading_too(screen: PapersScreen, qtbot: QtBot) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    form = screen.editor.form
    form.finish()
    [scroll] = form.findChildren(FormScroll)
    form.focus("note")
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().value() > 0)
    form.focus("title")
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().value() == 0)


def test_the_two_ends_of_a_span_stand_side_by_side(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    for width in (1190, 1500, 1900):
        screen.resize(width, 690)
        QApplication.processEvents()
        begin, end = box(screen, "period_from"), box(screen, "period_to")
        assert begin.y() == end.y(), width
        assert begin.x() < end.x()


@pytest.mark.parametrize(("size", "width"), [(14, 560), (14, 769), (16, 640), (18, 712), (18, 1000)])
@pytest.mark.parametrize("state", ["draft", "review", "returned", "approved"])
def test_the_head_cuts_no_button_off_and_leaves_no_hole(
    context: Context, qtbot: QtBot, qapp: QApplication, size: int, width: int, state: str
) -> None:
    style.apply(qapp, "light", size)
    screen = PapersScreen(context)
    qtbot.addWidget(screen)
    screen.editor.form.load(add_paper(context.store, "甲", state=state))
    head = screen.editor.head
    head.setParent(None)
    qtbot.addWidget(head)
    head.resize(width, 60)
    head.show()
    QApplication.processEvents()
    buttons = [b for b in head.findChildren(QPushButton) if b.isVisible()]
    for button in buttons:
        assert button.width() >= button.sizeHint().width(), button.accessibleName()
        assert button.geometry().right() < head.width()
    last = max(button.geometry().right() for button in buttons)
    assert head.width() - last <= 2 * style.metrics.gap
    places = sorted((b.geometry().left(), b.geometry().right()) for b in buttons)
    assert all(nxt[0] - one[1] <= style.metrics.gap + 1 for one, nxt in pairwise(places))


def test_a_second_click_where_submit_was_does_not_approve(screen: PapersScreen, qtbot: QtBot) -> None:
    screen.open_record("paper", add_paper(screen.context.store, "甲", state="draft", official_number=""))
    head = screen.editor.head
    place = head.submit_button.geometry().center()
    head.submit_button.click()
    qtbot.waitUntil(lambda: values(screen)["state"] == "review")
    QApplication.processEvents()
    assert not head.approve_button.geometry().contains(place)


def test_what_a_crash_left_is_in_its_field_and_the_buttons_say_so(screen: PapersScreen) -> None:
    store = screen.context.store
    record = new_paper(store, overview="存下的")
    screen.context.drafts.put("paper", record, "overview", "没存下的", store.heads("paper", record))
    screen.open_record("paper", record)
    QApplication.processEvents()
    offered = {b.text(): b for b in box(screen, "overview").findChildren(QToolButton) if b.isVisible()}
    assert screen.editor.form.values()["overview"] == "没存下的"
    assert {"保留", "丢弃"} <= set(offered)
    offered["保留"].click()
    assert values(screen)["overview"] == "没存下的"


def test_the_keyboard_is_in_the_list_once_a_paper_is_handed_on(screen: PapersScreen, qtbot: QtBot) -> None:
    screen.open_record("paper", add_paper(screen.context.store, "甲", state="draft"))
    screen.editor.head.approve_button.setFocus()
    press(Qt.Key.Key_Space)
    assert not screen.editor.head.approve_button.isVisible()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.panel.view())


def test_a_paper_leads_to_its_quick_fix_which_begins_with_what_it_says(screen: PapersScreen, qtbot: QtBot) -> None:
    store = screen.context.store
    paper = add_paper(store, "甲", state="draft", overview=OVERVIEW)
    screen.open_record("paper", paper)
    begun: list[dict[str, Any]] = []
    screen.context.begin_record.connect(lambda entity, values: begun.append({"entity": entity, **values}))
    tool(screen, "通知书").click()
    [notice] = begun
    assert (notice.pop("entity"), notice["facts"], notice["papers"]) == ("quick_fix", OVERVIEW, (paper,))
    assert records.load(store, "paper", paper).values["quick_fix"] is True
    made = records.create(store, "quick_fix", notice)
    opened: list[tuple[str, str]] = []
    screen.context.open_record.connect(lambda *found: opened.append(found))
    tool(screen, "通知书").click()
    assert (len(begun), opened) == (1, [("quick_fix", made)])


def test_a_paper_leads_to_its_fact_sheet_which_begins_with_its_facts_alone(screen: PapersScreen) -> None:
    store = screen.context.store
    paper = add_paper(store, "甲", state="draft", overview=OVERVIEW, verified_facts="护栏缺损十二米。")
    screen.open_record("paper", paper)
    begun: list[dict[str, Any]] = []
    opened: list[tuple[str, str]] = []
    screen.context.begin_record.connect(lambda entity, values: begun.append({"entity": entity, **values}))
    screen.context.open_record.connect(lambda *found: opened.append(found))
    tool(screen, "事实确认单").click()
    [sheet] = begun
    assert (sheet.pop("entity"), sheet["title"], sheet["facts"]) == ("fact_check", "甲", "护栏缺损十二米。")
    assert (sheet["papers"], sheet["handlers"]) == ((paper,), records.load(store, "paper", paper).values["handlers"])
    assert OVERVIEW not in str(sheet)
    made = records.create(store, "fact_check", sheet)
    tool(screen, "事实确认单").click()
    assert (len(begun), opened) == (1, [("fact_check", made)])
