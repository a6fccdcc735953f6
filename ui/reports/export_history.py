"""What was exported so far: folded to one line with the last, unfolded to all; and whether a file still agrees."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from ui import style
from ui.context import Context
from ui.elided_label import ElidedLabel
from ui.reports.file_check import FileCheck
from ui.reports.fold import Fold
from ui.tables.rows import fit_to_rows
from ui.tables.title_line import TitleLine
from xuncha_desktop.services import lists

_COLUMNS = ("name", "exported_at", "member", "papers")
_MOST_ROWS = 4


class ExportHistory(QFrame):
    """Every document of the inspection, the newest first."""

    ledger_asked = Signal()  # a ledger came back and is to be read

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._context = context
        self._records: list[str] = []
        self.line = Fold()
        self.last = ElidedLabel("secondary")
        self.list = QListWidget()
        self.list.setAccessibleName("导出记录")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.hide()
        style.sized(self.list, lambda rows: fit_to_rows(rows, _MOST_ROWS))
        self.check_file = QPushButton("核对文件…")
        self.check_file.setToolTip("导出以后在 Word 里改过的文件，与案卷逐处对照")
        self.read_back = QPushButton("读回台账…")
        self.read_back.setToolTip("交出去的问题台账被人改过，逐处看过再采用")
        self.file_check = FileCheck(context, self)
        head = TitleLine(self.line, self.last)
        head.add_tool(self.read_back)
        head.add_tool(self.check_file)
        gap = style.metrics.gap
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, gap // 2)
        column.setSpacing(style.metrics.grid)
        column.addWidget(head)
        column.addWidget(self.list)
        column.addWidget(self.file_check)
        self.check_file.clicked.connect(self.file_check.choose)
        self.read_back.clicked.connect(self.ledger_asked)
        self.line.turned.connect(self._unfold)

    def refresh(self) -> None:
        """Read again."""
        where = {"inspection": self._context.inspection}
        query = lists.Query("export_record", where, sort="exported_at", descending=True)
        self._records = lists.ids(self._context.store, query)
        self.line.setText(f"导出记录　{len(self._records):,}" if self._records else "还没有导出过")
        self.line.setEnabled(bool(self._records))
        newest = lists.page(self._context.store, "export_record", self._records[:1], _COLUMNS)
        self.last.setText("".join(f"最近：{_words(cells)}" for cells in newest.values()))
        self.last.setToolTip(self.last.text())
        self.line.turn(self.line.opened and bool(self._records))

    def _unfold(self, shown: bool) -> None:
        self.list.setVisible(shown)
        self.last.setVisible(not shown)
        if not shown:
            return
        row = self.list.currentRow()
        self.list.clear()
        cells_of = lists.page(self._context.store, "export_record", self._records, _COLUMNS)
        for record in self._records:
            cells = cells_of[record]
            item = QListWidgetItem(f"{cells['name']}\n{_words(cells)}")
            item.setToolTip("文件在导出时选的文件夹里，程序不记它的位置")
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, row))
        fit_to_rows(self.list, _MOST_ROWS)


def _words(cells: dict[str, str]) -> str:
    papers = f"{cells['papers']} 份底稿" if cells["papers"] else ""
    return "　".join(filter(None, (cells["exported_at"], cells["member"], papers)))
