"""Rows as high as their words need: what people read in a table is wrapped, not cut off."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import style
from ui.tables.list_model import GROUP_ROLE

_BESIDE, _ABOVE = 20, 10  # what a cell needs around its words
_MOST_LINES = 8
_PADDING, _BOX = 16, 24  # around the lines of a list, and for what ticks them


def wrap_rows(table: QTableView) -> None:
    """Wrap the words of a table and keep its rows as high as they need, however wide the column that stretches is."""
    table.setWordWrap(True)

    def follow(section: int, before: int, after: int) -> None:
        # Asked for each time: Python may lose its hold on a header that the table still has.
        if table.horizontalHeader().sectionResizeMode(section) is QHeaderView.ResizeMode.Stretch and before != after:
            fit_rows(table, {section: after})  # the header itself knows it a moment later

    table.horizontalHeader().sectionResized.connect(follow)
    table.model().modelReset.connect(lambda: fit_rows(table))
    table.model().dataChanged.connect(lambda *_: fit_rows(table))
    style.sized(table, fit_rows)


def wrap_lines(rows: QListView) -> None:
    """Wrap the words of a list and give every line the height they need."""
    rows.setWordWrap(True)
    rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    rows.setResizeMode(QListView.ResizeMode.Adjust)
    rows.setItemDelegate(_Lines(rows))


class _Lines(QStyledItemDelegate):
    """Qt measures as if the sheet's padding were not there, and the last line of some is never painted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        narrower = QStyleOptionViewItem(option)
        narrower.rect = option.rect.adjusted(0, 0, -_PADDING - (_BOX if ticked else 0), 0)
        return super().sizeHint(narrower, index)


def fit_rows(table: QTableView, widths: Mapping[int, int] | None = None) -> None:
    """For other rows or other columns; `widths` are of columns that are just being made wider or narrower."""
    widths = widths or {}
    model, face = table.model(), QFontMetrics(style.font("text"))
    header = table.horizontalHeader()
    columns = [column for column in range(model.columnCount()) if not _has_room(header, column)]
    room = QRect(0, 0, 0, _MOST_LINES * face.lineSpacing())
    for row in range(model.rowCount()):
        height = style.metrics.row
        for column in columns if model.index(row, 0).data(GROUP_ROLE) is None else ():
            words, width = (
                str(model.index(row, column).data() or ""),
                widths.get(column, table.columnWidth(column)) - _BESIDE,
            )
            if face.horizontalAdvance(words) > width:
                room.setWidth(max(width, face.height()))
                height = max(height, face.boundingRect(room, Qt.TextFlag.TextWordWrap.value, words).height() + _ABOVE)
        table.setRowHeight(row, height)


def _has_room(header: QHeaderView, column: int) -> bool:
    """Whether a column asks for no height: it is hidden, or as wide as its longest words."""
    by_itself = header.sectionResizeMode(column) is QHeaderView.ResizeMode.ResizeToContents
    stretched = header.stretchLastSection() and header.visualIndex(column) == header.count() - 1
    return header.isSectionHidden(column) or (by_itself and not stretched)
