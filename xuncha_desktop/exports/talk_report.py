"""谈话情况报告 (.docx): how many were talked with, how they judge, what they raise; nobody can be told from it."""

from collections.abc import Iterable, Mapping, Sequence

from xuncha_desktop.exports import around
from xuncha_desktop.exports.around import Around
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, required_findings
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.official import Part, Point, declared, of_report
from xuncha_desktop.exports.register_table import nothing, unit_missing
from xuncha_desktop.exports.tallies import guarded, percent
from xuncha_desktop.exports.traces import joined, sourced
from xuncha_desktop.model import fields
from xuncha_desktop.model.record_choices import EVALUATIONS, PERSON_KINDS, TOPICS
from xuncha_desktop.services import export_data, polls, record_data
from xuncha_desktop.services.export_data import Counted
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
    parts = (
        Part("谈话开展情况", _opening(inspection, talks, head.around, draft), [Point(rows=_kinds(talks, smallest))]),
        Part("评价情况", points=[_evaluation(talks, name, smallest) for name in ("on_leadership", "on_principal")]),
        Part("集中反映的意见", points=_opinions(talks)),
    )
    title = joined(around.team(head.around), "关于", around.unit_in_sentence(head.around), "个别谈话情况的报告")
    return of_report(head, title, parts).file(inspection, None, TEMPLATE, draft)


def _opening(inspection: str, talks: Sequence[RecordData], of: Around, draft: bool) -> list[str]:
    if not talks:
        return [GAP] if draft else []
    many = sourced(f"{len(talks)}人次", "inspection", inspection, "talks", _counted(talks))
    who = ("驻点期间，", around.team(of), "与", around.unit_in_sentence(of), "有关人员开展个别谈话")
    return [joined(*who, many, "。人数较少的类别只列名称，不列数字。")]


def _kinds(talks: Sequence[RecordData], smallest: int) -> list[dict[str, str]]:
    return _rows(talks, "person_kind", PERSON_KINDS, smallest)


def _rows(talks: Sequence[RecordData], name: str, choices: Mapping[str, str], smallest: int) -> list[dict[str, str]]:
    """How often each answer was chosen; shares are those of all these talks."""
    chosen = {label: [talk for talk in talks if talk.values[name] == code] for code, label in choices.items()}
    shown, hidden = guarded({label: len(found) for label, found in chosen.items()}, smallest)

    def count(label: str, column: str, text: str) -> str:
        return sourced(text, "interview", "", name, _counted(chosen[label]), f"{label}.{column}")

    rows = [
        {
            "name": label,
            "count": count(label, "count", str(number)),
            "share": count(label, "share", percent(number, len(talks))),
        }
        for label, number in shown.items()
    ]
    return [*rows, *({"name": label, "count": "—", "share": "—"} for label in hidden)]


def _evaluation(talks: Iterable[RecordData], name: str, smallest: int) -> Point:
    """How one question was answered; too few answers are not told apart."""
    given = [talk for talk in talks if talk.values[name]]
    label, total = fields("interview")[name].label, len(given)
    if total < smallest:
        said = f"作出评价的不足{smallest}人次，不分项统计。" if total else ""
        return Point(label if said else "", [said] if said else [])
    many = sourced(f"{total}人次", "interview", "", name, _counted(given))
    return Point(label, [joined("作出评价的", many, "。")], rows=_rows(given, name, EVALUATIONS, smallest))


def _opinions(talks: Iterable[RecordData]) -> list[Point]:
    """What was said by topic; leads and what only the leader may read stay out."""
    said: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for talk in talks:
        if talk.values["secrecy"] != "leader":
            for row in talk.values["summaries"]:
                if row["goes_to"] != "lead" and row["topic"] in said:
                    opinion = sourced(row["summary"], "interview", talk.id, "summaries", part=row["id"])
                    said[row["topic"]].append(opinion)
    return [Point(TOPICS[topic], list(dict.fromkeys(texts))) for topic, texts in said.items() if any(texts)]


def _counted(talks: Iterable[RecordData]) -> Counted:
    return Counted("interview", tuple(talk.id for talk in talks))


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
