"""How every table of whole rows looks and scrolls, and how high a list is that stands on a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListWidget, QTableView

from ui import style

TICKED, LEFT = "☑", "☐"  # before what may be chosen


def dress_rows(table: QTableView) -> None:
    """Whole rows of a fixed height, no grid, no line numbers; smooth scrolling; Tab goes on to what follows."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    style.sized(table, lambda table: table.verticalHeader().setDefaultSectionSize(style.metrics.row))


def fit_to_rows(rows: QListWidget, most: int) -> None:
    """As high as its rows, or as so many of them."""
    rows.setFixedHeight(min(most, rows.count()) * max(0, rows.sizeHintForRow(0)))


def dress_heads(rows: QListWidget) -> None:
    """Lines that cannot be chosen stand over the others: smaller type."""
    for item in map(rows.item, range(rows.count())):
        if item.flags() == Qt.ItemFlag.NoItemFlags:
            item.setFont(style.font("secondary"))
