"""Lists whose lines wrap: each is as high as its words need, whatever their length and the size of the text."""

import pytest
import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHeaderView, QListWidget, QListWidgetItem, QTableView
from pytestqt.qtbot import QtBot

from ui import style
from ui.tables.wrapping import wrap_lines, wrap_rows

WORDS = "没有“地方规定”这一项，可用：党内法规、法律、行政法规、地方性法规、部门规章、地方政府规章、规范性文件"
_AROUND = 8 + 8 + 3 + 3  # padding of the sheet, Qt's own margin


@pytest.mark.parametrize("ticked", [False, True], ids=["plain", "ticked"])
@pytest.mark.parametrize("text_size", style.TEXT_SIZES)
def test_no_line_loses_its_last_words(qtbot: QtBot, qapp: QApplication, text_size: int, ticked: bool) -> None:
    style.apply(qapp, "light", text_size)
    rows = QListWidget()
    wrap_lines(rows)
    for length in range(4, len(WORDS)):
        rows.addItem(item := QListWidgetItem(WORDS[:length]))
        if ticked:
            item.setCheckState(Qt.CheckState.Unchecked)
    qtbot.addWidget(rows)
    rows.resize(320, 600)
    rows.show()
    face, box = QFontMetrics(style.font("text")), 20 if ticked else 0
    room = QRect(0, 0, rows.viewport().width() - _AROUND - box, 10_000)
    for item in map(rows.item, range(rows.count())):
        needed = face.boundingRect(room, Qt.TextFlag.TextWordWrap.value, item.text()).height()
        assert rows.visualItemRect(item).height() >= needed, item.text()


def test_rows_follow_a_header_that_python_lost_its_hold_on(qtbot: QtBot) -> None:
    model, table = QStandardItemModel(), QTableView()
    model.appendRow(QStandardItem(WORDS * 3))
    table.setModel(model)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    qtbot.addWidget(table)
    table.resize(700, 300)
    wrap_rows(table)
    table.show()
    wide = table.rowHeight(0)
    shiboken6.invalidate(table.horizontalHeader())
    table.resize(300, 300)
    qtbot.waitUntil(lambda: table.rowHeight(0) > wide)
