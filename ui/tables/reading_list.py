"""The rows of a list in two lines each, to read."""

from PySide6.QtWidgets import QHeaderView

from ui import style
from ui.tables.record_model import RecordModel
from ui.tables.record_view import RecordView
from ui.tables.two_lines import Describe, TwoLineDelegate


class ReadingList(RecordView):
    """A record in a row of two lines. A table, since `QListView` asks its model for each of thousands of rows."""

    def __init__(self, model: RecordModel, describe: Describe) -> None:
        super().__init__(model)
        self._shown = model
        self._low: list[int] = []
        self._delegate = TwoLineDelegate(describe)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        style.sized(self, ReadingList._lay_out)
        model.modelReset.connect(self._lay_out)

    def _lay_out(self) -> None:
        """One cell takes the whole row; lines above groups are lower, and a header keeps heights when rows change."""
        self.verticalHeader().setDefaultSectionSize(style.metrics.two_line_row)
        for line in self._low:
            self.setRowHeight(line, style.metrics.two_line_row)
        for column in range(1, self._shown.columnCount()):
            self.setColumnHidden(column, True)
        self._low = self._shown.group_lines()
        for line in self._low:
            self.setRowHeight(line, style.metrics.row)
