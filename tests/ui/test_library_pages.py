"""句式库 and 依据库 in the settings: added, corrected, deleted and brought back as any record, by keyboard too."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.typing import commit, press
from ui.context import Context
from ui.screens.settings import SettingsScreen
from ui.settings.case_list import CaseListPage
from ui.settings.library import LegalBasesPage, PhrasesPage
from ui.tables.views import choose
from xuncha_desktop.model import entities, fields
from xuncha_desktop.services import lists, records
from xuncha_desktop.store import undo

ENTITY = {PhrasesPage: "phrase", LegalBasesPage: "legal_basis"}
both = pytest.mark.parametrize("kind", ENTITY)


@pytest.fixture
def screen(qtbot: QtBot, context: Context) -> SettingsScreen:
    made = SettingsScreen(context)
    qtbot.addWidget(made)
    made.resize(1190, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def opened(screen: SettingsScreen, kind: type[CaseListPage]) -> CaseListPage:
    """A page with all fields of its form."""
    page = screen.page(kind)
    assert isinstance(page, CaseListPage)
    page.form.finish()
    return page


def title_of(screen: SettingsScreen, page: CaseListPage, record: str) -> str:
    """What a record of the page is called."""
    return records.titles(screen.context.store, page.form.entity, [record])[record]


@both
def test_a_new_one_is_written_with_the_keyboard_alone_and_stands_first(
    screen: SettingsScreen, kind: type[CaseListPage]
) -> None:
    page = opened(screen, kind)
    before = len(page.panel.model.ids())
    screen.new_record()
    focus = QApplication.focusWidget()
    assert page.form.field_of(focus) in ("point", "name")
    assert focus is not None
    commit(focus, "本县自己的")
    QTest.keyClick(focus, Qt.Key.Key_Tab)
    ids = page.panel.model.ids()
    assert len(ids) == before + 1
    assert title_of(screen, page, ids[0]) == "本县自己的"
    assert page.panel.current() == ids[0]
    undo.undo(screen.context.store)
    assert len(page.panel.model.ids()) == before


def test_a_new_phrase_is_of_the_type_shown_and_a_new_basis_of_the_kind_shown(screen: SettingsScreen) -> None:
    for kind, copied in ((PhrasesPage, "problem_type"), (LegalBasesPage, "kind")):
        page = opened(screen, kind)
        shown = page.form.values()
        page.new_record()
        assert {name: value for name, value in page.form.values().items() if value} == {copied: shown[copied]}


@both
def test_f2_leads_to_the_form_and_delete_in_a_field_deletes_no_record(
    qtbot: QtBot, screen: SettingsScreen, kind: type[CaseListPage]
) -> None:
    page = opened(screen, kind)
    before = page.panel.model.ids()
    view = page.panel.view()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    second = page.panel.current()
    assert second == before[1] == page.form.record
    QTest.keyClick(view, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.form.isAncestorOf(QApplication.focusWidget() or screen))
    press(Qt.Key.Key_Delete)
    assert page.panel.model.ids() == before


@both
def test_the_delete_key_takes_out_what_is_chosen_stays_near_and_undo_brings_it_back(
    qtbot: QtBot, screen: SettingsScreen, kind: type[CaseListPage]
) -> None:
    page = opened(screen, kind)
    before = page.panel.model.ids()
    page.panel.select(before[20])
    page.panel.view().setFocus()
    with qtbot.waitSignal(screen.context.undo_offered) as offered:
        QTest.keyClick(page.panel.view(), Qt.Key.Key_Delete)
    assert offered.args == [f"已删除 1 项{entities()[ENTITY[kind]].LABEL}"]
    assert page.panel.model.ids() == [*before[:20], *before[21:]]
    assert page.panel.current() == before[21]
    undo.undo(screen.context.store)
    assert page.panel.model.ids() == before


@both
def test_a_new_one_says_so_until_it_is_written_and_can_then_be_deleted(
    screen: SettingsScreen, kind: type[CaseListPage]
) -> None:
    page = opened(screen, kind)
    page.new_record()
    typed = QApplication.focusWidget()
    assert typed is not None
    QTest.keyClick(typed, Qt.Key.Key_Tab)
    assert page.form.is_new
    assert page.state.text().startswith("新的一项")
    assert not page.delete.isEnabled()
    typed.setFocus()
    commit(typed, "本县自己的")
    QTest.keyClick(typed, Qt.Key.Key_Tab)
    assert page.state.text() == ""
    assert page.delete.isEnabled()


@both
def test_one_without_its_name_says_what_is_not_yet_filled_in(screen: SettingsScreen, kind: type[CaseListPage]) -> None:
    page = opened(screen, kind)
    name, below = ("point", "fact") if kind is PhrasesPage else ("name", "article")
    page.new_record()
    page.form.fill(below, "第八条")
    label = fields(ENTITY[kind])[name].label
    assert page.state.text() == f"还没有填“{label}”。"
    page.form.fill(name, "本县自己的")
    assert page.state.text() == ""


@both
def test_where_the_window_is_narrow_the_last_one_deleted_leads_back_to_the_list(
    screen: SettingsScreen, kind: type[CaseListPage]
) -> None:
    screen.resize(900, 600)
    page = opened(screen, kind)
    ids = page.panel.model.ids()
    records.delete(screen.context.store, ENTITY[kind], ids[1:])
    page.refresh()
    page.panel.select(ids[0])
    page.split.show_detail()
    assert page.form.isVisible()
    page.delete.click()
    assert not page.form.isVisible()
    assert page.panel.isVisible()


@both
def test_the_foot_takes_no_room_until_several_are_chosen(screen: SettingsScreen, kind: type[CaseListPage]) -> None:
    page = opened(screen, kind)
    assert not page.panel.foot.isVisible()
    choose(page.panel.view(), page.panel.model.ids()[:2], page.panel.model.ids()[0])
    assert page.panel.foot.isVisible()
    assert page.panel.foot.text() == "已选 2 条"


@both
def test_an_empty_list_says_what_belongs_here_and_its_button_begins(
    screen: SettingsScreen, kind: type[CaseListPage]
) -> None:
    page = opened(screen, kind)
    records.delete(screen.context.store, ENTITY[kind], page.panel.model.ids())
    begin = next(button for button in page.panel.stack.findChildren(QPushButton) if button.isVisible())
    begin.click()
    assert page.form.is_new
    assert page.form.isAncestorOf(QApplication.focusWidget() or screen)


def test_the_list_is_searched_filtered_and_opened_from_elsewhere(screen: SettingsScreen) -> None:
    store = screen.context.store
    made = records.create(store, "legal_basis", {"name": "青禾市财务办法", "text": "公务接待须有公函", "kind": "local"})
    page = opened(screen, LegalBasesPage)
    page.panel.search.setText("须有公函")
    page.panel.refresh()
    assert page.panel.model.ids() == [made]
    page.panel.search.clear()
    c102 = lists.ids(store, lists.Query("problem_type", {"code": "C102"}))[0]
    chip = next(chip for chip in page.panel.chips if chip.field.name == "problem_types")
    chip.value = (c102,)
    page.panel.refresh()
    assert 0 < len(page.panel.model.ids()) < 20
    assert made not in page.panel.model.ids()
    phrase = lists.ids(store, lists.Query("phrase"))[7]
    assert screen.open_record("phrase", phrase)
    assert opened(screen, PhrasesPage).form.record == phrase
    assert screen.open_record("legal_basis", made)
    assert page.form.record == made


@pytest.mark.parametrize(("of", "kind"), [(LegalBasesPage, "legal_basis"), (PhrasesPage, "phrase")])
def test_rules_and_patterns_in_excel_are_one_button_away(
    qtbot: QtBot, screen: SettingsScreen, of: type[LegalBasesPage] | type[PhrasesPage], kind: str
) -> None:
    page = opened(screen, of)
    button = next(button for button in page.panel.findChildren(QPushButton) if button.text() == "导入…")
    with qtbot.waitSignal(screen.context.open_record) as asked:
        button.click()
    assert asked.args == [f"import.{kind}", ""]
