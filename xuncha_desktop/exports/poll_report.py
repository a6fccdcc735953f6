"""民主测评统计分析 (.docx): ballots and shares of every poll; too small a poll is counted and not told apart."""

from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, required_findings
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.official import Official, Part, Point, declared
from xuncha_desktop.exports.register_table import nothing, unit_missing
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import long_date, words
from xuncha_desktop.services import export_data, polls, record_data
from xuncha_desktop.services.export_data import Values
from xuncha_desktop.services.polls import Question
from xuncha_desktop.store.store import Store

TITLE, TEMPLATE = "民主测评统计分析", "poll_report.docx"
# Where the answers of both scales stand in the table.
_COLUMNS = {"好": "first", "满意": "first", "较好": "second", "基本满意": "second", "一般": "third", "差": "fourth",
            "不满意": "fourth", "不了解": "unknown"}  # fmt: skip


def check(store: Store, inspection: str) -> CheckSheet:
    """Whether there are polls, which tallies cannot be right, which are withheld."""
    found, smallest = record_data.of_inspection(store, "poll", inspection, ("held_on",)), _smallest(store, inspection)
    head = export_data.head(store, inspection)
    findings = [*nothing("poll", found), *unit_missing(inspection, head.around)]
    findings += required_findings("report", head.report_id, head.report, ("addressee", "signature"))
    for poll in found:
        result, name = polls.result(poll.values, smallest), poll.values["name"]
        if result.withheld:
            findings.append(Finding("left_out", f"“{name}”有效票少于 {smallest} 份，不出分项", False, "poll", poll.id))
        elif result.findings:
            findings.append(Finding("conflict", f"“{name}”：{result.findings[0]}", True, "poll", poll.id, "questions"))
    return CheckSheet(TITLE, None, tuple(findings))


def collect(store: Store, inspection: str, draft: bool) -> WordFile:
    """Every poll with its ballots and, where there are enough of them, the shares."""
    found, smallest = record_data.of_inspection(store, "poll", inspection, ("held_on",)), _smallest(store, inspection)
    head = export_data.head(store, inspection)
    team = head.around["team"]["name"]
    unit = head.around["unit"]["short_name"] or head.around["unit"]["name"]
    parts = (
        Part("测评开展情况", [_opening([poll.values for poll in found])] if found else [GAP] if draft else []),
        Part("测评结果", points=[_poll(poll.values, smallest) for poll in found]),
    )
    title, report = f"{team}关于{unit}民主测评情况的统计分析", head.report
    official = Official(title, report["addressee"], parts, report["signature"], report["dated"])
    return official.file(inspection, None, TEMPLATE, draft)


def _opening(found: list[Values]) -> str:
    issued, returned, valid = (sum(poll[name] or 0 for poll in found) for name in ("issued", "returned", "valid"))
    return f"驻点期间，组织民主测评{len(found)}次，发放测评票{issued}份，收回{returned}份，其中有效票{valid}份。"


def _poll(values: Values, smallest: int) -> Point:
    result = polls.result(values, smallest)
    day = f"{long_date(values['held_on'])}，" if values["held_on"] else ""
    about = words(fields("poll")["object"], values["object"]) if values["object"] else ""
    said = f"{day}{values['scope']}参加测评，对象为{about}，有效票{values['valid'] or 0}份。"
    if result.withheld:
        said += f"有效票少于{smallest}份，为保护填票人，不出分项统计。"
        return Point(values["name"], [said])
    counted = "计入" if values["unknown_counts"] else "不计入"
    return Point(values["name"], [f"{said}“不了解”{counted}得票率的分母。"], rows=[_row(q) for q in result.questions])


def _row(question: Question) -> dict[str, str]:
    cells = dict.fromkeys(_COLUMNS.values(), "—")
    for share in question.shares:
        part = "" if share.percent == "—" else f"\n{share.percent}"
        cells[_COLUMNS[share.label]] = f"{share.votes}{part}"
    return {"question": question.question, **cells}


def _smallest(store: Store, inspection: str) -> int:
    with store.read() as session:
        return polls.smallest_group(session, inspection)


DECLARED = declared(TEMPLATE, ("question", *_COLUMNS.values()))
DOCUMENT = Document(
    "poll_report",
    "inspection",
    TITLE,
    WORD,
    check,
    collect,
    write,
    DECLARED,
    "poll",
)
