"""The items of a template as a table: Alt with an arrow moves, Del takes away, Enter writes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import style
from ui.checklists.item_model import tip
from ui.tables.list_model import ID_ROLE
from ui.tables.rows import dress_rows
from ui.tables.views import chosen, copy_rows, stand_on
from ui.tables.wrapping import wrap_rows
from xuncha_desktop.model import fields
from xuncha_desktop.services.checklist_versions import Item

Index = QModelIndex | QPersistentModelIndex
_ITEM = fields("check_item")
_COLUMNS = {
    "must": _ITEM["must"].label,
    "code": _ITEM["code"].label,
    "area": _ITEM["area"].label,
    "text": _ITEM["item"].label,
}
_NAMES = tuple(_COLUMNS)
_WIDTHS = {"must": 44, "code": 72, "area": 96}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TemplateModel(QAbstractTableModel):
    """Holds the items shown."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Take over other items."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def row_of(self, item: str) -> int:
        """The row of an item, or -1."""
        return next((row for row, found in enumerate(self.items) if found.id == item), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Items."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Columns."""
        return 0 if parent.isValid() else len(_NAMES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        item, name = self.items[index.row()], _NAMES[index.column()]
        if role == ID_ROLE:
            return item.id
        if role == Qt.ItemDataRole.DisplayRole:
            return ("★" if item.must else "") if name == "must" else " ".join(getattr(item, name).split())
        if role == Qt.ItemDataRole.AccessibleTextRole and name == "must":
            return _COLUMNS["must"] if item.must else ""
        if role == Qt.ItemDataRole.ToolTipRole and name == "text":
            return tip(item.text)
        if role == Qt.ItemDataRole.ForegroundRole and name == "must":
            return style.color("accent")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The fields' labels."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[_NAMES[section]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class TemplateTable(QTableView):
    """`moved` gives -1 or 1, `removed` that the chosen items are to go, `opened` that one is to be written."""

    chosen_moved = Signal()
    moved = Signal(int)
    removed = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.items = TemplateModel()
        self.setModel(self.items)
        self.setAccessibleName("清单模板的事项")
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTableView.Shape.NoFrame)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        header.setSectionResizeMode(_NAMES.index("text"), QHeaderView.ResizeMode.Stretch)
        style.sized(self, TemplateTable._fit)
        wrap_rows(self)
        self.activated.connect(lambda _: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_moved.emit())

    def chosen(self) -> list[str]:
        """Ids of the chosen items."""
        return chosen(self)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items; what was chosen stays."""
        kept, bar = self.chosen(), self.verticalScrollBar().value()
        with QSignalBlocker(self.selectionModel()):
            self.items.show(items)
        row = next((row for item in kept if (row := self.items.row_of(item)) >= 0), 0 if items else -1)
        self.select_row(row)
        self.verticalScrollBar().setValue(bar)

    def select_row(self, row: int) -> None:
        """Choose one item; none for -1."""
        if row >= 0:
            stand_on(self, row)
        else:
            self.clearSelection()
        self.chosen_moved.emit()

    def _fit(self) -> None:
        for column, name in enumerate(_NAMES):
            if name in _WIDTHS:
                self.setColumnWidth(column, style.metrics.scaled(_WIDTHS[name]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, take away, copy for Excel."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.removed.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_rows(self)
        else:
            super().keyPressEvent(event)
