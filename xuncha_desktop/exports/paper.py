"""问题底稿 (.docx): one paper as form F01 prints, with boxes to sign in and its pictures behind it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from xuncha_desktop.exports.attesting import attest, picture_findings
from xuncha_desktop.exports.check_sheet import (
    CheckSheet,
    Finding,
    conflict_findings,
    paper_findings,
    required_findings,
)
from xuncha_desktop.exports.declared import WordDeclared, specimen
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.paper_content import content, pictures_of
from xuncha_desktop.exports.paper_data import ALIASES, UNPRINTED, Paper
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.model.choices import COUNTED_STATES, PAPER_STATES, in_words
from xuncha_desktop.services import export_checks, export_data
from xuncha_desktop.services.evidence_copies import quarters
from xuncha_desktop.store.store import Store

TITLE = "问题底稿"
TEMPLATE = "paper.docx"
DECLARED = WordDeclared(TEMPLATE, lambda: specimen(Paper).to_template(), {*ALIASES, *UNPRINTED}, ALIASES)
_LARGEST_PICTURE = 100_000_000  # bytes


def check(store: Store, paper: str) -> CheckSheet:
    """What the paper lacks, its state, fields in conflict, pictures that are not there."""
    line = export_data.of_paper(store, paper)
    title = line.paper["title"] or line.paper["number"]
    found = paper_findings(line)
    found += required_findings("paper", paper, line.paper, ("inspection", "level", "dated"))
    found += conflict_findings(export_checks.disputed(store, {paper}), {paper: ("paper", title)})
    found += picture_findings(store, [line])
    if line.paper["state"] in COUNTED_STATES:
        found.append(Finding("chain", "这份底稿未经审签链：用“标为已审签”直接通过，没有逐级签批记录"))
    else:
        state = in_words(PAPER_STATES, line.paper["state"]) or "草稿"
        found.append(Finding("unapproved", f"这份底稿是“{state}”，还没有正式编号"))
    return CheckSheet(TITLE, 1, tuple(found))


def collect(store: Store, paper: str, draft: bool) -> WordFile:
    """Everything the form prints."""
    line = export_data.of_paper(store, paper)
    pictures = pictures_of(line)
    lost = export_checks.missing_files(store, {proof["file_hash"] for proof in pictures}) if draft else set[str]()
    return WordFile(
        line.paper["inspection"],
        1,
        word_template(TEMPLATE),
        content(line, draft, lost),
        frozenset({*ALIASES, *UNPRINTED}),
        reader(store, pictures),
        ALIASES,
        attest(store, [line], draft=draft),
    )


def reader(store: Store, pictures: Iterable[Mapping[str, Any]]) -> Callable[[str], Original]:
    """Gives a picture by the id of its evidence, turned as it was turned to be looked at."""
    by_id = {proof["id"]: proof for proof in pictures}

    def read(key: str) -> Original:
        proof = by_id[key]
        content = store.blobs.read(proof["file_hash"], _LARGEST_PICTURE)
        return Original(content, f"{proof['number']} {proof['name']}".strip(), quarters(proof["turned"]))

    return read


DOCUMENT = Document("paper", "paper", TITLE, WORD, check, collect, write, DECLARED)
