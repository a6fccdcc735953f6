"""Ctrl+K: a line to type in, chips to narrow the search, and everything that was found; over the window.

It is a part of the window and no window of its own: input methods and their lists of words work as everywhere else.
"""

from collections.abc import Callable, Mapping, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ui import enter_key, style
from ui.context import Context
from ui.search.evidence_reader import EvidenceReader
from ui.search.filters import Filters
from ui.search.keeper import IndexKeeper
from ui.search.latest import LatestSearch
from ui.search.painting import ResultDelegate
from ui.search.rows import More, Place, ResultModel, rows_of
from xuncha_desktop.services import search
from xuncha_desktop.services.search import Found, Hit, Query

_WIDTH, _HEIGHT, _TOP = 920, 640, 44
_FEW, _MANY = 5, 200  # of each kind; of the only one
_HINT = "用空格隔开的几个词要同时出现；也可以输入栏目、任务的名称或拼音首字母，按 Enter 前往。"
_STEPS: Mapping[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}

Places = Callable[[str], Sequence[Place]]  # what can be gone to, by what was typed


class SearchPanel(QWidget):
    """Covers the window while it is open: a click beside the box closes it. Words and chips stay for the next time."""

    went = Signal(str)  # key of a place
    opened = Signal(object)  # Hit

    def __init__(
        self,
        window: QWidget,
        context: Context,
        keeper: IndexKeeper,
        reader: EvidenceReader,
        kinds: Sequence[str],
        places: Places,
    ) -> None:
        super().__init__(window)
        self.hide()
        self._places = places
        self._found: Found | None = None
        self._current = False  # whether what is shown belongs to what is typed
        self._composing = False
        self._enter_waits = False
        self._before: QWidget | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText("查找底稿、记录、证据原文、名称")
        self.line.setAccessibleName("查找")
        self.line.setClearButtonEnabled(True)
        self.filters = Filters(context, kinds)
        self.model = ResultModel()
        self.list = QListView()
        self.foot = _words()
        self._reader = reader
        self._partial = False  # what was found may be not all there is
        self._delegate = ResultDelegate()
        self._latest = LatestSearch(context)
        self._build()
        self.line.textChanged.connect(self._ask)
        self.line.installEventFilter(self)
        self.filters.changed.connect(self._ask)
        self.list.clicked.connect(lambda _: self._take())
        self._latest.found.connect(self._show_found)
        self._latest.failed.connect(self._show_failure)
        keeper.progressed.connect(self._show_progress)
        keeper.caught_up.connect(self._look_again)
        reader.passed.connect(self._look_again)
        window.installEventFilter(self)

    def open(self, inspections: Mapping[str, str]) -> None:
        """Show it with the words of the last time, all chosen, so that typing begins anew."""
        self._before = QApplication.focusWidget()
        self._delegate.inspections = inspections if len(inspections) > 1 else {}
        self.filters.identities.setChecked(False)
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.selectAll()
        self._ask()

    def close_panel(self) -> None:
        """Back to where one was."""
        self._latest.forget()
        self._enter_waits = False
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the line act on the results; the box keeps to the middle of the window."""
        if watched is not self.line:
            if event.type() == QEvent.Type.Resize:
                self._place()
        elif isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._composing:
            if (step := _STEPS.get(event.key())) is not None:
                self._move(step)
                return True
            if event.key() in enter_key.KEYS:
                self._take()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, wherever in the box one is, Enter presses its buttons; no key reaches the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            enter_key.press(event, self.focusWidget())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the box closes."""
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close_panel()

    def _build(self) -> None:
        gap = style.metrics.gap
        self.box = QFrame(self)
        self.box.setObjectName("popup")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("查到的内容")
        column = QVBoxLayout(self.box)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        for widget in (self.line, self.filters):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)

    def _place(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.setGeometry(window.rect())
        width = min(style.metrics.scaled(_WIDTH), self.width() - 32)
        height = min(style.metrics.scaled(_HEIGHT), self.height() - _TOP - 24)
        self.box.setGeometry(QRect((self.width() - width) // 2, _TOP, width, height))

    def _ask(self) -> None:
        words = search.read_words(self.line.text())
        self._enter_waits = False
        self._current = not words
        if words:
            limit = _MANY if self.filters.only_kind else _FEW
            self._latest.ask(self.filters.applied(Query(words, by_initials=True, limit=limit)))
        else:
            self._latest.forget()
            self._found = None
        self._show_rows()

    def _look_again(self) -> None:
        if self.isVisible() and self._partial:
            self._ask()

    def _show_found(self, found: Found) -> None:
        self._found, self._current = found, True
        self._partial = found.behind or self._reader.owing
        self._show_rows(keep=True)
        if self._enter_waits:
            self._take()

    def _show_rows(self, *, keep: bool = False) -> None:
        """Show places at once; what was found before stays until the next is there, so that nothing flickers."""
        chosen = self.model.row(self.list.currentIndex().row())
        self.model.show(rows_of(self._places(self.line.text()), self._found, self.filters.only_kind))
        lines = range(self.model.rowCount()) if keep and isinstance(chosen, Place) else ()
        again = (line for line in lines if self.model.row(line) == chosen)
        self._choose(next(again, self.model.next_line(-1, 1)))
        self.foot.setText(self._foot_words())

    def _foot_words(self) -> str:
        if not self._current:
            return "正在查找…"
        if self._found is None:
            return _HINT
        behind = "；索引正在更新，结果可能不全" if self._partial else ""
        if count := self._found.count:
            return f"共 {count:,} 条{behind}　↑↓ 选择　Enter 打开　Esc 关闭"
        narrowed = "；清除筛选再试" if self.filters.in_use else ""
        return f"没有找到“{self.line.text().strip()[:30]}”{narrowed}{behind}。"

    def _show_failure(self, sentence: str) -> None:
        self._current = True
        self.foot.setText(sentence)

    def _show_progress(self, done: int, total: int) -> None:
        if self.isVisible() and self._found is not None and self._found.behind and total:
            self.foot.setText(f"正在更新查找用的索引，已完成 {done * 100 // total}%；现在查到的可能不全")

    def _move(self, step: int) -> None:
        line = self.list.currentIndex().row()
        for _ in range(abs(step)):
            line = self.model.next_line(line, 1 if step > 0 else -1)
        self._choose(line)

    def _choose(self, line: int) -> None:
        index = self.model.index(line, 0)
        self.list.setCurrentIndex(index)
        if line <= 1:
            self.list.scrollToTop()
        elif index.isValid():
            self.list.scrollTo(index)

    def _take(self) -> None:
        row = self.model.row(self.list.currentIndex().row())
        if isinstance(row, Place):
            self.close_panel()
            self.went.emit(row.key)
        elif not self._current:
            self._enter_waits = True  # what is shown is not what was typed
        elif isinstance(row, More):
            self.filters.only(row.kind)
            self.line.setFocus()
        elif isinstance(row, Hit):
            self.close_panel()
            self.opened.emit(row)


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "secondary")
    return label
