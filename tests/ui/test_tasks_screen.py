"""任务 on the screen: inspections, units, members, the round; and a pasted list of villages."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper
from tests.support.typing import commit
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.screens.tasks import TasksScreen
from ui.tasks.inspection_tab import InspectionTab
from ui.tasks.member_tab import MemberTab
from ui.tasks.plain_tabs import CaseTab, RoundTab
from ui.tasks.record_tab import RecordTab
from xuncha_desktop.services import cases, checklists, lists, records
from xuncha_desktop.store import undo

Show = Callable[[], TasksScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    def make() -> TasksScreen:
        screen = TasksScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1190, 660)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        finish(screen.tab)
        return screen

    yield make


def ids(context: Context, entity: str) -> list[str]:
    return lists.ids(context.store, lists.Query(entity))


def unit(context: Context, code: str) -> str:
    return lists.ids(context.store, lists.Query("unit", {"code": code}))[0]


def go_to(screen: TasksScreen, entity: str) -> RecordTab:
    screen.tabs.setCurrentIndex(["inspection", "unit", "member", "round", "case"].index(entity))
    return finish(screen.tab)


def finish(tab: RecordTab) -> RecordTab:
    """Make all fields at once."""
    for form in tab.forms():
        form.finish()
    return tab


def write(form: RecordForm, name: str, text: str) -> None:
    """Type into a field and leave it."""
    widget = form.boxes[name].editor.focus_widget()
    widget.setFocus()
    commit(widget, text)
    widget.clearFocus()


def test_it_opens_at_the_inspection_worked_on_and_counts_all(context: Context, show: Show) -> None:
    for code in ("WMC", "XGZ"):
        records.create(context.store, "inspection", {"unit": unit(context, code), "mode": "lookback"})
    screen = show()
    assert isinstance(screen.tab, InspectionTab)
    assert screen.tab.panel.heading.text() == "巡察任务　3"
    assert screen.tab.shown == context.inspection
    assert screen.tab.name.text() == "虚构镇党委"
    assert screen.tab.work_here.text() == "正在处理的任务"
    assert TasksScreen.count(context) == 3


def test_a_new_inspection_brings_its_checklist_and_can_be_worked_on(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    tab = screen.tab
    assert isinstance(tab, InspectionTab)
    screen.new_record()
    assert tab.name.text() == "新的巡察任务"
    assert not tab.remove.isVisible()
    editor = tab.form.boxes["unit"].editor
    editor.set_value(unit(context, "WMC"))
    editor.committed.emit()
    assert TasksScreen.count(context) == 2
    assert tab.name.text() == "无名村党支部"
    assert {line.code[:2] for line in checklists.lines(context.store, tab.shown)} == {"CS"}
    qtbot.mouseClick(tab.work_here, Qt.MouseButton.LeftButton)
    assert context.inspection == tab.shown
    assert not tab.work_here.isEnabled()


def test_an_inspection_in_use_is_not_deleted_and_the_reason_stands_above_its_form(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    add_paper(context.store, "甲")
    screen = show()
    qtbot.mouseClick(screen.tab.remove, Qt.MouseButton.LeftButton)
    assert screen.tab.notice.isVisible()
    assert "1 条问题底稿，不能删除" in screen.tab.notice.text()
    assert TasksScreen.count(context) == 1


def test_deleting_offers_undo_and_the_form_of_the_deleted_goes(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    tab = go_to(screen, "unit")
    tab.open(unit(context, "WMC"))
    with qtbot.waitSignal(context.undo_offered) as offered:
        qtbot.mouseClick(tab.remove, Qt.MouseButton.LeftButton)
    assert offered.args == ["已删除 1 条被巡察党组织"]
    assert tab.shown == unit(context, "XGZ")
    undo.undo(context.store)
    assert tab.panel.heading.text() == "被巡察党组织　2"


def test_a_units_full_name_proposes_the_rest(context: Context, show: Show) -> None:
    screen = show()
    tab = go_to(screen, "unit")
    screen.new_record()
    write(tab.form, "name", "中共虚构市水利局党组")
    values = records.load(context.store, "unit", tab.shown).values
    assert (values["short_name"], values["kind"], values["party_body"]) == ("虚构市水利局党组", "department", "group")
    assert tab.form.boxes["code"].editor.value() == values["code"] != ""
    assert tab.panel.current() == tab.shown


def test_a_new_members_name_makes_person_and_member_at_once(context: Context, show: Show) -> None:
    screen = show()
    tab = go_to(screen, "member")
    assert isinstance(tab, MemberTab)
    screen.new_record()
    assert tab.name.text() == "新的成员：先写姓名"
    assert not tab.form.isVisible()
    before = len(batches(context.store))
    write(tab.person, "name", "丁虚构")
    assert [batch.label for batch in batches(context.store)[before:]] == ["新增成员"]
    assert tab.form.isVisible()
    assert tab.form.boxes["code"].editor.value() == "DXG"
    write(tab.form, "duty", "财务")
    write(tab.person, "post", "科员")
    assert len(ids(context, "member")) == len(ids(context, "inspector")) == 3
    assert records.load(context.store, "member", tab.shown).values["duty"] == "财务"
    assert records.load(context.store, "inspector", tab.person.record).values["post"] == "科员"


def test_person_and_member_are_shown_together(context: Context, show: Show) -> None:
    screen = show()
    member = lists.ids(context.store, lists.Query("member", {"code": "YXG"}))[0]
    assert screen.open_record("member", member)
    tab = screen.tab
    assert isinstance(tab, MemberTab)
    assert tab.person.boxes["name"].editor.value() == "乙虚构"
    assert tab.form.boxes["code"].editor.value() == "YXG"


def test_the_case_s_name_and_who_sends_the_team_can_be_changed_later(
    context: Context, show: Show, qtbot: QtBot
) -> None:
    screen = show()
    tab = go_to(screen, "case")
    assert isinstance(tab, CaseTab)
    assert tab.shown == cases.current(context.store).id
    tab.form.finish()
    assert set(tab.form.boxes) == {"name", "office", "note"}
    write(tab.form, "office", "改")
    tab.leave()
    assert cases.current(context.store).office == "中共虚构市委改"
    assert not tab.remove.isVisible()
    assert screen.open_record("case", tab.shown)


def test_the_round_is_edited_with_its_team_and_made_nowhere_here(context: Context, show: Show) -> None:
    screen = show()
    tab = go_to(screen, "round")
    assert isinstance(tab, RoundTab)
    write(tab.team, "name", "（改）")
    assert records.load(context.store, "team", ids(context, "team")[0]).values["name"] == "市委第九巡察组（改）"
    screen.new_record()
    assert tab.shown == ids(context, "round")[0]
    assert not tab.remove.isVisible()


def test_what_is_typed_is_saved_when_another_tab_is_chosen(context: Context, show: Show) -> None:
    screen = show()
    tab = go_to(screen, "unit")
    tab.open(unit(context, "XGZ"))
    widget = tab.form.boxes["secretary"].editor.focus_widget()
    widget.setFocus()
    commit(widget, "丙虚构")
    screen.tabs.setCurrentIndex(0)
    assert records.load(context.store, "unit", unit(context, "XGZ")).values["secretary"] == "丙虚构"


def test_a_field_asked_for_elsewhere_gets_the_cursor_in_sight(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    assert screen.open_record("inspection.leads", context.inspection)
    field = screen.tab.form.boxes["leads"].editor.focus_widget()
    qtbot.waitUntil(field.hasFocus)
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
    assert not screen.open_record("paper", "x")


def test_an_empty_id_begins_a_new_record(show: Show) -> None:
    screen = show()
    assert screen.open_record("inspection", "")
    assert screen.tab.form.is_new


def test_villages_are_previewed_then_made_at_once_and_undone_at_once(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    screen = show()
    tab = screen.tab
    assert isinstance(tab, InspectionTab)
    tab.new_villages()
    panel = tab.villages
    assert not panel.make.isEnabled()
    assert panel.parent_unit.value() == unit(context, "XGZ")
    panel.names.setPlainText("东山村\n河西社区\n东山村\n无名村")
    qtbot.waitUntil(panel.make.isEnabled)
    assert panel.make.text() == "新增 3 个村（社区）"
    assert panel.summary.text() == "共 4 个：新增 2 个；单位已有，新增任务 1 个；重复，跳过 1 个"
    assert [panel.table.item(row, 1).text() for row in range(4)][:2] == ["东山村党支部", "河西社区党支部"]  # type: ignore[union-attr]
    panel.dates["entry_on"].set_value("2031-04-01")
    before = len(batches(context.store))
    qtbot.mouseClick(panel.make, Qt.MouseButton.LeftButton)
    assert len(batches(context.store)) == before + 1
    assert TasksScreen.count(context) == 4
    assert not panel.isVisible()
    undo.undo(context.store)
    assert (TasksScreen.count(context), len(ids(context, "unit"))) == (1, 2)


def test_a_date_that_cannot_be_read_is_said_and_the_names_stay(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    tab = screen.tab
    assert isinstance(tab, InspectionTab)
    tab.new_villages()
    panel = tab.villages
    panel.names.setPlainText("东山村")
    panel.dates["entry_on"].line.setText("不是日期")
    panel.look()
    qtbot.mouseClick(panel.make, Qt.MouseButton.LeftButton)
    assert panel.error.isVisible()
    assert "应为日期" in panel.error.text()
    assert panel.names.toPlainText() == "东山村"
    assert TasksScreen.count(context) == 1


def test_changing_the_unit_above_reads_the_names_again(context: Context, show: Show) -> None:
    screen = show()
    tab = screen.tab
    assert isinstance(tab, InspectionTab)
    tab.new_villages()
    panel = tab.villages
    panel.names.setPlainText("东山村")
    panel.parent_unit.set_value(None)
    panel.parent_unit.committed.emit()
    assert panel.found[0].name == "中共东山村支部委员会"
    tab.villages.cancel.click()
    assert not panel.isVisible()
    assert TasksScreen.count(context) == 1


def test_the_selection_stays_when_news_arrive(context: Context, show: Show) -> None:
    screen = show()
    tab = go_to(screen, "unit")
    tab.open(unit(context, "XGZ"))
    records.create(context.store, "unit", {"name": "中共新增镇委员会", "short_name": "新增镇党委", "code": "XZZ"})
    assert tab.panel.heading.text() == "被巡察党组织　3"
    assert tab.panel.current() == tab.shown == unit(context, "XGZ")
