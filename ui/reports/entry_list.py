"""The papers under one heading: ticked or not, moved by Alt+↑/↓ or by dragging."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from ui import style
from ui.reports.entry_row import ENTRY, PLACE, EntryRow, box_width
from xuncha_desktop.model.show import money
from xuncha_desktop.services.reports import Entry


class EntryList(QListWidget):
    """As high as its rows: the outline scrolls, not each heading."""

    opened = Signal(str)
    toggled = Signal(str, bool)  # paper, left out
    arranged = Signal(list)  # papers in their new order
    edge_passed = Signal(int)  # an arrow key went past the first (-1) or last (+1) row

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(f"“{title}”下的底稿")
        self.setItemDelegate(EntryRow(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScroll(False)  # the outline around it scrolls
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setToolTip("空格：写入或不写入　Alt+↑/↓：调整顺序　回车：打开底稿")
        self._entries: tuple[Entry, ...] = ()
        style.sized(self, EntryList._fit)
        # After the drop is over: the list is filled anew with the answer.
        self.model().rowsMoved.connect(lambda *_: QTimer.singleShot(0, self, self._tell_order))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show the papers; the chosen one stays chosen."""
        self.setVisible(bool(entries))  # Qt gives an empty list the height of ten rows
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        current = self.current()
        silent = QSignalBlocker(self)
        self.clear()
        place = 0
        for entry in entries:
            place += not entry.left_out
            item = QListWidgetItem()
            item.setData(ENTRY, entry)
            item.setData(PLACE, 0 if entry.left_out else place)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(entry, place))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
            self.addItem(item)
        self._fit()
        self.select(current)
        silent.unblock()

    def _fit(self) -> None:
        self.setFixedHeight(style.metrics.two_line_row * len(self._entries))

    def papers(self) -> list[str]:
        """The ids from top to bottom."""
        return [self.item(row).data(ENTRY).paper for row in range(self.count())]

    def current(self) -> str:
        """The paper the keyboard is on."""
        item = self.currentItem()
        return item.data(ENTRY).paper if item else ""

    def select(self, paper: str) -> bool:
        """Stand on a paper if it is here."""
        papers = self.papers()
        if paper in papers:
            self.setCurrentRow(papers.index(paper))
        return paper in papers

    def toggle(self) -> None:
        """Take the chosen paper in or leave it out."""
        if item := self.currentItem():
            entry: Entry = item.data(ENTRY)
            self.toggled.emit(entry.paper, not entry.left_out)

    def move_current(self, by: int) -> None:
        """Put the chosen paper one place higher or lower."""
        row, papers = self.currentRow(), self.papers()
        if row >= 0 and 0 <= row + by < len(papers):
            papers.insert(row + by, papers.pop(row))
            self.arranged.emit(papers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, Enter, Alt with arrows, and arrows that leave for the next heading."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_current(by)
        elif by and not 0 <= self.currentRow() + by < self.count():
            self.edge_passed.emit(by)
        elif event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the tick toggles it."""
        super().mousePressEvent(event)
        if self._on_tick(event):
            self.toggle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the paper; on the tick it is two clicks."""
        if self._on_tick(event):
            self.toggle()
        elif item := self.itemAt(event.position().toPoint()):
            self.opened.emit(item.data(ENTRY).paper)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab stands on the first paper."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def _on_tick(self, event: QMouseEvent) -> bool:
        at = event.position()
        left = event.button() is Qt.MouseButton.LeftButton
        return left and at.x() < box_width() and self.itemAt(at.toPoint()) is not None

    def _tell_order(self) -> None:
        self.arranged.emit(self.papers())


def _spoken(entry: Entry, place: int) -> str:
    """What a screen reader says of a row."""
    amount = f"{money(entry.amount)}万元" if entry.amount else ""
    state = "不写入" if entry.left_out else f"写入，第{place}个"
    return "，".join(filter(None, (state, entry.title, entry.number, amount)))
