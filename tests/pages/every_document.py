"""Every document of the catalog made of no records, one, many and the sample's, turned into pages in one run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.pages.measure import Page, read_pages
from tests.pages.printed import Sheet, read_sheets
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.document import WORD, Document
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import intake, record_data
from xuncha_desktop.store.store import Store

AMOUNTS = ("nothing", "one", "many", "sample")
WORDS = [document.kind for document in catalog.DOCUMENTS if document.suffix == WORD]
LEDGERS = [document.kind for document in catalog.DOCUMENTS if document.suffix != WORD]
# By the sheet they stand on: the official page, the same turned by a quarter, and the form to be signed.
OFFICIAL = ("report", "briefing", "feedback", "feedback_head", "talk_report", "poll_report", "quick_fix")
TURNED = ("borrowings", "quick_fixes", "hearings", "team", "inspectors", "archive_index", "check_book")
FORMS = [kind for kind in WORDS if kind not in (*OFFICIAL, *TURNED)]


@dataclass(frozen=True)
class Printed:
    """A file that was exported, and its pages."""

    file: Path
    pdf: Path

    @cached_property
    def pages(self) -> list[Page]:
        """The pages as lines."""
        return read_pages(self.pdf)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The pages as characters and rules."""
        return read_sheets(self.pdf)


def print_all(
    inspections: Mapping[str, tuple[Store, str]], folder: Path, to_pdf: Callable[[Sequence[Path]], list[Path]]
) -> Mapping[tuple[str, str], Printed]:
    """All of them as drafts, since nothing is never final; by kind and amount."""
    files: dict[tuple[str, str], Path] = {}
    for amount, (store, inspection) in inspections.items():
        # Lists first: of nothing, a single form needs a record to be begun.
        for document in sorted(catalog.DOCUMENTS, key=lambda document: document.subject != "inspection"):
            file = folder / f"{document.kind}-{amount}{document.suffix}"
            record = _record(store, document, inspection, folder)
            catalog.export(store, document, record, file, draft=True, progress=Progress())
            files[document.kind, amount] = file
    return {key: Printed(files[key], pdf) for key, pdf in zip(files, to_pdf(list(files.values())), strict=True)}


def _record(store: Store, document: Document, inspection: str, folder: Path) -> str:
    """The inspection, or the one of its records with the most in it; of nothing, a record just begun."""
    if document.subject == "inspection":
        return inspection
    found = record_data.exported(store, document.subject, inspection, drafts=True)
    return (
        found[-1] if found else intake.add(store, document.subject, [{"inspection": inspection}], folder, Progress())[0]
    )
