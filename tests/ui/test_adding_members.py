"""A paper's form by keyboard alone: a handler who is not on the list yet, and another paper from its top."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.support import paper_screen
from tests.support.journal_rows import batches, new_paper
from tests.support.paper_screen import values
from tests.support.typing import commit
from ui.context import Context
from ui.forms.form_layout import FormScroll
from ui.forms.picker import Picker
from ui.forms.refs import RefsEditor
from ui.screens.papers import PapersScreen
from xuncha_desktop.services import inspections, records

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> PapersScreen:
    return paper_screen.made(context, qtbot)


def opened(screen: PapersScreen) -> Picker:
    """The list of handlers, opened by key."""
    screen.editor.form.focus("handlers")
    editor = screen.editor.form.boxes["handlers"].editor
    assert isinstance(editor, RefsEditor)
    assert editor.add.hasFocus()
    QTest.keyClick(editor.add, Qt.Key.Key_Space)
    return next(picker for picker in editor.findChildren(Picker) if picker.isVisible())


def test_a_second_handler_not_on_the_list_is_added_by_keyboard_without_leaving_the_paper(screen: PapersScreen) -> None:
    store = screen.context.store
    screen.open_record("paper", new_paper(store, title="甲"))
    picker = opened(screen)
    commit(picker.search, "丙虚构")
    assert [picker.list.item(row).text() for row in range(picker.list.count())] == ["新增成员“丙虚构”"]
    before = len(batches(store))
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert [batch.label for batch in batches(store)[before:]] == ["新增成员", "修改承办人"]
    assert not picker.isVisible()  # else it would swallow the click on 提交复核
    names = records.titles(store, "member", values(screen)["handlers"])
    assert list(names.values()) == ["丙虚构"]
    assert "移除 丙虚构" in {button.accessibleName() for button in screen.editor.form.findChildren(QToolButton)}


def test_letters_and_names_on_the_list_are_nobody_new(screen: PapersScreen) -> None:
    screen.open_record("paper", new_paper(screen.context.store, title="甲"))
    picker = opened(screen)
    for typed, offered in (("zzz", []), ("乙虚构", ["乙虚构"]), ("虚构", ["甲虚构", "乙虚构", "新增成员“虚构”"])):
        picker.search.clear()
        commit(picker.search, typed)
        assert [picker.list.item(row).text() for row in range(picker.list.count())] == offered
    picker.close()


def test_a_member_that_cannot_be_made_is_refused_in_the_list_itself(screen: PapersScreen) -> None:
    store = screen.context.store
    records.delete(store, "team", [inspections.defaults(store)["team"]])
    screen.open_record("paper", new_paper(store, title="甲"))
    picker = opened(screen)
    commit(picker.search, "丙虚构")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert "请先到“轮次”填写巡察组" in picker.said.text()
    assert picker.isVisible()
    assert values(screen)["handlers"] == ()
    picker.close()


def test_another_paper_is_shown_from_its_top_and_saving_moves_nothing(screen: PapersScreen, qtbot: QtBot) -> None:
    first, second = (new_paper(screen.context.store, title=title) for title in "甲乙")
    screen.open_record("paper", first)
    bar = screen.editor.form.findChildren(FormScroll)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    records.edit(screen.context.store, "paper", first, {"place": "财政所"})
    assert bar.value() == bar.maximum()
    screen.open_record("paper", second)
    assert bar.value() == 0
