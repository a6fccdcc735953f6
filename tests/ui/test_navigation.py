"""The left column: every screen has its key and its place, however low or narrow the window is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui import style
from ui.navigation import COMPACT, Navigation, keys
from ui.screens.catalog import SCREENS, Entry


@pytest.fixture
def navigation(qtbot: QtBot) -> Navigation:
    made = Navigation(SCREENS)
    qtbot.addWidget(made)
    return made


def shown(navigation: Navigation, height: int, compact: bool = False) -> Navigation:
    navigation.set_compact(compact)
    navigation.resize(navigation.width(), height)
    navigation.show()
    QApplication.processEvents()
    return navigation


def test_every_screen_has_a_key_of_its_own() -> None:
    found = keys(SCREENS)
    assert len(set(found.values())) == len(SCREENS)
    old = ["workbench", "tasks", "checklist", "papers", "evidence", "report", "settings", "imports"]
    assert [found[name] for name in old] == [f"Alt+{place}" for place in range(1, 9)]
    assert sorted(set(found.values()) - {f"Alt+{place}" for place in range(1, 9)}) == [
        f"Ctrl+{place}" for place in range(1, 10)
    ]


def test_a_button_says_its_name_and_its_key(navigation: Navigation) -> None:
    for screen in SCREENS:
        button = navigation._buttons[screen.name]
        assert button.toolTip() == f"{screen.title}　{keys(SCREENS)[screen.name]}"
        assert button.accessibleName() == screen.title


def test_the_nine_registers_stand_under_their_word(navigation: Navigation) -> None:
    shown(navigation, 768)
    [word] = [label for label in navigation.findChildren(QLabel) if label.text() == "现场记录"]
    above, below = navigation._buttons["papers"], navigation._buttons["interviews"]
    assert above.geometry().bottom() < word.y() < below.y()
    assert word.isVisible()
    shown(navigation, 768, compact=True)
    assert not word.isVisible()


@pytest.mark.parametrize(
    ("text", "height", "compact"), [(14, 768, False), (18, 728, False), (14, 472, True), (18, 472, True)]
)
def test_all_buttons_fit_one_below_the_other(
    qtbot: QtBot, qapp: QApplication, text: int, height: int, compact: bool
) -> None:
    style.apply(qapp, "light", text)
    navigation = Navigation(SCREENS)
    qtbot.addWidget(navigation)
    shown(navigation, height, compact)
    assert navigation.height() == height
    bottom = 0
    for button in navigation._buttons.values():
        assert button.y() >= bottom
        assert button.height() >= style.metrics.text + 8
        bottom = button.geometry().bottom()
    assert bottom < height
    if not compact:
        assert all(button.width() >= button.sizeHint().width() for button in navigation._buttons.values())


def test_where_there_is_room_a_button_is_as_high_as_a_row(navigation: Navigation) -> None:
    shown(navigation, 900)
    assert {button.height() for button in navigation._buttons.values()} == {style.metrics.row}


def test_a_count_stands_beside_the_name_and_goes_with_it(navigation: Navigation) -> None:
    navigation.set_count("interviews", 1286)
    assert navigation._buttons["interviews"].text() == " 谈话　1,286"
    navigation.set_compact(True)
    assert navigation.width() == COMPACT
    assert navigation._buttons["interviews"].toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def test_a_click_chooses_the_screen(navigation: Navigation, qtbot: QtBot) -> None:
    with qtbot.waitSignal(navigation.chosen) as chosen:
        navigation._buttons["meetings"].click()
    assert chosen.args == ["meetings"]
    navigation.mark("meetings")
    assert [name for name, button in navigation._buttons.items() if button.isChecked()] == ["meetings"]


@pytest.mark.parametrize("entry", SCREENS, ids=lambda entry: entry.name)
def test_each_line_of_the_catalog_leads_to_its_screen(entry: Entry) -> None:
    assert entry.name == entry.screen.NAME
