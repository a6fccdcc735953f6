"""How every table of whole rows looks and scrolls."""

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import style

TICKED, LEFT = "☑", "☐"  # before what may be chosen


def dress_rows(table: QTableView) -> None:
    """Whole rows of a fixed height, no grid, no line numbers; smooth scrolling."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(style.metrics.row)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
