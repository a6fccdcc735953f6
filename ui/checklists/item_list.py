"""The left side of the checklist screen: how far it is, what to look for, and the table."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.checklists.item_model import ItemModel
from ui.checklists.item_setups import ROUTINE, USUAL, setup_of
from ui.checklists.item_table import ItemTable
from ui.checklists.note_line import NoteLine
from ui.checklists.view_switch import ViewSwitch
from ui.context import Context
from ui.elided_label import ElidedLabel
from ui.forms.flow import FlowLayout
from ui.forms.picker import Option
from ui.tables import layout
from ui.tables.arranged import Arranged
from ui.tables.filter_chip import FilterChip
from ui.tables.list_menu import menu_button
from xuncha_desktop.model import fields
from xuncha_desktop.services import checklists, overlays, taking_over
from xuncha_desktop.services.checklists import Tally
from xuncha_desktop.store.journal import Changes


class ItemList(Arranged):
    """The items that the filters leave, in the order, groups and columns that were chosen."""

    table: ItemTable

    def __init__(self, context: Context) -> None:
        table = ItemTable(ItemModel(USUAL[ROUTINE.name]))
        table.usual = USUAL[ROUTINE.name]
        super().__init__(context, ROUTINE, table)
        self.heading = QLabel("清单")
        self.heading.setProperty("role", "title")
        self.switch = ViewSwitch("list")
        self.told = ElidedLabel("secondary")
        self.told.setProperty("small", True)
        self.chosen = NoteLine("选取事项…")
        self.newer = NoteLine("逐项比对…")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("已核查的事项")
        self.search = QLineEdit()
        self.search.setPlaceholderText("在清单里查找")
        self.search.setAccessibleName("在清单里查找")
        self.search.setClearButtonEnabled(True)
        self.must = QToolButton()
        self.must.setText("★ 必查")
        self.must.setAccessibleName("只看必查事项")
        self.must.setProperty("kind", "chip")
        self.must.setCheckable(True)
        self.must.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.states = FilterChip(context, fields("check_result")["state"])
        self.areas = _AreaChip(context)
        self.members = FilterChip(context, fields("check_result")["member"])
        self.none = _plain("secondary")
        self.none.setText("没有符合条件的事项；清除查找或筛选再看。")
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.setContentsMargins(24, 24, 24, 24)
        self.keys = _plain("hint")
        self.keys.setWordWrap(True)
        self._build()
        self.setFocusProxy(self.table)
        typing = QTimer(self, singleShot=True, interval=150)
        typing.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: typing.start())
        self.must.toggled.connect(lambda _: self.refresh())
        for chip in (self.states, self.areas, self.members):
            chip.changed.connect(self.refresh)

    def show_tally(self, tally: Tally) -> None:
        """Say how far the checklist is, and show the columns that its items need."""
        self.areas.areas = tally.areas
        self._take_setup(tally)
        self.heading.setText(f"清单　{tally.total:,}")
        must = f"★ 必查 {tally.must_left} 项未完成" if tally.must_left else "★ 必查已全部完成"
        self.told.setText(f"{tally.done}/{tally.total} 已核查　{must}")
        self.told.setProperty("role", "secondary" if tally.must_left else "ok")
        self.told.style().polish(self.told)
        self.bar.setRange(0, max(1, tally.total))
        self.bar.setValue(tally.done)

    def refresh(self, news: Changes | None = None) -> None:
        """Read the items again; what was chosen stays."""
        lines = checklists.lines(self.context.store, self.context.inspection, self.wanted())
        verdicts = "，F5–F9 定整改结论" if any(line.asks_verdict for line in lines) else ""
        self.keys.setText(f"按数字键 1–6 改所选事项的状态{verdicts}，按回车看详情、写核查情况")
        self.table.show_lines(lines, self._state["group"])
        self.table.show_sort(self._state["sort"], self._state["descending"])
        self.stack.setCurrentWidget(self.table if lines else self.none)

    @property
    def state(self) -> Mapping[str, Any]:
        """Sort, group, columns and their widths as they are; of the columns those that have room."""
        return {**self._state, "columns": self.table.columns_shown()}

    def refresh_notes(self) -> None:
        """Say what is hidden, and that there is a newer version of the checklist."""
        store, inspection = self.context.store, self.context.inspection
        hidden = overlays.hidden(store, inspection)
        self.chosen.say(
            "" if hidden is None else f"另有 {hidden} 项没有选取，已隐藏" if hidden else "清单事项已全部选取"
        )
        version = taking_over.newest_version(store, inspection)
        self.newer.say(f"清单有新版本 {version}" if version else "")

    def wanted(self) -> checklists.Wanted:
        """What the filters say."""
        return checklists.Wanted(
            self.states.value,
            self.areas.value,
            self.must.isChecked(),
            self.search.text(),
            self._state["sort"],
            self._state["descending"],
            self.members.value,
        )

    def clear_filters(self) -> None:
        """Show everything again; the caller reads it."""
        for widget in (self.search, self.must):
            widget.blockSignals(True)
        self.search.clear()
        self.must.setChecked(False)
        for widget in (self.search, self.must):
            widget.blockSignals(False)
        for chip in (self.states, self.areas, self.members):
            chip.clear()

    def _take_setup(self, tally: Tally) -> None:
        """Problems of the last round want other columns than suspicions, and each keeps its own layout."""
        if (setup := setup_of(tally)) is not self.setup:
            self.setup, self.table.usual = setup, USUAL[setup.name]
            self._state = layout.recall(self.context.settings, setup)
            self._show_columns()

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap * 2, 0)
        head.setSpacing(gap)
        head.addWidget(self.heading)
        head.addWidget(self.switch)
        head.addStretch(1)
        bar = QHBoxLayout()
        bar.setContentsMargins(gap * 2, 0, gap * 2, 0)
        bar.setSpacing(gap)
        bar.addWidget(self.bar, 1)
        bar.addWidget(self.told)
        tools = QVBoxLayout()
        tools.setContentsMargins(gap * 2, gap // 2, gap, gap // 2)
        tools.setSpacing(gap)
        line = QHBoxLayout()
        line.setSpacing(gap)
        line.addWidget(self.search, 1)
        line.addWidget(menu_button(self))
        tools.addLayout(line)
        chips = QWidget()
        flow = FlowLayout(chips)
        for chip in (self.states, self.must, self.areas, self.members):
            flow.addWidget(chip)
        tools.addWidget(chips)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        self.keys.setContentsMargins(gap * 2, gap // 2, gap, gap // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap // 2)
        column.addLayout(head)
        column.addLayout(bar)
        notes = QHBoxLayout()
        notes.setSpacing(0)
        notes.addWidget(self.newer)
        notes.addWidget(self.chosen)
        notes.addStretch(1)
        column.addLayout(notes)
        column.addLayout(tools)
        column.addWidget(self.stack, 1)
        column.addWidget(self.keys)


class _AreaChip(FilterChip):
    """Areas as this checklist names them."""

    def __init__(self, context: Context) -> None:
        self.areas: tuple[str, ...] = ()
        super().__init__(context, fields("check_item")["area"])

    def _options(self) -> list[Option]:
        return [Option(area, area) for area in self.areas]


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
