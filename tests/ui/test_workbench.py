"""工作台 on the screen: what is missing can be opened, numbers can be filled in, bars list their papers."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper
from ui import style
from ui.charts.bars import Bar, BarChart
from ui.context import Context
from ui.forms.picker import Picker
from ui.screens.workbench import WorkbenchScreen
from ui.workbench.short_list import Item, ShortList
from xuncha_desktop.services import checklists, records

Show = Callable[[], WorkbenchScreen]


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Iterator[Show]:
    def make(width: int = 1190, height: int = 660) -> WorkbenchScreen:
        screen = WorkbenchScreen(context)
        qtbot.addWidget(screen)
        screen.resize(width, height)
        screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return screen

    yield make


@pytest.fixture
def opened(context: Context) -> list[tuple[str, str]]:
    """What was asked to be opened."""
    asked: list[tuple[str, str]] = []
    context.open_record.connect(lambda entity, record: asked.append((entity, record)))
    return asked


def titles(shown: ShortList) -> list[str]:
    return [shown.model.data(shown.model.index(row, 0)).split("　")[0] for row in range(shown.model.rowCount())]


def test_without_a_paper_the_first_step_is_to_write_one(qtbot: QtBot, context: Context, show: Show) -> None:
    screen = show()
    assert screen.no_paper.isVisible()
    assert not screen.lacking.isVisible()
    assert not screen.by_state.isVisible()
    with qtbot.waitSignal(context.new_paper) as asked:
        qtbot.mouseClick(screen.no_paper.button, Qt.MouseButton.LeftButton)
    assert asked.args == [{}]


def test_without_an_inspection_the_first_step_is_to_make_one(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[str, str]]
) -> None:
    records.delete(context.store, "inspection", [context.inspection])
    screen = show()
    assert screen.no_inspection.isVisible()
    qtbot.mouseClick(screen.no_inspection.button, Qt.MouseButton.LeftButton)
    assert opened == [("inspection", "")]


def test_a_paper_that_lacks_something_opens_by_mouse_and_by_keyboard(
    qtbot: QtBot, context: Context, show: Show, opened: list[tuple[str, str]]
) -> None:
    first, second = (add_paper(context.store, title, state="draft", basis="") for title in ("甲", "乙"))
    screen = show()
    assert titles(screen.lacking) == ["甲", "乙"]
    assert screen.lacking.heading.text() == "还缺内容的底稿　2"
    view = screen.lacking.view
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(screen.lacking.model.index(0, 0)).center()
    )
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [("paper", first), ("paper", second)]


def test_a_must_item_opens_and_leaves_the_list_once_begun(
    context: Context, show: Show, opened: list[tuple[str, str]]
) -> None:
    screen = show()
    must = [line for line in checklists.lines(context.store, context.inspection) if line.must]
    assert screen.must.heading.text() == f"必查事项还没有开始　{len(must)}"
    screen.must.view.entered_by_key.emit(screen.must.model.index(0, 0))
    assert opened == [("check_result", must[0].result)]
    checklists.set_state(context.store, [must[0].result], "checking")
    assert titles(screen.must)[0] == must[1].text
    checklists.set_state(context.store, [line.result for line in must], "clean")
    assert screen.must.none.text() == "必查事项都已开始核查。"


def test_a_number_kept_by_hand_is_marked_and_goes_to_its_field(
    context: Context, show: Show, opened: list[tuple[str, str]]
) -> None:
    records.edit(context.store, "inspection", context.inspection, {"talks": 1286})
    screen = show()
    talks = screen.counters.cell("talks")
    assert talks.accessibleName() == "谈话（人次） 1,286，手填，点按去填写"
    talks.click()
    assert opened == [("inspection.talks", context.inspection)]


def test_a_bar_lists_the_papers_it_counts_and_opens_the_one_picked(
    qtbot: QtBot,
    context: Context,
    show: Show,
    opened: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Without a screen no popup can grab the keyboard, and Qt says so.
    monkeypatch.setattr(Picker, "open_below", lambda *_: None)
    add_paper(context.store, "已审签的")
    draft = add_paper(context.store, "草稿的", state="draft")
    screen = show()
    chart = screen.by_state.chart
    assert [(bar.label, bar.value) for bar in chart.bars] == [("草稿", 1), ("已审签", 1)]
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    picker = screen.findChild(Picker)
    assert picker is not None
    assert [picker.list.item(row).text() for row in range(picker.list.count())] == ["草稿的"]
    picker.picked.emit(draft)
    picker.close()
    assert opened == [("paper", draft)]


def test_news_of_papers_shows_at_once_when_seen_and_later_when_hidden(context: Context, show: Show) -> None:
    screen = show()
    assert screen.summary.text().startswith("底稿 0 份")
    add_paper(context.store, "甲")
    assert screen.summary.text().startswith("底稿 1 份，涉及 12.50 万元")
    screen.hide()
    add_paper(context.store, "乙")
    assert screen.summary.text().startswith("底稿 1 份")
    screen.show()
    assert screen.summary.text().startswith("底稿 2 份，涉及 25.00 万元")


def test_a_long_list_shows_its_beginning_and_all_of_it_on_demand(qtbot: QtBot) -> None:
    shown = ShortList("还缺内容的底稿")
    qtbot.addWidget(shown)
    shown.show_items([Item(str(number), f"第{number}份") for number in range(12)], "")
    shown.show()
    assert shown.model.rowCount() == 5
    assert shown.more.text() == "全部 12 项"
    qtbot.mouseClick(shown.more, Qt.MouseButton.LeftButton)
    assert shown.model.rowCount() == 12
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
    qapp.processEvents()
    page = screen.scrolled.widget()
    assert page is not None
    assert page.width() <= screen.scrolled.viewport().width()
    assert (page.height() > screen.scrolled.viewport().height()) is scrolls
    for part in (*page.findChildren(QLabel), *page.findChildren(QPushButton), *page.findChildren(BarChart)):
        if part.isVisible():
            assert part.mapTo(page, part.rect().topRight()).x() <= page.width()


def test_a_chart_is_copied_as_a_picture_with_its_title_and_as_cells(qtbot: QtBot) -> None:
    chart = BarChart("问题分类")
    qtbot.addWidget(chart)
    chart.show_bars([Bar("重点领域", 6), Bar("作风<b>建设", 0)])
    chart.resize(chart.sizeHint())
    copy_picture, copy_table = chart.menu().actions()
    copy_picture.trigger()
    picture = QGuiApplication.clipboard().image()
    assert picture.width() > chart.width() * 2
    colors = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in (0, picture.height() // 2)}
    assert QColor(style.color("paper")).name() in colors
    painted = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(picture.height())}
    assert style.color("accent").name() in painted
    copy_table.trigger()
    assert QGuiApplication.clipboard().text() == "问题分类\t数量\n重点领域\t6\n作风<b>建设\t0"


def test_arrows_walk_the_bars_and_a_click_chooses_the_one_under_the_mouse(qtbot: QtBot) -> None:
    chart = BarChart("底稿状态")
    qtbot.addWidget(chart)
    chart.show_bars([Bar("草稿", 3), Bar("待复核", 2), Bar("已审签", 19)])
    chart.resize(400, chart.sizeHint().height())
    chosen: list[str] = []
    chart.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place("待复核").center())
    assert chosen == ["已审签", "待复核"]
    assert chart.accessibleDescription() == "草稿 3；待复核 2；已审签 19"
