"""证据: every file of the case, what it looks like, what is known of it, and which papers cite it."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import ask, folders, style
from ui.context import Context
from ui.evidence.choosing import choose_evidence
from ui.evidence.outside import Outside
from ui.evidence.register import register
from ui.evidence.relatives import Relatives
from ui.evidence.thumbnail_rows import NEEDS, ThumbnailRows
from ui.evidence.viewer import Viewer
from ui.export_button import ExportButton, of_list
from ui.exporting import Exporter
from ui.forms.incoming import files_of
from ui.forms.record_form import RecordForm
from ui.master_detail import MasterDetail
from ui.screen import Screen
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action, ListSetup
from ui.tables.two_lines import TwoLines
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.services import evidence, evidence_parts, evidence_uses, lists
from xuncha_desktop.services.citing import Place
from xuncha_desktop.services.evidence import Incoming, Stored
from xuncha_desktop.store.journal import Changes

_NAMED = 3  # papers, and other records, that a piece is said to be used in
_NOT_IN_FORM = frozenset({"inspection", "file_size", "turned", "derived_from"})


class EvidenceScreen(Screen):
    """One piece of evidence serves many papers."""

    NAME = "evidence"
    WATCHES = frozenset({"evidence", "citation", "paper", "quick_fix", *evidence_uses.HOLDERS})
    # With the field a hit of the search leads to: "evidence.source".
    OPENS = frozenset({"evidence", *(f"evidence.{name}" for name in fields("evidence") if name not in _NOT_IN_FORM)})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.panel = ListPanel(context, self._setup(), [Action("删除", "trash", self._delete)])
        if self.panel.reading is not None:
            self._rows = ThumbnailRows(context, self.panel.reading, _describe)
            self.panel.reading.setItemDelegate(self._rows)
        self.viewer = Viewer(context)
        self.form = RecordForm(context, "evidence", leave_out=_NOT_IN_FORM)
        self.form.gone.connect(self._show_nothing)
        self.form.files_given.connect(self._take)
        self.cited = QLabel()
        self.cited.setTextFormat(Qt.TextFormat.PlainText)
        self.cited.setWordWrap(True)
        self.cited.setProperty("role", "secondary")
        self.save_button = QPushButton("另存文件…")
        style.set_icon(self.save_button, "export")
        self.save_button.clicked.connect(self._save_copy)
        self.open_button = QPushButton("用其他程序打开")
        self.open_button.setToolTip("取出一份明文副本，交给电脑上的其他程序；锁定或关闭案卷时清除")
        self.outside = Outside(context)
        self.open_button.clicked.connect(lambda: self.outside.open(self.form.record))
        self.relatives = Relatives(context)
        self.side = QStackedWidget()
        self.side.addWidget(self._nothing())
        self.side.addWidget(self._shown())
        self.split = MasterDetail(context, self.NAME, self.panel, self.side)
        self.setFocusProxy(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        exporter = Exporter(context, self)
        self.panel.add_tool(ExportButton(exporter, lambda: of_list("evidence"), lambda: context.inspection))
        add = QPushButton("存入证据")
        add.setProperty("kind", "primary")
        add.setToolTip("存入证据　Ctrl+N")
        style.set_icon(add, "plus", "on_accent")
        add.clicked.connect(self.new_record)
        self.panel.add_tool(add)
        self.panel.current_changed.connect(self._show)
        self.panel.opened.connect(self._open)
        self.panel.first_step_asked.connect(self.new_record)
        self.viewer.copied.connect(self._show_made)
        self.viewer.make_keys(self)
        self.setAcceptDrops(True)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.panel.stack)
        delete.activated.connect(lambda: self._delete(self.panel.selected()))

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Evidence of the inspection."""
        return lists.count(context.store, lists.Query("evidence", {"inspection": context.inspection}))

    def refresh(self, news: Changes | None) -> None:
        """Read the list again and say anew where the piece shown is cited."""
        if news is None and self.form.record and self.form.values().get("inspection") != self.context.inspection:
            self._show_nothing()
        self.panel.refresh(news)
        if not self.panel.current():
            self.panel.select_near(0)
        self.viewer.refresh()
        self._say_cited()

    def new_record(self) -> None:
        """Choose files to take in."""
        if not self.context.inspection:
            self.context.told.emit("还没有巡察任务；请先到“任务”新增一项（Alt+2）。")
            return
        self._take(choose_evidence(self, self.context))

    def open_record(self, entity: str, record: str) -> bool:
        """Show a piece of evidence, and the field named after the dot."""
        self.panel.select(record)
        self._show(record)
        self.split.show_detail()
        if field := entity.partition(".")[2]:
            # The window may just have come to this screen and be about to place the focus itself.
            QTimer.singleShot(0, self, lambda: self.form.focus(field))
        return True

    def _open(self, record: str) -> None:
        """Enter in the list: on to the page, where keys turn, draw and cite; Esc goes back."""
        self._show(record)
        self.split.show_detail()
        page = self.viewer.preview.stack.currentWidget()  # or words, which hand on to the page once it is read
        if page is not None and self.form.values()["file_hash"]:
            page.setFocus()
        else:
            self.form.focus("name")

    def open_place(self, place: Place) -> bool:
        """Show a cited page, region or passage of a piece of evidence."""
        if not place.evidence:
            return super().open_place(place)
        named = "" if place.pages[:1].isdigit() else place.pages  # a sheet, or a part of a text
        self.show_place(place.evidence, evidence_parts.number(place.pages), place.region or named, place.passage)
        return True

    def show_place(self, record: str, page: int = 1, region: str = "", passage: str = "") -> None:
        """Show a cited page of a piece of evidence, with the cited region or passage marked ("" for none)."""
        self.open_record("evidence", record)
        self.viewer.preview.show_region(page, region, passage)

    def leave(self) -> None:
        """Save what is being typed."""
        self.form.leave()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome everywhere on the screen."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files in."""
        self._take(files_of(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes files and pictures of the clipboard in."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(files_of(QApplication.clipboard().mimeData()))
        else:
            super().keyPressEvent(event)

    def _take(self, files: list[Incoming]) -> None:
        inspection, store = self.context.inspection, self.context.store
        if not files or not inspection:
            return

        def done(stored: list[Stored]) -> None:
            if taken := register(self.context, stored, inspection):
                self.panel.select(taken[-1])

        self.context.jobs.start("存入证据", lambda progress: evidence.store_files(store, files, progress), done)

    def _show(self, record: str) -> None:
        if not record or record == self.form.record:
            return
        self.side.setCurrentIndex(1)
        self.form.load(record)
        self.viewer.show_evidence(record)
        self._allow_copies(bool(self.form.values()["file_hash"]))
        self._say_cited()

    def _show_made(self, record: str) -> None:
        self.panel.select(record)
        self._show(record)

    def _allow_copies(self, has_file: bool) -> None:
        self.save_button.setEnabled(has_file)
        self.open_button.setEnabled(has_file)

    def _show_nothing(self) -> None:
        self.side.setCurrentIndex(0)
        self.form.clear()
        self.viewer.show_evidence("")
        self._allow_copies(False)
        self._say_cited()

    def _say_cited(self) -> None:
        if not self.form.record:
            self.cited.setText("")
            self.relatives.show_of("")
            return
        self.relatives.show_of(self.form.record)
        found = evidence.cited_in(self.context.store, self.form.record)
        others = evidence_uses.used_in(self.context.store, self.form.record)
        lines = [f"被 {len(found)} 份底稿引用" if found else "还没有底稿引用这件证据"]
        lines += _first([text for _, text in found])
        lines += [f"在 {len(others)} 条其他记录里", *_first(others)] if others else []
        self.cited.setText("\n".join(lines))
        self.cited.setToolTip("<br>".join(map(escape, [*(text for _, text in found), *others])))

    def _delete(self, chosen: list[str]) -> None:
        chosen = [record for record in chosen if record]
        if not chosen:
            return
        told = evidence_uses.told_of_deletion(self.context.store, chosen)
        line = self.panel.model.row_of(chosen[0])
        self.form.leave()
        try:
            evidence_uses.delete(self.context.store, chosen)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.panel.select_near(line)
        self.context.undo_offered.emit(told)

    def _save_copy(self) -> None:
        values = self.form.values()
        folder = folders.for_exports(self.context.settings)
        target = ask.save_file(self, "另存证据文件", ("所有文件 (*)",), folder / values["file_name"])
        if target is None:
            return
        try:
            evidence.export_file(self.context.store, self.form.record, target)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.context.told.emit(f"已另存到“{target}”（明文文件，用完请删除）")

    def _nothing(self) -> QWidget:
        page = QWidget()
        words = QLabel("在左边选一件证据，或把文件拖到这里。")
        words.setProperty("role", "secondary")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(page).addWidget(words)
        return page

    def _shown(self) -> QWidget:
        below = QWidget()
        column = QVBoxLayout(below)
        gap = style.metrics.gap
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setContentsMargins(gap * 2, gap, gap * 2, 0)
        line.addWidget(self.cited, 1)
        line.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.relatives)
        column.addWidget(self.outside)
        column.addWidget(self.form, 1)
        side = QSplitter(Qt.Orientation.Vertical)
        side.setChildrenCollapsible(False)
        side.setHandleWidth(1)
        side.addWidget(self.viewer)
        side.addWidget(below)
        side.setSizes([420, 300])
        return side

    def _setup(self) -> ListSetup:
        return ListSetup(
            name="evidence",
            title="证据",
            entity="evidence",
            columns=("number", "name", "kind", "pages", "dated", "original", "file_name"),
            describe=_describe,
            also=("number", "name", "kind", "pages", "dated", "source", *NEEDS),
            filters=("kind", "original"),
            groups=("kind", "original", "source"),
            sorts=("number", "name", "kind", "dated"),
            sort="number",
            empty="这里放证据：照片、扫描件、PDF、表格。把文件拖进来，或从剪贴板粘贴；文件加密存放，原件不动。",
            first_step="选择文件存入",
            where=lambda: {"inspection": self.context.inspection},
        )


def _first(texts: Sequence[str]) -> list[str]:
    """A line for each of the first; the form below needs the room, and a tooltip names them all."""
    more = [f"· 还有 {len(texts) - _NAMED} 处"] if len(texts) > _NAMED else []
    return [*(f"· {text}" for text in texts[:_NAMED]), *more]


def _describe(cells: Mapping[str, str]) -> TwoLines:
    pages = cells.get("pages", "")
    parts = (cells.get("number", ""), cells.get("kind", ""), cells.get("source", ""), cells.get("dated", ""))
    return TwoLines(
        cells.get("name", ""), "", "　".join(part for part in parts if part), f"{pages} 页" if pages else ""
    )
