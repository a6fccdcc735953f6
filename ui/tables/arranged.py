"""A list whose order, grouping and columns a person chooses, found again the next time as they were left."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui import style
from ui.context import Context
from ui.tables import layout
from ui.tables.comparing_table import ComparingTable
from ui.tables.list_menu import list_menu
from ui.tables.list_model import ID_ROLE
from ui.tables.list_setup import ListSetup
from ui.tables.reading_list import ReadingList
from ui.tables.views import choose, chosen
from xuncha_desktop.store.journal import Changes


class Arranged(QWidget):
    """Heading and menu say how; `refresh` shows it so."""

    reading: ReadingList | None = None  # two-line rows, where the list has them

    def __init__(self, context: Context, setup: ListSetup, table: ComparingTable) -> None:
        super().__init__()
        self.context = context
        self.setup = setup
        self.table = table
        self._state = layout.recall(context.settings, setup)
        style.sized(self, Arranged._show_columns)
        table.column_sized.connect(self._remember_width)
        table.columns_moved.connect(self._take_order)
        table.sort_asked.connect(lambda name, down: self.set_state(sort=name, descending=down))
        header = table.horizontalHeader()
        header.customContextMenuRequested.connect(lambda at: list_menu(self).popup(header.mapToGlobal(at)))

    def refresh(self, news: Changes | None = None) -> None:
        """Read the list again."""
        raise NotImplementedError

    def view(self) -> QAbstractItemView:
        """The view now seen."""
        return self.table

    def current(self) -> str:
        """Id of the record the keyboard is on."""
        index = self.view().currentIndex()
        return index.data(ID_ROLE) or "" if index.isValid() else ""

    @property
    def state(self) -> Mapping[str, Any]:
        """Sort, group, view, columns and their widths as they are."""
        return self._state

    def set_state(self, **changes: Any) -> None:
        """Sort, group, view or columns; remembered for the next time."""
        selected, current = chosen(self.view()), self.current()
        self._state |= changes
        with QSignalBlocker(self), QSignalBlocker(self.table):
            if "columns" in changes:
                self._show_columns()
            self.refresh()
            choose(self.view(), selected, current)
        self._remember()

    def _show_columns(self) -> None:
        self.table.show_columns(self._state["columns"], self._state["widths"])

    def _take_order(self) -> None:
        """Columns were dragged: none of them changes its width for that, and one fills the room."""
        widths = self.table.widths()
        self.set_state(columns=self.table.columns_shown(), widths={**self._state["widths"], **widths})

    def _remember_width(self, name: str, width: int) -> None:
        self._state["widths"][name] = width
        self._remember()

    def _remember(self) -> None:
        layout.remember(self.context.settings, self.setup, self._state)
