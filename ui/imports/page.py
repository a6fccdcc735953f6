"""导入: choose a file or paste, see what each column and row becomes, mend what is wrong, bring it in as one step."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui import ask, folders, style
from ui.context import Context
from ui.imports.column_heads import columns_after
from ui.imports.opening import is_table
from ui.imports.outcome_view import OutcomeView
from ui.imports.preview_model import PreviewModel
from ui.imports.preview_table import PreviewTable
from ui.imports.said import SaidList
from ui.imports.source_line import AUTO, SourceLine
from ui.start.notice import Notice
from xuncha_desktop.decoding.lists.grid import Source
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services.imports import mapping, outcome, sources, write
from xuncha_desktop.services.imports.kinds import ImportKind, kinds
from xuncha_desktop.services.imports.plan import Plan
from xuncha_desktop.services.imports.sources import Choice, Reading

_EXCEL, _WORD = "Excel 工作簿 (*.xlsx)", "Word 底稿 (*.docx)"
_SIDE, _TABLE, _OUTCOME = 340, 860, 260
_EMPTY = (
    "把 Excel 名单、台账拖到这里，或选择文件；也可以在 Excel、WPS 里选中表格复制，再按 Ctrl+V 粘贴。\n"
    "先看每一列、每一行会变成什么，再一次导入；导入以后可以一步撤销。"
)
_EMPTY_PAPERS = "\n表格式的旧底稿（Word）也可以导入，一个文件里可以有几份。"


class ImportPage(QWidget):
    """One source at a time; each change of how it is read shows anew what would come of it."""

    imported = Signal(str, str)  # entity and id of the first record

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.kind: ImportKind = next(iter(kinds().values()))
        self.source: Source | None = None
        self.plan: Plan | None = None
        self.choice = Choice()
        self._asked = 0  # how many times a plan was asked for: an answer to an older question is of no use
        self.line = SourceLine()
        self.notice = Notice()
        self.model = PreviewModel()
        self.table = PreviewTable(self.model)
        self.said = SaidList()
        self.outcome = OutcomeView()
        self.empty = _words()
        self.stack = QStackedWidget()
        # In an event of its own: the table and a row's names together would hold the window up.
        self._showing = QTimer(self, singleShot=True, interval=0)
        self._showing.timeout.connect(self._show_row)
        self._build()
        self._connect()
        self._show(None)
        self.begin(self.kind.name)

    def begin(self, kind: str) -> None:
        """Bring in another kind of list; what was read is read anew for it."""
        was_word = self.source is not None and bool(self.source.sheets[0].places)
        self.kind = kinds()[kind]
        self.line.show_kind(kind)
        self.empty.setText(_EMPTY + (_EMPTY_PAPERS if kind == sources.WORD else ""))
        self.choice = Choice(self.context.inspection, self.choice.sheet)
        if was_word and kind != sources.WORD:
            self.clear()
        else:
            self.look()

    def clear(self) -> None:
        """Forget what was read."""
        self._asked += 1
        self.source, self.choice = None, Choice(self.context.inspection)
        self._show(None)

    def read_file(self, file: Path) -> None:
        """Read a file beside the window."""
        self.clear()
        self.notice.clear()
        kind, decoder = self.kind, self.context.store.decoder
        self._start(f"正在读取“{file.name}”", lambda progress: sources.read(file, kind, decoder, progress))

    def paste(self, mime: QMimeData) -> None:
        """Read the table of the clipboard."""
        html, text = mime.html() if mime.hasHtml() else "", mime.text() if mime.hasText() else ""
        if not is_table(mime) and "\n" not in text.strip():
            self.notice.say("warning", "剪贴板里没有表格；请在 Excel 或 WPS 里选中表格，复制后再粘贴。")
            return
        self.clear()
        self.notice.clear()
        self._start("正在读取粘贴的表格", lambda _: sources.of_clipboard(html, text))

    def look(self) -> None:
        """Show what would come of the source as it is to be read now."""
        if (source := self.source) is not None:
            self._start("正在核对表格", lambda _: source)

    def _start(self, title: str, read: sources.Read) -> None:
        self._asked += 1
        asked, store, kind = self._asked, self.context.store, self.kind
        choice = replace(self.choice, inspection=self.context.inspection)

        def job(progress: Progress) -> Reading:
            source = read(progress)
            return Reading(asked, source, sources.preview(store, kind, source, choice, date.today(), progress))

        self.context.jobs.start(title, job, self._take, self._failed)

    def _take(self, reading: Reading) -> None:
        if reading.asked != self._asked:
            return
        fresh = self.source is not reading.source
        self.source = reading.source
        self._show(reading.plan)
        if fresh:
            self.table.fit()
            self.table.setFocus()

    def _show(self, plan: Plan | None) -> None:
        row, column = self.table.current_row(), self.table.currentIndex().column()
        self.plan = plan
        self.model.show(plan, self.choice.cells)
        self.table.heads.show_plan(plan)
        self.said.show_plan(plan)
        self.line.show_plan(self.source, plan)
        self.stack.setCurrentIndex(0 if plan is None else 1)
        if plan is not None:
            line = max(0, self.model.index_of(row, None).row())
            self.table.setCurrentIndex(self.model.index(line, max(0, column)))
        self._showing.start()

    def _show_row(self) -> None:
        row = self.table.current_row()
        if self.plan is None or not row:
            self.outcome.show_row("", [])
            return
        filled = outcome.of_row(self.context.store, self.plan, row)
        place = self.plan.table.place(row)
        self.outcome.show_row(f"{place}将成为" if filled else f"{place}不导入", filled)

    def _choose_file(self) -> None:
        filters = ["Excel 或 Word (*.xlsx *.docx)", _EXCEL, _WORD] if self.kind.name == sources.WORD else [_EXCEL]
        settings = self.context.settings
        if files := ask.open_files(self, f"选择要导入的{self.kind.title}", filters, folders.for_lists(settings)):
            settings.import_folder = str(files[0].parent)
            self.read_file(files[0])

    def _choose_column(self, place: int, name: str) -> None:
        if self.plan:
            self.choice = replace(self.choice, columns=columns_after(self.plan, place, name, self.kind))
            self.look()

    def _choose_sheet(self, name: str) -> None:
        self.choice = Choice(self.context.inspection, name)
        self.look()

    def _choose_heading(self, row: str) -> None:
        heading = None if row == AUTO else int(row)
        self.choice = Choice(self.context.inspection, self.choice.sheet, heading)
        self.look()

    def _correct(self, row: int, column: int, text: str) -> None:
        self.choice = replace(self.choice, cells={**self.choice.cells, (row, column): text})
        self.look()

    def _switch(self, rows: list[int]) -> None:
        back = all(self.model.is_left_out(row) for row in rows)
        self.choice = replace(self.choice, rows={**self.choice.rows, **dict.fromkeys(rows, back)})
        self.look()

    def _import(self) -> None:
        plan, store = self.plan, self.context.store
        if plan is None or plan.problems or not plan.items:
            return
        self.line.go.setEnabled(False)

        def job(progress: Progress) -> tuple[Plan, list[str]]:
            made = write.write(store, plan, progress)
            mapping.remember(store, plan.kind, plan.table, plan.columns)
            return plan, made

        self.context.jobs.start("正在导入", job, self._done, self._not_imported)

    def _done(self, result: tuple[Plan, list[str]]) -> None:
        plan, made = result
        self.clear()
        self.notice.clear()
        self.context.undo_offered.emit(f"已导入 {len(made):,} 条{plan.kind.title}")
        self.imported.emit(*write.first_of(plan, made))

    def _not_imported(self, error: UserError) -> None:
        self.notice.say("error", str(error))
        self.look()

    def _failed(self, error: UserError) -> None:
        self.notice.say("error", str(error))
        if self.plan is None:
            self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V reads the clipboard; Ctrl+Enter imports."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CONTROL:
            self._import()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.read_file(files[0])

    def _connect(self) -> None:
        self.line.kind_chosen.connect(self.begin)
        self.line.file_asked.connect(self._choose_file)
        self.line.paste_asked.connect(lambda: self.paste(QApplication.clipboard().mimeData()))
        self.line.sheet_chosen.connect(self._choose_sheet)
        self.line.heading_chosen.connect(self._choose_heading)
        self.line.import_asked.connect(self._import)
        self.table.heads.chosen.connect(self._choose_column)
        self.table.rows_switched.connect(self._switch)
        self.table.row_shown.connect(lambda _: self._showing.start())
        self.model.corrected.connect(self._correct)
        self.said.cell_asked.connect(self.table.go_to)
        self.context.inspection_changed.connect(lambda _: self.look())
        self.context.ending.connect(self._showing.stop)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Ctrl+V is meant for the page, whatever it shows
        gap = style.metrics.gap
        side = QSplitter(Qt.Orientation.Vertical)
        side.setHandleWidth(1)
        side.addWidget(self.said)
        side.addWidget(self.outcome)
        side.setSizes([_OUTCOME, _OUTCOME])
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setHandleWidth(1)
        whole.setChildrenCollapsible(False)
        whole.addWidget(self.table)
        whole.addWidget(side)
        whole.setStretchFactor(0, 1)
        style.sized(whole, lambda whole: whole.setSizes([_TABLE, style.metrics.scaled(_SIDE)]))
        hint = QWidget()
        rows = QVBoxLayout(hint)
        rows.setContentsMargins(gap * 2, gap * 3, gap * 2, gap)
        rows.addWidget(self.empty)
        rows.addStretch(1)
        self.stack.addWidget(hint)
        self.stack.addWidget(whole)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)


_CONTROL = Qt.KeyboardModifier.ControlModifier


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", "secondary")
    return label
