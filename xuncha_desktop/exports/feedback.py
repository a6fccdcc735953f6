"""巡察反馈意见 (.docx): one for the leadership as a whole, one that the leader gives its head alone."""

from xuncha_desktop.exports import around, from_papers, report
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.official import Official, Part, declared
from xuncha_desktop.exports.sourced_texts import of_field
from xuncha_desktop.exports.traces import joined, sourced
from xuncha_desktop.model.show import long_date
from xuncha_desktop.services.export_data import InspectionData, PaperLine, of_inspection
from xuncha_desktop.store.store import Store

TITLE, OF_HEAD_TITLE = "巡察反馈意见（班子稿）", "巡察反馈意见（主要负责人稿）"
TEMPLATE, OF_HEAD_TEMPLATE = "feedback.docx", "feedback_head.docx"
_DAYS = ("entry_on", "stay_end_on", "feedback_on", "plan_due_on", "rectify_until")
_HEADS_DUTIES = ("first", "leading")


def check(store: Store, data: InspectionData) -> CheckSheet:
    """Gaps of papers, texts and days."""
    return from_papers.sheet(store, data, TITLE, ("evaluation", "suggestions", "signature"), _DAYS)


def check_of_head(store: Store, data: InspectionData) -> CheckSheet:
    """The same, and whom it is given to."""
    sheet = from_papers.sheet(store, data, OF_HEAD_TITLE, ("leadership", "signature"), _DAYS)
    more: list[Finding] = []
    if not data.values["unit"]["secretary"]:
        unit = data.values["inspection"]["unit"] or ""
        more.append(Finding("missing", "被巡察党组织没有写书记", True, "unit", unit, "secretary"))
    if not any(_answers(line) for line in data.papers):
        more.append(Finding("empty", "没有一份底稿写有第一责任人责任或主要领导责任"))
    return CheckSheet(OF_HEAD_TITLE, sheet.papers, (*sheet.findings, *more))


def collect(store: Store, data: InspectionData, draft: bool) -> WordFile:
    """Evaluation, every problem in full, what is asked for and until when."""
    gap = GAP if draft else ""
    parts = (
        Part("巡察开展情况", [report.opening(data)]),
        Part("总体评价", [from_papers.written(data, "evaluation", gap)]),
        Part("存在的主要问题", from_papers.no_papers(data, draft), from_papers.problems(data, _in_full)),
        Part("意见建议", report.suggestions(data, gap)),
        Part("整改要求", _demands(data, "党组织")),
    )
    title = joined("关于巡察", around.unit_in_sentence(data.values), "的反馈意见")
    official = _official(data, title, around.unit(data.values), parts)
    return official.file(data.inspection, len(data.papers), TEMPLATE, draft)


def collect_of_head(store: Store, data: InspectionData, draft: bool) -> WordFile:
    """What concerns the head of the unit: the judgement, and the problems the head answers for."""
    secretary = data.values["unit"]["secretary"]
    parts = (
        Part("对领导班子及主要负责人的评价", [from_papers.written(data, "leadership", GAP if draft else "")]),
        Part(
            "需要本人重点整改的问题",
            from_papers.no_papers(data, draft),
            from_papers.problems(data, _in_full, chosen=_answers),
        ),
        Part("整改要求", _demands(data, "本人")),
    )
    title = joined("关于向", around.unit_in_sentence(data.values), "主要负责人\n反馈巡察情况的意见")
    unit = data.values["inspection"]["unit"]
    addressee = joined(of_field(secretary, "unit", unit, "secretary"), "同志") if secretary else ""
    return _official(data, title, addressee, parts).file(data.inspection, len(data.papers), OF_HEAD_TEMPLATE, draft)


def _official(data: InspectionData, title: str, addressee: str, parts: tuple[Part, ...]) -> Official:
    given_on = _day(data, "feedback_on") if data.values["inspection"]["feedback_on"] else ""
    return Official(title, addressee, parts, from_papers.written(data, "signature", ""), given_on)


def _day(data: InspectionData, name: str) -> str:
    day = data.values["inspection"][name]
    return of_field(long_date(day) if day else GAP, "inspection", data.inspection, name)


def _in_full(line: PaperLine) -> list[str]:
    return [sourced(line.paper[name], "paper", line.id, name) for name in ("overview", "typical_case")]


def _answers(line: PaperLine) -> bool:
    return any(party["kind"] in _HEADS_DUTIES for party in line.paper["parties"])


def _demands(data: InspectionData, who: str) -> list[str]:
    """The days by which plan and rectification are due."""
    plan, until = _day(data, "plan_due_on"), _day(data, "rectify_until")
    first = joined("请于", plan, "前报送整改方案，于", until, "前完成集中整改并报告整改情况。")
    if who == "本人":
        return [first, "主要负责人是巡察整改第一责任人，对重点问题、重要环节要亲自研究、亲自督办。"]
    return [first, "党组织要担起整改主体责任，逐条列出问题、任务和责任清单，整改情况在党内和向社会公开。"]


DOCUMENT = Document(
    "feedback", "inspection", TITLE, WORD, check, collect, write, declared(TEMPLATE), read=of_inspection
)
OF_HEAD = Document(
    "feedback_head",
    "inspection",
    OF_HEAD_TITLE,
    WORD,
    check_of_head,
    collect_of_head,
    write,
    declared(OF_HEAD_TEMPLATE),
    read=of_inspection,
)
