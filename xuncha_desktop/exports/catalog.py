"""Every document the program makes, and the one way to export any of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import ledger, paper, report
from xuncha_desktop.exports.check_sheet import CheckSheet
from xuncha_desktop.exports.declared import Declared
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import export_records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document: what it is made of, and its three steps."""

    kind: str  # a code of EXPORT_KINDS
    subject: Literal["inspection", "paper"]  # whose id `check` and `collect` take
    title: str
    suffix: str
    check: Callable[[Store, str], CheckSheet]
    collect: Callable[[Store, str, bool], Any]
    write: Callable[[Any, Path, Progress], tuple[str, ...]]
    template: Declared | None = None  # what the template doctor goes by


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document collected from the case, ready for a worker to write."""

    document: Document
    sheet: CheckSheet
    draft: bool
    data: Any

    def write(self, target: Path, progress: Progress) -> tuple[str, ...]:
        """Write the file whole or not at all (a job); sentences the user should read."""
        try:
            return self.document.write(self.data, target, progress)
        except TemplateFault as fault:
            from xuncha_desktop.exports.doctor.consulting import consult  # only a failed export pays for it

            raise consult(fault, self.document.template) from fault


DOCUMENTS = (
    Document(
        "report", "inspection", report.TITLE, report.SUFFIX, report.check, report.collect, report.write, report.DECLARED
    ),
    Document(
        "ledger", "inspection", ledger.TITLE, ledger.SUFFIX, ledger.check, ledger.collect, ledger.write, ledger.DECLARED
    ),
    Document("paper", "paper", paper.TITLE, paper.SUFFIX, paper.check, paper.collect, paper.write, paper.DECLARED),
)
BY_KIND = {document.kind: document for document in DOCUMENTS}


def prepare(store: Store, document: Document, record: str, *, draft: bool) -> Prepared:
    """Check and collect a document of the inspection or paper `record`; gaps refuse all but a draft."""
    sheet = document.check(store, record)
    if not draft:
        sheet.refuse_gaps()
    return Prepared(document, sheet, draft, document.collect(store, record, draft))


def note(store: Store, prepared: Prepared, target: Path) -> str:
    """Keep a record of a file that was written; the record's id."""
    data = prepared.data
    return export_records.add(
        store,
        prepared.document.kind,
        target,
        inspection=data.inspection,
        draft=prepared.draft,
        papers=data.papers,
    )


def export(
    store: Store, document: Document, record: str, target: Path, *, draft: bool, progress: Progress
) -> tuple[CheckSheet, tuple[str, ...]]:
    """All steps in one go: the check sheet, and sentences the user should read."""
    if target.suffix.lower() != document.suffix:
        raise UserError(f"{document.title}应存为 {document.suffix} 文件，“{target.name}”不是；请改文件名后再导出。")
    if target.is_dir() or not target.parent.is_dir():
        raise UserError(f"“{target}”是文件夹，或它所在的文件夹不存在；请换一个位置再导出。")
    prepared = prepare(store, document, record, draft=draft)
    notes = prepared.write(target, progress)
    note(store, prepared, target)
    return prepared.sheet, notes
