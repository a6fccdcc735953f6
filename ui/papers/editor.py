"""The editor of one working paper: head with its state, the form, and what is missing."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from ui import style
from ui.context import Context
from ui.evidence.choosing import choose_evidence
from ui.evidence.register import register
from ui.forms.editor import Editor
from ui.forms.field_box import FieldBox
from ui.forms.form_layout import scroll_to_top
from ui.forms.incoming import files_of
from ui.forms.options import OptionSource
from ui.forms.record_form import RecordForm
from ui.papers.citations import CitationsEditor
from ui.papers.gap_guide import GapGuide
from ui.papers.gauge import Gauge
from ui.papers.growing import Growing
from ui.papers.head import PaperHead
from ui.papers.offers import Offers
from ui.papers.similar import SimilarPapers
from ui.papers.text_tools import add_text_tool
from ui.record_page import RecordPage
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Field
from xuncha_desktop.services import citing, evidence, papers
from xuncha_desktop.services.citing import Cited
from xuncha_desktop.services.evidence import Incoming, Stored
from xuncha_desktop.services.papers import Gap
from xuncha_desktop.services.records import Snapshot

NOT_IN_FORM = frozenset(
    {"state", "inspection", "return_reason", "number", "official_number", "merged_into", "earlier_numbers"}
)
_WIDE = frozenset({"title", "problem_type"})
_LOW = 600  # height below which the gauge is brief


class PaperEditor(RecordPage):
    """Shows one paper; the screen decides which."""

    export_asked = Signal()
    handed_on = Signal()  # submitted or approved: the work on it is done here

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._options = OptionSource(context)
        self._state = self._shown = ""
        self.citations: CitationsEditor
        self._growing = Growing(context, lambda: self.form, self._make_real)
        self.form = RecordForm(
            context,
            "paper",
            save=lambda record, values, seen: papers.edit(context.store, record, values, seen),
            create=self._create,
            leave_out=NOT_IN_FORM,
            special=self._special,
            wide=_WIDE,
            prepare=self._add_tools,
        )
        self.head = PaperHead()
        self.gauge = Gauge()
        self.guide = GapGuide(self.form, self.head, self.gauge, self._blocking, self)
        self.offers = Offers(context, self.form)
        self.similar = SimilarPapers(context)
        self._build()
        self.head.submit_asked.connect(self.submit)
        self.head.approve_asked.connect(self.approve)
        self.head.return_asked.connect(self._send_back)
        self.head.export_asked.connect(self.export_asked)
        self.head.duplicate_asked.connect(self.duplicate_asked)
        self.head.delete_asked.connect(self.delete_asked)
        QShortcut(QKeySequence("F7"), self).activated.connect(self.form.take_proposal)
        self.form.loaded.connect(self._on_loaded)
        self.form.changed.connect(self._show_gaps)
        self.form.files_given.connect(self.take_files)
        self.gauge.asked.connect(self.form.focus)
        self.similar.opened.connect(lambda paper: context.open_record.emit("paper", paper))
        self.setAcceptDrops(True)

    def begin(self, values: Mapping[str, object], record: str = "") -> None:
        """A new paper of the inspection now worked on."""
        member = self.context.store.actor
        given = {
            "level": "own",
            "destination": "report",
            "handlers": (member,) if member else (),
            "inspection": self.context.inspection,
        }
        self.form.begin(given | dict(values), record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the form its room where the window is low."""
        super().resizeEvent(event)
        self.gauge.set_brief(self.height() < style.metrics.scaled(_LOW))

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
        if self._do(lambda: papers.submit(self.context.store, self.form.record), "已提交复核"):
            self.handed_on.emit()

    def approve(self) -> None:
        """标为已审签."""
        if self._do(lambda: papers.approve(self.context.store, [self.form.record]), "已标为已审签，编号并锁定"):
            self.handed_on.emit()

    def take_files(self, files: list[Incoming]) -> None:
        """Encrypt files beside the window, then cite them in this paper."""
        if not files or papers.is_locked(self._state):
            return
        if not self._make_real():
            return
        paper, inspection = self.form.record, self.context.inspection
        store = self.context.store

        def done(stored: list[Stored]) -> None:
            register(self.context, stored, inspection, paper)

        self.context.jobs.start("存入证据", lambda progress: evidence.store_files(store, files, progress), done)

    def _create(self, values: Mapping[str, Any], record: str) -> None:
        given = {name: value for name, value in values.items() if name not in ("number", "official_number")}
        inspection = given.pop("inspection") or self.context.inspection
        if not inspection:
            raise UserError("还没有巡察任务，底稿不知道写给哪个单位；请先到“任务”新增一项（Alt+2）。")
        papers.create(self.context.store, inspection, given, record=record)

    def _special(self, field: Field) -> Editor | None:
        if field.name != "citations":
            return None
        store = self.context.store
        editor = self.citations = CitationsEditor(
            field, self._options, partial(citing.described, store), partial(citing.hash_now, store)
        )
        editor.files_wanted.connect(self._choose_files)
        editor.opened.connect(self.context.open_place)
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
        self.take_files(choose_evidence(self, self.context))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.similar)
        column.addWidget(self.form, 1)
        column.addWidget(self.gauge)

    def _add_tools(self, name: str, box: FieldBox) -> None:
        add_text_tool(name, box, self.context.store, lambda: self.form.values().get("problem_type") or "")
        self._growing.add_tool(name, box)

    def _send_back(self, reason: str) -> None:
        self._do(lambda: papers.send_back(self.context.store, self.form.record, reason), "已退回修改")

    def _do(self, act: Any, told: str) -> bool:
        """Save what is typed, act, and say so; a refusal stands under the buttons and leads to what is to be mended."""
        if not self._make_real():
            return False
        if self.form.unsaved:
            self._refuse("有内容还没有存下，请先改正标出的栏目，再做这一步。")
            return False
        try:
            act()
        except UserError as error:
            self._refuse(str(error))
            return False
        self.head.forget_reason()
        self.guide.forget()
        self.context.undo_offered.emit(told)
        return True

    def _refuse(self, sentence: str) -> None:
        self.context.told.emit(sentence)
        self.guide.refuse(sentence)

    def _on_loaded(self, snapshot: Snapshot | None) -> None:
        if self.form.record != self._shown:
            self._shown = self.form.record
            self.head.forget_reason()
            self.guide.forget()
            scroll_to_top(self.form)
        self._state = snapshot.values["state"] if snapshot else "draft"
        locked = papers.is_locked(self._state)
        self.head.show_paper(snapshot.values if snapshot else None)
        self.form.set_read_only(locked)
        self.gauge.setVisible(not locked)
        self._show_gaps()

    def _show_gaps(self) -> None:
        values = self.form.values()
        self.gauge.show_gaps(papers.gaps(values, self._cited(values)), handed_in=self._state == "review")
        self.offers.show(values, locked=papers.is_locked(self._state))
        self.guide.follow()
        if self.form.is_new or papers.is_locked(self._state):
            self.similar.clear()
        else:
            self.similar.look(self.form.record, values)

    def _blocking(self) -> Sequence[Gap]:
        values = self.form.values()
        return papers.blocking(values, self._cited(values))

    def _cited(self, values: Mapping[str, Any]) -> Sequence[Cited]:
        """The citations in words: as they are shown, or, while their field is still to be made, as they are stored."""
        if "citations" in self.form.boxes:
            return self.citations.cited
        return citing.described(self.context.store, values.get("citations") or ())
