"""What a click opens opens by key as well: lists to choose from with a letter to look for, and menus."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.field_desk import new_record
from tests.support.journal_rows import new_paper
from ui.checklists.paper_links import PaperLinks
from ui.context import Context
from ui.export_button import ExportButton
from ui.exporting import Exporter
from ui.forms.picker import Picker
from ui.forms.record_form import RecordForm
from ui.imports.source_line import SourceLine
from ui.records.cite_button import CiteButton
from ui.records.uses_line import UsesLine
from ui.search.day_chip import DayChip, DayPopup
from ui.tables.filter_chip import FilterChip
from ui.tables.list_menu import menu_button
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import ListSetup
from xuncha_desktop.exports import catalog
from xuncha_desktop.model import fields
from xuncha_desktop.services import checklists, records
from xuncha_desktop.services.uses import Use

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


def imports(context: Context) -> tuple[QWidget, QToolButton]:
    line = SourceLine()
    line.show_kind("voucher")
    return line, line.kind


def paper_links(context: Context) -> tuple[QWidget, QWidget]:
    new_paper(context.store, title="印章管理不严", inspection=context.inspection)
    links = PaperLinks(context)
    links.show_line(checklists.lines(context.store, context.inspection)[0])
    return links, links.name


def citing(context: Context) -> tuple[QWidget, QWidget]:
    form = RecordForm(context, "visit")
    form.load(new_record(context.store, "visit"))
    button = CiteButton(context, "visit", form, lambda: True)
    holder = QWidget()
    for widget in (form, button):
        widget.setParent(holder)
    return holder, button


def uses(context: Context) -> tuple[QWidget, QWidget]:
    line = UsesLine()
    line.show_uses([Use("paper", str(place), f"问题{place}", "") for place in range(4)])
    return line, line.links[-1]


def chip(context: Context) -> tuple[QWidget, QWidget]:
    made = FilterChip(context, fields("paper")["state"])
    return made, made


PICKERS = pytest.mark.parametrize("make", [imports, paper_links, citing, uses, chip])


@PICKERS
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_F4, Qt.Key.Key_Space])
def test_every_usual_key_opens_the_list(
    qtbot: QtBot, context: Context, make: Callable[[Context], tuple[QWidget, QWidget]], key: Qt.Key
) -> None:
    whole, button = make(context)
    qtbot.addWidget(whole)
    whole.show()
    QTest.qWaitForWindowActive(whole)
    button.setFocus()
    assert button.hasFocus()
    QTest.keyClick(button, key)
    [picker] = [found for found in button.findChildren(Picker) if found.isVisible()]
    assert picker.search.text() == ""
    assert picker.list.count()
    picker.close()


@PICKERS
def test_a_letter_opens_the_list_and_is_looked_for(
    qtbot: QtBot, context: Context, make: Callable[[Context], tuple[QWidget, QWidget]]
) -> None:
    whole, button = make(context)
    qtbot.addWidget(whole)
    whole.show()
    QTest.keyClick(button, Qt.Key.Key_X)
    [picker] = [found for found in button.findChildren(Picker) if found.isVisible()]
    assert picker.search.text() == "x"
    picker.close()


def test_what_a_chip_keeps_to_is_said_to_who_cannot_see_it(context: Context, qtbot: QtBot) -> None:
    state = FilterChip(context, fields("paper")["state"])
    qtbot.addWidget(state)
    assert (state.accessibleName(), state.accessibleDescription()) == ("按状态筛选", "不限")
    for code in ("draft", "review"):
        state._toggle(code)
    assert state.accessibleDescription() == "草稿、待复核"
    line = SourceLine()
    qtbot.addWidget(line)
    line.show_kind("voucher")
    assert line.kind.accessibleName() == "导入成哪一类"
    assert line.kind.text() == f"{line.kind.accessibleDescription()} ▾"
    days = DayChip()
    qtbot.addWidget(days)
    days.keep_to("2031-04-16", "2031-04-16")
    assert (days.accessibleName(), days.accessibleDescription()) == ("按日期筛选", "4月16日")


def test_a_figure_typed_on_the_chip_of_days_begins_the_first_day(qtbot: QtBot) -> None:
    days = DayChip()
    qtbot.addWidget(days)
    days.show()
    QTest.keyClick(days, Qt.Key.Key_4)
    popup = days.findChild(DayPopup)
    assert popup is not None
    QTest.keyClicks(popup.since, ".16")
    assert popup.since.text() == "4.16"
    popup.close()


def open_menu() -> QMenu | None:
    return next((menu for menu in QApplication.topLevelWidgets() if isinstance(menu, QMenu) and menu.isVisible()), None)


def test_the_menu_of_a_list_opens_by_key_but_not_by_a_letter(context: Context, qtbot: QtBot) -> None:
    panel = ListPanel(context, ListSetup("test", "底稿", "paper", ("title",)))
    qtbot.addWidget(panel)
    button = menu_button(panel)
    qtbot.addWidget(button)
    button.show()
    QTest.keyClick(button, Qt.Key.Key_X)
    assert open_menu() is None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(button, key)
        menu = open_menu()
        assert menu is not None
        assert [action.text() for action in menu.actions()][:2] == ["排序", "倒序"]
        menu.close()


@pytest.mark.parametrize("several", [False, True])
def test_an_arrow_opens_a_menu_of_documents_and_exports_none(context: Context, qtbot: QtBot, several: bool) -> None:
    offered = catalog.DOCUMENTS[: 2 if several else 1]
    screen = QWidget()
    qtbot.addWidget(screen)
    button = ExportButton(Exporter(context, screen), lambda: offered, lambda: context.inspection)
    qtbot.addWidget(button)
    button.show()
    QTest.keyClick(button, Qt.Key.Key_Down)
    menu = open_menu()
    assert (menu is not None) is several
    assert not context.jobs.busy
    if menu is not None:
        assert len(menu.actions()) == 2
        menu.close()


def test_a_calendar_opens_by_key_and_a_day_is_chosen_in_it(context: Context, qtbot: QtBot) -> None:
    form = RecordForm(context, "visit")
    qtbot.addWidget(form)
    form.load(new_record(context.store, "visit", visited_on="2031-04-16"))
    form.finish()
    form.show()
    QTest.qWaitForWindowActive(form)
    line = form.boxes["visited_on"].editor.focus_widget()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_F4)
    menu = open_menu()
    assert menu is not None
    calendar = menu.findChild(QCalendarWidget)
    assert calendar is not None
    days = QApplication.focusWidget() or calendar
    assert calendar.isAncestorOf(days) or days is calendar
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert open_menu() is None
    form.leave()
    assert records.load(context.store, "visit", form.record).values["visited_on"] == "2031-04-17"
