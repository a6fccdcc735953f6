"""What the editors that keep rows of widgets in a grid share."""

from collections.abc import Collection

from PySide6.QtWidgets import QGridLayout, QWidget


def clear_from(grid: QGridLayout, first: int, spared: Collection[QWidget] = ()) -> None:
    """Take everything out of the lines of a grid from `first` on; what is spared lives on outside of it."""
    for place in reversed(range(grid.count())):
        line, *_ = grid.getItemPosition(place)  # pyright: ignore[reportGeneralTypeIssues]
        if line >= first and (item := grid.takeAt(place)) and (widget := item.widget()) and widget not in spared:
            widget.blockSignals(True)
            widget.hide()
            widget.deleteLater()
