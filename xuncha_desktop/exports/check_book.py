"""核对册 (.docx): every sentence and number of the report with its paper, evidence and page."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from xuncha_desktop.exports import document, report
from xuncha_desktop.exports.attesting import attest
from xuncha_desktop.exports.book.passages import read
from xuncha_desktop.exports.book.rows import Row, Rows
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet
from xuncha_desktop.exports.declared import WordDeclared, named
from xuncha_desktop.exports.document import WORD, Document, WordFile, word_file
from xuncha_desktop.exports.report_data import ALIASES as REPORT_ALIASES
from xuncha_desktop.exports.templates import TemplateFault, word_template
from xuncha_desktop.exports.traces import bearing, covered, rewritten, unpacked
from xuncha_desktop.exports.word.render import rendered
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import ExportRecord
from xuncha_desktop.model.show import long_date, moment
from xuncha_desktop.services import export_records
from xuncha_desktop.services.export_data import InspectionData, of_inspection
from xuncha_desktop.store.store import Store

TITLE, TEMPLATE = "核对册", "check_book.docx"
ALIASES: Mapping[str, str] = {
    "被巡察党组织": "unit", "届次轮次巡察组": "round", "对应的报告": "report", "校验值": "hash", "数字统计": "summary",
    "没有出处的数字": "untraced", "各部分": "parts",
}  # fmt: skip
_SHEET = ("missing", "cited", "conflict", "unapproved", "left_out", "number")  # what of the report's check matters here


def check(store: Store, data: InspectionData) -> CheckSheet:
    """What the report lacks, or says other than its papers."""
    sheet = report.check(store, data)
    return replace(sheet, title=TITLE, findings=tuple(found for found in sheet.findings if found.kind in _SHEET))


def collect(store: Store, data: InspectionData, draft: bool) -> WordFile:
    """Every line of the report that would be exported now."""
    content = report.content_of(data, draft)
    rows = _rows(data, content)
    of_report, digest = _report_meant(store, data, draft)
    printed: dict[str, object] = {
        "unit": data.values["unit"]["name"] or (GAP if draft else ""),
        "round": "　".join(filter(None, (data.values["round"]["name"], data.values["team"]["name"]))),
        "report": of_report,
        "hash": digest,
        "summary": _summary(rows),
        "untraced": _untraced(rows),
        "parts": _parts(rows) if data.papers or not draft else [*_parts(rows), _no_papers()],
    }
    file = word_file(data.inspection, len(data.papers), TEMPLATE, printed, ALIASES)
    return replace(file, attest=attest(store, data.papers, draft=draft, prints_pictures=False))


def write(file: WordFile, target: Path, progress: Progress) -> tuple[str, ...]:
    """Write the book; numbers without a source are told at once."""
    notes = document.write(file, target, progress)
    untraced = file.content["untraced"]
    assert isinstance(untraced, list)
    if untraced:
        notes += (f"报告有 {len(untraced):,} 个数字没有出处，列在核对册开头，请逐个核对。",)
    return notes


def _rows(data: InspectionData, content: Mapping[str, object]) -> list[Row]:
    from xuncha_desktop.exports.word.printed import paragraphs  # lxml only where a document is made

    origins: dict[str, Any] = {}

    def cover(text: str, path: str) -> str:
        root, dot, rest = path.partition(".")
        for span in (marked := covered(text)).spans:
            source = span.source if span.source.entity else None
            origins[span.token] = (f"{REPORT_ALIASES.get(root, root)}{dot}{rest}", source)
        return marked

    rows = Rows(data)
    for passage in read(paragraphs(_file(rewritten(content, cover))), origins):
        rows.add(passage)
    return rows.made


def _file(content: Mapping[str, object]) -> bytes:
    """The report in memory."""
    try:
        return rendered(word_template(report.TEMPLATE), content, Progress())
    except TemplateFault as fault:
        from xuncha_desktop.exports.doctor.consulting import consult  # only a failed export pays for it

        raise consult(fault, report.DECLARED) from fault


def _report_meant(store: Store, data: InspectionData, draft: bool) -> tuple[str, str]:
    """The newest exported report if the same file would come out now, to the byte; and its hash."""
    reports = export_records.reports(store, data.inspection)
    newest = next(((each, kept) for each in reports if (kept := export_records.traces_of(store, each.id))), None)
    today = f"按{long_date(datetime.now().date().isoformat())}的案卷内容编制"
    if newest is None:
        return f"{today}，报告还没有导出过", ""
    exported, kept = newest
    when = f"{moment(exported.exported_at or 0)} 导出的“{exported.name}”"
    if not _is_same(exported, bearing(report.content_of(data, exported.draft), unpacked(kept))):
        return f"{today}，与 {when}已不相同，请重新导出报告后一并使用", ""
    if exported.draft == draft:
        return f"对应 {when}", exported.file_hash
    theirs, ours = ("草稿", "正式稿") if exported.draft else ("正式稿", "草稿")
    return f"{today}，{when}是{theirs}，本册按{ours}编制；案卷内容没有变，请都按{ours}导出后一并使用", ""


def _is_same(exported: ExportRecord, content: Mapping[str, object] | None) -> bool:
    return content is not None and hashlib.sha256(_file(content)).hexdigest() == exported.file_hash


def _summary(rows: Sequence[Row]) -> str:
    claims = [claim for row in rows for claim in row.claims]
    serials = sum(claim.serial for claim in claims)
    lost = sum(bool(claim.fault) for claim in claims)
    own = f"（其中 {serials:,} 个是程序编的序号）" if serials else ""
    rest = f"，{lost:,} 个没有出处" if lost else ""
    return f"全文 {len(claims):,} 个数字，{len(claims) - lost:,} 个有出处{own}{rest}"


def _untraced(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [
        {"order": str(row.order), "number": claim.number, "text": row.text, "reason": claim.fault}
        for row in rows
        for claim in row.claims
        if claim.fault
    ]


def _parts(rows: Sequence[Row]) -> list[dict[str, object]]:
    return [
        {"title": band, "rows": [_line(row) for row in found]}
        for band, found in groupby(rows, key=lambda row: row.band)
    ]


def _line(row: Row) -> dict[str, str]:
    return {
        "order": str(row.order),
        "text": row.text,
        "numbers": str(len(row.claims) or ""),
        "origin": row.origin,
        "proof": row.proof,
        "addition": row.addition,
    }


def _no_papers() -> dict[str, object]:
    return {"title": f"{GAP}还没有可以写入报告的底稿", "rows": []}


def _specimen() -> Mapping[str, object]:
    row = {name: f"{name}·0" for name in ("order", "text", "numbers", "origin", "proof", "addition")}
    lost = {name: f"{name}·1" for name in ("order", "number", "text", "reason")}
    texts = {name: f"{name}·0" for name in ("unit", "round", "report", "hash", "summary")}
    return named({**texts, "untraced": [lost], "parts": [{"title": "标题·0", "rows": [row]}]}, ALIASES)


DECLARED = WordDeclared(TEMPLATE, _specimen, frozenset(ALIASES), ALIASES)
DOCUMENT = Document("check_book", "inspection", TITLE, WORD, check, collect, write, DECLARED, read=of_inspection)
