"""What is chosen in a view of records, choosing it again, and copying it for Excel."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView

from ui.tables.list_model import ID_ROLE, ListModel


def chosen(view: QAbstractItemView) -> list[str]:
    """Ids of the selected records, from top to bottom."""
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    model = view.model()
    ids = (model.data(model.index(row, 0), ID_ROLE) for row in rows)
    return [record for record in ids if record]


def stand_on(view: QAbstractItemView, row: int) -> None:
    """Choose one row, whatever keys are held: after Ctrl+Z the view itself would turn the choice round."""
    mode = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(view.model().index(row, 0), mode)


def choose(view: QAbstractItemView, records: Sequence[str], current: str) -> None:
    """Select records again after a refresh."""
    model = view.model()
    assert isinstance(model, ListModel)
    selection = QItemSelection()
    for record in records:
        if (row := model.row_of(record)) >= 0:
            selection.select(model.index(row, 0), model.index(row, model.columnCount() - 1))
    view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    if (row := model.row_of(current)) >= 0:
        view.selectionModel().setCurrentIndex(model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)


def copy_rows(view: QAbstractItemView) -> None:
    """Put the chosen rows with their headings on the clipboard, as a table Excel understands."""
    model = view.model()
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
    if not rows:
        return
    columns = range(model.columnCount())
    lines = [[str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]]
    lines += [[_cell(str(model.data(model.index(row, column)) or "")) for column in columns] for row in rows]
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))


def _cell(text: str) -> str:
    """A cell that stays one cell, and text that Excel does not take for a formula; numbers stay numbers."""
    plain = " ".join(text.replace("\t", " ").splitlines())
    number = re.fullmatch(r"[+-]?[\d,]+(\.\d+)?", plain)
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") and not number else plain
