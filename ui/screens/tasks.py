"""任务: inspections, units, members, the round and the case itself, each a list with its form."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.context import Context
from ui.screen import Screen
from ui.tasks.inspection_tab import InspectionTab
from ui.tasks.member_tab import MemberTab
from ui.tasks.plain_tabs import CaseTab, RoundTab, UnitTab
from ui.tasks.record_tab import RecordTab
from xuncha_desktop.model import fields
from xuncha_desktop.services import lists
from xuncha_desktop.store.journal import Changes

_TABS = (InspectionTab, UnitTab, MemberTab, RoundTab, CaseTab)
_SHOWN = tuple(tab.ENTITY for tab in _TABS)


class TasksScreen(Screen):
    """Five tabs; only the one seen is read again."""

    NAME = "tasks"
    WATCHES = frozenset(
        {"inspection", "unit", "member", "inspector", "team", "round", "deadline", "heading_set", "case"}
    )
    # With the field a click elsewhere leads to: "inspection.talks".
    OPENS = frozenset((*_SHOWN, *(f"{entity}.{name}" for entity in _SHOWN for name in fields(entity))))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._made: dict[str, RecordTab] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for tab in _TABS:
            place = QWidget()
            QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(place, tab.TITLE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self._before = self.tab
        self.tabs.currentChanged.connect(lambda _: self._on_tab())

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Inspections of the case."""
        return lists.count(context.store, lists.Query("inspection"))

    @property
    def tab(self) -> RecordTab:
        """The tab now seen; made when first looked at, since its forms take a moment."""
        tab = _TABS[self.tabs.currentIndex()]
        if tab.ENTITY not in self._made:
            made = self._made[tab.ENTITY] = tab(self.context)
            place = self.tabs.currentWidget()
            layout = place.layout() if place is not None else None
            assert layout is not None
            layout.addWidget(made)
            made.show()  # now, not a turn later: a field of it may be about to get the cursor
        return self._made[tab.ENTITY]

    def refresh(self, news: Changes | None) -> None:
        """Read the list of this tab again."""
        self.tab.refresh(news)

    def new_record(self) -> None:
        """Ctrl+N: a record of this tab."""
        self.tab.new_record()

    def open_record(self, entity: str, record: str) -> bool:
        """Show a record, and the field named after the dot; an empty id begins a new one."""
        name, _, field = entity.partition(".")
        place = next((place for place, tab in enumerate(_TABS) if name == tab.ENTITY), -1)
        if place < 0:
            return False
        self.tabs.setCurrentIndex(place)
        tab = self.tab
        tab.refresh(None)
        if not record:
            tab.new_record()
            return True
        tab.open(record)
        if field:
            tab.form.finish()
            # The field has no place to scroll to before the layout has had its turn.
            QTimer.singleShot(0, tab.form, lambda: tab.form.focus(field))
        return True

    def leave(self) -> None:
        """Save what is being typed."""
        self.tab.leave()

    def _on_tab(self) -> None:
        self._before.leave()
        self._before = self.tab
        self.tab.refresh(None)
