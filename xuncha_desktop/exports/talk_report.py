"""谈话情况报告 (.docx): how many were talked with, how they judge, what they raise; nobody can be told from it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, required_findings
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.official import Official, Part, Point, declared
from xuncha_desktop.exports.register_table import nothing, unit_missing
from xuncha_desktop.exports.tallies import guarded, percent
from xuncha_desktop.model import fields
from xuncha_desktop.model.record_choices import EVALUATIONS, PERSON_KINDS, TOPICS
from xuncha_desktop.services import export_data, polls, record_data
from xuncha_desktop.services.record_data import RecordData
from xuncha_desktop.store.store import Store

TITLE, TEMPLATE = "谈话情况报告", "talk_report.docx"


def check(store: Store, inspection: str) -> CheckSheet:
    """Whether there are talks, and what stays out."""
    talks = record_data.of_inspection(store, "interview", inspection, ("held_on",))
    head = export_data.head(store, inspection)
    found = [*nothing("interview", talks), *unit_missing(inspection, head.around)]
    found += required_findings("report", head.report_id, head.report, ("addressee", "signature"))
    if kept := sum(row["goes_to"] == "lead" for talk in talks for row in talk.values["summaries"]):
        found.append(Finding("left_out", f"{kept} 条转为问题线索的摘要不写入"))
    if kept := sum(talk.values["secrecy"] == "leader" for talk in talks):
        found.append(Finding("left_out", f"{kept} 次“仅组长”的谈话只计数，摘要不写入"))
    if without := sum(not talk.values["summaries"] for talk in talks):
        found.append(Finding("empty", f"{without} 次谈话没有摘要"))
    return CheckSheet(TITLE, None, tuple(found))


def collect(store: Store, inspection: str, draft: bool) -> WordFile:
    """Counts by kind of person, evaluations, opinions by topic."""
    talks = record_data.of_inspection(store, "interview", inspection, ("held_on",))
    head = export_data.head(store, inspection)
    with store.read() as session:
        smallest = polls.smallest_group(session, inspection)
    unit = head.around["unit"]["short_name"] or head.around["unit"]["name"]
    team = head.around["team"]["name"]
    parts = (
        Part(
            "谈话开展情况", _opening(talks, unit, team, draft), [Point(rows=_rows(_kinds(talks), len(talks), smallest))]
        ),
        Part("评价情况", points=[_evaluation(talks, name, smallest) for name in ("on_leadership", "on_principal")]),
        Part("集中反映的意见", points=_opinions(talks)),
    )
    title = f"{team}关于{unit}个别谈话情况的报告"
    report = head.report
    official = Official(title, report["addressee"], parts, report["signature"], report["dated"])
    return official.file(inspection, None, TEMPLATE, draft)


def _opening(talks: Sequence[RecordData], unit: str, team: str, draft: bool) -> list[str]:
    if not talks:
        return [GAP] if draft else []
    return [f"驻点期间，{team}与{unit}有关人员开展个别谈话{len(talks)}人次。人数较少的类别只列名称，不列数字。"]


def _kinds(talks: Iterable[RecordData]) -> dict[str, int]:
    found = Counter(talk.values["person_kind"] for talk in talks)
    return {label: found[code] for code, label in PERSON_KINDS.items()}


def _rows(counts: Mapping[str, int], total: int, smallest: int) -> list[dict[str, str]]:
    shown, hidden = guarded(counts, smallest)
    rows = [{"name": label, "count": str(number), "share": percent(number, total)} for label, number in shown.items()]
    return [*rows, *({"name": label, "count": "—", "share": "—"} for label in hidden)]


def _evaluation(talks: Sequence[RecordData], name: str, smallest: int) -> Point:
    """How one question was answered; too few answers are not told apart."""
    given = Counter(talk.values[name] for talk in talks if talk.values[name])
    label, total = fields("interview")[name].label, sum(given.values())
    if total < smallest:
        said = f"作出评价的不足{smallest}人次，不分项统计。" if total else ""
        return Point(label if said else "", [said] if said else [])
    counts = {words: given[code] for code, words in EVALUATIONS.items()}
    return Point(label, [f"作出评价的{total}人次。"], rows=_rows(counts, total, smallest))


def _opinions(talks: Iterable[RecordData]) -> list[Point]:
    """What was said by topic; leads and what only the leader may read stay out."""
    said: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for talk in talks:
        if talk.values["secrecy"] != "leader":
            for row in talk.values["summaries"]:
                if row["goes_to"] != "lead" and row["topic"] in said:
                    said[row["topic"]].append(row["summary"])
    return [Point(TOPICS[topic], list(dict.fromkeys(texts))) for topic, texts in said.items() if any(texts)]


DECLARED = declared(TEMPLATE, ("name", "count", "share"))
DOCUMENT = Document(
    "talk_report",
    "inspection",
    TITLE,
    WORD,
    check,
    collect,
    write,
    DECLARED,
    "interview",
)
