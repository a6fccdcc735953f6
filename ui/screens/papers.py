"""底稿: the main screen. A list by state, type, member; the editor of one paper beside it."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.export_button import ExportButton, of_list
from ui.exporting import Exporter
from ui.master_detail import MasterDetail
from ui.papers.editor import NOT_IN_FORM, PaperEditor
from ui.papers.pairs import SimilarPairs
from ui.papers.unsaved import UnsavedPapers
from ui.screen import Screen
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action, ListSetup
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.services import lists, papers, records
from xuncha_desktop.store.journal import Changes


class PapersScreen(Screen):
    """One problem, one paper."""

    NAME = "papers"
    TITLE = "底稿"
    ICON = "paper"
    WATCHES = frozenset({"paper", "citation", "evidence", "member", "problem_type"})
    # With the field a click elsewhere leads to: "paper.overview".
    OPENS = frozenset({"paper", *(f"paper.{name}" for name in fields("paper") if name not in NOT_IN_FORM)})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.panel = ListPanel(context, self._setup(), self._actions())
        self.editor = PaperEditor(context)
        self.exporter = Exporter(context, self)
        self.exporter.finding_asked.connect(lambda _, __, field: self.editor.form.focus(field))
        self.nothing = self._nothing()
        self.side = QStackedWidget()
        self.side.addWidget(self.nothing)
        self.side.addWidget(self.editor)
        self.pairs = SimilarPairs(context)
        self.side.addWidget(self.pairs)
        self.pairs.opened.connect(lambda paper: self.open_record("paper", paper))
        self.pairs.left.connect(self._leave_pairs)
        self.unsaved = UnsavedPapers(context)
        self.split = MasterDetail(context, self.NAME, self.panel, self.side)
        self.setFocusProxy(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.unsaved)
        layout.addWidget(self.split, 1)
        self._add_new_button()
        self._showing = QTimer(self, singleShot=True, interval=0)
        self._showing.timeout.connect(lambda: self._show_current(self.panel.current()))
        # In an event of its own: list and form together would hold the window up too long.
        self.panel.current_changed.connect(lambda _: self._showing.start())
        self.panel.opened.connect(self._open)
        self.panel.first_step_asked.connect(self.new_record)
        self.unsaved.taken.connect(self._resume)
        self.editor.duplicate_asked.connect(self._duplicate)
        self.editor.delete_asked.connect(lambda: self._delete([self.editor.form.record]))
        self.editor.export_asked.connect(self._export)
        self.editor.form.gone.connect(self._show_nothing)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.panel.stack)
        delete.activated.connect(lambda: self._delete(self.panel.selected()))

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Papers of the inspection."""
        return lists.count(context.store, lists.Query("paper", {"inspection": context.inspection}))

    def refresh(self, news: Changes | None) -> None:
        """Read the list again; the editor follows by itself."""
        form = self.editor.form
        if news is None and form.record and form.values().get("inspection") != self.context.inspection:
            self._show_nothing()
        self.panel.refresh(news)
        if not self.panel.current() and self.panel.model.row_of(form.record) >= 0:
            self.panel.select(form.record)
        if news is None:
            self.unsaved.look(form.record)
            self._choose_first()

    def _choose_first(self) -> None:
        if not self.panel.current() and not self.editor.form.is_new:
            self.panel.select_near(0)

    def new_record(self) -> None:
        """Ctrl+N: an empty paper, the cursor in its title."""
        if not self.context.inspection:
            self.context.told.emit("还没有巡察任务；请先到“任务”新增一项（Alt+2）。")
            return
        self._begin({})

    def begin(self, values: Mapping[str, object]) -> None:
        """A new paper with some fields filled, from a check item or a record."""
        self._begin(values)

    def open_record(self, entity: str, record: str) -> bool:
        """Show a paper in its own inspection, and the field named after the dot."""
        name, _, field = entity.partition(".")
        if name != "paper":
            return False
        values = records.load(self.context.store, "paper", record).values
        if values["inspection"]:
            self.context.choose_inspection(values["inspection"])
        self.panel.select(record)
        self._open(record, field)
        return True

    def leave(self) -> None:
        """Save what is being typed."""
        self.editor.form.leave()

    def _begin(self, values: Mapping[str, object]) -> None:
        self.side.setCurrentWidget(self.editor)
        self.split.show_detail()
        self.editor.begin(values=values)
        self.panel.select_none()

    def _show_pairs(self) -> None:
        self.leave()
        self.side.setCurrentWidget(self.pairs)
        self.split.show_detail()
        self.pairs.begin()

    def _leave_pairs(self) -> None:
        self.side.setCurrentWidget(self.editor if self.editor.form.record else self.nothing)
        self.panel.setFocus()

    def _show_nothing(self) -> None:
        self.side.setCurrentWidget(self.nothing)
        self.editor.form.clear()
        self.split.show_list()

    def _show_current(self, record: str) -> None:
        if record:
            self.side.setCurrentWidget(self.editor)
        if record and record != self.editor.form.record:
            self.exporter.panel.clear()  # what is said there was about the paper before
            self.editor.form.load(record)

    def _open(self, record: str, field: str = "") -> None:
        self._show_current(record)
        self.split.show_detail()
        QTimer.singleShot(0, self.editor, lambda: self.editor.form.focus(field or "title"))

    def _resume(self, record: str, values: Mapping[str, object]) -> None:
        self.side.setCurrentWidget(self.editor)
        self.split.show_detail()
        self.editor.begin(record, values)
        self.editor.form.restore_new()

    def _duplicate(self) -> None:
        self.leave()
        try:
            record = papers.duplicate(self.context.store, self.editor.form.record)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.panel.select(record)
        self._open(record)
        self.context.undo_offered.emit("已复制为新底稿")

    def _delete(self, chosen: list[str]) -> None:
        chosen = [record for record in chosen if record]
        if not chosen:
            return
        self.leave()
        line = self.panel.model.row_of(chosen[0])
        try:
            papers.delete(self.context.store, chosen)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.panel.select_near(line)
        self.context.undo_offered.emit(f"已删除 {len(chosen)} 份底稿")

    def _approve(self, chosen: list[str]) -> None:
        self.leave()
        try:
            papers.approve(self.context.store, chosen)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.context.undo_offered.emit(f"已将 {len(chosen)} 份标为已审签")

    def _export(self) -> None:
        self.leave()
        self.exporter.export_paper(self.editor.form.record)

    def _setup(self) -> ListSetup:
        return ListSetup(
            name="papers",
            title="问题底稿",
            entity="paper",
            imports="paper",
            columns=("title", "number", "state", "problem_type", "amount", "handlers", "dated"),
            describe=_describe,
            also=("title", "number", "official_number", "state", "amount"),
            filters=("state", "problem_type", "handlers"),
            groups=("state", "problem_type", "destination", "dated"),
            sorts=("title", "state", "problem_type", "amount", "dated", "official_number"),
            totals=("amount", "people"),
            empty="这里放问题底稿：一事一底稿。写下问题概述，附上证据，缺什么程序会一直提示。",
            first_step="写第一份底稿",
            extra=lambda ids: papers.gap_words(self.context.store, ids),
            where=lambda: {"inspection": self.context.inspection},
        )

    def _actions(self) -> list[Action]:
        return [Action("标为已审签", "check", self._approve), Action("删除", "trash", self._delete)]

    def _add_new_button(self) -> None:
        button = QPushButton("新底稿")
        button.setProperty("kind", "primary")
        button.setToolTip("新底稿　Ctrl+N")
        style.set_icon(button, "plus", "on_accent")
        button.clicked.connect(self.new_record)
        alike = QPushButton("查相近")
        alike.setToolTip("找出内容相近的底稿：合并，或记为不是同一问题")
        alike.clicked.connect(self._show_pairs)
        self.panel.add_tool(alike)
        self.panel.add_tool(ExportButton(self.exporter, of_list("paper"), lambda: self.context.inspection, every=True))
        self.panel.add_tool(button)

    def _nothing(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        label = QLabel("在左边选一份底稿，或按 Ctrl+N 写一份新的。")
        label.setProperty("role", "secondary")
        row.addStretch(1)
        row.addWidget(label)
        row.addStretch(1)
        return page


def _describe(cells: Mapping[str, str]) -> TwoLines:
    number = cells.get("official_number") or cells.get("number", "")
    second = "　".join(part for part in (number, cells.get(EXTRA, "")) if part)
    amount = cells.get("amount", "")
    return TwoLines(cells.get("title", ""), cells.get("state", ""), second, f"{amount} 万元" if amount else "")
