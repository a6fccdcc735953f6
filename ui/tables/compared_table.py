"""Old and new words side by side, a tick before each; what differs is tinted, struck through or underlined."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import style
from ui.marked_text import look
from ui.tables.rows import dress_rows
from ui.turns import Turns
from xuncha_desktop.differences import pieces

_PAD, _AT_ONCE = 8, 30
_OLD, _NEW = 2, 3  # columns; the two before say what it is about
Index = QModelIndex | QPersistentModelIndex


class ComparedModel(QAbstractTableModel):
    """Four columns: a tick, what it is about, the old words and the new ones."""

    @abstractmethod
    def toggle(self, rows: Sequence[int]) -> None:
        """Choose what these rows say, or leave it where all of it is chosen."""

    @abstractmethod
    def begins(self, row: int) -> bool:
        """Whether something new begins with the row."""

    @abstractmethod
    def is_chosen(self, row: int) -> bool:
        """Whether the new words are to be taken."""

    @abstractmethod
    def is_changed(self, row: int) -> bool:
        """Whether old and new are two versions of one text."""

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """The tick, what it is about, old, new."""
        return 0 if parent.isValid() else 4


class ComparedTable(QTableView):
    """Space or a click at the left chooses."""

    def __init__(self, model: ComparedModel, name: str, widths: tuple[int, int]) -> None:
        super().__init__()
        self._model = model
        self._widths = widths
        self._turns = Turns(self)
        self.setModel(model)
        self.setAccessibleName(name)
        dress_rows(self)
        self.setProperty("framed", True)
        self.setItemDelegate(_Texts(self, model))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column in range(len(widths)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        style.sized(self, ComparedTable._fit_columns)
        for column in (_OLD, _NEW):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(lambda index: model.toggle([index.row()]) if index.column() == 0 else None)

    def _fit_columns(self) -> None:
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, style.metrics.scaled(width))

    def fit(self) -> None:
        """Give every row the height its words need: the first ones at once, further ones while nobody waits."""
        steps = self._steps()
        next(steps, None)
        self._turns.begin(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses or leaves."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        if event.key() == Qt.Key.Key_Space and rows:
            self._model.toggle(rows)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew where the width is another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _steps(self) -> Iterator[None]:
        row = 0
        while row < self._model.rowCount():
            self._fit_row(row)
            row += 1
            if row % _AT_ONCE == 0:
                yield

    def _fit_row(self, row: int) -> None:
        said = (0, 1, _OLD, _NEW) if self._model.begins(row) else (_OLD, _NEW)
        heights = [self.sizeHintForIndex(self._model.index(row, column)).height() for column in said]
        self.setRowHeight(row, max(style.metrics.row, *heights))


class _Texts(QStyledItemDelegate):
    """Wraps texts in full and marks what differs."""

    def __init__(self, view: QTableView, model: ComparedModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped words."""
        width = self._view.columnWidth(index.column()) - 2 * _PAD
        _, height = self._lay_out(index, width, marks=False)
        return QSize(width, round(height) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, style.color("selection"))
        if self._model.begins(index.row()):
            painter.setPen(style.color("line"))
            painter.drawLine(rect.topLeft(), rect.topRight())
        quiet = index.column() == 1 or (index.column() == _NEW and not self._model.is_chosen(index.row()))
        painter.setPen(style.color("secondary" if quiet else "text"))
        layout, _ = self._lay_out(index, rect.width() - 2 * _PAD, marks=True)
        layout.draw(painter, QPointF(rect.left() + _PAD, rect.top() + _PAD))
        painter.restore()

    def _lay_out(self, index: Index, width: int, *, marks: bool) -> tuple[QTextLayout, float]:
        text = (index.data() or "").replace("\n", "\u2028")
        layout = QTextLayout(text, style.font("secondary") if index.column() == 1 else self._view.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if marks and index.column() in (_OLD, _NEW) and self._model.is_changed(index.row()):
            old, new = (self._model.index(index.row(), column).data() or "" for column in (_OLD, _NEW))
            layout.setFormats(_marks(old, new, second=index.column() == _NEW))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height() * 1.15
        layout.endLayout()
        return layout, height


def _marks(old: str, new: str, *, second: bool) -> list[QTextLayout.FormatRange]:
    """The pieces of a text that the other one says otherwise."""
    own = "added" if second else "taken"
    found: list[QTextLayout.FormatRange] = []
    start = 0
    for shown in pieces(old, new):
        if shown.kind not in ("same", own):
            continue
        length = len(shown.text.encode("utf-16-le")) // 2  # as Qt counts
        if shown.kind == own:
            piece = QTextLayout.FormatRange()
            piece.start, piece.length, piece.format = start, length, look(own)
            found.append(piece)
        start += length
    return found
