"""谈话台账 (.xlsx): every talk under its code; who is behind a code, and what is for the leader alone, stays out."""

from collections.abc import Callable

from xuncha_desktop.exports.excel.fill import Value
from xuncha_desktop.exports.ledger_file import cell
from xuncha_desktop.exports.register_ledger import of_register
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import words
from xuncha_desktop.services.record_data import RecordData

_WITHHELD = "（仅组长）"


def _summaries(talk: RecordData) -> str:
    if talk.values["secrecy"] == "leader":
        return _WITHHELD
    topics = fields("interview_summary")["topic"]
    lines = [(words(topics, row["topic"]) if row["topic"] else "", row["summary"]) for row in talk.values["summaries"]]
    return "\n".join("：".join(filter(None, line)) for line in lines)


def _unless_for_leader(name: str) -> Callable[[RecordData], Value]:
    def value(talk: RecordData) -> Value:
        if talk.values["secrecy"] == "leader":
            return _WITHHELD
        return cell(fields("interview")[name], talk.values[name], talk.names)

    return value


LEDGER = of_register(
    "interview_ledger", "interview", "谈话台账",
    (
        "number", "person_kind", "held_on", "from_time", "to_time", "place", "talkers", "recorder", "informed",
        ("谈话摘要", _summaries),
        ("对班子评价", _unless_for_leader("on_leadership")),
        ("对主要负责人评价", _unless_for_leader("on_principal")),
        ("对应清单事项", _unless_for_leader("check_items")),
        "confirmation", "secrecy", "location",
    ),
    ("held_on", "number"),
    closed=True,
)  # fmt: skip
