"""相近底稿: found while writing, merged or told apart from the line above the form."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper, the_inspection
from ui.context import Context
from ui.papers.similar import SimilarPapers
from xuncha_desktop.services import records
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
RENT = "镇资产管理办公室将集贸市场东侧12间门面房租给虚构商贸公司，低于评估价一半，未公开招租，欠缴租金18.6万元。"
AGAIN = "集贸市场东侧12间门面房未经公开招租，租给虚构商贸公司，租金仅为评估价的一半，欠缴租金18.6万元。"


@pytest.fixture
def papers(context: Context) -> tuple[str, str]:
    """Two drafts about one problem, and a third about another."""
    context.choose_inspection(the_inspection(context.store))
    add_paper(context.store, "公务接待手续不全", state="draft", overview="列支公务接待费42笔，其中31笔没有公函。")
    first, second = (
        add_paper(context.store, title, state="draft", overview=text, verified_facts="")
        for title, text in (("门面房出租不公开", RENT), ("集贸市场门面房低价出租", AGAIN))
    )
    return first, second


@pytest.fixture
def line(context: Context, qtbot: QtBot) -> Iterator[SimilarPapers]:
    made = SimilarPapers(context)
    qtbot.addWidget(made)
    made.resize(800, 60)
    yield made
    context.ending.emit()


def values(context: Context, paper: str) -> dict[str, Any]:
    return records.load(context.store, "paper", paper).values


def choose(line: SimilarPapers, words: str) -> None:
    menu = line.shown()[0].menu()
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_a_like_paper_is_offered_and_can_be_taken_in(
    context: Context, line: SimilarPapers, papers: tuple[str, str], qtbot: QtBot
) -> None:
    first, second = papers
    line.look(first, values(context, first))
    qtbot.waitUntil(lambda: [b.text() for b in line.shown()] == ["集贸市场门面房低价出租"])
    choose(line, "把它并入这一份")
    assert records.load(context.store, "paper", second).deleted
    assert len(values(context, first)["citations"]) == 2
    line.look(first, values(context, first))
    qtbot.waitUntil(lambda: not line.shown())


def test_what_can_be_done_with_a_like_paper_opens_by_key(
    context: Context, line: SimilarPapers, papers: tuple[str, str], qtbot: QtBot
) -> None:
    line.look(papers[0], values(context, papers[0]))
    qtbot.waitUntil(lambda: len(line.shown()) == 1)
    button = line.shown()[0]
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert button.menu().isVisible()
    button.menu().close()


def test_papers_told_apart_are_not_offered_again_until_undone(
    context: Context, line: SimilarPapers, papers: tuple[str, str], qtbot: QtBot
) -> None:
    first, second = papers
    line.look(first, values(context, first))
    qtbot.waitUntil(lambda: len(line.shown()) == 1)
    choose(line, "不是同一问题")
    qtbot.waitUntil(lambda: not line.shown())
    undo.undo(context.store)
    qtbot.waitUntil(lambda: len(line.shown()) == 1)
    with qtbot.waitSignal(line.opened) as opened:
        choose(line, "打开")
    assert opened.args == [second]


def test_a_locked_paper_takes_nothing_in_and_says_so(
    context: Context, line: SimilarPapers, papers: tuple[str, str], qtbot: QtBot
) -> None:
    first, second = papers
    line.look(first, values(context, first))
    qtbot.waitUntil(lambda: len(line.shown()) == 1)
    records.edit(context.store, "paper", second, {"state": "approved"})
    with qtbot.waitSignal(context.told) as told:
        choose(line, "把它并入这一份")
    assert "已审签" in str(told.args)
    assert not records.load(context.store, "paper", second).deleted
