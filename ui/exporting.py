"""导出: check sheet, place to save, verified file, its record; the same for every document."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import ask, folders, fonts
from ui.context import Context
from ui.desktop import open_path, print_file, printing_known
from ui.export_panel import ExportPanel
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.check_sheet import CheckSheet, Finding
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.services import records

if TYPE_CHECKING:
    from xuncha_desktop.exports.catalog import Document, Written

_PAUSE_MS = 400  # after a change: who goes from finding to finding has the sheet follow
_KINDS = {".docx": "Word 文档 (*.docx)", ".xlsx": "Excel 工作簿 (*.xlsx)"}


def documents():
    """The catalog of documents, loaded when one is first asked for or in a quiet moment: it brings 54 modules."""
    from xuncha_desktop.exports import catalog

    return catalog


class Exporter(QObject):
    """One per screen that exports; its panel stands at the top of that screen's layout unless it was put elsewhere."""

    exported = Signal(str)  # id of the export record
    finding_asked = Signal(str, str, str)  # entity, record, field: somebody wants to mend a finding

    def __init__(self, context: Context, screen: QWidget, today: Callable[[], date] = date.today) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._today = today
        self._asked: tuple[Document, str] | None = None
        self.panel = ExportPanel(screen)
        self._again = context.quiet_runner(self)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._check_again)
        context.bus.changed.connect(lambda _: self._soon.start() if self.panel.waits else None)
        context.ending.connect(self._soon.stop)
        self.panel.export_asked.connect(self._choose_place)
        self.panel.finding_asked.connect(self._go_to)

    def export(self, kind: str, subject: str, *, draft: bool) -> None:
        """Check a document of a record or an inspection; findings are shown first, without any the place is asked."""
        document, store = documents().BY_KIND[kind], self._context.store
        self._place_panel()

        def show(sheet: CheckSheet) -> None:
            self._asked = (document, subject)
            if sheet.findings:
                self.panel.show_sheet(document.title, sheet, draft, self._faces_note(document))
            else:
                self._choose_place(draft)

        # A job, like the export itself: hundreds of papers take longer than the window may be deaf.
        self._context.jobs.start(
            f"正在核对{document.title}",
            lambda progress: document.sheet(store, subject),
            show,
            lambda error: self.panel.say("error", str(error)),
        )

    def _check_again(self) -> None:
        """The case has changed while a sheet waits for an answer: say what is found now."""
        if self._asked is None or not self.panel.waits:
            return
        if self._again.busy:
            self._soon.start()
            return
        asked, store = self._asked, self._context.store
        document, subject = asked

        def renew(sheet: CheckSheet) -> None:
            if self.panel.waits and self._asked == asked:
                self.panel.renew_sheet(document.title, sheet, self._faces_note(document))

        self._again.start("", lambda progress: document.sheet(store, subject), renew, lambda error: self.panel.clear())

    def export_all(self, kind: str, inspection: str) -> None:
        """One file for every record of an inspection, into a folder; what cannot go out yet is named afterwards."""
        document, store = documents().BY_KIND[kind], self._context.store
        self._place_panel()
        known = folders.for_exports(self._context.settings)
        folder = ask.choose_folder(self._screen, f"{document.title}逐份导出到哪个文件夹", known)
        if folder is None or self._is_case(folder):
            return
        self._context.settings.export_folder = str(folder)
        self.panel.clear()

        def done(result: "tuple[list[Written], list[str]]") -> None:
            written, left = result
            for each in written:
                self.exported.emit(documents().note(store, each))
            told = f"已导出{document.title} {len(written)} 份，在 {folder}。文件没有加密，请按规定保管。"
            self.panel.say(
                "warning" if left else "ok", "\n".join((told, *left)), "打开所在文件夹", partial(self._open, folder)
            )

        self._context.jobs.start(
            f"正在逐份导出{document.title}",
            lambda progress: documents().write_all(store, document, inspection, folder, draft=False, progress=progress),
            done,
            self._failed,
        )

    def export_paper(self, paper: str) -> None:
        """Export one 问题底稿: final once it is approved, a draft before."""
        state = records.load(self._context.store, "paper", paper).values["state"]
        self.export("paper", paper, draft=state not in COUNTED_STATES)

    def _choose_place(self, draft: bool) -> None:
        if self._asked is None:
            return
        document, subject = self._asked
        proposed = folders.for_exports(self._context.settings) / documents().file_name(
            self._context.store, document, subject, draft=draft, today=self._today()
        )
        chosen = ask.save_file(self._screen, f"导出{document.title}", [_KINDS[document.suffix]], proposed)
        if chosen is None:
            return
        if chosen.suffix.lower() != document.suffix:
            chosen = chosen.with_name(chosen.name + document.suffix)
        if self._is_case(chosen):
            return
        self._context.settings.export_folder = str(chosen.parent)
        self._write(document, subject, draft, chosen)

    def _is_case(self, chosen: Path) -> bool:
        """Whether that is in the case's own folder, and say so."""
        within = chosen.resolve().is_relative_to(self._context.store.folder.resolve())
        if within:
            self.panel.say("error", "导出的文件不能存在案卷的文件夹里，那里只放加密的内容；请换一个文件夹。")
        return within

    def _write(self, document: "Document", subject: str, draft: bool, target: Path) -> None:
        store = self._context.store
        self.panel.clear()

        def job(progress: Progress) -> "Written":
            return documents().prepare(store, document, subject, draft=draft).write(target, progress)

        self._context.jobs.start(f"正在导出{document.title}", job, self._done, self._failed)

    def _done(self, written: "Written") -> None:
        target, notes = written.file, written.notes
        try:
            record = documents().note(self._context.store, written)
        except UserError as error:
            self._say_done("warning", f"已导出“{target.name}”，但没有记入导出记录：{error}", target)
            return
        told = f"已导出“{target.name}”，在 {target.parent}。文件没有加密，请按规定保管。"
        self._say_done("warning" if notes else "ok", "\n".join((told, *notes)), target)
        self._context.told.emit(f"已导出“{target.name}”")
        self.exported.emit(record)

    def _say_done(self, kind: str, sentence: str, target: Path) -> None:
        more = [("打开所在文件夹", partial(self._open, target.parent))]
        if printing_known():
            more.append(("打印…", partial(self._print, target)))
        self.panel.say(kind, sentence, "打开文件", partial(self._open, target), *more)

    def _open(self, path: Path) -> None:
        if not open_path(path):
            self._context.told.emit(f"这台电脑没有能打开它的程序，请自己到这里打开：{path}")

    def _print(self, path: Path) -> None:
        if not print_file(path):
            self._context.told.emit("这台电脑没有能直接打印它的程序；请打开文件，在其中打印。")

    def _failed(self, error: UserError) -> None:
        self.panel.say("error", f"没有导出：{error}")

    def _go_to(self, finding: Finding) -> None:
        if finding.entity == "paper" and not finding.record:
            self._context.open_list.emit("paper", "", None)
        if finding.record:
            name = f"{finding.entity}.{finding.field}" if finding.entity == "inspection" and finding.field else ""
            self._context.open_record.emit(name or finding.entity, finding.record)
        self.finding_asked.emit(finding.entity, finding.record, finding.field)

    def _place_panel(self) -> None:
        layout = self._screen.layout()
        if layout is not None and self.panel.parentWidget() is self._screen and layout.indexOf(self.panel) < 0:
            assert isinstance(layout, QBoxLayout)
            layout.insertWidget(0, self.panel)

    def _faces_note(self, document: "Document") -> str:
        """Documents name their faces and do not carry them: a page looks right only where they are installed."""
        lacking = fonts.missing(self._context.settings.font_faces.values()) if document.suffix == ".docx" else []
        return f"这台电脑没有{'、'.join(lacking)}，请在装有这些字体的电脑上打印。" if lacking else ""
