"""Old and new words of a checklist side by side; what differs is tinted, struck through or underlined."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
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
from ui.checklists.version_model import VersionModel
from ui.marked_text import look
from ui.tables.rows import dress_rows
from xuncha_desktop.differences import pieces
from xuncha_desktop.services.taking_over import CHANGED

_PAD = 8
_FIRST, _LABEL = 176, 96
Index = QModelIndex | QPersistentModelIndex


class VersionTable(QTableView):
    """Space or a click at the left chooses."""

    def __init__(self, model: VersionModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName("新版清单的改动")
        dress_rows(self)
        self.setProperty("framed", True)
        self.setItemDelegate(_Texts(self, model))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        style.sized(self, VersionTable._fit_columns)
        for column in (2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(lambda index: model.toggle([index.row()]) if index.column() == 0 else None)

    def _fit_columns(self) -> None:
        for column, width in enumerate((_FIRST, _LABEL)):
            self.setColumnWidth(column, style.metrics.scaled(width))

    def fit(self) -> None:
        """Give every row the height its words need."""
        for row in range(self._model.rowCount()):
            said = (0, 2, 3) if self._model.parts[row].first else (2, 3)
            heights = [self.sizeHintForIndex(self._model.index(row, column)).height() for column in said]
            self.setRowHeight(row, max(style.metrics.row, *heights))

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


class _Texts(QStyledItemDelegate):
    """Wraps texts in full and marks what differs."""

    def __init__(self, view: QTableView, model: VersionModel) -> None:
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
        if self._model.parts[index.row()].first:
            painter.setPen(style.color("line"))
            painter.drawLine(rect.topLeft(), rect.topRight())
        taken = self._model.difference(index.row()).key in self._model.chosen
        quiet = index.column() == 1 or (index.column() == 3 and not taken)
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
        part = self._model.parts[index.row()]
        if marks and index.column() in (2, 3) and self._model.difference(index.row()).kind == CHANGED:
            layout.setFormats(_marks(part.old, part.new, second=index.column() == 3))
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
