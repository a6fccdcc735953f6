"""清单: the items of the inspection now worked on, what came of each, and the papers they led to."""

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.checklists import view_switch
from ui.checklists.choosing_page import ChoosingPage
from ui.checklists.item_detail import ItemDetail
from ui.checklists.item_list import ItemList
from ui.checklists.matrix_page import MatrixPage
from ui.checklists.version_page import VersionPage
from ui.context import Context
from ui.first_step import FirstStep
from ui.master_detail import MasterDetail
from ui.screen import Screen
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services import checklist_links, checklists, overlays, records, taking_over
from xuncha_desktop.store.journal import Changes

_LIST = 584  # columns to compare want more room than two-line rows
_NOTHING = (
    "这里是巡察任务的核查清单：逐项核查、逐项留痕，必查事项一项不漏。"
    "在“任务”里选定单位后，清单按组织类型自动带出；类型是“其他”的没有自带清单，在任务的“清单”一栏里选一份。"
)
_UNCHOSEN = "专项、机动式、回头看只查选定的事项：从清单里选取，再加本组自拟的；没有选的隐藏起来，随时可以选回。"


class ChecklistScreen(Screen):
    """One item, one answer; digits set the state, the note says why. The matrix shows which papers cover what."""

    NAME = "checklist"
    WATCHES = frozenset(
        {
            "check_result", "check_item", "checklist", "paper", "member", "inspector", "inspection",
            *checklist_links.record_kinds(),
        }
    )  # fmt: skip
    OPENS = frozenset({"check_result"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.items = ItemList(context)
        self.detail = ItemDetail(context)
        self.nothing = FirstStep(_NOTHING, "去选清单")
        self.unchosen = FirstStep(_UNCHOSEN, "选取事项")
        self.split = MasterDetail(context, self.NAME, self.items, self.detail, _LIST)
        self._begun_for = ""  # the inspection whose items are being chosen or compared
        self.pages = QStackedWidget()
        for page in (self.split, self.nothing, self.unchosen):
            self.pages.addWidget(page)
        for page in (self.nothing, self.unchosen):
            page.setContentsMargins(style.metrics.wide_gap, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self._connect()

    # Each of these three is made when first asked for.

    @cached_property
    def matrix(self) -> MatrixPage:
        """Items by papers."""
        made = MatrixPage(self.context)
        made.switch.asked.connect(self._switch)
        made.view.paper_opened.connect(lambda paper: self.context.open_record.emit("paper", paper))
        made.view.item_opened.connect(lambda result: self.open_record("check_result", result))
        self.pages.addWidget(made)
        return made

    @cached_property
    def choosing(self) -> ChoosingPage:
        """Which items the mode takes."""
        made = ChoosingPage(self.context)
        made.left.connect(self._go_back)
        self.pages.addWidget(made)
        return made

    @cached_property
    def versions(self) -> VersionPage:
        """What a later version changes."""
        made = VersionPage(self.context)
        made.left.connect(self._go_back)
        self.pages.addWidget(made)
        return made

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Items that still want something."""
        return checklists.tally(context.store, context.inspection).left

    def refresh(self, news: Changes | None) -> None:
        """Read the items again; the note being typed looks after itself, and so does what is being chosen."""
        if self._working and self._begun_for == self.context.inspection:
            return
        tally = checklists.tally(self.context.store, self.context.inspection)
        if not tally.total:
            chooses = overlays.hidden(self.context.store, self.context.inspection)
            self.pages.setCurrentWidget(self.unchosen if chooses else self.nothing)
        elif not self._as_matrix:
            self.pages.setCurrentWidget(self.split)
        if self._as_matrix:
            self.matrix.refresh()
        else:
            self.items.show_tally(tally)
            self.items.refresh()
            self.items.refresh_notes()

    def new_record(self) -> None:
        """Ctrl+N: a paper about the item shown."""
        self.leave()
        line = self.detail.line
        self.context.new_paper.emit(dict(checklists.paper_values(line)) if line else {})

    def open_record(self, entity: str, record: str) -> bool:
        """Show an item, in its own inspection."""
        if entity != "check_result":
            return False
        self.context.choose_inspection(checklists.inspection_of(self.context.store, record))
        self._show_list()
        self.items.clear_filters()
        self.refresh(None)
        self.items.table.choose([record], record)
        self.split.show_detail()
        return True

    def leave(self) -> None:
        """Save the note being typed."""
        self.detail.form.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc returns to the list."""
        if event.key() == Qt.Key.Key_Escape and (self._working or self._as_matrix):
            self._go_back()
        else:
            super().keyPressEvent(event)

    @property
    def _working(self) -> bool:
        """Whether items are being chosen, or versions compared."""
        return isinstance(self.pages.currentWidget(), ChoosingPage | VersionPage)

    @property
    def _as_matrix(self) -> bool:
        return isinstance(self.pages.currentWidget(), MatrixPage)

    def _connect(self) -> None:
        table, context = self.items.table, self.context
        table.selection_moved.connect(self._show_chosen)
        table.opened.connect(self._open)
        table.state_asked.connect(self._set_state)
        table.verdict_asked.connect(self._set_verdict)
        self.detail.state_asked.connect(self._set_state)
        self.detail.verdict_asked.connect(self._set_verdict)
        self.detail.paper_asked.connect(self.new_record)
        self.detail.opened.connect(context.open_record)
        self.nothing.asked.connect(self._go_to_choose)
        self.pages.currentChanged.connect(self._lead_keys)
        self._lead_keys()
        self.unchosen.asked.connect(self._choose_items)
        self.items.chosen.asked.connect(self._choose_items)
        self.items.newer.asked.connect(self._compare_versions)
        self.items.switch.asked.connect(self._switch)
        shortcut = QShortcut(QKeySequence(view_switch.KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._switch)

    def _lead_keys(self) -> None:
        """Keys go to what is in front."""
        if (page := self.pages.currentWidget()) is not None:
            self.setFocusProxy(self.items if page is self.split else page)

    def _go_to_choose(self) -> None:
        """To the unit, which brings its checklist along, or where it brings none, to the checklist."""
        inspection = self.context.inspection
        has_unit = bool(inspection and records.load(self.context.store, "inspection", inspection).values["unit"])
        self.context.open_record.emit(f"inspection.{'checklist' if has_unit else 'unit'}", inspection)

    def _switch(self) -> None:
        """From the list to the matrix, and back."""
        if self._as_matrix:
            self._go_back()
        elif self.pages.currentWidget() is self.split:
            self.leave()
            self.matrix.refresh()
            self._show_page(self.matrix)

    def _choose_items(self) -> None:
        self.leave()
        self._begun_for = self.context.inspection
        self.pages.setCurrentWidget(self.choosing)
        self.choosing.begin()

    def _compare_versions(self) -> None:
        self.leave()
        if later := taking_over.later(self.context.store, self.context.inspection):
            self._begun_for = self.context.inspection
            self.pages.setCurrentWidget(self.versions)
            self.versions.begin(later)

    def _go_back(self) -> None:
        self._show_list()
        self.refresh(None)
        self.items.table.setFocus()

    def _show_list(self) -> None:
        self._show_page(self.split)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def _show_chosen(self) -> None:
        self.detail.show_lines(self.items.table.chosen_lines())

    def _open(self) -> None:
        self.split.show_detail()
        self.detail.ask_reason()

    def _set_state(self, state: str) -> None:
        lines = self.items.table.chosen_lines()
        changed = [line.result for line in lines if line.state != state]
        told = f"{len(changed)} 项已标为“{RESULT_STATES[state]}”"
        if self._mark(changed, lambda: checklists.set_state(self.context.store, changed, state), told) and (
            self.detail.line is not None and self.detail.line.lacks_reason
        ):
            self.split.show_detail()
            self.detail.ask_reason()

    def _set_verdict(self, verdict: str) -> None:
        lines = [line for line in self.items.table.chosen_lines() if line.asks_verdict]
        changed = [line.result for line in lines if line.verdict != verdict]
        told = f"{len(changed)} 个上轮问题已核为“{VERDICTS[verdict]}”"
        self._mark(changed, lambda: checklists.set_verdict(self.context.store, changed, verdict), told)

    def _mark(self, changed: Sequence[str], write: Callable[[], None], told: str) -> bool:
        """Write what came of items, if of any; of several it is told with a way back."""
        if not changed:
            return False
        self.leave()
        try:
            write()
        except UserError as error:
            self.context.told.emit(str(error))
            return False
        if len(changed) > 1:
            self.context.undo_offered.emit(told)
        return True
