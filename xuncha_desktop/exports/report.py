"""巡察情况报告 (.docx): the approved papers under the round's headings, and the texts written for the report."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import count

from xuncha_desktop import rich
from xuncha_desktop.exports import inspection_check, report_findings
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, required_findings
from xuncha_desktop.exports.declared import WordDeclared, specimen
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.headings import brief
from xuncha_desktop.exports.numerals import chinese, written_date
from xuncha_desktop.exports.official import broken
from xuncha_desktop.exports.report_data import ALIASES, Heading, Problem, ProblemRow, Report
from xuncha_desktop.exports.sourced_texts import of_field
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.traces import joined, sourced
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import words
from xuncha_desktop.services.export_data import InspectionData, PaperLine, of_inspection
from xuncha_desktop.store.store import Store

TITLE = "巡察情况报告"
TEMPLATE = "report.docx"
DECLARED = WordDeclared(TEMPLATE, lambda: specimen(Report).to_template(), ALIASES, ALIASES)
LONGEST = 8000  # characters; guides speak of about 6,000
_FEN_IN_WAN = 1_000_000
_LAST_NUMERAL = 99
_LEADS = "巡察中发现和收到的问题线索，已按规定另行专题报告。"
_COUNTERS = (
    ("talks", "开展个别谈话{}人次"),
    ("questionnaires", "发放问卷{}份"),
    ("documents", "调阅资料{}份"),
    ("visits", "走访群众{}户"),
    ("petitions", "受理信访{}件次"),
    ("papers", "形成问题底稿{}份"),
    ("quick_fixes", "提出立行立改事项{}项"),
)


def check(store: Store, data: InspectionData) -> CheckSheet:
    """What is missing, left out, in conflict or too long."""
    required = [described.name for described in fields("report").values() if described.required]
    found = required_findings(
        "report", data.report_id, data.report, [name for name in required if name != "inspection"]
    )
    found += required_findings("inspection", data.inspection, data.values["inspection"], ("entry_on", "stay_end_on"))
    # Without papers there is no report: that is said before what its texts lack.
    about = inspection_check.findings(store, data)
    found = [*about, *found] if not data.papers else [*found, *about]
    length = sum(len(rich.plain(line.paper[name])) for line in data.papers for name in ("overview", "typical_case"))
    if length > LONGEST:
        found.append(Finding("length", f"主要问题部分约 {length:,} 字，一般以 6000 字左右为宜"))
    without_case = sum(not line.paper["typical_case"] for line in data.papers)
    if without_case:
        found.append(Finding("empty", f"{without_case} 份底稿没有典型事例"))
    found += report_findings.of_checks(store, data)
    return CheckSheet(TITLE, len(data.papers), tuple(found))


def collect(store: Store, data: InspectionData, draft: bool) -> WordFile:
    """Everything the report prints."""
    return WordFile(
        data.inspection,
        len(data.papers),
        word_template(TEMPLATE),
        content_of(data, draft),
        frozenset(ALIASES),
        aliases=ALIASES,
    )


def content_of(data: InspectionData, draft: bool) -> Mapping[str, object]:
    """What a template prints, by name, each text with its source; the live view of the report is made of the same."""
    gap = GAP if draft else ""

    def written(name: str, text: str | None = None) -> str:
        return of_field((data.report[name] if text is None else text) or gap, "report", data.report_id, name)

    content = Report(
        title=written("title", broken(data.report["title"])),
        addressee=written("addressee", data.report["addressee"].removesuffix("：")),
        opening=(opening(data), of_field(data.report["opening"], "report", data.report_id, "opening")),
        evaluation=(written("evaluation"),),
        headings=tuple(_heading(data, number, gap) for number, _ in enumerate(data.sections, 1)) or _no_papers(gap),
        leadership=(written("leadership"),),
        suggestions=suggestions(data, gap),
        leads=_LEADS if data.has_leads else "",
        signature=written("signature"),
        problem_list=tuple(_row(line) for line in data.papers),
        draft=draft,
    ).to_template()
    dated = written("dated", _written(data.report["dated"]) if data.report["dated"] else "")
    return content | {"date": dated, "成文日期": dated}


def opening(data: InspectionData, *, papers: bool = True) -> str:
    """When the team stayed, and what it did there in numbers; `papers` it drew up are of no concern to others."""
    return joined(_stay(data), statistics(data, papers=papers))


def statistics(data: InspectionData, *, papers: bool = True) -> str:
    """The sentence of counts, without those that are zero."""
    shown = [(name, wording) for name, wording in _COUNTERS if papers or name != "papers"]
    said = [_counter(data, name, wording) for name, wording in shown if data.counts[name]]
    between = [piece for each in said for piece in ("，", each)][1:]
    return joined("驻点期间，累计", *between, "。") if said else ""


def suggestions(data: InspectionData, gap: str) -> tuple[str, ...]:
    """One paragraph, one suggestion, numbered （一） on; a line without words gets no number."""
    numbers = count(1)
    return tuple(
        joined(f"（{_numeral(next(numbers))}）", of_field(line, "report", data.report_id, "suggestions"))
        if line.strip()
        else line
        for line in (data.report["suggestions"] or gap).split("\n")
    )


def _counter(data: InspectionData, name: str, wording: str) -> str:
    """开展个别谈话12人次, with what the number was counted from, or the field in which a person keeps it."""
    text = wording.format(data.counts[name])
    return sourced(text, "inspection", data.inspection, name, data.counted.get(name))


def _stay(data: InspectionData) -> str:
    """2026年3月2日至4月30日，市委第一巡察组对平湖镇党委开展了常规巡察。"""
    inspection, unit = data.values["inspection"], data.values["unit"]
    begin, end = _written(inspection["entry_on"]), _written(inspection["stay_end_on"])
    if begin[:5] == end[:5]:
        end = end[5:] or end
    team = data.values["team"]["name"] or GAP
    mode = words(fields("inspection")["mode"], inspection["mode"])
    kind = f"巡察“{mode}”" if inspection["mode"] == "lookback" else f"{mode}巡察"
    name = unit["short_name"] or unit["name"] or GAP
    return joined(
        of_field(begin, "inspection", data.inspection, "entry_on"),
        "至",
        of_field(end, "inspection", data.inspection, "stay_end_on"),
        "，",
        of_field(team, "team", inspection["team"], "name"),
        "对",
        of_field(name, "unit", inspection["unit"], "short_name" if unit["short_name"] else "name"),
        "开展了",
        of_field(kind, "inspection", data.inspection, "mode"),
        "。",
    )


def _written(iso: str | None) -> str:
    return written_date(date.fromisoformat(iso)) if iso else GAP


def _heading(data: InspectionData, number: int, gap: str) -> Heading:
    lines = (line for line in data.papers if line.place and line.place.section == number)
    title, text = data.sections[number - 1]
    return Heading(
        sourced(title, "heading", data.headings[number - 1], "title"),  # traced even where no heading fits
        tuple(_problem(line, gap) for line in lines),
        of_field(text, "report", data.report_id, "texts"),
    )


def _no_papers(gap: str) -> tuple[Heading, ...]:
    """Where the problems of a draft would stand."""
    return (Heading(gap, (Problem(gap),)),) if gap else ()


def _problem(line: PaperLine, gap: str) -> Problem:
    paper = line.paper
    return Problem(
        sourced(paper["title"] or gap, "paper", line.id, "title"),
        (sourced(paper["overview"] or gap, "paper", line.id, "overview"),),
        (sourced(paper["typical_case"], "paper", line.id, "typical_case"),),
    )


def _numeral(number: int) -> str:
    return chinese(number) if number <= _LAST_NUMERAL else str(number)


def _row(line: PaperLine) -> ProblemRow:
    paper, kind = line.paper, line.values["problem_type"]

    def said(field: str, text: str) -> str:
        return sourced(text, "paper", line.id, field)

    return ProblemRow(
        focus=said("heading", brief(line.place)),
        problem_type=said("problem_type", "／".join(filter(None, (kind["level2"], kind["name"])))),
        title=said("title", paper["title"]),
        amount=None if paper["amount"] is None else Decimal(paper["amount"]) / _FEN_IN_WAN,
        responsible=said("parties", "、".join(party["name"] for party in paper["parties"])),
        remark=said("quick_fix", fields("paper")["quick_fix"].label if paper["quick_fix"] else ""),
        paper=line.id,
    )


DOCUMENT = Document("report", "inspection", TITLE, WORD, check, collect, write, DECLARED, read=of_inspection)
