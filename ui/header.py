"""The line on top: the inspection now worked on, how far the stay is, search, undo, lock."""

from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from ui import style
from ui.context import Context
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import Option, pick
from xuncha_desktop.model import Inspection
from xuncha_desktop.services import inspections, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.journal import Changes


class Header(QFrame):
    """Chooses the inspection; the buttons only ask, the window acts."""

    search_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    lock_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("header")
        self.context = context
        style.sized(self, lambda header: header.setFixedHeight(style.metrics.scaled(40)))
        row = QHBoxLayout(self)
        row.setContentsMargins(style.metrics.wide_gap, 0, style.metrics.gap, 0)
        row.setSpacing(style.metrics.gap)
        self.inspection = QPushButton()
        self.inspection.setProperty("kind", "flat")
        self.inspection.setAccessibleName("选择巡察任务")
        OpeningKeys(self.inspection, self._choose)
        self.stay = QLabel()
        self.stay.setProperty("role", "secondary")
        self.stay.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.inspection)
        row.addWidget(self.stay)
        row.addStretch(1)
        self.search = self._tool("查找　Ctrl+K", "search", self.search_asked)
        self.undo = self._tool("撤销", "undo", self.undo_asked)
        self.redo = self._tool("重做", "redo", self.redo_asked)
        self.lock = self._tool("锁定", "lock", self.lock_asked)
        self.lock.setToolTip("锁定　Ctrl+L")
        for button in (self.search, self.undo, self.redo, self.lock):
            row.addWidget(button)
        context.bus.changed.connect(self._on_news)
        context.inspection_changed.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Show the inspection, the stay and what can be undone."""
        every = inspections.every(self.context.store)
        name = every.get(self.context.inspection, "还没有巡察任务")
        self.inspection.setText(f"{name.replace('&', '&&')} ▾")
        self.inspection.setAccessibleDescription(name)
        self.stay.setText(self._stay_words())
        self._show_undo()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the words that are not needed."""
        self.stay.setVisible(not narrow)
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in (self.search, self.undo, self.redo, self.lock):
            button.setToolButtonStyle(alone if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _show_undo(self) -> None:
        back, again = undo.labels(self.context.store)
        self.undo.setEnabled(back is not None)
        self.undo.setToolTip(f"撤销：{back}　Ctrl+Z" if back else "没有可以撤销的修改")
        self.redo.setEnabled(again is not None)
        self.redo.setToolTip(f"重做：{again}　Ctrl+Y" if again else "没有可以重做的修改")

    def _stay_words(self) -> str:
        if not self.context.inspection:
            return ""
        with self.context.store.read() as session:
            found: Inspection = records.find(session, "inspection", self.context.inspection)
        stay = inspections.stay(found, date.today())
        day = f"驻点第 {stay.day} 天" if stay.day else ""
        left = f"还有 {stay.left} 天" if stay.left is not None else ""
        return "，".join(part for part in (day, left) if part)

    def _choose(self, typed: str) -> None:
        every = inspections.every(self.context.store)
        options = [Option(key, text) for key, text in every.items()]
        pick(self.inspection, options, [self.context.inspection], self.context.choose_inspection, typed=typed)

    def _tool(self, text: str, icon: str, asked: SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("kind", "flat")
        button.setAccessibleName(text.split("　")[0])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        style.set_icon(button, icon)
        button.clicked.connect(lambda: asked.emit())
        return button

    def _on_news(self, news: Changes) -> None:
        if news.records.keys() & {"inspection", "unit", "team", "round"}:
            self.refresh()
        else:
            self._show_undo()
