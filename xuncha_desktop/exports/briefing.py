"""书记专题会汇报材料 (.docx): ten to fifteen minutes out of the approved papers; 点人点事 where the round allows it."""

import re
from collections.abc import Mapping
from typing import Any

from xuncha_desktop import rich
from xuncha_desktop.exports import around, from_papers, report
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.official import Part, Point, declared, of_report
from xuncha_desktop.exports.traces import joined, sourced
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import money, words
from xuncha_desktop.services.export_data import InspectionData, PaperLine, of_inspection
from xuncha_desktop.store.store import Store

TITLE, TEMPLATE = "书记专题会汇报材料", "briefing.docx"
LONGEST = 3600  # characters read aloud in a quarter of an hour
_SENTENCE = re.compile(r".*?[。！？；\n]|.+", re.DOTALL)


def check(store: Store, data: InspectionData) -> CheckSheet:
    """Gaps of the papers and the report's texts, and whether it can be read in a quarter of an hour."""
    texts = ("addressee", "evaluation", "leadership", "suggestions", "signature", "dated")
    sheet = from_papers.sheet(store, data, TITLE, texts, ("entry_on", "stay_end_on"))
    more: list[Finding] = []
    if not data.values["round"]["name_persons"]:
        more.append(Finding("left_out", "本轮点事不点人，不附点人点事清单"))
    length = sum(len(line.paper["title"]) + len(_first(line)) for line in data.papers)
    if length > LONGEST:
        more.append(Finding("length", f"主要问题约 {length:,} 字，十五分钟讲不完；请在报告里减少底稿"))
    return CheckSheet(TITLE, sheet.papers, (*sheet.findings, *more))


def collect(store: Store, data: InspectionData, draft: bool) -> WordFile:
    """Each problem by its title and first sentence."""
    gap = GAP if draft else ""
    parts = (
        Part("巡察开展情况", [report.opening(data)]),
        Part("总体评价", [from_papers.written(data, "evaluation", gap)]),
        Part("发现的主要问题", from_papers.no_papers(data, draft), from_papers.problems(data, _in_short)),
        Part("对领导班子及主要负责人的评价", [from_papers.written(data, "leadership", gap)]),
        Part("意见建议", report.suggestions(data, gap)),
        Part("点人点事清单", points=[Point(rows=_named(data))]),
    )
    title = joined("关于巡察", around.unit_in_sentence(data.values), "情况的汇报")
    return of_report(data, title, parts).file(data.inspection, len(data.papers), TEMPLATE, draft)


def _in_short(line: PaperLine) -> list[str]:
    return [sourced(_first(line), "paper", line.id, "overview")]


def _first(line: PaperLine) -> str:
    """The first sentence of the first paragraph, point or cell that says something."""
    said = (words.strip() for _, words in rich.pieces(line.paper["overview"]))
    found = _SENTENCE.match(next(filter(None, said), ""))
    return found.group().strip() if found else ""


def _named(data: InspectionData) -> list[dict[str, str]]:
    """Who answers for what; nothing where the round names no persons."""
    if not data.values["round"]["name_persons"]:
        return []
    return [_answers(line, party) for line in data.papers for party in line.paper["parties"]]


def _answers(line: PaperLine, party: Mapping[str, Any]) -> dict[str, str]:
    def said(name: str, text: str, part: str = "") -> str:
        return sourced(text, "paper", line.id, name, part=part)

    kind = words(fields("paper_party")["kind"], party["kind"]) if party["kind"] else ""
    return {
        "person": said("parties", party["name"], f"{party['id']}.name"),
        "duty": said("parties", kind, f"{party['id']}.kind"),
        "matter": said("title", line.paper["title"]),
        "amount": said("amount", "" if line.paper["amount"] is None else money(line.paper["amount"])),
        "number": said("official_number", line.paper["official_number"]),
    }


DECLARED = declared(TEMPLATE, ("person", "duty", "matter", "amount", "number"))
DOCUMENT = Document("briefing", "inspection", TITLE, WORD, check, collect, write, DECLARED, read=of_inspection)
