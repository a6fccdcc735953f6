"""A short list of what wants doing: heading with its count, the first rows, all of them on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.tables.list_model import ID_ROLE
from ui.tables.record_model import CELLS_ROLE
from ui.tables.two_lines import TwoLineDelegate, TwoLines

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Item:
    """A record with the two lines that stand for it."""

    key: str
    title: str
    second: str = ""
    right: str = ""
    state: str = ""  # a word of ui/tables/states.py, before the second line


class ShortList(QWidget):
    """`chosen` gives the key of a row that was clicked or entered, `asked` is for a list that shows them all."""

    chosen = Signal(str)
    asked = Signal()

    def __init__(self, title: str, shown: int = 3, *, elsewhere: bool = False) -> None:
        super().__init__()
        self._title, self._shown, self._elsewhere, self._all = title, shown, elsewhere, False
        self._items: Sequence[Item] = ()
        self._total = 0
        self.model = _Items()
        self.heading = QLabel(title)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setProperty("role", "section")
        style.at_least(self.heading, 28)
        self.count = self._quiet("count")
        self.more = self._quiet("more")
        self.none = QLabel()
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.none.setWordWrap(True)
        self.none.setProperty("role", "secondary")
        self.none.setContentsMargins(0, style.metrics.gap, 0, style.metrics.gap)
        self.view = _Rows(self.model, title)
        self.view.clicked.connect(self._choose)
        self.view.entered_by_key.connect(self._choose)
        line = QFrame()
        line.setObjectName("line")
        head = QHBoxLayout()
        head.setSpacing(style.metrics.grid)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addSpacing(style.metrics.grid)
        self._column.addWidget(line)
        self._column.addWidget(self.none)
        self._column.addWidget(self.view)
        self._column.addWidget(self.more)

    def add_line(self, widget: QWidget) -> None:
        """Put something between the heading and the rows."""
        self._column.insertWidget(self._column.indexOf(self.none), widget)

    def show_items(self, items: Sequence[Item], none: str, total: int = 0) -> None:
        """Show these, of `total` in all, or say why there are none; the row the keyboard is on stays."""
        self._items, self._total = items, max(total, len(items))
        self.none.setText(none)
        self._fill()

    def _fill(self) -> None:
        current = self.view.currentIndex().data(ID_ROLE)
        # A button that hides one row takes as much room as the row.
        few = self._total == len(self._items) <= self._shown + 1
        shown = self._items if self._all or few else self._items[: self._shown]
        self.model.show(shown)
        row = next((row for row, item in enumerate(shown) if item.key == current), -1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self.none.setVisible(not self._items)
        self.view.setVisible(bool(self._items))
        self.view.fit()
        self.count.setVisible(bool(self._items))
        self.count.setEnabled(self._elsewhere)
        self.count.setText(f"{self._total:,}")
        self.count.setAccessibleName(f"{self._title} {self._total:,}，打开列表")
        self.more.setVisible(not few)
        self.more.setText("收起" if self._all else f"还有 {self._total - len(shown):,} 条")
        self.more.setAccessibleName(f"{self._title}：{self.more.text()}")

    def _toggle(self) -> None:
        if self._elsewhere:
            self.asked.emit()
            return
        self._all = not self._all
        self._fill()

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ID_ROLE))

    def _quiet(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setProperty("kind", "quiet")
        button.clicked.connect(self._toggle)
        return button


class _Items(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Take over other rows."""
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Rows shown."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the delegate draws, and what a screen reader reads."""
        item = self._items[index.row()]
        if role == ID_ROLE:
            return item.key
        if role == CELLS_ROLE:
            return {"title": item.title, "state": item.state, "second": item.second, "right": item.right}
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "　".join(part for part in (item.title, item.state, item.second, item.right) if part)
        return None


class _Rows(QListView):
    """Never scrolls itself: the page does."""

    entered_by_key = Signal(QModelIndex)

    def __init__(self, model: _Items, title: str) -> None:
        super().__init__()
        self.setModel(model)
        self._delegate = TwoLineDelegate(_describe)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        style.sized(self, _Rows.fit)

    def fit(self) -> None:
        """As high as its rows."""
        self.setFixedHeight(self.model().rowCount() * style.metrics.two_line_row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_by_key.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first row, so that the keyboard is seen to be somewhere."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No row stays marked when the keyboard has gone."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.clearSelection()


def _describe(cells: Mapping[str, str]) -> TwoLines:
    return TwoLines(cells.get("title", ""), cells.get("state", ""), cells.get("second", ""), cells.get("right", ""))
