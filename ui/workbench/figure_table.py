"""Numbers to compare, one line a member or a unit; each leads to what it counts."""

from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import style
from ui.charts import copying
from ui.tables.rows import dress_rows
from xuncha_desktop.services.figures import Figure
from xuncha_desktop.services.workload import Line, Table

Index = QModelIndex | QPersistentModelIndex
_BEFORE = 2  # columns before the numbers: the name, and a word about it
_UNIT, _MEMBER, _PAD = 168, 104, 20  # the least room for a name


class FigureTable(QTableView):
    """`chosen` gives a figure, its words and where it stands; `named` the key of a line whose name was chosen."""

    chosen = Signal(object, str, QRect)
    named = Signal(str)

    def __init__(self, name: str, detail: str, *, leads: bool) -> None:
        super().__init__()
        self.figures = _Figures(name, detail, leads=leads)
        self.setModel(self.figures)
        dress_rows(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(f"按{name}")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.entered.connect(self._point)
        self.clicked.connect(self._choose)

    def show_table(self, table: Table, current: str = "") -> None:
        """Show these lines; the one of `current` is marked."""
        at = self.currentIndex()
        place = (at.row(), at.column())
        self.figures.show(table, current)
        if self.hasFocus() and place[0] >= 0:
            self.setCurrentIndex(self.figures.index(*place))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take the room that is left."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what a number counts, Ctrl+C copies the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            copying.copy_table(self.figures.rows())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        line = self.figures.line(index.row())
        if index.column() < _BEFORE:
            self.named.emit(line.key)
            return
        figure = line.figures[index.column() - _BEFORE]
        self.chosen.emit(figure, f"{line.name}　{figure.label}", self.visualRect(index))

    def _point(self, index: QModelIndex) -> None:
        number = self.figures.figure(index)
        leads = self.figures.leads if number is None else bool(number.count)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def _fit(self) -> None:
        face = QFontMetrics(style.font("text"))
        columns = list(zip(*self.figures.rows(), strict=True))[1:]
        widths = [max(map(face.horizontalAdvance, cells)) + _PAD for cells in columns]
        least = style.metrics.scaled(_UNIT if self.figures.leads else _MEMBER)
        name = max(least, self.viewport().width() - sum(widths))
        for column, width in enumerate([name, *widths]):
            self.setColumnWidth(column, width)
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if name + sum(widths) > self.viewport().width() else 0
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + self.figures.rowCount() * style.metrics.row + below)


class _Figures(QAbstractTableModel):
    def __init__(self, name: str, detail: str, *, leads: bool) -> None:
        super().__init__()
        self._heads = (name, detail)
        self.leads = leads  # whether the names lead somewhere
        self._table = Table()
        self._current = ""

    def show(self, table: Table, current: str) -> None:
        """Take over other lines."""
        self.beginResetModel()
        self._table, self._current = table, current
        self.endResetModel()

    def columns(self) -> list[str]:
        """Headings from left to right."""
        return [*self._heads, *self._table.columns]

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._table.lines[row]

    def figure(self, index: Index) -> Figure | None:
        """The number of a cell; None where a name stands."""
        line = self._table.lines[index.row()]
        return line.figures[index.column() - _BEFORE] if index.column() >= _BEFORE else None

    def rows(self) -> list[list[str]]:
        """All of it as cells."""
        lines = (
            [line.name, line.detail, *(str(figure.count) for figure in line.figures)] for line in self._table.lines
        )
        return [self.columns(), *lines]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Lines."""
        return 0 if parent.isValid() else len(self._table.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Names and numbers."""
        return 0 if parent.isValid() else len(self.columns())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, and that it can be pressed."""
        line, figure = self._table.lines[index.row()], self.figure(index)
        text = f"{figure.count:,}" if figure else (line.name, line.detail)[index.column()]
        marked = bool(line.key) and line.key == self._current
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.name}　{self.columns()[index.column()]} {text}"
        if role == Qt.ItemDataRole.ToolTipRole and figure is None:
            here = "（正在处理的任务）" if marked else ""
            return f"<p>{escape(text + here)}</p>"  # a tooltip takes markup for markup
        if role == Qt.ItemDataRole.TextAlignmentRole and figure is not None:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.FontRole and marked and index.column() == 0:
            return style.font("section")
        if role == Qt.ItemDataRole.ForegroundRole:
            return style.color(self._role(figure, index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings, over the middle of their numbers."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns()):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if section >= _BEFORE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _role(self, figure: Figure | None, column: int) -> str:
        if figure is None:
            return "secondary" if column else "link" if self.leads else "text"
        if not figure.count:
            return "secondary"
        return "overdue" if figure.due else "link"
