"""工作台 on the screen: what is missing opens, numbers lead to what they count, nobody waits for the reading."""

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.field_desk import members
from tests.support.ready_papers import add_paper
from ui import style
from ui.charts.bars import BarChart
from ui.context import Context
from ui.forms.picker import Picker
from ui.screens.workbench import WorkbenchScreen
from ui.workbench.figure_table import FigureTable
from ui.workbench.short_list import Item, ShortList
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import checklists, inspections, records, workbench
from xuncha_desktop.store.store import StoreBusy

Show = Callable[[], WorkbenchScreen]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    def make(width: int = 1190, height: int = 660) -> WorkbenchScreen:
        screen = WorkbenchScreen(context)
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        if screen.pages.currentWidget() is not screen.no_inspection:
            read(qtbot, screen)
        return screen

    yield make


@pytest.fixture
def opened(context: Context) -> list[tuple[Any, ...]]:
    """What was asked to be opened: a record, or a list with its words and ids."""
    asked: list[tuple[Any, ...]] = []
    context.open_record.connect(lambda entity, record: asked.append((entity, record)))
    context.open_list.connect(lambda entity, words, ids: asked.append((entity, words, ids)))
    return asked


@pytest.fixture
def pickers(monkeypatch: pytest.MonkeyPatch) -> list[Picker]:
    """The lists to pick from that were opened."""
    made: list[Picker] = []
    # Without a screen no popup can grab the keyboard, and Qt says so.
    monkeypatch.setattr(Picker, "open_below", lambda self, anchor: made.append(self))
    return made


def read(qtbot: QtBot, screen: WorkbenchScreen) -> None:
    """Wait until the picture is of the case as it is now."""
    qtbot.waitUntil(lambda: screen.shown is not None and not screen.reader.busy)


def titles(shown: ShortList) -> list[str]:
    return [shown.model.data(shown.model.index(row, 0)).split("　")[0] for row in range(shown.model.rowCount())]


def cell(table: FigureTable, row: int, column: str) -> tuple[str, QPoint]:
    """What a cell says, and where it is."""
    index = table.figures.index(row, table.figures.columns().index(column))
    return table.figures.data(index), table.visualRect(index).center()


def second_inspection(context: Context) -> str:
    village = next(iter(records.options(context.store, "unit", code="WMC")))
    return inspections.start(context.store, [village], {"mode": "village"})[0]


def day(offset: int) -> str:
    return (date.today() + timedelta(days=offset)).isoformat()


def test_without_a_paper_the_first_step_is_to_write_one(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    tasks = screen.today.tasks
    assert tasks.no_paper.isVisible()
    assert not tasks.lacking.isVisible()
    assert not screen.today.charts["state"].isVisible()
    assert tasks.due.none.text().startswith("没有逾期和 7 天内到期的事")
    with qtbot.waitSignal(context.new_paper) as asked:
        qtbot.mouseClick(tasks.no_paper.button, LEFT)
    assert asked.args == [{}]


def test_without_an_inspection_the_first_step_is_to_make_one(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    records.delete(context.store, "inspection", [context.inspection])
    screen = show()
    assert screen.no_inspection.isVisible()
    qtbot.mouseClick(screen.no_inspection.button, LEFT)
    assert opened == [("inspection", "")]


def test_a_stay_without_dates_leads_to_the_date_that_is_missing(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    records.edit(context.store, "inspection", context.inspection, {"entry_on": None, "stay_end_on": None})
    screen = show()
    assert not screen.head.title.isVisible()
    assert screen.head.ask.text() == "还没有填进驻日期"
    qtbot.mouseClick(screen.head.ask, LEFT)
    assert opened == [("inspection.entry_on", context.inspection)]
    records.edit(context.store, "inspection", context.inspection, {"entry_on": day(-22), "stay_end_on": day(15)})
    read(qtbot, screen)
    assert screen.head.title.text() == "驻点第 23 天，还有 15 天"
    assert not screen.head.ask.isVisible()


def test_a_paper_that_lacks_something_opens_by_mouse_and_by_keyboard(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    first, second = (add_paper(context.store, title, state="draft", basis="") for title in ("甲", "乙"))
    lacking = show().today.tasks.lacking
    assert titles(lacking) == ["甲", "乙"]
    view = lacking.view
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(lacking.model.index(0, 0)).center())
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [("paper", first), ("paper", second)]


def test_what_papers_lack_and_how_many_lead_to_exactly_these_papers(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    papers = [add_paper(context.store, f"第{number}份", state="draft", basis="") for number in range(7)]
    other = add_paper(context.store, "有依据的", state="draft")
    screen = show()
    tasks = screen.today.tasks
    assert (tasks.lacking.count.text(), tasks.lacking.more.text()) == ("8", "还有 5 条")
    without_basis = next(button for button in tasks.gaps.buttons if button.text() == "定性依据 7")
    for button in (without_basis, tasks.lacking.more, tasks.lacking.count, screen.head.numbers.buttons[0]):
        qtbot.mouseClick(button, LEFT)
    assert opened == [
        ("paper", "缺“定性依据”的底稿", tuple(papers)),
        *[("paper", "还缺内容的底稿", (*papers, other))] * 3,
    ]


def test_how_many_papers_and_how_much_money_lead_to_all_papers(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    add_paper(context.store, "甲")
    summary = show().head.summary
    assert summary.text() == "底稿 1 份，涉及 12.50 万元"
    qtbot.mouseClick(summary, LEFT)
    summary.setFocus()
    qtbot.keyClick(summary, Qt.Key.Key_Space)
    assert opened == [("paper", "", None)] * 2


def test_what_is_late_stands_first_with_who_is_in_charge_and_opens(
    context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    store, leader = context.store, members(context.store)[0]
    given = {"inspection": context.inspection, "signer": leader}
    soon = records.create(store, "quick_fix", {**given, "title": "修桥", "due_on": day(3)})
    late = records.create(store, "quick_fix", {**given, "title": "修路灯", "due_on": day(-2)})
    records.create(store, "quick_fix", {**given, "title": "今天的", "due_on": day(0)})
    due = show().today.tasks.due
    rows = [due.model.data(due.model.index(row, 0)).split("　") for row in range(3)]
    assert [(row[0], "逾期" in row, row[-1]) for row in rows] == [
        ("修路灯", True, "甲虚构"),
        ("今天的", False, "甲虚构"),
        ("修桥", False, "甲虚构"),
    ]
    assert [next(word for word in row if "天" in word and word != "今天的") for row in rows] == [
        "已过 2 天",
        "今天到期",
        "还有 3 天",
    ]
    for row in (0, 2):
        due.view.entered_by_key.emit(due.model.index(row, 0))
    assert opened == [("quick_fix", late), ("quick_fix", soon)]


def test_a_must_item_opens_and_leaves_the_list_once_begun(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    screen = show()
    shown = screen.today.tasks.must
    must = [line for line in checklists.lines(context.store, context.inspection) if line.must]
    assert shown.count.text() == str(len(must))
    shown.view.entered_by_key.emit(shown.model.index(0, 0))
    assert opened == [("check_result", must[0].result)]
    checklists.set_state(context.store, [must[0].result], "checking")
    read(qtbot, screen)
    assert titles(shown)[0] == must[1].text
    checklists.set_state(context.store, [line.result for line in must], "clean")
    read(qtbot, screen)
    assert shown.none.text() == "必查事项都已开始核查。"


def test_a_number_kept_by_hand_goes_to_its_field_and_a_counted_one_to_its_list(
    context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    store, here = context.store, {"inspection": context.inspection}
    records.edit(store, "inspection", context.inspection, {"talks": 1286})
    received = records.create(store, "borrowing", {**here, "name": "账册", "received_on": day(-1)})
    records.create(store, "borrowing", {**here, "name": "还没有来的"})
    records.create(store, "visit", {**here, "households": 3})
    counters = show().counters
    talks = counters.cell("talks")
    assert talks.accessibleName() == "谈话（人次） 1,286，手填，点按去填写"
    for name in ("talks", "visits", "documents"):
        counters.cell(name).click()
    assert opened == [
        ("inspection.talks", context.inspection),
        ("visit", "走访（户）", None),
        ("borrowing", "已提供的资料", (received,)),
    ]


def test_a_bar_leads_to_the_papers_it_counts(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[Any, ...]]
) -> None:
    add_paper(context.store, "已审签的")
    draft = add_paper(context.store, "草稿的", state="draft")
    chart = show().today.charts["state"].chart
    assert [(bar.label, bar.value) for bar in chart.bars] == [("草稿", 1), ("已审签", 1)]
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [("paper", "底稿状态：草稿", (draft,))]


def test_the_copy_button_puts_picture_and_numbers_on_the_clipboard_and_says_so(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    add_paper(context.store, "甲", state="draft")
    box = show().today.charts["state"]
    told: list[str] = []
    context.told.connect(told.append)
    qtbot.mouseClick(box.copy, LEFT)
    assert len(told) == 1
    assert "底稿状态" in told[0]
    data = QGuiApplication.clipboard().mimeData()
    assert (data.hasImage(), data.hasHtml(), data.text()) == (True, True, "底稿状态\t数量\n草稿\t1")


def test_a_member_s_numbers_lead_to_their_records_and_what_is_late_to_a_list_to_pick_from(
    qtbot: QtBot,
    context: Context,
    show: Show,
    opened: list[tuple[Any, ...]],
    pickers: list[Picker],
) -> None:
    handler = members(context.store)[1]
    draft = add_paper(context.store, "甲", state="draft", handlers=(handler,))
    late = {"inspection": context.inspection, "title": "修路灯", "due_on": day(-2), "signer": handler}
    notice = records.create(context.store, "quick_fix", late)
    screen = show()
    qtbot.mouseClick(screen.head.views["members"], LEFT)
    table = screen.members
    assert (table.isVisible(), screen.today.isVisible()) == (True, False)
    words, place = cell(table, 1, "草稿")
    assert words == "1"
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    qtbot.mouseClick(table.viewport(), LEFT, pos=cell(table, 0, "草稿")[1])  # none: leads nowhere
    table.setCurrentIndex(table.figures.index(1, table.figures.columns().index("逾期")))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    found = pickers[-1]
    assert [found.list.item(row).text() for row in range(found.list.count())] == ["修路灯"]
    found.picked.emit(f"quick_fix {notice}")
    found.close()
    assert opened == [("paper", "乙虚构　草稿", (draft,)), ("quick_fix", notice)]


def test_must_items_of_a_unit_are_picked_from_a_list_there(
    qtbot: QtBot,
    context: Context,
    show: Show,
    opened: list[tuple[Any, ...]],
    pickers: list[Picker],
) -> None:
    other = second_inspection(context)
    must = [line for line in checklists.lines(context.store, other) if line.must]
    screen = show()
    qtbot.mouseClick(screen.head.views["units"], LEFT)
    place = cell(screen.units, 1, "必查未开始")[1]
    qtbot.mouseClick(screen.units.viewport(), LEFT, pos=place)
    assert context.inspection == other
    found = pickers[-1]
    assert [found.list.item(row).text() for row in range(found.list.count())] == [line.text for line in must]
    found.picked.emit(f"check_result {must[0].result}")
    found.close()
    assert opened == [("check_result", must[0].result)]


def test_the_name_of_a_unit_switches_to_its_inspection_and_the_view_is_remembered(
    qtbot: QtBot, context: Context, show: Show
) -> None:
    screen = show()
    first = context.inspection
    assert not screen.head.views["units"].isVisible()
    other = second_inspection(context)
    read(qtbot, screen)
    assert screen.head.views["units"].text() == "按单位 2"
    qtbot.mouseClick(screen.head.views["units"], LEFT)
    qtbot.mouseClick(screen.units.viewport(), LEFT, pos=cell(screen.units, 1, "单位")[1])
    assert context.inspection == other
    assert screen.pages.currentWidget() is not screen.scrolled  # the numbers of another unit are not shown meanwhile
    read(qtbot, screen)
    assert screen.head.ask.text() == "还没有填进驻日期"
    again = show()
    assert again.units.isVisible()
    records.delete(context.store, "inspection", [first])
    read(qtbot, again)
    assert again.today.isVisible()


def test_a_table_of_numbers_is_copied_for_word_and_excel(qtbot: QtBot, context: Context, show: Show) -> None:
    add_paper(context.store, "甲", state="draft", handlers=members(context.store)[:1])
    screen = show()
    qtbot.mouseClick(screen.head.views["members"], LEFT)
    screen.members.setFocus()
    qtbot.keyClick(screen.members, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "成员\t职务\t逾期\t底稿\t草稿\n甲虚构\t组长\t0\t1\t1\n乙虚构\t组员\t0\t0\t0"
    assert "<td>甲虚构</td>" in data.html()


def test_news_shows_when_it_was_read_and_until_then_the_last_picture_stays(
    qtbot: QtBot, context: Context, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = show()
    go_on = threading.Event()
    whole = workbench.overview

    def slowly(*given: Any) -> workbench.Overview:
        assert go_on.wait(10)
        return whole(*given)

    monkeypatch.setattr(workbench, "overview", slowly)
    add_paper(context.store, "甲")
    add_paper(context.store, "乙")  # while the first one is read: what is read then is old
    assert screen.reader.busy
    assert screen.scrolled.isVisible()
    assert screen.head.summary.text() == "底稿 0 份"
    seen: list[int] = []
    screen.reader.read.connect(lambda found: seen.append(found.papers))
    go_on.set()
    read(qtbot, screen)
    assert seen == [2]
    assert screen.head.summary.text() == "底稿 2 份，涉及 25.00 万元"


def test_what_happened_while_hidden_is_read_when_it_is_seen_again(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    screen.hide()
    add_paper(context.store, "乙")
    assert not screen.reader.busy
    screen.show()
    read(qtbot, screen)
    assert screen.head.summary.text().startswith("底稿 1 份")


def test_a_busy_case_is_read_again_a_little_later(
    qtbot: QtBot, context: Context, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = show()
    screen.reader.later.setInterval(20)
    whole, failures = workbench.overview, [StoreBusy("忙")]

    def busy_once(*given: Any) -> workbench.Overview:
        if failures:
            raise failures.pop()
        return whole(*given)

    monkeypatch.setattr(workbench, "overview", busy_once)
    with qtbot.waitSignal(screen.reader.read):
        add_paper(context.store, "甲")
    assert screen.head.summary.text().startswith("底稿 1 份")


def test_a_long_list_shows_its_beginning_and_all_of_it_on_demand(qtbot: QtBot) -> None:
    shown = ShortList("逾期和近期到期", 5)
    qtbot.addWidget(shown)
    shown.show_items([Item(str(number), f"第{number}份") for number in range(12)], "")
    shown.show()
    assert shown.model.rowCount() == 5
    assert shown.more.text() == "还有 7 条"
    qtbot.mouseClick(shown.more, LEFT)
    assert (shown.model.rowCount(), shown.more.text()) == (12, "收起")
    assert shown.view.height() == 12 * style.metrics.two_line_row
    shown.show_items([Item(str(number), f"第{number}份") for number in range(6)], "")
    assert shown.model.rowCount() == 6
    assert not shown.more.isVisible()


@pytest.mark.parametrize(
    ("width", "height", "size", "scrolls"), [(1190, 660, 14, False), (863, 414, 14, True), (712, 420, 18, True)]
)
def test_nothing_is_wider_than_the_screen_and_the_page_scrolls(
    qapp: QApplication, qtbot: QtBot, context: Context, width: int, height: int, size: int, scrolls: bool
) -> None:
    style.apply(qapp, "light", size)
    add_paper(context.store, "很长的标题" * 40, state="draft", basis="")
    screen = WorkbenchScreen(context)
    qtbot.addWidget(screen)
    screen.resize(width, height)
    screen.show()
    read(qtbot, screen)
    qapp.processEvents()
    page = screen.scrolled.widget()
    assert page is not None
    qtbot.waitUntil(lambda: (page.height() > screen.scrolled.viewport().height()) is scrolls)
    assert page.width() <= screen.scrolled.viewport().width()
    for part in (*page.findChildren(QLabel), *page.findChildren(QPushButton), *page.findChildren(BarChart)):
        if part.isVisible():
            assert part.mapTo(page, part.rect().topRight()).x() <= page.width()


def test_typing_left_by_a_crash_is_said_in_the_morning_with_a_link_until_it_is_decided(
    show: Show, context: Context, opened: list[tuple[Any, ...]]
) -> None:
    store = context.store
    paper = add_paper(store, "甲", state="draft")
    for name in ("overview", "basis"):
        context.drafts.put("paper", paper, name, "没存下的", store.heads("paper", paper))
    context.drafts.put("paper", new_id(), "title", "新的", {}, {"inspection": context.inspection})
    screen = show()
    notice = screen.left_over
    assert notice.isVisible()
    assert notice.words.text().startswith("有 3 处未保存的修改，上次异常退出时留下")
    texts = [link.accessibleName() for link in notice.links]
    assert texts == ["打开问题底稿“甲”：问题概述、定性依据", "打开新问题底稿：底稿名称"]
    for link in notice.links:
        link.click()
    assert opened == [("paper", paper), ("paper", "", None)]
    for draft in context.drafts.every():
        context.drafts.drop("paper", draft.record)
    screen.hide()
    screen.show()
    assert not notice.isVisible()


def test_typing_of_this_session_is_not_said_to_be_left_over(show: Show, context: Context) -> None:
    screen = show()
    paper = add_paper(context.store, "甲", state="draft")
    context.drafts.put("paper", paper, "overview", "正写着", context.store.heads("paper", paper))
    screen.hide()
    screen.show()
    assert not screen.left_over.isVisible()
