"""核对文件: what of an exported Word file, edited since, no longer agrees with the case, each finding a way there."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import ask, folders, style
from ui.context import Context
from ui.tables.rows import fit_to_rows
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.comparing import KINDS, Comparison, Difference, compare
from xuncha_desktop.exports.trace_words import way

_FOUND = Qt.ItemDataRole.UserRole
_MOST_ROWS, _MOST_LISTED = 3, 500


class FileCheck(QWidget):
    """Hidden until a file was chosen; compares beside the window and says in place what came of it."""

    asked = Signal(str, str, str, int, int)  # entity, record, field, place, and how many characters to choose

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._file: Path | None = None
        self.verdict = QLabel(self)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        self.again = QPushButton("再核对", self)
        self.again.setToolTip("同一个文件，与现在的案卷再对照一次")
        self.away = QToolButton(self)
        self.away.setToolTip("收起")
        self.away.setAccessibleName("收起核对结果")
        style.set_icon(self.away, "close", "secondary")
        self.list = QListWidget(self)
        self.list.setAccessibleName("文件与案卷不一致之处")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        style.sized(self.list, lambda rows: fit_to_rows(rows, _MOST_ROWS))
        self._build()
        self.again.clicked.connect(self._compare)
        self.away.clicked.connect(self.hide)
        self.list.itemClicked.connect(self._ask)
        self.list.itemActivated.connect(self._ask)
        self.hide()

    def choose(self) -> None:
        """Ask for a file and compare it."""
        folder = folders.for_exports(self._context.settings)
        chosen = ask.open_files(self, "核对由本案卷导出的 Word 文件", ["Word 文档 (*.docx)"], folder)
        if chosen:
            self._file = chosen[0]
            self._compare()

    def _compare(self) -> None:
        if self._file is None:
            return
        self.again.setEnabled(False)
        self._say("secondary", f"正在核对“{self._file.name}”", ())
        self._context.jobs.start(
            f"正在核对“{self._file.name}”", partial(compare, self._context.store, self._file), self._show, self._failed
        )

    def _show(self, found: Comparison) -> None:
        self.again.setEnabled(True)
        count = len(found.differences)
        if count == 0:
            self._say("warning" if found.is_partial else "ok", f"{found.sentence()}。", ())
            return
        more = f"，只列出前 {_MOST_LISTED} 处" if count > _MOST_LISTED else ""
        told = f"{found.sentence()}{more}；单击到写它的地方。"
        self._say("warning", told, found.differences[:_MOST_LISTED])

    def _failed(self, error: UserError) -> None:
        self.again.setEnabled(True)
        self._say("error", str(error), ())

    def _say(self, role: str, sentence: str, differences: Sequence[Difference]) -> None:
        self.verdict.setProperty("role", role)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self.verdict.setText(sentence)
        self.list.clear()
        for each in differences:
            item = QListWidgetItem(f"【{KINDS[each.kind]}】{each.place()}\n{each.label}\n{each.journey()}")
            item.setToolTip(each.words())
            item.setData(_FOUND, each)
            self.list.addItem(item)
        self.list.setVisible(bool(differences))
        if differences:
            self.list.setCurrentRow(0)
            fit_to_rows(self.list, _MOST_ROWS)
        self.show()

    def _ask(self, item: QListWidgetItem) -> None:
        found: Difference = item.data(_FOUND)
        entity, record, field = way(found.source)
        if record:
            self.asked.emit(entity, record, field, 0, 0)

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, gap // 2, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(head)
        column.addWidget(self.list)
