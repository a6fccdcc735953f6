"""Charts: walked by keyboard, copied as they look on paper, and as cells."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import style
from ui.charts import bar_lines, copying
from ui.charts.bars import Bar, BarChart
from ui.colors import DARK, LIGHT

CENTIMETRES_AN_INCH = 2.54


@pytest.fixture
def chart(qtbot: QtBot) -> BarChart:
    made = BarChart("问题分类")
    qtbot.addWidget(made)
    made.show_bars([Bar("重点领域", 6), Bar("作风<b>建设", 0), Bar("=1+1", 2)])
    made.resize(400, made.sizeHint().height())
    return made


def colors(image: QImage) -> set[str]:
    columns, rows = range(0, image.width(), 3), range(0, image.height(), 3)
    return {image.pixelColor(x, y).name().upper() for x in columns for y in rows}


def test_the_copied_picture_is_dark_on_white_at_300_dpi_whatever_the_theme_and_size(
    qapp: QApplication, chart: BarChart
) -> None:
    made = {}
    for theme, size in (("light", 14), ("dark", 18)):
        style.apply(qapp, theme, size)
        chart.copy()
        made[theme] = QGuiApplication.clipboard().image()
    assert made["light"] == made["dark"]
    image = made["dark"]
    assert (image.dotsPerMeterX(), image.dotsPerMeterY()) == (11811, 11811)
    assert 13 < image.width() / 300 * CENTIMETRES_AN_INCH < 15.6  # the text of an A4 page is 15.6 cm wide
    assert image.pixelColor(0, 0).name().upper() == LIGHT.paper
    assert LIGHT.accent in colors(image)
    assert not {DARK.paper, DARK.accent} & colors(image)


def test_the_numbers_lie_beside_the_picture_as_a_table_and_as_cells(qtbot: QtBot, chart: BarChart) -> None:
    said: list[str] = []
    chart.copied.connect(said.append)
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.text() == "问题分类\t数量\n重点领域\t6\n作风<b>建设\t0\n'=1+1\t2"
    assert "<tr><th>问题分类</th><th>数量</th></tr><tr><td>重点领域</td><td>6</td></tr>" in data.html()
    assert "作风&lt;b&gt;建设" in data.html()
    assert len(said) == 1
    assert "问题分类" in said[0]


def test_the_menu_copies_both_or_one_of_them(chart: BarChart) -> None:
    both, picture, numbers = chart.menu().actions()
    found = []
    for action in (both, picture, numbers):
        action.trigger()
        data = QGuiApplication.clipboard().mimeData()
        found.append((data.hasImage(), data.hasHtml(), data.hasText()))
    assert found == [(True, True, True), (True, False, False), (False, True, True)]


def test_words_too_long_for_one_line_have_two_in_the_picture(qapp: QApplication) -> None:
    short, long = [Bar("短的", 3)], [Bar("聚焦党的路线方针政策和党中央决策部署在基层贯彻落实情况", 3)]
    assert copying.picture("题", long).height() > copying.picture("题", short).height()
    title = "很长的标题" * 20
    assert copying.picture(title, short).height() > copying.picture("题", short).height()
    assert copying.picture(title, short).width() == copying.picture("题", short).width()


def test_arrows_walk_the_bars_and_a_click_chooses_the_one_under_the_mouse(qtbot: QtBot) -> None:
    chart = BarChart("底稿状态")
    qtbot.addWidget(chart)
    chart.show_bars([Bar("草稿", 3), Bar("待复核", 2), Bar("已审签", 19)])
    chart.resize(400, chart.sizeHint().height())
    chosen: list[int] = []
    chart.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(chart, key)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(1).center())
    assert chosen == [2, 1]
    assert chart.accessibleDescription() == "草稿 3；待复核 2；已审签 19"


def test_words_too_long_for_their_share_have_two_lines_on_the_screen_too(qtbot: QtBot) -> None:
    chart = BarChart("报告标题")
    qtbot.addWidget(chart)
    chart.show_bars([Bar("聚焦党的路线方针政策和党中央决策部署在基层贯彻落实情况", 6), Bar("短的", 3)])
    chart.show()
    heights = {}
    for width in (400, 1200):
        chart.resize(width, chart.height())
        heights[width] = chart.sizeHint().height()
    assert heights[400] > heights[1200]


def test_a_drawing_that_fails_has_let_go_of_the_widget(chart: BarChart, monkeypatch: pytest.MonkeyPatch) -> None:
    painters: list[QPainter] = []

    def fail(painter: QPainter, *_args: object, **_kinds: object) -> None:
        painters.append(painter)  # as the traceback of an error keeps it
        raise ValueError

    monkeypatch.setattr(bar_lines, "draw", fail)
    with pytest.raises(ValueError):
        chart.grab()
    assert not painters[0].isActive(), "the next widget would be painted while this one still is"
