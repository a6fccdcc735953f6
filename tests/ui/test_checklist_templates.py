"""清单模板 on the settings screen: versions, items as a list with a form, what is in use left alone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.checklist_desk import begin, checklist_of
from tests.support.ready_papers import the_inspection
from tests.support.typing import commit
from ui.context import Context
from ui.screens.settings import SettingsScreen
from ui.settings.checklist_templates import ChecklistTemplatesPage
from xuncha_desktop.services import checklist_editing, records
from xuncha_desktop.services import checklist_versions as versions
from xuncha_desktop.store import undo

Show = Callable[[], ChecklistTemplatesPage]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    screens: list[SettingsScreen] = []  # the page is gone as soon as nobody holds its screen

    def make() -> ChecklistTemplatesPage:
        screen = SettingsScreen(context)
        screens.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1190, 640)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        page = screen.page(ChecklistTemplatesPage)
        assert isinstance(page, ChecklistTemplatesPage)
        return page

    yield make


def codes(page: ChecklistTemplatesPage) -> list[str]:
    return [item.code for item in page.items.table.items.items]


def test_a_version_in_use_is_shown_but_not_changed(context: Context, show: Show) -> None:
    page = show()
    assert page.chooser.currentText() == "镇（街道）党（工）委巡察清单　2026.1　1 个任务在用"
    assert page.facts.text() == "22 项，★ 必查 14 项　已有任务在用，修订时另存为新版本。"
    assert len(codes(page)) == 22
    page.items.form.finish()
    assert page.items.form.boxes["item"].editor.focus_widget().property("readOnly")
    for button in (page.items.add, page.items.up, page.items.down, page.items.remove, page.discard):
        assert not button.isEnabled()
    page.new_record()
    assert not page.items.form.is_new


def test_revising_gives_a_new_version_whose_items_are_written_moved_and_taken_away(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    page = show()
    with qtbot.waitSignal(context.undo_offered) as told:
        qtbot.mouseClick(page.revise, Qt.MouseButton.LeftButton)
    assert told.args == ["已另存为新版本"]
    assert page.shown is not None
    assert (page.shown.version, page.shown.locked) == ("2026.2", "")
    page.items.form.finish()
    text = page.items.form.boxes["item"].editor.focus_widget()
    text.setFocus()
    commit(text, "（修订）")
    page.items.table.setFocus()
    assert "（修订）" in page.items.table.items.items[0].text
    page.items.table.select_row(0)
    qtbot.keyClick(page.items.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert codes(page)[:3] == ["ZJ-02", "ZJ-01", "ZJ-03"]
    assert page.items.table.chosen() == [page.items.table.items.items[1].id]
    qtbot.keyClick(page.items.table, Qt.Key.Key_Delete)
    assert "ZJ-01" not in codes(page)
    undo.undo(context.store)
    assert codes(page)[:2] == ["ZJ-02", "ZJ-01"]
    assert "（修订）" not in checklist_text(context)


def test_an_undo_while_ctrl_is_held_leaves_the_list_on_its_item(qtbot: QtBot, context: Context, show: Show) -> None:
    page = show()
    page.revise.click()
    qtbot.keyClick(page.items.table, Qt.Key.Key_Delete)
    before = page.items.table.chosen()
    assert codes(page)[0] == "ZJ-02"
    assert before
    qtbot.keyPress(page.items.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    undo.undo(context.store)
    qtbot.keyRelease(page.items.table, Qt.Key.Key_Control)
    assert codes(page)[0] == "ZJ-01"
    assert page.items.table.chosen() == before


def checklist_text(context: Context) -> str:
    """What the running inspection's own version says."""
    checklist = checklist_of(context.store, context.inspection).id
    return "".join(item.text for item in versions.items_of(context.store, checklist))


def test_a_new_item_gets_the_next_code_and_the_list_stands_on_it(qtbot: QtBot, context: Context, show: Show) -> None:
    page = show()
    page.revise.click()
    qtbot.mouseClick(page.items.add, Qt.MouseButton.LeftButton)
    text = page.items.form.boxes["item"].editor.focus_widget()
    qtbot.waitUntil(text.hasFocus)
    commit(text, "政府购买服务是否转嫁本职工作")
    page.items.form.leave()
    assert codes(page)[-1] == "ZJ-23"
    assert page.items.table.chosen() == [page.items.form.record]
    assert page.items.table.items.items[-1].text == "政府购买服务是否转嫁本职工作"


def test_a_shipped_checklist_is_brought_in_and_may_then_be_revised(qtbot: QtBot, context: Context, show: Show) -> None:
    page = show()
    page.chooser.setCurrentIndex(1)
    assert page.chooser.currentText() == "市直部门党组（党委）巡察清单　2026.1　未带入"
    assert page.nothing.isVisible()
    assert not page.revise.isEnabled()
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert page.items.isVisible()
    assert codes(page)[0] == "BM-01"
    assert page.revise.isEnabled()
    assert not page.items.add.isEnabled()


def test_a_checklist_of_ones_own_is_named_and_filled(qtbot: QtBot, context: Context, show: Show) -> None:
    page = show()
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert page.items.own_form.isVisible()
    name = page.items.own_form.boxes["name"].editor.focus_widget()
    commit(name, "学校食堂专项清单")
    page.items.own_form.leave()
    assert page.chooser.currentText() == "学校食堂专项清单　1"
    page.new_record()
    commit(page.items.form.boxes["item"].editor.focus_widget(), "食材采购是否公开")
    page.items.form.leave()
    assert codes(page) == ["01"]


def test_a_version_nobody_uses_is_discarded_and_undo_brings_it_back(qtbot: QtBot, context: Context, show: Show) -> None:
    page = show()
    page.revise.click()
    with qtbot.waitSignal(context.undo_offered) as told:
        qtbot.mouseClick(page.discard, Qt.MouseButton.LeftButton)
    assert told.args == ["已删除清单版本 2026.2"]
    assert [row.version for row in page.found if row.code == "ZJ"] == ["2026.1"]
    undo.undo(context.store)
    assert [row.version for row in page.found if row.code == "ZJ"] == ["2026.2", "2026.1"]


def test_a_version_taken_into_use_meanwhile_is_closed(context: Context, show: Show) -> None:
    page = show()
    page.revise.click()
    assert page.items.add.isEnabled()
    begin(context.store)
    assert not page.items.add.isEnabled()
    assert page.facts.text().endswith("已有任务在用，修订时另存为新版本。")


def test_a_checklist_asked_for_elsewhere_is_shown(qtbot: QtBot, context: Context) -> None:
    brought = checklist_editing.bring_in(context.store, "GQ")
    screen = SettingsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.open_record("checklist", brought)
    page = screen.page(ChecklistTemplatesPage)
    assert isinstance(page, ChecklistTemplatesPage)
    assert page.shown is not None
    assert page.shown.id == brought
    assert records.load(context.store, "inspection", the_inspection(context.store)).values["checklist"] != brought
