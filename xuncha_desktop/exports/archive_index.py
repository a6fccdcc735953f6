"""卷内目录 (.docx): everything the inspection left, in the order of a folder; page numbers are stamped later."""

from collections.abc import Iterable, Mapping

from xuncha_desktop.exports.check_sheet import CheckSheet, Finding
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.register_table import Row, table_declared, table_file, unit_missing
from xuncha_desktop.model import entities
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.model.show import dotted_date
from xuncha_desktop.services import record_data
from xuncha_desktop.services.record_data import RecordData
from xuncha_desktop.store.store import Store

TITLE, TEMPLATE = "卷内目录", "archive_index.docx"
COLUMNS = ("number", "title", "dated", "pages", "note")
# The order of a folder: what came out of the inspection first, then what it rests on; and each kind's own day.
_ORDER: Mapping[str, str] = {
    "report": "dated",
    "paper": "dated",
    "quick_fix": "issued_on",
    "fact_check": "sent_on",
    "meeting": "held_on",
    "interview": "held_on",
    "poll": "held_on",
    "petition": "received_on",
    "visit": "visited_on",
    "voucher": "voucher_on",
    "evidence": "dated",
}


def check(store: Store, inspection: str) -> CheckSheet:
    """Whether there is anything to file, and which papers are not closed."""
    found = list(_filed(store, inspection))
    around = record_data.around_inspection(store, inspection)
    findings = unit_missing(inspection, around)
    if not found:
        findings.append(Finding("missing", "这项巡察任务还没有可以归档的材料", True))
    if open_ := sum(not _closed(one) for one in _every(store, inspection)):
        findings.append(Finding("unapproved", f"{open_} 份底稿未审签，不列入"))
    undated = sum(not one.values[_ORDER[one.entity]] for one in found)
    if undated:
        findings.append(Finding("empty", f"{undated} 件没有日期"))
    return CheckSheet(TITLE, None, tuple(findings))


def collect(store: Store, inspection: str, draft: bool) -> WordFile:
    """One line a piece."""
    rows: list[Row] = [{"order": str(order), **_line(one)} for order, one in enumerate(_filed(store, inspection), 1)]
    around = record_data.around_inspection(store, inspection)
    return table_file(TEMPLATE, inspection, around, rows, ["order", *COLUMNS], draft)


def _every(store: Store, inspection: str) -> Iterable[RecordData]:
    for entity, day in _ORDER.items():
        first = "official_number" if entity == "paper" else day
        yield from record_data.of_inspection(store, entity, inspection, (first,))


def _filed(store: Store, inspection: str) -> Iterable[RecordData]:
    return (one for one in _every(store, inspection) if _closed(one))


def _closed(one: RecordData) -> bool:
    return one.entity != "paper" or one.values["state"] in (*COUNTED_STATES, "archived")


def _line(one: RecordData) -> Row:
    values, cls = one.values, entities()[one.entity]
    title = "" if one.entity == "interview" else values[cls.TITLE]
    kind = "" if one.entity == "evidence" else cls.LABEL
    pages = values["pages"] if one.entity == "evidence" else None
    return {
        "number": values.get("official_number") or values.get("number", ""),
        "title": f"{kind}：{title}" if kind and title else kind or title,
        "dated": dotted_date(values[_ORDER[one.entity]]) if values[_ORDER[one.entity]] else "",
        "pages": "" if pages is None else str(pages),
        "note": "",
    }


DECLARED = table_declared(TEMPLATE, {"order": "1", **{name: f"{name}·0" for name in COLUMNS}})
DOCUMENT = Document("archive_index", "inspection", TITLE, WORD, check, collect, write, DECLARED, "evidence")
