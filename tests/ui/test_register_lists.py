"""现场记录: what the lists of the registers show, filter, count and delete, and whom they never name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.support.field_desk import NAMES, day, named, new_record
from tests.support.journal_rows import new_paper
from tests.support.registers import REGISTERS, Desk, cells
from tests.support.typing import commit, press
from ui.context import Context
from ui.forms.picker import Picker
from ui.records.register_screen import RegisterScreen
from ui.records.standing_line import StandingLine, of_interviews, of_visits
from ui.screens.interviews import InterviewsScreen
from ui.screens.petitions import PetitionsScreen
from ui.screens.quick_fixes import QuickFixesScreen
from ui.screens.visits import VisitsScreen
from ui.screens.vouchers import VouchersScreen
from ui.tables.list_menu import list_menu
from xuncha_desktop.model import fields
from xuncha_desktop.services import citing, lists, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
COPY = (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Desk:
    """The small case's registers."""
    return Desk(context, qtbot)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda screen: screen.NAME)
def test_every_list_filters_groups_and_sorts_as_it_offers(desk: Desk, register: type[RegisterScreen]) -> None:
    for _ in range(2):
        new_record(desk.store, register.ENTITY)
    screen = desk.open(register)
    for name in register.SORTS:
        screen.panel.set_state(sort=name, descending=True)
        assert len(screen.panel.model.ids()) == 2
    for name in register.GROUPS:
        screen.panel.set_state(group=name)
        assert screen.panel.model.rowCount() == 3
    screen.panel.set_state(group="", table=True, columns=list(register.COLUMNS))
    assert screen.panel.model.columnCount() == len(register.COLUMNS)
    for chip in screen.panel.chips:
        assert chip.field.name in register.FILTERS
    assert screen.panel.foot.text() or not register.COUNTED


@pytest.mark.parametrize("register", [InterviewsScreen, PetitionsScreen, VisitsScreen], ids=lambda screen: screen.NAME)
def test_the_list_never_says_who_it_is(desk: Desk, register: type[RegisterScreen]) -> None:
    record = named(desk.store)[register.ENTITY]
    screen = desk.open(register, record)
    known = lists.listed(register.ENTITY)
    menu = list_menu(screen.panel)
    offered = {action.text() for part in (menu, *menu.findChildren(QMenu)) for action in part.actions()}
    private = {f.label for f in fields(register.ENTITY).values() if f.private}
    assert private
    assert private.isdisjoint(offered)
    screen.panel.set_state(columns=list(known), table=True)
    screen.panel.select(record)
    QTest.keyClick(screen.panel.view(), *COPY)
    said = QApplication.clipboard().text() + str(cells(screen, record))
    assert screen.editor.number.text() in said
    assert not any(name in said for name in NAMES)


def test_overdue_ones_say_so_in_a_word_and_can_be_filtered(desk: Desk) -> None:
    late = new_record(desk.store, "quick_fix", title="护栏", issued_on=day(-9), due_on=day(-1))
    new_record(desk.store, "quick_fix", title="窗口", issued_on=day(-9), due_on=day(1))
    screen = desk.open(QuickFixesScreen)
    assert screen.describe(cells(screen, late)).state == "逾期"
    assert screen.panel.foot.text() == "逾期 1　待反馈 1"
    assert screen.panel.model.ids()[0] == late
    chip = next(chip for chip in screen.panel.chips if chip.field.label == "状态")
    chip.click()
    picker = next(p for p in chip.findChildren(Picker) if p.isVisible())
    commit(picker.search, "逾期")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    assert screen.panel.model.ids() == [late]


def test_the_amounts_of_vouchers_are_summed_in_yuan(desk: Desk) -> None:
    for amount in (128640, 1):
        new_record(desk.store, "voucher", amount=amount)
    foot = desk.open(VouchersScreen).panel.foot.text()
    assert foot == "待核查 2　金额（元） 1,286.41"


def test_a_refused_deletion_is_told_and_the_links_lead_to_what_uses_the_record(desk: Desk) -> None:
    record = new_record(desk.store, "interview", text="出纳一人保管印章")
    papers = [new_paper(desk.store, title=f"虚构问题{n}") for n in range(4)]
    for paper in papers:
        citing.cite(desk.store, paper, Place(record_kind="interview", record=record))
    screen = desk.open(InterviewsScreen, record)
    screen.editor.delete_button.click()
    assert desk.told[-1].startswith("“T-JXG-0001”被问题底稿“虚构问题0”等 4 处引用，不能删除")
    assert screen.panel.current() == record
    opened: list[tuple[str, str]] = []
    desk.context.open_record.connect(lambda entity, paper: opened.append((entity, paper)))
    shown = [link.text() for link in screen.editor.uses.links]
    assert shown == ["底稿“虚构问题0”", "底稿“虚构问题1”", "另 2 处 ▾"]
    screen.editor.uses.links[1].click()
    screen.editor.uses.links[2].click()
    picker = next(p for p in screen.editor.uses.findChildren(Picker) if p.isVisible())
    commit(picker.search, "问题3")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert opened == [("paper", papers[1]), ("paper", papers[3])]


def test_a_citation_made_meanwhile_is_named_at_once(desk: Desk) -> None:
    record = new_record(desk.store, "visit", place="青石村")
    screen = desk.open(VisitsScreen, record)
    assert not screen.editor.uses.isVisible()
    citing.cite(desk.store, new_paper(desk.store, title="路坏"), Place(record_kind="visit", record=record))
    assert [link.text() for link in screen.editor.uses.links] == ["底稿“路坏”"]
    undo.undo(desk.store)
    assert not screen.editor.uses.isVisible()


def test_the_delete_key_deletes_in_the_list_only(desk: Desk) -> None:
    record = new_record(desk.store, "visit", place="甲村")
    screen = desk.open(VisitsScreen, record)
    screen.editor.form.focus("place")
    press(Qt.Key.Key_Delete)
    assert desk.stored(screen) == 1
    screen.panel.view().setFocus()
    press(Qt.Key.Key_Delete)
    assert desk.stored(screen) == 0
    assert desk.told[-1] == "已删除 1 条走访记录"
    assert screen.side.currentWidget() is screen.nothing


def test_only_a_village_is_asked_for_the_six_groups_and_a_tenth_of_its_households(context: Context) -> None:
    values = records.load(context.store, "inspection", context.inspection).values
    records.edit(context.store, "unit", values["unit"], {"households": 100})
    new_record(context.store, "visit", person_group="allowance", households=5)
    assert of_visits(context) == ("已走访 5 户，占 100 户的 5.00%", False)
    records.edit(context.store, "inspection", context.inspection, {"mode": "village"})
    missing = "两代表一委员、老党员、乡贤能人、困难群众、上访户"
    assert of_visits(context) == (f"已走访 5 户，占 100 户的 5.00%（不到 10%）；六类对象还缺{missing}", False)


def test_what_all_talks_brought_stands_above_their_list_and_follows(desk: Desk) -> None:
    summaries = [{"summary": "租金没收", "goes_to": code} for code in ("paper", "lead", "nothing")]
    record = new_record(desk.store, "interview", summaries=summaries)
    new_record(desk.store, "interview", summaries=[{"summary": "护栏坏了", "goes_to": "quick_fix"}])
    screen = desk.open(InterviewsScreen, record)
    assert of_interviews(screen.context) == ("摘要转底稿或立行立改 2 条，转线索 1 条", False)
    line = screen.findChild(StandingLine)
    assert line is not None
    assert line.text() == "摘要转底稿或立行立改 2 条，转线索 1 条"
    kept = records.load(desk.store, "interview", record).values["summaries"]
    records.edit(desk.store, "interview", record, {"summaries": kept[1:]})
    assert line.text() == "摘要转底稿或立行立改 1 条，转线索 1 条"
