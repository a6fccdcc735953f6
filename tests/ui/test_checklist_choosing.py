"""选取事项, 采用新版 and 整改结论 on the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.checklist_desk import begin, codes, item_of, line, pick, revised
from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper, the_inspection
from tests.support.typing import commit
from ui.checklists.choosing_page import ChoosingPage
from ui.context import Context
from ui.forms.picker import Picker
from ui.screens.checklist import ChecklistScreen
from ui.tasks.inspection_tab import InspectionTab
from xuncha_desktop.services import checklist_editing, checklists, inspections, overlays, records
from xuncha_desktop.store import undo

Show = Callable[[str], ChecklistScreen]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    def make(inspection: str) -> ChecklistScreen:
        context.choose_inspection(inspection)
        screen = ChecklistScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1190, 640)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return screen

    return make


def rows_of(page: ChoosingPage, *wanted: str) -> list[int]:
    return [row for row, found in enumerate(page.model.rows) if found.code in wanted]


def tick(qtbot: QtBot, page: ChoosingPage, code: str) -> None:
    """Click the box of an item."""
    [row] = rows_of(page, code)
    index = page.model.index(row, 0)
    page.table.scrollTo(index)
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(index).center())


def test_a_special_inspection_is_chosen_by_topic_by_hand_and_with_own_items(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    record = begin(context.store, mode="special")
    screen = show(record)
    assert screen.unchosen.isVisible()
    qtbot.mouseClick(screen.unchosen.button, Qt.MouseButton.LeftButton)
    page = screen.choosing
    assert page.isVisible()
    qtbot.mouseClick(page.topics["粮食购销"], Qt.MouseButton.LeftButton)
    assert page.advice.text() == "已选 4 项，其中自拟 0 项（宜 6—15 项）"
    tick(qtbot, page, "ZJ-01")
    tick(qtbot, page, "ZJ-12")
    assert not page.topics["粮食购销"].isChecked()
    page.own.setPlainText("1. 粮食收购款是否打白条\n2. 轮换粮是否以陈顶新")
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert page.take.text() == "选取 6 项"
    with qtbot.waitSignal(context.undo_offered) as told:
        qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert told.args == ["已选取 6 项清单事项"]
    assert codes(context.store, record) == ["ZJ-01", "ZJ-03", "ZJ-13", "ZJ-14", "专-01", "专-02"]
    assert screen.split.isVisible()
    assert screen.items.table.hasFocus()
    assert screen.items.chosen.words.text() == "另有 18 项没有选取，已隐藏"
    undo.undo(context.store)
    assert screen.unchosen.isVisible()


def test_what_is_typed_but_not_added_is_taken_all_the_same(qtbot: QtBot, context: Context, show: Show) -> None:
    record = begin(context.store, mode="special")
    pick(context.store, record, "ZJ-02")
    screen = show(record)
    qtbot.mouseClick(screen.items.chosen.button, Qt.MouseButton.LeftButton)
    commit(screen.choosing.own, "自己想查的")
    screen.choosing.take.click()
    assert codes(context.store, record) == ["ZJ-02", "专-01"]


def test_space_ticks_several_and_esc_gives_up(qtbot: QtBot, context: Context, show: Show) -> None:
    record = begin(context.store, mode="special")
    pick(context.store, record, "ZJ-02")
    screen = show(record)
    qtbot.mouseClick(screen.items.chosen.button, Qt.MouseButton.LeftButton)
    table = screen.choosing.table
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert [row.chosen for row in screen.choosing.model.rows[:4]] == [True, True, True, False]
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not any(row.chosen for row in screen.choosing.model.rows)
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert codes(context.store, record) == ["ZJ-02"]
    assert screen.split.isVisible()


def test_other_special_tasks_of_the_round_are_chosen_alike_when_asked(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    first, second = begin(context.store, mode="special"), begin(context.store, mode="special")
    screen = show(first)
    screen.unchosen.button.click()
    assert screen.choosing.together.text() == "本轮用同一清单的另外 1 个专项任务也这样选"
    tick(qtbot, screen.choosing, "ZJ-03")
    screen.choosing.together.setChecked(True)
    screen.choosing.take.click()
    assert codes(context.store, first) == codes(context.store, second) == ["ZJ-03"]


def test_a_mobile_item_without_a_suspicion_is_refused_in_place(qtbot: QtBot, context: Context, show: Show) -> None:
    record = begin(context.store, mode="mobile")
    screen = show(record)
    screen.unchosen.button.click()
    page = screen.choosing
    tick(qtbot, page, "ZJ-10")
    page.take.click()
    assert page.isVisible()
    assert page.error.text() == "机动式巡察只查有疑点的事项：还有 1 项没有写明针对的疑点。"
    page.suspicion.setText("食堂采购单价偏高")
    tick(qtbot, page, "ZJ-12")
    [row] = rows_of(page, "ZJ-10")
    suspicion = page.model.index(row, page.model.names.index("suspicion"))
    assert suspicion.data() == "▲ 写明疑点"
    page.table.edit(suspicion)
    editor = page.table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("接待费偏高")
    page.take.click()
    assert [(found.code, found.suspicion) for found in checklists.lines(context.store, record)] == [
        ("ZJ-10", "接待费偏高"),
        ("ZJ-12", "食堂采购单价偏高"),
    ]
    assert screen.detail.suspicion.text() == "针对疑点：接待费偏高"
    header = screen.items.table.model()
    assert [header.headerData(column, Qt.Orientation.Horizontal) for column in range(4)] == [
        "必查",
        "编号",
        "针对疑点",
        "检查事项",
    ]


def test_an_own_item_is_worded_anew_in_the_table(context: Context, show: Show) -> None:
    record = begin(context.store, mode="special")
    overlays.choose(context.store, [record], {}, [overlays.Added("原来的说法")])
    screen = show(record)
    screen.items.chosen.button.click()
    model = screen.choosing.model
    [row] = rows_of(screen.choosing, "专-01")
    text = model.index(row, model.names.index("text"))
    assert model.flags(text) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, model.names.index("text"))) & Qt.ItemFlag.ItemIsEditable
    model.setData(text, "新的说法")
    screen.choosing.cancel.click()
    assert line(context.store, record, "专-01").text == "新的说法"


def look_back(context: Context) -> str:
    for title in ("办公用房出租未公开竞价", "接待费无公函"):
        add_paper(context.store, title)
    return begin(context.store, mode="lookback", previous=the_inspection(context.store))


def test_a_look_back_asks_for_a_verdict_by_chip_or_key(qtbot: QtBot, context: Context, show: Show) -> None:
    record = look_back(context)
    screen = show(record)
    table, detail = screen.items.table, screen.detail
    table.setFocus()
    assert detail.verdicts["done"].isVisible()
    qtbot.keyClick(table, Qt.Key.Key_4)
    assert detail.reason.text() == "上一轮反馈的问题要定整改核查结论，定了才算核查完。"
    qtbot.mouseClick(detail.verdicts["done"], Qt.MouseButton.LeftButton)
    first = line(context.store, record, "回-01")
    assert (first.verdict, first.state) == ("done", "clean")
    assert not detail.reason.isVisible()
    results = [found.result for found in checklists.lines(context.store, record)[:2]]
    table.choose(results, results[0])
    with qtbot.waitSignal(context.undo_offered) as told:
        qtbot.keyClick(table, Qt.Key.Key_F8)
    assert told.args == ["2 个上轮问题已核为“虚假整改”"]
    assert {line(context.store, record, code).verdict for code in ("回-01", "回-02")} == {"false"}
    table.choose([line(context.store, record, "ZJ-21").result], line(context.store, record, "ZJ-21").result)
    assert not detail.verdicts["done"].isVisible()
    before = len(batches(context.store))
    qtbot.keyClick(table, Qt.Key.Key_F5)
    assert len(batches(context.store)) == before


def test_problems_of_the_last_round_are_pasted(context: Context, show: Show) -> None:
    record = begin(context.store, mode="lookback")
    screen = show(record)
    screen.items.chosen.button.click()
    screen.choosing.own.setPlainText("1\t接待费无公函\n2\t三资台账不实，部分资源未登记")
    screen.choosing.take.click()
    assert codes(context.store, record) == ["回-01", "回-02", "ZJ-21", "ZJ-22"]


def test_a_later_version_is_taken_over_item_by_item(qtbot: QtBot, context: Context, show: Show) -> None:
    inspection = the_inspection(context.store)
    screen = show(inspection)
    assert not screen.items.newer.isVisible()
    new = revised(context.store, inspection, ZJ_02="改写的事项", ZJ_03="也改写了")
    checklist_editing.remove_items(context.store, [item_of(context.store, new, "ZJ-22")])
    assert screen.items.newer.words.text() == "清单有新版本 2026.2"
    qtbot.mouseClick(screen.items.newer.button, Qt.MouseButton.LeftButton)
    page = screen.versions
    assert page.heading.text() == "采用新版清单　2026.1 → 2026.2"
    assert page.summary.text() == "改 2 项、减 1 项"
    assert page.take.text() == "采用新版，接收 3 项改动"
    assert page.model.index(0, 3).data() == "改写的事项"
    assert page.model.index(2, 3).data() == "（新版没有这一项）"
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    index = page.model.index(2, 0)
    page.table.scrollTo(index)
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(index).center())
    assert page.take.text() == "采用新版，接收 1 项改动"
    before = len(batches(context.store))
    with qtbot.waitSignal(context.undo_offered) as told:
        qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert told.args == ["已采用清单 2026.2，接收 1 项改动"]
    assert len(batches(context.store)) == before + 1
    assert line(context.store, inspection, "ZJ-02").text == "改写的事项"
    assert line(context.store, inspection, "ZJ-03").text != "也改写了"
    assert "ZJ-22" in codes(context.store, inspection)
    assert screen.split.isVisible()
    assert not screen.items.newer.isVisible()


def test_choosing_is_left_alone_by_news_but_not_by_another_task(context: Context, show: Show) -> None:
    other, record = context.inspection, begin(context.store, mode="special")
    screen = show(record)
    screen.unchosen.button.click()
    screen.choosing.model.tick([0], True)
    add_paper(context.store, "别处写的")
    assert screen.choosing.isVisible()
    assert screen.choosing.model.rows[0].chosen
    context.choose_inspection(other)
    assert screen.split.isVisible()


def test_a_problem_found_is_tied_to_a_paper_that_exists(qtbot: QtBot, context: Context, show: Show) -> None:
    inspection = the_inspection(context.store)
    add_paper(context.store, "已锁定")
    draft = add_paper(context.store, "还在写", state="draft")
    screen = show(inspection)
    screen.items.table.setFocus()
    qtbot.keyClick(screen.items.table, Qt.Key.Key_4)
    assert screen.detail.reason.text() == "发现问题要有对应底稿：就这一事项写底稿，或对应到已有底稿。"
    qtbot.mouseClick(screen.detail.papers.name, Qt.MouseButton.LeftButton)
    popup = next(p for p in screen.detail.papers.name.findChildren(Picker) if p.isVisible())
    assert [popup.list.item(row).text() for row in range(popup.list.count())] == ["还在写"]
    popup.list.itemClicked.emit(popup.list.item(0))
    assert line(context.store, inspection, "ZJ-01").papers == ((draft, "还在写"),)
    assert not screen.detail.reason.isVisible()
    with qtbot.waitSignal(context.told) as told:
        screen.detail.papers.name.click()
    assert told.args == ["没有可以对应的底稿：都已对应到这一事项，或已审签锁定；可以就这一事项写底稿。"]


def test_records_that_name_the_item_are_links(qtbot: QtBot, context: Context, show: Show) -> None:
    inspection = the_inspection(context.store)
    screen = show(inspection)
    values = {"inspection": inspection, "number": "访-JXG-0003"}
    item = line(context.store, inspection, "ZJ-01").item
    visit = records.create(context.store, "visit", {**values, "check_items": (item,)})
    [link] = screen.detail.records.links
    assert link.accessibleName() == "打开走访记录：走访记录　访-JXG-0003"
    with qtbot.waitSignal(context.open_record) as asked:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == ["visit", visit]


def test_the_form_of_the_task_refuses_to_end_the_stay_in_place(qtbot: QtBot, context: Context) -> None:
    tab = InspectionTab(context)
    qtbot.addWidget(tab)
    tab.resize(1190, 640)
    tab.show()
    tab.refresh(None)
    tab.open(context.inspection)
    tab.form.finish()
    box = tab.form.boxes["state"]
    box.editor.set_value("reporting")
    box.editor.committed.emit()
    assert "还有 14 项必查事项没有核查完（ZJ-01、ZJ-02、ZJ-04、ZJ-05、ZJ-06等）" in said(box)
    assert records.load(context.store, "inspection", context.inspection).values["state"] == "on_site"
    must = [found.result for found in checklists.lines(context.store, context.inspection) if found.must]
    checklists.set_state(context.store, must, "clean")
    inspections.edit(context.store, context.inspection, {"state": "reporting"})
    assert records.load(context.store, "inspection", context.inspection).values["state"] == "reporting"


def said(box: QWidget) -> str:
    """The words under a field that can be seen."""
    return "\n".join(label.text() for label in box.findChildren(QLabel) if label.isVisible())
