"""A list with everything people expect of one: find, filter, sort, group, columns, totals, several at once."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.forms.tab_order import put_after
from ui.tables.arranged import Arranged
from ui.tables.comparing_table import ComparingTable
from ui.tables.empty_page import EmptyPage
from ui.tables.filter_chip import FilterChip
from ui.tables.list_foot import ListFoot
from ui.tables.list_menu import menu_button
from ui.tables.list_setup import Action, ListSetup
from ui.tables.only_line import Only, OnlyLine
from ui.tables.reading_list import ReadingList
from ui.tables.record_model import RecordModel
from ui.tables.title_line import TitleLine
from ui.tables.views import choose, chosen
from xuncha_desktop.services import lists
from xuncha_desktop.store.journal import Changes


class ListPanel(Arranged):
    """Title, tools, the list in one of two views, and a foot with totals or actions."""

    current_changed = Signal(str)
    opened = Signal(str)
    first_step_asked = Signal()

    def __init__(self, context: Context, setup: ListSetup, actions: Sequence[Action] = ()) -> None:
        model = RecordModel(context.store, setup.entity, setup.columns, setup.also, setup.extra)
        super().__init__(context, setup, ComparingTable(model))
        self.model = model
        self.reading = ReadingList(self.model, setup.describe) if setup.describe else None
        self.heading = QLabel(setup.title)
        self.heading.setProperty("role", "title")
        self.search = QLineEdit()
        self.search.setPlaceholderText("在列表里查找")
        self.search.setAccessibleName("在列表里查找")
        self.search.setClearButtonEnabled(True)
        self.chips = [FilterChip(context, lists.listed(setup.entity)[name]) for name in setup.filters]
        self.foot = ListFoot(context.store, setup, actions, self.selected)
        self._empty: EmptyPage | None = None
        self._only: Only | None = None
        self._moved = False  # whether some records would stand elsewhere by now
        self.only_line: OnlyLine | None = None
        self._build()
        self._search_timer = QTimer(self, singleShot=True, interval=150)
        self._search_timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._search_timer.start())

    def refresh(self, news: Changes | None = None) -> None:
        """Read the list again; selection and scroll stay, and nobody is told of choosing the same anew.

        After news of the same records they stay in their places: whoever fills one in goes on to the next from there.
        """
        view = self.view()
        selected, current = chosen(view), self.current()
        bar = view.verticalScrollBar().value()
        with QSignalBlocker(self):
            self._moved = self.model.show(self.query(), self._state["group"], stay=news is not None)
            choose(view, selected, current)
        view.verticalScrollBar().setValue(bar)
        self.table.show_sort(self._state["sort"], self._state["descending"])
        count = len(self.model.ids())
        self.heading.setText(f"{self.setup.title}　{count:,}")
        if self.only_line is not None:
            self.only_line.show_only(self.only)
        shown = view if count else self._nothing()
        self.stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        self._show_foot()

    def showEvent(self, event: QShowEvent) -> None:
        """Who comes back finds the list in its order."""
        super().showEvent(event)
        if self._moved:
            self.refresh()

    def query(self) -> lists.Query:
        """What the list shows now."""
        where = dict(self.setup.where()) | {chip.field.name: chip.value for chip in self.chips if chip.value}
        return lists.Query(
            self.setup.entity,
            where,
            self.search.text(),
            self._state["sort"],
            self._state["descending"],
            only=only.records if (only := self.only) else None,
        )

    def selected(self) -> list[str]:
        """Ids of all chosen records."""
        return chosen(self.view())

    def select(self, record: str) -> None:
        """Choose one record, widening the list if a filter hides it."""
        if self.model.row_of(record) < 0:
            self.show_only("", None)
        choose(self.view(), [record], record)
        if (row := self.model.row_of(record)) >= 0:
            self.view().scrollTo(self.model.index(row, 0))

    def show_only(self, words: str, records: Sequence[str] | None) -> None:
        """Keep the list to these records, under words that say which, whatever kept it before; None: all of them."""
        self._only = None if records is None else Only(words, tuple(records), self.context.inspection)
        if self._only and self.only_line is None:
            self.only_line = OnlyLine()
            self.only_line.cleared.connect(lambda: self.show_only("", None))
            self.add_line(self.only_line)
        for chip in self.chips:
            chip.clear()
        self.search.clear()
        self.refresh()

    @property
    def only(self) -> Only | None:
        """What the list is kept to besides its filters."""
        return self._only if self._only and self._only.inspection == self.context.inspection else None

    def select_none(self) -> None:
        """Choose nothing: what is being written is not in the list yet."""
        self.view().selectionModel().clear()

    def select_near(self, line: int) -> None:
        """Choose the record at or before a line, after the one that stood there has gone."""
        if ids := self.model.ids():
            self.select(ids[min(line, len(ids) - 1)])

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end of the title line."""
        self._title_line.add_tool(widget)
        put_after(self._last_tool, [widget])
        self._last_tool = widget

    def add_line(self, widget: QWidget) -> None:
        """Put something between the title and the tools: how the whole register stands."""
        self._rows.insertWidget(1, widget)

    def view(self) -> ReadingList | ComparingTable:
        """The view now seen: two lines a row, or columns."""
        return self.reading if self.reading and not self._state["table"] else self.table

    def _edit(self) -> None:
        """F2: the record's form takes the keyboard, once it is in front."""
        record = self.current()
        self.opened.emit(record)
        QTimer.singleShot(0, self, lambda: self.context.edit_asked.emit(self.setup.entity, record))

    def _build(self) -> None:
        gap = style.metrics.gap
        self.stack = QStackedWidget()
        views: list[ReadingList | ComparingTable] = [self.table, *([self.reading] if self.reading else [])]
        for view in views:
            self.stack.addWidget(view)
            view.setSelectionModel(self.table.selectionModel())  # what is chosen stays when the view changes
            view.opened.connect(lambda: self.opened.emit(self.current()))
            view.edit_asked.connect(self._edit)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_foot())
        self.table.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit(self.current()))
        self.setFocusProxy(self.view())
        self._title_line = TitleLine(self.heading)
        tools = QHBoxLayout()
        tools.setContentsMargins(gap * 2, 0, gap, gap // 2)
        tools.setSpacing(gap)
        tools.addWidget(self.search, 1)
        tools.addWidget(menu := menu_button(self))
        chips = QHBoxLayout()
        chips.setContentsMargins(gap * 2, 0, gap, gap)
        chips.setSpacing(gap)
        for chip in self.chips:
            chip.changed.connect(self.refresh)
            chips.addWidget(chip)
        chips.addStretch(1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(gap // 2)
        self._rows.addWidget(self._title_line)
        self._rows.addLayout(tools)
        if self.chips:
            self._rows.addLayout(chips)
        self._rows.addWidget(self.stack, 1)
        self._rows.addWidget(self.foot)
        # Tab comes to the list first, as the proxy says, and what stands above would be left out behind it.
        after = [*views, self.search, menu, *self.chips]
        put_after(after[0], after[1:])
        self._last_tool: QWidget = after[-1]

    def painted(self) -> QWidget | None:
        """What shows the rows, or the page that says why there are none."""
        shown = self.stack.currentWidget()
        return shown.viewport() if isinstance(shown, ReadingList | ComparingTable) else shown

    def _nothing(self) -> EmptyPage:
        """The page that says why nothing is seen, made when first needed."""
        if self._empty is None:
            self._empty = EmptyPage(self.setup, self.stack)
            self._empty.begun.connect(self.first_step_asked)
            self.stack.addWidget(self._empty)
        self._empty.say(filtered=bool(self.search.text() or self.only or any(chip.value for chip in self.chips)))
        return self._empty

    def _show_foot(self) -> None:
        self.foot.say(self.model.query, len(self.selected()))
