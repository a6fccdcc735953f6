"""Chips in lines: none lies upon another, whenever it came."""

from itertools import combinations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.forms.picker import Option
from ui.forms.refs import RefsEditor
from xuncha_desktop.model import fields

PAPERS = [Option(str(n), f"虚构问题{n}") for n in range(3)]


def test_chips_shown_later_push_the_button_on(qtbot: QtBot) -> None:
    editor = RefsEditor(fields("fact_check")["papers"], lambda _: PAPERS)
    qtbot.addWidget(editor)
    editor.resize(700, 40)
    editor.show()
    QApplication.processEvents()
    for chosen in (("0",), ("0", "1"), ("2",), ()):
        editor.set_value(chosen)
        QApplication.processEvents()
        parts = [item.widget() for place in range(editor.flow.count()) if (item := editor.flow.itemAt(place))]
        places = [part.geometry() for part in parts if part is not None]
        assert len(places) == len(chosen) + 1
        assert not any(one.intersects(other) for one, other in combinations(places, 2))
