"""测评统计 (.xlsx): ballots of every poll, and votes and shares by question where the group is large enough."""

from typing import Any

from xuncha_desktop.exports.check_sheet import Finding
from xuncha_desktop.exports.ledger_file import cell
from xuncha_desktop.exports.register_ledger import ORDER, UNIT, Content, RegisterLedger, Row, Sheet, disputed
from xuncha_desktop.model import fields
from xuncha_desktop.services import polls, record_data
from xuncha_desktop.services.record_data import RecordData
from xuncha_desktop.store.store import Store

_POLLS, _QUESTIONS = "测评情况", "各题统计"
_FIELDS = ("number", "name", "held_on", "scope", "object", "issued", "returned", "valid", "note")
_ANSWERS = (("好／满意", "好", "满意"), ("较好／基本满意", "较好", "基本满意"), ("一般", "一般"),
            ("差／不满意", "差", "不满意"), ("不了解", "不了解"))  # fmt: skip
_VOTES = ("first", "second", "third", "fourth", "unknown")


def _sheets() -> tuple[Sheet, ...]:
    described = fields("poll")
    titles = tuple(described[name].label for name in _FIELDS)
    answers = tuple(f"{answer}{unit}" for answer, *_ in _ANSWERS for unit in ("（票）", "（占比）"))
    return (
        Sheet(_POLLS, (ORDER, UNIT, *titles[:-1], "说明", titles[-1]), dates=(described["held_on"].label,)),
        Sheet(_QUESTIONS, (ORDER, UNIT, "测评名称", "题目", *answers), repeats=(UNIT, "测评名称")),
    )


def _content(store: Store, inspection: str) -> Content:
    found = record_data.of_inspection(store, "poll", inspection, ("held_on", "number"))
    with store.read() as session:
        smallest = polls.smallest_group(session, inspection)
    ballots, questions, findings = list[Row](), list[Row](), disputed(store, "poll", found)
    for poll in found:
        every = zip(poll.values["questions"], polls.result(poll.values, smallest).questions, strict=True)
        shown = [row for row in every if _is_shown(poll, row[0], smallest)]
        hidden = len(poll.values["questions"]) - len(shown)
        said = f"不足 {smallest} 份的 {hidden} 题不出分项统计" if hidden else ""
        if said:
            findings.append(Finding("left_out", f"“{poll.values['name']}”{said}", False, "poll", poll.id))
        described = fields("poll")
        values = {described[n].label: cell(described[n], poll.values[n], poll.names) for n in _FIELDS}
        ballots.append({**values, "说明": said})
        questions += [_question(poll, row) for row in shown]
    return Content({_POLLS: ballots, _QUESTIONS: questions}, tuple(findings))


def _is_shown(poll: RecordData, votes: dict[str, Any], smallest: int) -> bool:
    """Neither the poll nor the single question may have fewer ballots than the round's smallest group."""
    return (poll.values["valid"] or 0) >= smallest and sum(votes[name] or 0 for name in _VOTES) >= smallest


def _question(poll: RecordData, row: tuple[dict[str, Any], polls.Question]) -> Row:
    votes, question = row
    shares = {share.label: share.percent for share in question.shares}
    values: dict[str, Any] = {"测评名称": poll.values["name"], "题目": question.question}
    for name, (title, *labels) in zip(_VOTES, _ANSWERS, strict=True):
        values[f"{title}（票）"] = votes[name]
        values[f"{title}（占比）"] = next((shares[label] for label in labels if label in shares), "—")
    return values


LEDGER = RegisterLedger("poll_ledger", "poll", "测评统计", _sheets, _content)
