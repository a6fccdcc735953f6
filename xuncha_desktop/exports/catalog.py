"""Every document the program makes, and the one way to export any of them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category

from xuncha_desktop.atomic import take_place
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import (
    archive_index,
    borrowing_ledger,
    borrowing_list,
    briefing,
    check_book,
    checklist_ledger,
    fact_check,
    feedback,
    hearings,
    inspector_ledger,
    inspector_list,
    interview_ledger,
    ledger,
    meeting,
    paper,
    petition,
    petition_ledger,
    poll_ledger,
    poll_report,
    quick_fix_ledger,
    quick_fix_notice,
    quick_fixes,
    recusal,
    report,
    talk,
    talk_report,
    team_list,
    traces,
    visit,
    volume,
    voucher,
)
from xuncha_desktop.exports.check_sheet import CheckSheet
from xuncha_desktop.exports.document import Document as Document
from xuncha_desktop.exports.document import WordFile
from xuncha_desktop.exports.ledger_file import LedgerFile
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.exports.traces import Trace
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import export_records, record_data, records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document collected from the case, ready for a worker to write."""

    document: Document
    sheet: CheckSheet
    draft: bool
    data: Any
    traces: tuple[Trace, ...] = ()  # where its words come from, if it says so

    def write(self, target: Path, progress: Progress) -> "Written":
        """Write the file whole or not at all (a job)."""
        try:
            notes = self.document.write(self.data, target, progress)
        except TemplateFault as fault:
            from xuncha_desktop.exports.doctor.consulting import consult  # only a failed export pays for it

            raise consult(fault, self.document.template) from fault
        if isinstance(self.data, LedgerFile):
            origins = export_records.packed(self.data.printed) if self.data.printed else []
        else:
            origins = traces.packed(self.traces, target)
        return Written(self, target, notes, tuple(origins))


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, ready to be noted."""

    prepared: Prepared
    file: Path
    notes: tuple[str, ...]  # sentences the user should read
    origins: tuple[str, ...]  # what its hidden bookmarks stand for, or its cells, packed here: there are thousands


REGISTERS = (
    interview_ledger.LEDGER,
    petition_ledger.LEDGER,
    borrowing_ledger.LEDGER,
    checklist_ledger.LEDGER,
    poll_ledger.LEDGER,
    quick_fix_ledger.LEDGER,
    inspector_ledger.LEDGER,
)
DOCUMENTS = (
    report.DOCUMENT,
    ledger.DOCUMENT,
    check_book.DOCUMENT,
    paper.DOCUMENT,
    volume.DOCUMENT,
    briefing.DOCUMENT,
    feedback.DOCUMENT,
    feedback.OF_HEAD,
    talk_report.DOCUMENT,
    poll_report.DOCUMENT,
    talk.FORM.document,
    talk.NAMED.document,
    borrowing_list.TABLE.document,
    petition.FORM.document,
    petition.NAMED.document,
    visit.FORM.document,
    visit.NAMED.document,
    voucher.FORM.document,
    fact_check.FORM.document,
    quick_fix_notice.FORM.document,
    quick_fixes.TABLE.document,
    meeting.FORM.document,
    hearings.TABLE.document,
    team_list.TABLE.document,
    inspector_list.TABLE.document,
    recusal.FORM.document,
    archive_index.DOCUMENT,
    *(made.document for made in REGISTERS),
)
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', " "))
_LONGEST_TITLE = 40
BY_KIND = {document.kind: document for document in DOCUMENTS}


def prepare(store: Store, document: Document, record: str, *, draft: bool) -> Prepared:
    """Check and collect a document of `record`; gaps refuse all but a draft."""
    read = document.read(store, record)
    sheet = document.check(store, read)
    if not draft:
        sheet.refuse_gaps()
    data = document.collect(store, read, draft)
    origins = traces.with_heads(store, traces.of_content(data.content)) if isinstance(data, WordFile) else ()
    return Prepared(document, sheet, draft, data, origins)


def note(store: Store, written: Written) -> str:
    """Keep a record of a file that was written; the record's id."""
    prepared = written.prepared
    return export_records.add(
        store,
        prepared.document.kind,
        written.file,
        inspection=prepared.data.inspection,
        draft=prepared.draft,
        papers=prepared.data.papers,
        traces=written.origins,
        record=prepared.data.mark or None if isinstance(prepared.data, LedgerFile) else None,
    )


def write_all(
    store: Store, document: Document, inspection: str, folder: Path, *, draft: bool, progress: Progress
) -> tuple[list[Written], list[str]]:
    """One file for each record of an inspection (a job); what was written, and a sentence on each that was not.

    They appear in the folder together at the end: after a cancel or a failure there is none of them.
    """
    chosen = record_data.exported(store, document.subject, inspection, drafts=draft)
    if not chosen:
        raise UserError(f"这项巡察任务没有可以导出的{document.title}，没有导出。")
    made: list[Written] = []
    written: list[Written] = []
    left: list[str] = []
    with _room(folder) as room:
        for done, record in enumerate(chosen):
            name = file_name(store, document, record, draft=draft, today=date.today())
            progress.step(done, len(chosen), f"正在导出{name}")
            try:
                prepared = prepare(store, document, record, draft=draft)
            except UserError as error:
                left.append(f"没有导出“{name}”：{error}")
                continue
            made.append(prepared.write(_unused(Path(room) / name), progress))
            left += made[-1].notes
        progress.step(len(chosen), len(chosen), "导出完成")
        for each in made:
            target = folder / each.file.name
            try:
                take_place(each.file, target)
            except UserError as error:
                left.append(str(error))
            else:
                written.append(replace(each, file=target))
    return written, left


def _room(folder: Path) -> TemporaryDirectory[str]:
    """Where files wait until all are made: in the folder the user chose for such content, and on its disk."""
    try:
        return TemporaryDirectory(prefix=".", suffix=".part", dir=folder)
    except OSError as error:
        raise UserError(f"不能在文件夹“{folder}”中写入；请检查它是否存在、能否写入，或换一个位置再导出。") from error


def _unused(file: Path) -> Path:
    """The same name, with a number where two records are called alike."""
    names = (file, *(file.with_stem(f"{file.stem}（{number}）") for number in range(2, 10_000)))
    return next(name for name in names if not name.exists())


def file_name(store: Store, document: Document, record: str, *, draft: bool, today: date) -> str:
    """What a file of this document would be called: unit or number and title, and the day."""
    values = records.load(store, document.subject, record).values
    if document.subject == "inspection":
        called = f"{_unit(store, values['unit'])}{document.title}"
    else:
        number = values.get("official_number") or values.get("number", "")
        title = records.titles(store, document.subject, [record])[record]
        called = " ".join(filter(None, (document.title, number, title[:_LONGEST_TITLE] if title != number else "")))
    mark = "（草稿）" if draft else ""
    # Nor what cannot be seen: a name that reads from right to left hides its ending.
    called = called.strip().translate(_NOT_IN_NAMES)
    seen = "".join(char for char in called if category(char) not in ("Cc", "Cf"))
    return f"{seen}{mark}{today:%Y%m%d}{document.suffix}"


def _unit(store: Store, unit: str | None) -> str:
    if unit is None:
        return ""
    values = records.load(store, "unit", unit).values
    return values["short_name"] or values["name"]


def export(
    store: Store, document: Document, record: str, target: Path, *, draft: bool, progress: Progress
) -> tuple[CheckSheet, tuple[str, ...]]:
    """All steps in one go: the check sheet, and sentences the user should read."""
    if target.suffix.lower() != document.suffix:
        raise UserError(f"{document.title}应存为 {document.suffix} 文件，“{target.name}”不是；请改文件名后再导出。")
    if target.is_dir() or not target.parent.is_dir():
        raise UserError(f"“{target}”是文件夹，或它所在的文件夹不存在；请换一个位置再导出。")
    prepared = prepare(store, document, record, draft=draft)
    written = prepared.write(target, progress)
    note(store, written)
    return prepared.sheet, written.notes
