"""读回台账: what others changed in a ledger that was given out, looked at before any of it is taken."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import ask, style
from ui.context import Context
from ui.elided_label import ElidedLabel
from ui.reports.returned_detail import ReturnedDetail
from ui.reports.returned_model import ReturnedModel, Words, words_of
from ui.start.notice import Notice
from ui.tables.compared_table import ComparedTable
from ui.tables.views import stand_on
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.returned.changes import STATES, Plan
from xuncha_desktop.exports.returned.comparing import compare, take
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model.show import moment
from xuncha_desktop.services import papers
from xuncha_desktop.store.journal import Changes

_FILTER = "Excel 工作簿 (*.xlsx)"
_WIDTHS = (160, 248)  # state and place, column and paper
_MOST_REMARKS, _FRAME = 3, 8
_LOW = 480  # height below which texts in full have no room
_REASON = "按读回的台账修改"


class ReturnedPage(QWidget):
    """Shown once a file was read; `left` when a person is done with it."""

    opened = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._file: Path | None = None
        self.plan: Plan | None = None
        self._stale = False
        self._anew = False  # another file is being read
        self.heading, self.verdict = ElidedLabel("title"), ElidedLabel("secondary")
        self.notice = Notice(self)
        self.other, self.again = QPushButton("换一个文件…"), QPushButton("再对照")
        self.again.setToolTip("同一个文件，与现在的案卷再对照一次")
        self.away = QPushButton("返回")
        self.remarks = QListWidget()
        self.remarks.setAccessibleName("没有读入的行和列")
        self.remarks.setUniformItemSizes(True)
        self.remarks.setProperty("framed", True)
        self.remarks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = ReturnedModel()
        self.table = ComparedTable(self.model, "台账里的修改", _WIDTHS)
        self.detail = ReturnedDetail(context)
        self.reason = QLineEdit(_REASON)
        self.reason.setAccessibleName("退回原因")
        self.take, self.send_back = QPushButton(), QPushButton()
        self.take.setProperty("kind", "primary")
        self.summary = ElidedLabel("secondary")
        self._build()
        self._connect()

    def choose(self) -> None:
        """Ask for a file and read it."""
        chosen = ask.open_files(self, "选择别人改过的问题台账", [_FILTER], self._folder())
        if chosen:
            self._compare(chosen[0], anew=True)

    def refresh(self, news: Changes | None) -> None:
        """Papers changed: what is shown may be out of date."""
        if self._file is None or (news is not None and "paper" not in news.records):
            return
        if self.isVisible():
            self._compare(self._file, anew=False)
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        if self._stale and self._file:
            self._compare(self._file, anew=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list has the room that the rest can do without."""
        super().resizeEvent(event)
        self.detail.text.setVisible(not self._is_low())
        self._fit_remarks()

    def _compare(self, file: Path, *, anew: bool) -> None:
        self._stale = False
        self._anew = self._anew or anew
        store = self._context.store

        def job(progress: Progress) -> tuple[Path, Plan, list[Words]]:
            plan = compare(store, file, progress)
            return file, plan, words_of(plan.changes)

        self._context.jobs.start(f"正在读“{file.name}”", job, self._show, self._failed)

    def _show(self, read: tuple[Path, Plan, list[Words]]) -> None:
        self._file, plan, words = read
        self.plan, anew, self._anew = plan, self._anew, False
        if not plan.changes:
            self.notice.say("ok", f"“{plan.file}”没有改动。")
        else:
            self.notice.clear()
        when = f"，{moment(plan.exported_at)} 导出" if plan.exported_at else ""
        self.heading.setText(f"读回台账　{plan.file}")
        self.heading.setToolTip(plan.file)
        count = len(plan.changes)
        told = f"有 {count:,} 处修改，" if count else ""
        self.verdict.setText(f"{told}共对照 {plan.compared:,} 份底稿{when}。")
        self.again.show()
        row = self.table.currentIndex().row()
        self.model.show(plan.changes, words, anew=anew)
        self.table.fit()
        self.table.setVisible(bool(plan.changes))
        self._show_remarks()
        if plan.changes:
            stand_on(self.table, max(0, min(row, count - 1)))
        self._show_change()
        if anew:
            self.opened.emit()
            (self.table if plan.changes else self.other).setFocus()

    def _failed(self, error: UserError) -> None:
        if self._anew:
            self._anew = False
            self._file, self.plan = None, None
            self.heading.setText("读回台账")
            self.verdict.setText("")
            self.model.show((), (), anew=True)
            self.table.hide()
            self.again.hide()
            self._show_remarks()
            self._show_change()
            self.opened.emit()
            self.other.setFocus()
        self.notice.say("error", str(error))

    def _take(self) -> None:
        if self.plan is None:
            return
        try:
            done = take(self._context.store, self.plan, self.model.chosen())
        except UserError as error:
            self.notice.say("error", str(error))
            return
        self._context.undo_offered.emit(done)

    def _send_back(self) -> None:
        chosen = list(dict.fromkeys(change.paper for change in self.model.chosen("locked")))
        try:
            papers.send_all_back(self._context.store, chosen, self.reason.text())
        except UserError as error:
            self.notice.say("error", str(error))
            return
        self._context.undo_offered.emit(f"已退回修改 {len(chosen)} 份底稿")

    def _count(self) -> None:
        changes, taken = self.model.changes, self.model.chosen()
        self.take.setText(f"采用所选 {len(taken):,} 处修改")
        self.take.setEnabled(bool(taken))
        self.take.setVisible(bool(changes))
        signed = {change.paper for change in self.model.chosen("locked")}
        self.send_back.setText(f"退回修改所选 {len(signed)} 份底稿")
        self.send_back.setEnabled(bool(signed))
        for widget in (self.send_back, self.reason):
            widget.setVisible(any(change.state == "locked" for change in changes))
        counts = {state: sum(change.state == state for change in changes) for state in STATES}
        self.summary.setText("，".join(f"{STATES[state]} {count:,} 处" for state, count in counts.items() if count))

    def _show_remarks(self) -> None:
        told = self.plan.remarks() if self.plan else []
        self.remarks.clear()
        for sentence in told:
            item = QListWidgetItem(sentence)
            item.setToolTip(sentence)
            self.remarks.addItem(item)
        self.remarks.setVisible(bool(told))
        self._fit_remarks()

    def _fit_remarks(self) -> None:
        if count := self.remarks.count():
            rows = min(1 if self._is_low() else _MOST_REMARKS, count)
            self.remarks.setFixedHeight(rows * self.remarks.sizeHintForRow(0) + _FRAME)

    def _is_low(self) -> bool:
        return self.height() < style.metrics.scaled(_LOW)

    def _show_change(self) -> None:
        row = self.table.currentIndex().row()
        self.detail.show_change(self.model.changes[row] if 0 <= row < len(self.model.changes) else None)

    def _folder(self) -> Path:
        remembered = Path(self._context.settings.export_folder or "?")
        if remembered.is_dir():
            return remembered
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def _connect(self) -> None:
        self.other.clicked.connect(self.choose)
        self.again.clicked.connect(lambda: self._compare(self._file, anew=False) if self._file else None)
        self.away.clicked.connect(self.left)
        self.take.clicked.connect(self._take)
        self.send_back.clicked.connect(self._send_back)
        self.model.counted.connect(self._count)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_change())

    def _build(self) -> None:
        gap = style.metrics.gap
        style.set_icon(self.away, "close")
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.heading)
        head.addWidget(self.verdict, 1)
        for button in (self.other, self.again, self.away):
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(gap)
        foot.addWidget(self.take)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.reason)
        foot.addWidget(self.send_back)
        self.reason.setFixedWidth(style.metrics.scaled(200))
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap, gap * 2, gap)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.remarks)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(foot)
        column.addStretch(0)
