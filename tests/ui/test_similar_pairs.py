"""查相近: pairs of papers about one problem, compared, opened, merged or told apart; Esc goes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper, the_inspection
from tests.support.screens import shown
from tests.support.typing import press as press_key
from tests.ui.test_similar_papers import AGAIN, RENT
from ui.context import Context
from ui.screens.papers import PapersScreen
from xuncha_desktop.services import records
from xuncha_desktop.store import undo


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> PapersScreen:
    """Two drafts about one problem, and a third about another."""
    context.choose_inspection(the_inspection(context.store))
    for title, text in (
        ("公务接待手续不全", "列支公务接待费42笔，其中31笔没有公函。"),
        ("门面房出租不公开", RENT),
        ("集贸市场门面房低价出租", AGAIN),
    ):
        add_paper(context.store, title, state="draft", overview=text, verified_facts="")
    return shown(PapersScreen(context), qtbot)


def press(screen: PapersScreen, words: str) -> None:
    next(button for button in screen.findChildren(QPushButton) if button.text() == words and button.isVisible()).click()


def test_pairs_are_listed_told_apart_and_left_by_esc(screen: PapersScreen, qtbot: QtBot) -> None:
    press(screen, "查相近")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert screen.pairs.isAncestorOf(focus)
    qtbot.waitUntil(lambda: len(screen.pairs.pairs()) == 1)
    press(screen, "不是同一问题")
    assert screen.pairs.words.text().startswith("没有内容相近的底稿")
    press_key(Qt.Key.Key_Escape)
    assert not screen.pairs.isVisible()
    assert screen.panel.view().hasFocus()
    press(screen, "查相近")
    qtbot.waitUntil(lambda: not screen.context.jobs.busy)
    assert not screen.pairs.pairs()


def test_a_pair_is_merged_and_undone(screen: PapersScreen, qtbot: QtBot) -> None:
    press(screen, "查相近")
    qtbot.waitUntil(lambda: len(screen.pairs.pairs()) == 1)
    kept, taken = (alike.paper for alike in (screen.pairs.pairs()[0].first, screen.pairs.pairs()[0].second))
    press(screen, "合并，保留前一份")
    store = screen.context.store
    assert records.load(store, "paper", taken).deleted
    assert len(screen.panel.model.ids()) == 2
    assert len(records.load(store, "paper", kept).values["citations"]) == 2
    undo.undo(store)
    assert not records.load(store, "paper", taken).deleted
    assert len(screen.panel.model.ids()) == 3


def test_the_keys_go_to_the_first_pair_and_back_where_none_is_left(screen: PapersScreen, qtbot: QtBot) -> None:
    press(screen, "查相近")
    qtbot.waitUntil(lambda: len(screen.pairs.pairs()) == 1)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("打开底稿")
    apart = next(button for button in screen.pairs.findChildren(QPushButton) if button.text() == "不是同一问题")
    apart.setFocus()
    apart.click()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "返回"
