"""导出 stands on every screen whose data a document is made of."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.field_desk import NAMES, new_record
from tests.support.ready_papers import add_paper
from tests.support.registers import REGISTERS, Desk
from ui.context import Context
from ui.export_button import ExportButton
from ui.records.register_screen import RegisterScreen
from ui.screens.papers import PapersScreen
from ui.screens.report import ReportScreen
from ui.screens.visits import VisitsScreen
from xuncha_desktop.exports import catalog
from xuncha_desktop.services import lists

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Desk:
    """The small case's registers."""
    return Desk(context, qtbot)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda screen: screen.NAME)
def test_every_register_offers_its_documents(desk: Desk, register: type[RegisterScreen]) -> None:
    screen = desk.open(register)
    offered = {words for button in screen.findChildren(ExportButton) for words in _words(button)}
    wanted = {d.title for d in catalog.DOCUMENTS if register.ENTITY in (d.subject, d.shown_at)}
    assert wanted
    assert all(any(title in words for words in offered) for title in wanted)


def test_the_report_screen_offers_all_but_its_own_two(context: Context, qtbot: QtBot) -> None:
    screen = ReportScreen(context)
    qtbot.addWidget(screen)
    offered = _words(screen.others)
    assert len(offered) == len(catalog.DOCUMENTS) - 2
    assert all(
        any(d.title in words for words in offered) for d in catalog.DOCUMENTS if d.kind not in ("report", "ledger")
    )


def test_a_record_goes_out_from_its_register_without_its_private_words(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    record = new_record(desk.store, "visit", place="青石村三组", who=NAMES[1])
    screen = desk.open(VisitsScreen, record)
    [button] = screen.editor.findChildren(ExportButton)
    with answering(folder=tmp_path):
        button.export(catalog.BY_KIND["visit"])
        qtbot.waitUntil(lambda: screen.exporter.panel.sheet.isVisible(), timeout=20_000)
        with qtbot.waitSignal(screen.exporter.exported, timeout=20_000):
            screen.exporter.panel.sheet.as_draft.click()
    [file] = tmp_path.glob("*.docx")
    assert file.name.startswith("走访记录 ")
    assert NAMES[1] not in file.name


def test_a_new_record_without_a_word_is_not_exported(desk: Desk) -> None:
    screen = desk.open(VisitsScreen)
    screen.new_record()
    [button] = screen.editor.findChildren(ExportButton)
    button.export(catalog.BY_KIND["visit"])
    assert "还没有内容" in desk.told[-1]
    assert not desk.context.jobs.busy


def test_all_approved_papers_go_into_a_folder_one_by_one(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    for title in ("虚构问题甲", "虚构问题乙"):
        add_paper(context.store, title)
    add_paper(context.store, "虚构问题丙", state="review", official_number="")
    screen = PapersScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    [button] = screen.panel.findChildren(ExportButton)
    with answering(folder=tmp_path):
        button.export(catalog.BY_KIND["paper"])
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=30_000)
    assert "问题底稿 2 份" in screen.exporter.panel.notice.sentence
    assert sorted(file.name.split()[2][:5] for file in tmp_path.glob("*.docx")) == ["虚构问题乙", "虚构问题甲"]
    assert len(lists.ids(context.store, lists.Query("export_record"))) == 2
    screen.hide()


def _words(button: ExportButton) -> list[str]:
    menu = button.menu_of()
    words = [action.text() for action in menu.actions()]
    menu.deleteLater()
    return words
