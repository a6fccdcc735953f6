"""What is to be said of a table, beside it: what must be mended, what is left out, what to know."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from ui import style
from ui.tables.rows import dress_heads
from ui.tables.wrapping import wrap_lines
from xuncha_desktop.services.imports.plan import Finding, LeftOut, Plan

_CELL = Qt.ItemDataRole.UserRole
_MOST = 300  # of one sort; the rest is counted


class SaidList(QListWidget):
    """Sentences in groups; a click or Enter goes to the cell."""

    cell_asked = Signal(int, object)  # row, column or None

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("核对结果")
        wrap_lines(self)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._ask)
        style.sized(self, dress_heads)

    def show_plan(self, plan: Plan | None) -> None:
        """All that is to be said of a plan."""
        self.clear()
        if plan is None:
            return
        self._add_group("要改，否则不能导入", "■", "error", plan.problems)
        self._add_group("没有导入的行", "○", "text", [_left_out(plan, row) for row in plan.left_out])
        unmapped = [Finding(0, column.place, "", column.name) for column in plan.unmapped]
        self._add_group("没有导入的列", "○", "text", unmapped)
        self._add_group("这样理解的内容", "○", "text", plan.remarks)
        self._add_group("供了解", "○", "text", [Finding(0, None, "", note) for note in plan.notes])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.currentItem()):
            self._ask(item)
        else:
            super().keyPressEvent(event)

    def _add_group(self, title: str, mark: str, role: str, found: Iterable[Finding]) -> None:
        every = list(found)
        if not every:
            return
        head = QListWidgetItem(f"{title}　{len(every):,}")
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(style.font("secondary"))
        head.setForeground(style.color("secondary"))
        self.addItem(head)
        for one in every[:_MOST]:
            item = QListWidgetItem(f"{mark} {one.sentence}")
            item.setForeground(style.color(role))
            item.setData(_CELL, (one.row, one.column))
            self.addItem(item)
        if len(every) > _MOST:
            self.addItem(QListWidgetItem(f"还有 {len(every) - _MOST:,} 处，没有列出"))

    def _ask(self, item: QListWidgetItem) -> None:
        if (cell := item.data(_CELL)) is not None:
            self.cell_asked.emit(*cell)


def _left_out(plan: Plan, row: LeftOut) -> Finding:
    text = row.text if len(row.text) <= 60 else f"{row.text[:60]}…"
    return Finding(row.row, None, f"{plan.table.place(row.row)}（{row.why}）", text)
