"""The table of a checklist: digits set the state of the chosen items, Ctrl+C copies them for Excel."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import style
from ui.checklists.item_model import ItemModel
from ui.tables.record_model import ID_ROLE
from ui.tables.rows import dress_rows
from ui.tables.views import chosen, copy_rows
from ui.tables.wrapping import wrap_rows
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services.checklists import Line

_WIDTHS = {"must": 44, "code": 64, "area": 84, "suspicion": 132, "state": 160, "verdict": 112, "papers": 48}
_TEXT, _TIGHT_STATE = 200, 108  # the least room of the text; what the state can do with
_GIVE_WAY = ("area", "suspicion", "papers", "code")
_PLAIN_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class ItemTable(QTableView):
    """`state_asked` when a digit is pressed, `verdict_asked` with Ctrl, `opened` when a row is entered."""

    state_asked = Signal(str)
    verdict_asked = Signal(str)
    opened = Signal()
    sort_asked = Signal(str)
    selection_moved = Signal()

    def __init__(self, model: ItemModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName("清单事项")
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        self._fitted: tuple[str, ...] = ()
        style.sized(self, ItemTable._fit_columns)
        wrap_rows(self)
        header.sectionClicked.connect(lambda column: self.sort_asked.emit(self._model.names[column]))
        self.activated.connect(lambda _: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_moved.emit())

    def chosen_lines(self) -> list[Line]:
        """The chosen items from top to bottom."""
        return [self._model.line(self._model.row_of(result)) for result in chosen(self)]

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; selection and scroll stay, and where the current one went its successor is chosen."""
        selected, current, row = chosen(self), self.currentIndex().data(ID_ROLE), self.currentIndex().row()
        bar = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._model.show(lines)
        self.selectionModel().blockSignals(False)
        if self._fitted != self._model.names:
            self._fit_columns()
        kept = [result for result in selected if self._model.row_of(result) >= 0]
        if not kept and lines:
            kept = [lines[max(0, min(row, len(lines) - 1))].result]
        self.choose(kept, current if current in kept else kept[0] if kept else "")
        self.verticalScrollBar().setValue(bar)
        self.selection_moved.emit()

    def choose(self, results: Sequence[str], current: str) -> None:
        """Choose items and put the keyboard on one of them."""
        selection = QItemSelection()
        for row in (self._model.row_of(result) for result in results):
            selection.select(self._model.index(row, 0), self._model.index(row, len(self._model.names) - 1))
        if (row := self._model.row_of(current)) >= 0:
            index = self._model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_sort(self, name: str, descending: bool) -> None:
        """Put the arrow where the order comes from."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        names = self._model.names
        self.horizontalHeader().setSortIndicator(names.index(name) if name in names else -1, order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the area to the right side where there is little room."""
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 6 set the state; F5 to F9 say what became of a problem of the last round."""
        place, verdict = event.key() - Qt.Key.Key_1, event.key() - Qt.Key.Key_F5
        asked = any(line.asks_verdict for line in self.chosen_lines())
        if event.modifiers() in _PLAIN_KEYS and 0 <= place < len(RESULT_STATES):
            self.state_asked.emit(list(RESULT_STATES)[place])
        elif asked and event.modifiers() in _PLAIN_KEYS and 0 <= verdict < len(VERDICTS):
            self.verdict_asked.emit(list(VERDICTS)[verdict])
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)

    def _fit_columns(self) -> None:
        """Give the columns shown now their widths."""
        self._fitted = self._model.names
        header = self.horizontalHeader()
        for column, name in enumerate(self._fitted):
            fixed = name in _WIDTHS
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if fixed else QHeaderView.ResizeMode.Stretch
            )
            if fixed:
                header.resizeSection(column, style.metrics.scaled(_WIDTHS[name]))
        self._make_room()

    def _make_room(self) -> None:
        """Hide what the right side tells as well, one column after the other, until the text can be read."""
        widths = {name: style.metrics.scaled(_WIDTHS[name]) for name in self._fitted if name in _WIDTHS}
        least, hidden = style.metrics.scaled(_TEXT), set[str]()
        for name in _GIVE_WAY:
            if self.width() - sum(widths.values()) < least and name in widths:
                del widths[name]
                hidden.add(name)
        for column, name in enumerate(self._fitted):
            self.setColumnHidden(column, name in hidden)
            if name == "state":
                tight = self.width() - sum(widths.values()) < least
                self.setColumnWidth(column, style.metrics.scaled(_TIGHT_STATE if tight else _WIDTHS[name]))
