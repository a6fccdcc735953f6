"""听取: the hearings of the report, the newest first, and the form of one below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.context import Context
from ui.first_step import FirstStep
from ui.forms.record_form import RecordForm
from ui.forms.unsaved import Unsaved
from ui.records.words import joined, short
from ui.tables.record_model import CELLS_ROLE
from ui.tables.two_lines import TwoLineDelegate, TwoLines
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import hearings, lists, removal

_EMPTY = (
    "报告每向上汇报一次，在这里记一次听取：谁听取、什么方式、哪一天、用的是哪一次导出的报告，提了什么意见，怎样落实。"
    "以后可以看出报告从上次听取以来改了什么。"
)
_COLUMNS = ("layer", "way", "held_on", "listeners", "opinions", "outcome")
_FIRST = "layer"
_MOST_ROWS = 3
_RECORD = Qt.ItemDataRole.UserRole + 100


class HearingsPage(QWidget):
    """The list stays short, the form has the room."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        store = context.store
        self.form = RecordForm(
            context,
            "hearing",
            save=lambda record, values, seen: hearings.edit(store, record, values, seen),
            create=lambda values, record: hearings.create(store, values, record=record),
            leave_out=frozenset({"inspection"}),
        )
        self.unsaved = Unsaved(context, "hearing", "发现一条没有存下的新听取。")
        self.list = QListWidget()
        self.list.setAccessibleName("历次听取")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = TwoLineDelegate(_describe)
        self.list.setItemDelegate(self._delegate)
        self.new = QPushButton("记一次听取")
        self.new.setToolTip("记一次听取　Ctrl+N")
        style.set_icon(self.new, "plus")
        self.remove = QPushButton("删除")
        style.set_icon(self.remove, "trash")
        self.first = FirstStep(_EMPTY, "记第一次听取")
        self.first.setContentsMargins(style.metrics.wide_gap, 0, 0, 0)
        self.stack = QStackedWidget()
        self._build()
        self.first.asked.connect(self.begin)
        self.new.clicked.connect(self.begin)
        self.remove.clicked.connect(self._delete)
        self.unsaved.taken.connect(self._resume)
        self.list.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.list.itemActivated.connect(lambda _: self.form.focus(_FIRST))
        self.form.gone.connect(self.form.clear)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)

    def refresh(self) -> None:
        """Read the list again; the form follows by itself, and what is being begun stays."""
        inspection = self._context.inspection
        if self.form.record and self.form.values().get("inspection") != inspection:
            self.form.clear()
        query = lists.Query("hearing", {"inspection": inspection}, sort="held_on", descending=True)
        found = lists.ids(self._context.store, query) if inspection else []
        self._fill(found)
        if not self.form.is_new and self.form.record not in found:
            if found:
                self.form.load(found[0])
            elif self.form.record:
                self.form.clear()
        self._mark()
        self.first.button.setEnabled(bool(inspection))
        self.stack.setCurrentIndex(1 if found or self.form.is_new else 0)

    def look_for_drafts(self) -> None:
        """Offer again what was begun before the program ended."""
        self.unsaved.look(self.form.record)

    def count(self) -> int:
        """How many there are."""
        return self.list.count()

    def begin(self) -> None:
        """A new hearing of today."""
        if self._context.inspection:
            self._start(hearings.defaults(self._context.inspection))

    def show_record(self, record: str) -> None:
        """Show one, the cursor in it."""
        self.form.load(record)
        self.refresh()
        QTimer.singleShot(0, self, lambda: self.form.focus(_FIRST))

    def leave(self) -> None:
        """Save what is being typed."""
        self.form.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._fit()

    def _fill(self, found: Sequence[str]) -> None:
        cells_of = lists.page(self._context.store, "hearing", found, _COLUMNS)
        with QSignalBlocker(self.list):
            self.list.clear()
            for record in found:
                lines = _describe(cells_of[record])
                item = QListWidgetItem(joined(lines.title, lines.right, lines.state, lines.second))
                item.setData(CELLS_ROLE, cells_of[record])
                item.setData(_RECORD, record)
                self.list.addItem(item)
        self._fit()

    def _fit(self) -> None:
        """A third of the page at most, or the form has no room."""
        height = style.metrics.two_line_row
        room = min(_MOST_ROWS, self.height() // (3 * height))
        self.list.setFixedHeight(height * max(1, min(room, self.list.count())))

    def _mark(self) -> None:
        """The row of the record shown is the chosen one."""
        with QSignalBlocker(self.list):
            rows = (row for row in range(self.list.count()) if self._record(row) == self.form.record)
            self.list.setCurrentRow(next(rows, -1))
        self.remove.setEnabled(self.list.currentRow() >= 0)

    def _record(self, row: int) -> str:
        item = self.list.item(row)
        return item.data(_RECORD) if item is not None else ""

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_RECORD) != self.form.record:
            self.form.load(item.data(_RECORD))
            self._mark()

    def _start(self, values: Mapping[str, object], record: str = "") -> None:
        self.form.begin(values, record)
        self.stack.setCurrentIndex(1)
        self._mark()
        self.form.focus(_FIRST)

    def _resume(self, record: str, values: Mapping[str, object]) -> None:
        self._start(values, record)
        self.form.restore_new()

    def _delete(self) -> None:
        record = self._record(self.list.currentRow())
        if not record:
            return
        self.leave()
        try:
            removal.delete(self._context.store, "hearing", [record])
        except UserError as error:
            self._context.told.emit(str(error))
            return
        self._context.undo_offered.emit("已删除 1 条听取")

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, 0, gap * 2, gap)
        head.setSpacing(gap)
        head.addWidget(self.new)
        head.addStretch(1)
        head.addWidget(self.remove)
        line = QFrame()
        line.setObjectName("line")
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(self.list)
        inner.addWidget(line)
        inner.addWidget(self.form, 1)
        self.stack.addWidget(self.first)
        self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.unsaved)
        column.addWidget(self.stack, 1)


def _describe(cells: Mapping[str, str]) -> TwoLines:
    """Layer and day; whether the opinions were followed, who heard, what they said."""
    state = "已记落实" if cells.get("outcome") else "待落实" if cells.get("opinions") else ""
    second = joined(cells.get("listeners", ""), cells.get("opinions", ""))
    title = joined(cells.get("layer", ""), cells.get("way", ""))
    return TwoLines(title, state, second, short(cells.get("held_on", "")))
