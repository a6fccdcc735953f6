"""清单: the items of the inspection now worked on, what came of each, and the papers they led to."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ui.checklists.item_detail import ItemDetail
from ui.checklists.item_list import ItemList
from ui.context import Context
from ui.first_step import FirstStep
from ui.master_detail import MasterDetail
from ui.screen import Screen
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.services import checklists
from xuncha_desktop.store.journal import Changes

_LIST = 584
_NOTHING = "这里是巡察任务的核查清单：逐项核查、逐项留痕，必查事项一项不漏。在“任务”里选定单位后，清单自动带出。"


class ChecklistScreen(Screen):
    """One item, one answer; digits set the state, the note says why."""

    NAME = "checklist"
    TITLE = "清单"
    ICON = "checklist"
    WATCHES = frozenset({"check_result", "check_item", "checklist", "paper", "member", "inspector", "inspection"})
    OPENS = frozenset({"check_result"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.items = ItemList(context)
        self.detail = ItemDetail(context)
        self.nothing = FirstStep(_NOTHING, "去选任务的单位")
        self.split = MasterDetail(context, self.NAME, self.items, self.detail)
        if f"split-{self.NAME}" not in context.settings.window_layouts:
            # Columns to compare want more room than two-line rows.
            self.split.splitter.setSizes([_LIST, 2000])
        self.pages = QStackedWidget()
        self.pages.addWidget(self.split)
        self.pages.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        table = self.items.table
        table.selection_moved.connect(self._show_chosen)
        table.opened.connect(self._open)
        table.state_asked.connect(self._set_state)
        self.items.filter_changed.connect(lambda: self.items.refresh(context))
        self.detail.state_asked.connect(self._set_state)
        self.detail.paper_asked.connect(self.new_record)
        self.detail.paper_opened.connect(lambda paper: context.open_record.emit("paper", paper))
        self.nothing.asked.connect(lambda: context.open_record.emit("inspection", context.inspection))

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Items that still want something."""
        return checklists.tally(context.store, context.inspection).left

    def refresh(self, news: Changes | None) -> None:
        """Read the items again; the note being typed looks after itself."""
        total = checklists.tally(self.context.store, self.context.inspection).total
        self.pages.setCurrentWidget(self.split if total else self.nothing)
        self.items.refresh(self.context)

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
        self.items.clear_filters()
        self.refresh(None)
        self.items.table.choose([record], record)
        self.split.show_detail()
        return True

    def leave(self) -> None:
        """Save the note being typed."""
        self.detail.form.leave()

    def _show_chosen(self) -> None:
        self.detail.show_lines(self.items.table.chosen_lines())

    def _open(self) -> None:
        self.split.show_detail()
        self.detail.ask_reason()

    def _set_state(self, state: str) -> None:
        lines = self.items.table.chosen_lines()
        changed = [line.result for line in lines if line.state != state]
        if not changed:
            return
        self.leave()
        try:
            checklists.set_state(self.context.store, changed, state)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        if len(changed) > 1:
            self.context.undo_offered.emit(f"{len(changed)} 项已标为“{RESULT_STATES[state]}”")
        elif self.detail.line is not None and self.detail.line.lacks_reason:
            self.split.show_detail()
            self.detail.ask_reason()
