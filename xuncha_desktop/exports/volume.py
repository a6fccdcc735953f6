"""底稿汇编 (.docx): every approved paper of an inspection as its form prints, with pictures, a list in front."""

from collections.abc import Mapping
from itertools import chain

from xuncha_desktop.exports import around, paper
from xuncha_desktop.exports.around import Around
from xuncha_desktop.exports.attesting import attest, picture_findings
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, conflict_findings, paper_findings
from xuncha_desktop.exports.declared import WordDeclared, named
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.paper_content import content as content_of
from xuncha_desktop.exports.paper_content import pictures_of
from xuncha_desktop.exports.paper_data import ALIASES, UNPRINTED
from xuncha_desktop.exports.register_table import unit_missing
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.traces import sourced
from xuncha_desktop.model.show import decimals_of, money
from xuncha_desktop.services import export_checks, export_data
from xuncha_desktop.services.export_data import PaperLine
from xuncha_desktop.store.store import Store

TITLE, TEMPLATE = "底稿汇编", "volume.docx"
NAMES: Mapping[str, str] = {"被巡察党组织": "unit", "届次轮次巡察组": "round", "目录": "index", "各底稿": "papers"}
_ALL_NAMES = {**ALIASES, **NAMES}
_UNPRINTED = frozenset({*_ALL_NAMES, *UNPRINTED})


def check(store: Store, inspection: str) -> CheckSheet:
    """Papers that cannot go in as they are, and pictures that are not there."""
    of, lines, unapproved = _gathered(store, inspection)
    found = unit_missing(inspection, of)
    if not lines:
        found.append(Finding("missing", "还没有已审签的底稿", True))
    if unapproved:
        found.append(Finding("unapproved", f"{unapproved} 份底稿未审签，不写入"))
    for line in lines:
        found += paper_findings(line, stops_only=True)
    called = {line.id: ("paper", line.paper["title"]) for line in lines}
    found += conflict_findings(export_checks.disputed(store, called), called)
    found += picture_findings(store, lines)
    return CheckSheet(TITLE, len(lines), tuple(found))


def collect(store: Store, inspection: str, draft: bool) -> WordFile:
    """The list, and what each form prints; the same picture is read once however often it is cited."""
    of, lines, _ = _gathered(store, inspection)
    pictures = list(chain.from_iterable(map(pictures_of, lines)))
    lost = export_checks.missing_files(store, {proof["file_hash"] for proof in pictures}) if draft else set[str]()
    gap = GAP if draft else ""
    decimals = decimals_of([line.paper["amount"] or 0 for line in lines])
    content: dict[str, object] = {
        "unit": around.unit(of, gap),
        "round": around.round_and_team(of),
        "index": [_entry(order, line, decimals) for order, line in enumerate(lines, 1)] or _no_papers(draft),
        "papers": [content_of(line, draft, lost) for line in lines],
    }
    content |= {alias: content[name] for alias, name in NAMES.items()}
    return WordFile(
        inspection,
        len(lines),
        word_template(TEMPLATE),
        content,
        _UNPRINTED,
        paper.reader(store, pictures),
        _ALL_NAMES,
        attest(store, lines, draft=draft),
    )


def _gathered(store: Store, inspection: str) -> tuple[Around, list[PaperLine], int]:
    lines, unapproved = export_data.approved_papers(store, inspection)
    return export_data.head(store, inspection).around, lines, unapproved


def _no_papers(draft: bool) -> list[dict[str, str]]:
    return [{"order": "", "number": GAP, "title": GAP, "amount": "", "pictures": ""}] if draft else []


def _entry(order: int, line: PaperLine, decimals: int) -> dict[str, str]:
    values = line.paper

    def written(field: str, text: str, part: str = "") -> str:
        return sourced(text, "paper", line.id, field, part=part)

    number = "official_number" if values["official_number"] else "number"
    return {
        "order": str(order),
        "number": written(number, values[number]),
        "title": written("title", values["title"]),
        "amount": written("amount", "" if values["amount"] is None else money(values["amount"], decimals)),
        "pictures": written("citations", str(len(pictures_of(line)) or ""), "pictures"),
    }


def _specimen() -> Mapping[str, object]:
    entry = {name: f"{name}·0" for name in ("order", "number", "title", "amount", "pictures")}
    one = paper.DECLARED.specimen()
    return named({"unit": "unit·0", "round": "round·0", "index": [entry], "papers": [one]}, NAMES)


DECLARED = WordDeclared(TEMPLATE, _specimen, _UNPRINTED, _ALL_NAMES)
DOCUMENT = Document("volume", "inspection", TITLE, WORD, check, collect, write, DECLARED, "paper")
