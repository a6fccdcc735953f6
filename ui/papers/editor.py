"""The editor of one working paper: head with its state, the form, and what is missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import ask, style
from ui.context import Context
from ui.evidence.register import register
from ui.forms.editor import Editor
from ui.forms.field_box import FieldBox
from ui.forms.incoming import files_of
from ui.forms.long_text import LongTextEditor
from ui.forms.options import OptionSource
from ui.forms.record_form import RecordForm
from ui.papers.citations import CitationsEditor
from ui.papers.gauge import Gauge
from ui.papers.pickers import pick_basis, pick_phrase
from ui.tables.states import marked
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Field
from xuncha_desktop.model.choices import PAPER_STATES
from xuncha_desktop.services import evidence, papers
from xuncha_desktop.services.evidence import Incoming, Stored
from xuncha_desktop.services.records import Snapshot

_HIDDEN = frozenset(
    {"state", "inspection", "return_reason", "number", "official_number", "merged_into", "earlier_numbers"}
)
_WIDE = frozenset({"title", "problem_type"})
_LOW, _TIGHT = 600, 620  # height below which the gauge is brief, width below which buttons have no words
EVIDENCE_FILES = (
    "证据文件 (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp *.pdf *.doc *.docx *.xls *.xlsx *.txt)",
    "所有文件 (*)",
)


class PaperEditor(QWidget):
    """Shows one paper; the screen decides which."""

    duplicate_asked = Signal()
    delete_asked = Signal()
    export_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._options = OptionSource(context)
        self._state = self._shown = ""
        self.citations: CitationsEditor
        self.form = RecordForm(
            context,
            "paper",
            save=lambda record, values, seen: papers.edit(context.store, record, values, seen),
            create=self._create,
            leave_out=_HIDDEN,
            special=self._special,
            wide=_WIDE,
            prepare=self._add_tools,
        )
        self.gauge = Gauge()
        self._build()
        self.form.loaded.connect(self._on_loaded)
        self.form.changed.connect(self._show_gaps)
        self.form.files_given.connect(self.take_files)
        self.gauge.asked.connect(self.form.focus)
        self.setAcceptDrops(True)

    def begin(self, record: str = "", values: Mapping[str, Any] | None = None) -> None:
        """A new paper of the inspection now worked on."""
        member = self.context.store.actor
        given = {
            "level": "own",
            "destination": "report",
            "handlers": (member,) if member else (),
            "inspection": self.context.inspection,
        }
        self.form.begin(given | dict(values or {}), record)
        self.form.focus("title")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the form its room where the window is low."""
        super().resizeEvent(event)
        self.gauge.set_brief(self.height() < style.metrics.scaled(_LOW))
        self._fit_buttons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome everywhere on a paper that can be written."""
        if event.mimeData().hasUrls() and not papers.is_locked(self._state):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        if files := files_of(event.mimeData()):
            self.take_files(files)
            event.acceptProposedAction()

    def submit(self) -> None:
        """提交复核."""
        self._do(lambda: papers.submit(self.context.store, self.form.record), "已提交复核")

    def approve(self) -> None:
        """标为已审签."""
        self._do(lambda: papers.approve(self.context.store, [self.form.record]), "已标为已审签，编号并锁定")

    def take_files(self, files: list[Incoming]) -> None:
        """Encrypt files beside the window, then cite them in this paper."""
        if not files or papers.is_locked(self._state):
            return
        if not self._make_real():
            return
        paper, inspection = self.form.record, self.context.inspection
        blobs = self.context.store.blobs

        def done(stored: list[Stored]) -> None:
            register(self.context, stored, inspection, paper)

        self.context.jobs.start("存入证据", lambda progress: evidence.store_files(blobs, files, progress), done)

    def _create(self, values: Mapping[str, Any], record: str) -> None:
        given = {name: value for name, value in values.items() if name not in ("number", "official_number")}
        inspection = given.pop("inspection") or self.context.inspection
        if not inspection:
            raise UserError("还没有巡察任务，底稿不知道写给哪个单位；请先到“任务”新增一项（Alt+2）。")
        papers.create(self.context.store, inspection, given, record=record)

    def _special(self, field: Field) -> Editor | None:
        if field.name != "citations":
            return None
        editor = self.citations = CitationsEditor(field, self._options)
        editor.files_wanted.connect(self._choose_files)
        editor.opened.connect(lambda record: self.context.open_record.emit("evidence", record))
        editor.evidence_chosen.connect(self._cite)
        return editor

    def _cite(self, record: str) -> None:
        if not self._make_real():
            return
        try:
            evidence.cite_existing(self.context.store, self.form.record, [record])
        except UserError as error:
            self.context.told.emit(str(error))

    def _make_real(self) -> bool:
        """Save what is typed, and a new paper even without a word: something is to be attached to it."""
        self.form.leave()
        try:
            if self.form.is_new:
                self.form.create_now()
        except UserError as error:
            self.context.told.emit(str(error))
        return not self.form.is_new

    def _choose_files(self) -> None:
        paths = ask.open_files(self, "选择证据文件", EVIDENCE_FILES, Path.home())
        self.take_files([Incoming(path.name, path) for path in paths])

    def _build(self) -> None:
        gap = style.metrics.gap
        self.state = QLabel()
        self.number = QLabel()
        self.number.setProperty("role", "secondary")
        for label in (self.state, self.number):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.submit_button = self._button("提交复核", "check", self.submit, "primary")
        self.submit_button.setShortcut("Ctrl+Return")
        self.approve_button = self._button("标为已审签", "check", self.approve)
        self.return_button = self._button("退回修改", "undo", self._ask_reason)
        self.export_button = self._button("导出底稿", "export", self.export_asked.emit)
        self.copy_button = self._button("复制", "copy", self.duplicate_asked.emit)
        self.copy_button.setShortcut("Ctrl+D")
        self.delete_button = self._button("删除", "trash", self.delete_asked.emit)
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap, gap)
        head.setSpacing(gap)
        head.addWidget(self.state)
        head.addWidget(self.number)
        head.addStretch(1)
        for button in (
            self.copy_button, self.delete_button, self.export_button,
            self.return_button, self.approve_button, self.submit_button,
        ):  # fmt: skip
            head.addWidget(button)
        self.reason_bar = self._reason_line()
        self.returned = QLabel()
        self.returned.setTextFormat(Qt.TextFormat.PlainText)
        self.returned.setWordWrap(True)
        self.returned.setProperty("role", "warning")
        self.returned.setContentsMargins(gap * 2, 0, gap * 2, gap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.reason_bar)
        column.addWidget(self.returned)
        column.addWidget(self.form, 1)
        column.addWidget(self.gauge)

    def _fit_buttons(self) -> None:
        """Leave the words of what is seldom pressed out where they would be cut off."""
        tight = self.width() < style.metrics.scaled(_TIGHT)
        for button in (self.copy_button, self.delete_button, self.export_button):
            shortcut = button.shortcut()
            button.setText("" if tight else button.accessibleName())
            button.setShortcut(shortcut)  # Qt forgets it with the text

    def _add_tools(self, name: str, box: FieldBox) -> None:
        """Pickers beside the texts they belong to."""
        pickers = {"overview": ("句式", "quote", pick_phrase), "basis": ("依据库", "book", pick_basis)}
        if name in pickers and isinstance(box.editor, LongTextEditor):
            words, icon, open_picker = pickers[name]
            tool, insert = box.add_tool(words, icon), box.editor.insert
            tool.clicked.connect(lambda: open_picker(tool, self._type_code(), insert))

    def _reason_line(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        gap = style.metrics.gap
        row.setContentsMargins(gap * 2, 0, gap, gap)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("退回原因：请写明改什么")
        self.reason.setAccessibleName("退回原因")
        self.reason.returnPressed.connect(self._send_back)
        row.addWidget(self.reason, 1)
        row.addWidget(self._button("退回", "undo", self._send_back, "primary"))
        row.addWidget(self._button("取消", "close", bar.hide))
        bar.hide()
        return bar

    def _ask_reason(self) -> None:
        self.reason_bar.show()
        self.reason.setFocus()

    def _send_back(self) -> None:
        self._do(lambda: papers.send_back(self.context.store, self.form.record, self.reason.text()), "已退回修改")

    def _do(self, act: Any, told: str) -> None:
        """Save what is typed, act, and say so; a refusal is a sentence in the state line."""
        if not self._make_real():
            return
        if self.form.unsaved:
            self.context.told.emit("有内容还没有存下，请先改正标出的栏目，再做这一步。")
            return
        try:
            act()
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.reason.clear()
        self.reason_bar.hide()
        self.context.undo_offered.emit(told)

    def _on_loaded(self, snapshot: Snapshot | None) -> None:
        values = snapshot.values if snapshot else {"state": "draft"}
        if self.form.record != self._shown:
            self._shown = self.form.record
            self.reason.clear()
            self.reason_bar.hide()
        self._state = values["state"]
        locked = papers.is_locked(self._state)
        word, role = marked(PAPER_STATES.get(self._state, ""))
        self.state.setText(word)
        self.state.setProperty("role", role)
        self.state.style().polish(self.state)
        self.number.setText(values.get("official_number") or values.get("number") or "新底稿")
        self.form.set_read_only(locked)
        exists = snapshot is not None
        self.submit_button.setVisible(not locked and self._state != "review")
        self.approve_button.setVisible(exists and not locked)
        self.return_button.setVisible(exists and (locked or self._state == "review"))
        for button in (self.copy_button, self.delete_button, self.export_button):
            button.setVisible(exists)
        self.delete_button.setEnabled(not locked)
        reason = values.get("return_reason", "") if self._state == "returned" else ""
        self.returned.setText(f"退回原因：{reason}" if reason else "")
        self.returned.setVisible(bool(reason))
        self.gauge.setVisible(not locked)
        self._show_gaps()

    def _show_gaps(self) -> None:
        self.gauge.show_gaps(papers.gaps(self.form.values()))

    def _type_code(self) -> str:
        chosen = self.form.values().get("problem_type")
        return papers.type_code(self.context.store, chosen) if chosen else ""

    def _button(self, text: str, icon: str, action: Any, kind: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", kind)
        button.setAccessibleName(text)
        button.setToolTip(text)
        style.set_icon(button, icon, "on_accent" if kind == "primary" else "text")
        button.clicked.connect(lambda: action())
        return button
