"""民主测评统计分析 (.docx): ballots and shares of every poll; too small a poll is counted and not told apart."""

from collections.abc import Sequence

from xuncha_desktop.exports import around
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, required_findings
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.official import Part, Point, declared, of_report
from xuncha_desktop.exports.register_table import nothing, unit_missing
from xuncha_desktop.exports.traces import joined, sourced
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import long_date, words
from xuncha_desktop.services import export_data, polls, record_data
from xuncha_desktop.services.export_data import Counted
from xuncha_desktop.services.polls import Question
from xuncha_desktop.services.record_data import RecordData
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
    parts = (
        Part("测评开展情况", [_opening(found)] if found else [GAP] if draft else []),
        Part("测评结果", points=[_poll(poll, smallest) for poll in found]),
    )
    unit = around.unit_in_sentence(head.around)
    title = joined(around.team(head.around), "关于", unit, "民主测评情况的统计分析")
    return of_report(head, title, parts).file(inspection, None, TEMPLATE, draft)


def _opening(found: Sequence[RecordData]) -> str:
    every = Counted("poll", tuple(poll.id for poll in found))

    def total(name: str) -> str:
        return sourced(f"{sum(poll.values[name] or 0 for poll in found)}份", "poll", "", name, every)

    held = sourced(f"{len(found)}次", "poll", "", "", every)
    ballots = ("，发放测评票", total("issued"), "，收回", total("returned"), "，其中有效票", total("valid"))
    return joined("驻点期间，组织民主测评", held, *ballots, "。")


def _poll(poll: RecordData, smallest: int) -> Point:
    values = poll.values

    def written(name: str, text: str) -> str:
        return sourced(text, "poll", poll.id, name)

    result = polls.result(values, smallest)
    day = [written("held_on", long_date(values["held_on"])), "，"] if values["held_on"] else []
    about = words(fields("poll")["object"], values["object"]) if values["object"] else ""
    whom = (written("scope", values["scope"]), "参加测评，对象为", written("object", about))
    said = (*day, *whom, "，有效票", written("valid", f"{values['valid'] or 0}份"), "。")
    name = written("name", values["name"])
    if result.withheld:
        return Point(name, [joined(*said, f"有效票少于{smallest}份，为保护填票人，不出分项统计。")])
    counted = written("unknown_counts", "计入" if values["unknown_counts"] else "不计入")
    rows = [_row(poll.id, row["id"], q) for row, q in zip(values["questions"], result.questions, strict=True)]
    return Point(name, [joined(*said, "“不了解”", counted, "得票率的分母。")], rows=rows)


def _row(poll: str, row: str, question: Question) -> dict[str, str]:
    def written(column: str, text: str) -> str:
        return sourced(text, "poll", poll, "questions", part=f"{row}.{column}")

    cells = dict.fromkeys(_COLUMNS.values(), "—")
    for share in question.shares:
        column, part = _COLUMNS[share.label], "" if share.percent == "—" else f"\n{share.percent}"
        cells[column] = written(column, f"{share.votes}{part}")
    return {"question": written("question", question.question), **cells}


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
