"""What the checks found in the report, under its live view: a line each, leading to the field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout

from ui import style
from xuncha_desktop.services.report_checks.passages import Fault

_MOST_ROWS = 5
_FAULT = Qt.ItemDataRole.UserRole


class FaultList(QFrame):
    """One line that says how many; below it as many as there is room for."""

    asked = Signal(object)  # the fault whose place is wanted

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
        gap = style.metrics.gap
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap // 2, gap, gap // 2)
        column.setSpacing(style.metrics.grid)
        column.addWidget(self.words)
        column.addWidget(self.list)
        self.list.itemClicked.connect(self._ask)
        self.list.itemActivated.connect(self._ask)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show these; the row stood on stays, if it is still there."""
        if list(faults) == self._faults and self._faults:
            return
        row = self.list.currentRow()
        self._faults = list(faults)
        self.words.setText(f"核对出 {len(faults):,} 处，单击到所在的地方" if faults else "用语、数字、字数核对无误")
        self.list.clear()
        for fault in faults:
            words = f"{fault.passage.part}：{fault.words}" if fault.passage else fault.words
            item = QListWidgetItem(words.replace("\n", " "))
            item.setToolTip(words)
            item.setData(_FAULT, fault)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(faults) - 1))
        self.list.setVisible(bool(faults))
        self.list.setFixedHeight(min(_MOST_ROWS, len(faults)) * self.list.sizeHintForRow(0))

    def _ask(self, item: QListWidgetItem) -> None:
        if item.data(_FAULT).passage:
            self.asked.emit(item.data(_FAULT))
