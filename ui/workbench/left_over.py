"""Typing that an interrupted session left behind, said where the day begins, each record with a link to it."""

import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from ui import style
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from xuncha_desktop.services import left_over
from xuncha_desktop.services.left_over import LeftOver
from xuncha_desktop.store.drafts import DraftsStuck

_MOST = 4


class LeftOverNotice(QFrame):
    """Stands until each piece was kept or thrown away in its field."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._context = context
        self._begun_ms = time.time_ns() // 1_000_000  # younger drafts are of this session, and safe
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "warning")
        self.links: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(style.metrics.wide_gap, style.metrics.gap, style.metrics.gap, style.metrics.gap)
        self._column.setSpacing(0)
        self._column.addWidget(self.words)
        self.hide()

    def look(self) -> None:
        """Read the drafts again; a file that cannot be read has none."""
        self._context.flush_drafts()
        found: list[LeftOver] = []
        with suppress(DraftsStuck):
            found = left_over.find(self._context.store, self._context.drafts, self._begun_ms)
        self._show(found)

    def _show(self, found: Sequence[LeftOver]) -> None:
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = [self._link(one) for one in found[:_MOST]]
        for link in self.links:
            self._column.addWidget(link)
        more = f"（先列出 {_MOST} 条记录的）" if len(found) > _MOST else ""
        count = sum(one.fields for one in found)
        self.words.setText(f"有 {count} 处未保存的修改，上次异常退出时留下{more}。点开后在栏目下选“保留”或“丢弃”：")
        self.setVisible(bool(found))

    def _link(self, one: LeftOver) -> QPushButton:
        link = ElidedButton()
        link.setProperty("kind", "link")
        link.show_text(one.words)
        link.setAccessibleName(f"打开{one.words}")
        if one.record:
            link.clicked.connect(partial(self._context.open_record.emit, one.entity, one.record))
        else:  # its screen offers it above the list
            link.clicked.connect(partial(self._context.open_list.emit, one.entity, "", None))
        return link
