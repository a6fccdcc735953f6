"""The table of a checklist: digits set the state of the chosen items, Ctrl+C copies them for Excel."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from ui import style
from ui.checklists.item_model import ItemModel
from ui.tables.comparing_table import ComparingTable
from ui.tables.list_model import ID_ROLE
from ui.tables.views import choose, chosen
from ui.tables.wrapping import fit_rows, wrap_rows
from xuncha_desktop.model import Field
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services.checklists import Line

_WIDTHS = {
    "must": 44, "code": 64, "focus": 56, "area": 84, "suspicion": 132, "text": 320, "how": 240, "basis": 200,
    "state": 160, "verdict": 112, "member": 84, "note": 240, "papers": 48, "records": 80,
}  # fmt: skip
_TEXT, _TIGHT_TEXT, _TIGHT_STATE = 200, 140, 108  # the room of the text, and what text and state can do with
_GIVE_WAY = ("area", "suspicion", "papers", "code")
_PLAIN_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class ItemTable(ComparingTable):
    """`state_asked` when a digit is pressed, `verdict_asked` with F5 to F9, `opened` when a row is entered."""

    state_asked = Signal(str)
    verdict_asked = Signal(str)
    selection_moved = Signal()

    def __init__(self, model: ItemModel) -> None:
        super().__init__(model)
        self._model = model
        self._widths: Mapping[str, int] = {}
        self._gives_way = True
        self.usual: Sequence[str] = ()  # columns where nobody chose any; of these some give way to the text
        self.setAccessibleName("清单事项")
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        wrap_rows(self)
        self.column_sized.connect(lambda *_: self._make_room())
        self.edit_asked.connect(self.opened)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_moved.emit())

    def chosen_lines(self) -> list[Line]:
        """The chosen items from top to bottom."""
        return [self._model.line(result) for result in chosen(self)]

    def show_lines(self, lines: Sequence[Line], group_by: str = "") -> None:
        """Show other lines; selection and scroll stay, and where the current one went its successor is chosen."""
        selected, current = chosen(self), self.currentIndex().data(ID_ROLE)
        place = self._place(current)
        bar = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self._model.show(lines, group_by)
        self.selectionModel().blockSignals(False)
        kept = [result for result in selected if self._model.row_of(result) >= 0]
        if not kept and lines:
            kept = [self._model.ids()[min(place, len(lines) - 1)]]
        self.choose(kept, current if current in kept else kept[0] if kept else "")
        self.verticalScrollBar().setValue(bar)
        self.selection_moved.emit()

    def choose(self, results: Sequence[str], current: str) -> None:
        """Choose items and put the keyboard on one of them."""
        choose(self, results, current)
        if (row := self._model.row_of(current)) >= 0:
            self.scrollTo(self._model.index(row, 0))

    def show_columns(self, names: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show these columns, or where none were chosen the usual ones, as far as the text has room beside them."""
        self._widths, self._gives_way = widths, not names
        super().show_columns(names or self.usual, widths)
        self._make_room()

    def usual_width(self, place: int, column: Field) -> int:
        """How wide a column is that nobody dragged, at the base text size."""
        return _WIDTHS[column.name]

    def fills(self, section: int) -> bool:
        """The text has the room that the others leave; where it is not shown, the last column."""
        names = [column.name for column in self._model.columns]
        return names[section] == "text" if "text" in names else super().fills(section)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the area to the right side where there is little room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 6 set the state; F5 to F9 say what became of a problem of the last round."""
        place, verdict = event.key() - Qt.Key.Key_1, event.key() - Qt.Key.Key_F5
        asked = any(line.asks_verdict for line in self.chosen_lines())
        if event.modifiers() in _PLAIN_KEYS and 0 <= place < len(RESULT_STATES):
            self.state_asked.emit(list(RESULT_STATES)[place])
        elif asked and event.modifiers() in _PLAIN_KEYS and 0 <= verdict < len(VERDICTS):
            self.verdict_asked.emit(list(VERDICTS)[verdict])
        else:
            super().keyPressEvent(event)

    def _place(self, result: str | None) -> int:
        """How many items stand before one."""
        ids = self._model.ids()
        return ids.index(result) if result in ids else 0

    def _make_room(self) -> None:
        """Let the text have the rest; what the right side tells as well gives way until it can be read."""
        names = [column.name for column in self._model.columns]
        widths = {name: self._width(name) for name in names if not self.fills(names.index(name))}
        least, hidden = style.metrics.scaled(_TEXT), set[str]()
        for name in _GIVE_WAY if self._gives_way else ():
            if name not in self._widths and self.width() - sum(widths.values()) < least and name in widths:
                del widths[name]
                hidden.add(name)
        if "state" in widths and "state" not in self._widths and self.width() - sum(widths.values()) < least:
            widths["state"] = style.metrics.scaled(_TIGHT_STATE)
        fits = self.width() - sum(widths.values()) >= style.metrics.scaled(_TIGHT_TEXT)
        self._fitting = True
        for section, name in enumerate(names):
            filling = name not in widths and name not in hidden
            mode = QHeaderView.ResizeMode.Stretch if filling and fits else QHeaderView.ResizeMode.Interactive
            self.horizontalHeader().setSectionResizeMode(section, mode)
            self.setColumnHidden(section, name in hidden)
            if name not in hidden and not (filling and fits):
                self.setColumnWidth(section, least if filling else widths[name])
        self._fitting = False
        fit_rows(self)

    def _width(self, name: str) -> int:
        return self._widths.get(name) or style.metrics.scaled(_WIDTHS[name])
