"""The preview of pasted villages: what each name becomes, and why some are skipped."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ui import style
from ui.tables.rows import dress_rows
from xuncha_desktop.model import fields
from xuncha_desktop.services.villages import Verdict, Village

_ROWS = 8
_ROOM = 440  # narrower than this, the short name stands for the full one
_MARKS = {
    Verdict.NEW: ("＋", "ok"),
    Verdict.KNOWN: ("＋", "accent"),
    Verdict.STARTED: ("－", "secondary"),
    Verdict.REPEATED: ("▲", "warning"),
    Verdict.UNREADABLE: ("▲", "warning"),
}


class VillageTable(QTableWidget):
    """Read only; as high as its rows, eight at most."""

    def __init__(self) -> None:
        super().__init__(0, 4)
        unit = fields("unit")
        self.setHorizontalHeaderLabels([unit["name"].label, unit["short_name"].label, unit["code"].label, "结果"])
        self.setAccessibleName("将要新增的村（社区）")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        dress_rows(self)
        self.setProperty("framed", True)
        style.sized(self, VillageTable._fit)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the full name out where it would be cut off anyway."""
        super().resizeEvent(event)
        narrow = self.width() < style.metrics.scaled(_ROOM)
        self.setColumnHidden(0, narrow)
        modes = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(1, modes.Stretch if narrow else modes.ResizeToContents)

    def show_villages(self, villages: Sequence[Village]) -> None:
        """Show these; hidden while there are none."""
        self.setVisible(bool(villages))
        self.setRowCount(len(villages))
        for row, village in enumerate(villages):
            mark, role = _MARKS[village.verdict]
            texts = (
                village.name or village.pasted,
                village.short_name or village.pasted,
                village.code,
                f"{mark} {village.verdict}",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column == 3 or not village.taken:
                    item.setForeground(style.color(role if column == 3 else "secondary"))
                self.setItem(row, column, item)
        self._fit()

    def _fit(self) -> None:
        rows = min(self.rowCount(), _ROWS) * style.metrics.row
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 2)
