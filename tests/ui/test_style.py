"""Colours, sizes and icons."""

import re

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import style
from ui.colors import DARK, LIGHT, PAIRS, Theme

THEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_reads_on_every_ground_it_stands_on(theme: Theme) -> None:
    roles = theme.roles()
    weak = {pair: ratio for pair in PAIRS if (ratio := _contrast(roles[pair[0]], roles[pair[1]])) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_outlines_and_focus_stand_out_from_their_ground(theme: Theme) -> None:
    roles = theme.roles()
    for ground in ("paper", "panel"):
        assert _contrast(roles["border"], roles[ground]) >= 2.8
        assert _contrast(roles["focus"], roles[ground]) >= 3


def test_the_contrast_formula_gives_the_known_extremes() -> None:
    assert _contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert _contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("text_size", style.TEXT_SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_sheet_has_no_name_left_and_qt_can_read_it(qapp: QApplication, theme: str, text_size: int) -> None:
    style.apply(qapp, theme, text_size)
    assert "@" not in re.sub(r"/\*.*?\*/", "", style.sheet(), flags=re.DOTALL)
    label = QPushButton("导出报告")
    label.ensurePolished()  # a sheet that cannot be read is a Qt warning, and that fails the test
    assert label.font().pixelSize() == text_size


@pytest.mark.parametrize("text_size", style.TEXT_SIZES)
def test_a_button_is_as_high_as_a_field_at_every_text_size(qtbot: QtBot, qapp: QApplication, text_size: int) -> None:
    style.apply(qapp, "light", text_size)
    window = _window(qtbot, button := QPushButton("导出"), line := QLineEdit(), box := QComboBox())
    window.show()
    assert [widget.sizeHint().height() for widget in (button, line, box)] == [style.metrics.control] * 3


def test_heights_grow_with_the_text_and_stay_on_the_grid(qapp: QApplication) -> None:
    heights = []
    for text_size in style.TEXT_SIZES:
        style.apply(qapp, "light", text_size)
        heights.append((style.metrics.control, style.metrics.row, style.metrics.two_line_row))
    assert heights == [(32, 32, 56), (36, 36, 64), (40, 40, 72)]


def test_an_unknown_theme_or_size_is_the_first_one(qapp: QApplication) -> None:
    style.apply(qapp, "pink", 99)
    assert not style.dark()
    assert style.metrics.text == 14


def test_the_theme_reaches_what_is_painted_by_hand(qapp: QApplication) -> None:
    style.apply(qapp, "dark", 14)
    assert style.color("paper") == QColor(DARK.paper)
    assert style.color("warning") == QColor(DARK.returned)
    style.apply(qapp, "light", 14)
    assert style.color("paper") == QColor(LIGHT.paper)


def test_icons_have_their_role_s_colour_and_are_grey_when_disabled(qapp: QApplication) -> None:
    icon = style.icon("plus", "accent")
    assert _ink(icon.pixmap(32, 32).toImage()) == QColor(LIGHT.accent)
    assert _ink(icon.pixmap(32, 32, QIcon.Mode.Disabled).toImage()) == QColor(LIGHT.disabled)


def test_an_icon_set_on_a_button_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    style.set_icon(button, "plus")
    style.apply(qapp, "dark", 14)
    assert _ink(button.icon().pixmap(32, 32).toImage()) == QColor(DARK.text)


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    from xuncha_desktop import resources

    names = [path.stem for path in resources.path("icons").glob("*.svg")]
    assert names
    for name in names:
        assert not _is_empty(style.icon(name).pixmap(16, 16).toImage()), name


FOCUSABLE = {
    "button": lambda: QPushButton("导出"),
    "flat button": lambda: _flat(),
    "primary button": lambda: _with("kind", "primary", QPushButton("导出")),
    "link": lambda: _with("kind", "link", QPushButton("返回")),
    "choice": lambda: _with("kind", "choice", QPushButton("返回")),
    "tool": lambda: _tool(""),
    "chip": lambda: _tool("chip"),
    "small": lambda: _tool("small"),
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "combo": QComboBox,
    "spin": QSpinBox,
    "check": lambda: QCheckBox("点人点事"),
    "radio": lambda: QRadioButton("点人点事"),
    "list": lambda: _list(""),
    "navigation": lambda: _list("nav"),
    "tabs": lambda: _tabs(),
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", FOCUSABLE)
def test_focus_is_visible_on(qtbot: QtBot, qapp: QApplication, kind: str, theme: str) -> None:
    style.apply(qapp, theme, 14)
    widget = FOCUSABLE[kind]()
    other = QPushButton("别处")
    window = _window(qtbot, widget, other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    focused = _picture(widget)
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert _differing(focused, _picture(widget)) > 60  # a ring, and not the text cursor alone


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", ["button", "primary button", "link", "check", "radio"])
def test_focus_by_key_is_one_ring_and_paints_nothing_within(
    qtbot: QtBot, qapp: QApplication, kind: str, theme: str
) -> None:
    style.apply(qapp, theme, 14)
    widget, other = FOCUSABLE[kind](), QPushButton("别处")
    window = _window(qtbot, widget, other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Backtab)
    assert widget.hasFocus()
    within = widget.rect().adjusted(3, 3, -3, -3)
    focused = _picture(widget).copy(within)
    other.setFocus()
    assert _differing(focused, _picture(widget).copy(within)) == 0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_what_is_ticked_can_be_told_where_nothing_can_be_changed(
    qtbot: QtBot, qapp: QApplication, kind: type[QCheckBox | QRadioButton], theme: str
) -> None:
    style.apply(qapp, theme, 14)
    ticked, left = kind("是"), kind("是")
    window = _window(qtbot, ticked, left)
    ticked.setAutoExclusive(False)
    ticked.setChecked(True)
    window.show()
    window.setEnabled(False)
    one, other = _picture(ticked), _picture(left)
    places = [(x, y) for x in range(20) for y in range(one.height())]
    seen = [_contrast(one.pixelColor(x, y).name(), other.pixelColor(x, y).name()) >= 2.5 for x, y in places]
    assert sum(seen) > 40


@pytest.mark.parametrize("text_size", style.TEXT_SIZES)
def test_the_cross_that_clears_a_line_stands_in_its_middle(qtbot: QtBot, qapp: QApplication, text_size: int) -> None:
    style.apply(qapp, "light", text_size)
    line = QLineEdit("公务接待")
    line.setClearButtonEnabled(True)
    window = _window(qtbot, line)
    window.show()
    [cross] = line.findChildren(QToolButton)
    above, below = cross.geometry().top(), line.height() - cross.geometry().bottom() - 1
    assert abs(above - below) <= 1


def test_words_stand_under_their_heading_and_keep_their_place_when_the_keyboard_comes(qtbot: QtBot) -> None:
    table = QTableWidget(2, 1)
    table.setHorizontalHeaderLabels(["口"])
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for row in range(2):
        table.setItem(row, 0, QTableWidgetItem("口"))
    window = _window(qtbot, table)
    window.show()
    table.setCurrentCell(0, 0)
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.clearSelection()
    heading = _left_of_words(table.horizontalHeader().viewport(), table.horizontalHeader().viewport().rect())
    cells = [table.visualRect(table.model().index(row, 0)) for row in range(2)]
    with_keyboard, without = (_left_of_words(table.viewport(), cell) for cell in cells)
    assert with_keyboard == without
    assert abs(heading - without) <= 1  # the heading is bolder


def _left_of_words(widget: QWidget, place: QRect) -> int:
    """How far from the left the first word begins, lines around it apart."""
    picture = widget.grab(place.adjusted(2, 4, -2, -4)).toImage()
    ground = picture.pixel(0, 0)
    columns = range(picture.width())
    return next(x for x in columns if any(picture.pixel(x, y) != ground for y in range(picture.height())))


def _picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def _differing(one: QImage, other: QImage) -> int:
    return sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))


def _window(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    return window


def _with(name: str, value: str, widget: QWidget) -> QWidget:
    widget.setProperty(name, value)
    return widget


def _flat() -> QPushButton:
    button = QPushButton("返回")
    button.setFlat(True)
    return button


def _tool(kind: str) -> QToolButton:
    button = QToolButton()
    button.setText("待复核")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setProperty("kind", kind)
    return button


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName(name)
    made.addItems(["任务", "清单"])
    made.setCurrentRow(1)
    return made


def _tabs() -> QTabBar:
    tabs = QTabBar()
    tabs.addTab("内容")
    tabs.addTab("历史")
    return tabs


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1."""
    low, high = sorted(_luminance(color) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ink(image: QImage) -> QColor:
    """The colour of the most opaque pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    ink = max(pixels, key=QColor.alpha)
    return QColor(ink.red(), ink.green(), ink.blue())


def _is_empty(image: QImage) -> bool:
    return all(image.pixelColor(x, y).alpha() == 0 for x in range(image.width()) for y in range(image.height()))
