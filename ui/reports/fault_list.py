"""What the checks found in the report, under its live view: a line each, leading to the field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from ui import style
from ui.tables.rows import fit_to_rows
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.services.report_checks.passages import Fault
from xuncha_desktop.services.report_checks.repairing import by_rule, can_repair

_MOST_ROWS = 5
_FAULT = Qt.ItemDataRole.UserRole


class FaultList(QFrame):
    """One line that says how many; below it as many as there is room for."""

    asked = Signal(object)  # the fault whose place is wanted
    repair_asked = Signal(list)  # list[Fault]

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._faults: list[Fault] = []
        self.words = QLabel("正在核对用语、数字和字数", self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "secondary")
        self.list = QListWidget(self)
        self.list.setAccessibleName("报告核对结果")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        style.sized(self.list, lambda rows: fit_to_rows(rows, _MOST_ROWS))
        self.repair = QPushButton("改正这一处", self)
        self.repair.setToolTip("把选中的一处改为应有的写法，Ctrl+Z 可以撤销")
        self.repair_all = QPushButton(self)
        self.repair_all.setToolTip("用语、标点、日期一次改正；数字请逐处核对。Ctrl+Z 可以撤销")
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.words, 1)
        for button in (self.repair, self.repair_all):
            button.hide()
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap // 2, gap, gap // 2)
        column.setSpacing(style.metrics.grid)
        column.addLayout(head)
        column.addWidget(self.list)
        self.list.currentRowChanged.connect(self._offer)
        self.repair.clicked.connect(lambda: self.repair_asked.emit([self._faults[self.list.currentRow()]]))
        self.repair_all.clicked.connect(lambda: self.repair_asked.emit(list(filter(by_rule, self._faults))))
        self.list.itemClicked.connect(self._ask)
        self.list.itemActivated.connect(self._ask)

    def show_faults(self, faults: Sequence[Fault], gaps: int = 0) -> None:
        """Show these, and how many places still lack their words; the row stood on stays, if it is still there."""
        said = f"核对出 {len(faults):,} 处，单击到所在的地方" if faults else "已写的用语、数字、字数核对无误"
        self.words.setText(f"{said}；还有 {gaps:,} 处{GAP}" if gaps else said)
        if list(faults) == self._faults and self._faults:
            return
        row = self.list.currentRow()
        self._faults = list(faults)
        self.list.clear()
        for fault in faults:
            words = _said(fault)
            item = QListWidgetItem(words.replace("\n", " "))
            item.setToolTip(words)
            item.setData(_FAULT, fault)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(faults) - 1))
        certain = sum(map(by_rule, faults))
        self.repair_all.setText(f"全部改正 {certain:,} 处")
        self.repair_all.setVisible(certain > 1)
        self.repair.setVisible(any(map(can_repair, faults)))
        self._offer(self.list.currentRow())
        self.list.setVisible(bool(faults))
        fit_to_rows(self.list, _MOST_ROWS)

    def _offer(self, row: int) -> None:
        self.repair.setEnabled(0 <= row < len(self._faults) and can_repair(self._faults[row]))

    def _ask(self, item: QListWidgetItem) -> None:
        if item.data(_FAULT).passage:
            self.asked.emit(item.data(_FAULT))


def _said(fault: Fault) -> str:
    if fault.passage is None:
        return fault.words
    where = "（底稿已锁定，退回后在底稿里改）" if fault.passage.entity == "paper" else ""
    return f"{fault.passage.part}：{fault.words}{where}"
