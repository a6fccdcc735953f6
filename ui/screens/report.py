"""报告: approved papers under their headings on the left, the report's own texts on the right, export on top."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.context import Context
from ui.export_button import ExportButton, all_but
from ui.exporting import Exporter
from ui.master_detail import MasterDetail
from ui.reports.export_history import ExportHistory
from ui.reports.outline import Outline
from ui.reports.returned_page import ReturnedPage
from ui.reports.side import ReportSide
from ui.reports.texts import LEFT_OUT
from ui.reports.whole_report import WholeReport
from ui.screen import Screen
from ui.tables.title_line import TitleLine
from xuncha_desktop.model import fields
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.services import lists
from xuncha_desktop.store.journal import Changes

_NOT_PRINTED = frozenset({"export_record", "hearing"})
_NOT_OUTLINE = _NOT_PRINTED | {"report"}


class ReportScreen(Screen):
    """Today's report and ledger, at any moment of the stay."""

    NAME = "report"
    WATCHES = frozenset(
        {
            "paper", "report", "report_entry", "report_text", "export_record", "hearing",
            "inspection", "round", "heading_set", "heading", "problem_type",
        }
    )  # fmt: skip
    # With the field a hit of the search leads to: "report.evaluation".
    OPENS = frozenset({"report", "hearing", *(f"report.{name}" for name in fields("report") if name not in LEFT_OUT)})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.exporter = Exporter(context, self)
        self.outline = Outline(context)
        self.beside = ReportSide(context)
        self.texts = self.beside.texts
        self.whole = WholeReport(context, self.texts.typed, lambda: self.draft.isChecked())
        self.history = ExportHistory(context)
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setProperty("role", "secondary")
        self.write_texts = QPushButton("写报告文字")
        self.show_whole = _chip("看全文", "看报告全文")
        self.draft, self.final = _chip("草稿", "导出为草稿"), _chip("正式", "导出为正式")
        self.export_report = QPushButton("导出报告")
        self.export_ledger = QPushButton("导出台账")
        self.others = ExportButton(self.exporter, lambda: all_but("report", "ledger"), self._saved, every=True)
        self.others.setText("其他文书 ▾")
        self.others.setAccessibleName("其他文书")
        self.others.setToolTip("核对册、汇报材料、反馈意见、底稿汇编和各种表单")
        self.others.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.split = MasterDetail(context, self.NAME, self._left(), self.beside)
        self.returned = ReturnedPage(context)
        self.room = QStackedWidget()
        self.room.addWidget(self.split)
        self.room.addWidget(self.returned)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.exporter.panel)
        column.addWidget(_line())
        column.addWidget(self.room, 1)
        self._connect()

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Papers that go into the report."""
        where = {"inspection": context.inspection, "state": tuple(COUNTED_STATES), "destination": "report"}
        return lists.count(context.store, lists.Query("paper", where))

    def refresh(self, news: Changes | None) -> None:
        """Read what changed; typing, selection and scroll stay."""
        if news is None:
            self.exporter.panel.clear()
            self.beside.hearings.look_for_drafts()
        self.texts.refresh()
        if news is None or self.WATCHES - _NOT_OUTLINE & news.records.keys():
            self.outline.refresh()
            self.summary.setText(self.outline.words())
        if news is None or self.WATCHES - _NOT_PRINTED & news.records.keys():
            self.whole.refresh()
        self.returned.refresh(news)
        if news is None or "export_record" in news.records:
            self.history.refresh()
        if news is None or "hearing" in news.records:
            self.beside.refresh_hearings()
        self.beside.changes.refresh()
        for button in (self.export_report, self.export_ledger, self.others, self.write_texts):
            button.setEnabled(bool(self.context.inspection))
        self._lead_on()

    def open_record(self, entity: str, record: str) -> bool:
        """Show the texts of a report, and the field named after the dot, or a hearing of it."""
        if entity not in self.OPENS:
            return False
        self.split.show_detail()
        self.texts.refresh()
        self.beside.show_page(self.beside.hearings if entity == "hearing" else self.texts)
        if entity == "hearing" and record:
            self.beside.hearings.show_record(record)
        elif entity == "hearing":
            self.beside.hearings.begin()
        elif field := entity.partition(".")[2]:
            # The window may just have come to this screen and be about to place the focus itself.
            QTimer.singleShot(0, self, lambda: self.texts.focus_field(field))
        return True

    def new_record(self) -> None:
        """Ctrl+N among the hearings: one more."""
        if self.beside.hearings.isVisible():
            self.beside.hearings.begin()

    def leave(self) -> None:
        """Save what is being typed on either side."""
        self.outline.leave()
        self.beside.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer the way to the other side where only one has room."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.write_texts.setVisible(self.split.side.isHidden())
            self.summary.setHidden(self.split.side.isHidden())
        elif watched is self.left and event.type() is QEvent.Type.FocusIn:
            if self.show_whole.isChecked():
                self.whole.setFocus()
            else:
                self.outline.focus_first()
        return super().eventFilter(watched, event)

    def _lead_on(self) -> None:
        """One primary button: the report is begun first, exported after."""
        begun = bool(self.texts.report())
        style.set_kind(self.export_report, "primary" if begun else "")
        style.set_icon(self.export_report, "export", "on_accent" if begun else "text")

    def _export(self, kind: str) -> None:
        self.leave()
        if self.context.inspection:
            self.exporter.export(kind, self.context.inspection, draft=self.draft.isChecked())

    def _saved(self) -> str:
        self.leave()
        return self.context.inspection

    def _mend(self, entity: str, record: str, field: str) -> None:
        self.room.setCurrentWidget(self.split)
        if entity == "report":
            self._show_texts_page()
            # The window may just have come back to this screen and be about to place the focus itself.
            QTimer.singleShot(0, self, lambda: self.texts.focus_field(field))
        elif entity == "report_text":
            QTimer.singleShot(0, self, lambda: self._lead(entity, record, field, 0, 0))

    def _connect(self) -> None:
        self.outline.opened.connect(lambda paper: self.context.open_record.emit("paper", paper))
        self.export_report.clicked.connect(lambda: self._export("report"))
        self.export_ledger.clicked.connect(lambda: self._export("ledger"))
        self.exporter.finding_asked.connect(self._mend)
        self.write_texts.clicked.connect(self._show_texts)
        for side in (self.left, self.split.side):
            side.installEventFilter(self)
        self.texts.form.changed.connect(self.whole.follow)
        self.whole.asked.connect(self._lead)
        self.whole.leave_asked.connect(self.leave)
        self.history.file_check.asked.connect(self._lead)
        self.beside.changes.asked.connect(self._lead)
        self.beside.changes.export_asked.connect(lambda: self._export("report"))
        self.history.ledger_asked.connect(self.returned.choose)
        self.returned.opened.connect(lambda: self.room.setCurrentWidget(self.returned))
        self.returned.left.connect(lambda: self.room.setCurrentWidget(self.split))
        self.show_whole.toggled.connect(self._turn)
        self.draft.toggled.connect(self.whole.follow)
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.activated.connect(lambda: self._export("report"))
        turning = QShortcut(QKeySequence("Ctrl+M"), self)
        turning.activated.connect(self.show_whole.toggle)

    def _turn(self, whole: bool) -> None:
        """The whole report in place of the outline, with room for its lines; the texts stay beside it."""
        self.room.setCurrentWidget(self.split)
        self.outline.leave()
        splitter = self.split.splitter
        if whole:
            self._sizes = splitter.sizes()
        self.pages.setCurrentWidget(self.whole if whole else self.outline)
        splitter.setSizes([sum(splitter.sizes())] * 2 if whole else self._sizes)
        if whole:
            self.whole.setFocus()
        else:
            self.outline.focus_first()

    def _lead(self, entity: str, record: str, field: str, start: int, length: int) -> None:
        """To where a sentence of the report is written."""
        if (entity, field) == ("report", "texts"):
            self.show_whole.setChecked(False)
        elif entity == "report":
            self._show_texts_page()
            self.texts.focus_field(field, start, length)
        elif entity == "report_text":
            self.show_whole.setChecked(False)
            self.outline.focus_text(record, start, length)
        else:
            known = f"{entity}.{field}" if entity in ("paper", "inspection") and field else entity
            self.context.open_record.emit(known, record)

    def _show_texts(self) -> None:
        self._show_texts_page()
        self.texts.form.focus("title")

    def _show_texts_page(self) -> None:
        self.room.setCurrentWidget(self.split)
        self.split.show_detail()
        self.beside.show_page(self.texts)

    def _head(self) -> TitleLine:
        title = QLabel(self.title)
        title.setProperty("role", "title")
        group = QButtonGroup(self)
        self.draft.setChecked(True)
        self.draft.setToolTip("缺的内容标为【待补】，随时可以导出")
        self.final.setToolTip("必填内容齐全才能导出")
        self.export_report.setToolTip("导出报告　Ctrl+E")
        style.set_icon(self.export_report, "export", "on_accent")
        style.set_icon(self.export_ledger, "export")
        style.set_icon(self.write_texts, "pencil")
        self.show_whole.setToolTip("报告全文和核对结果，边写边看　Ctrl+M")
        row = TitleLine(title, self.summary)
        row.setContentsMargins(0, 0, 0, style.metrics.gap)
        for choice in (self.draft, self.final):
            group.addButton(choice)
        exported_as = QLabel("导出为")
        exported_as.setProperty("role", "secondary")
        style.set_icon(self.show_whole, "book")
        self.show_whole.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for tool in (
            self.show_whole, self.write_texts, exported_as, self.draft, self.final,
            self.others, self.export_ledger, self.export_report,
        ):  # fmt: skip
            row.add_tool(tool)
        return row

    def _left(self) -> QWidget:
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.outline)
        self.pages.addWidget(self.whole)
        column.addWidget(self.pages, 1)
        column.addWidget(self.history)
        return self.left


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("line")
    return line


def _chip(words: str, spoken: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setAccessibleName(spoken)
    button.setCheckable(True)
    button.setProperty("kind", "chip")
    return button
