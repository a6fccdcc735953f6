"""What a field record still lacks, worked out from the values of its form while it is being written."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from xuncha_desktop.model import Field, fields
from xuncha_desktop.services import polls
from xuncha_desktop.services.papers import Gap

Values = Mapping[str, Any]

_PEOPLE = {"talkers": "第二谈话人", "visitors": "第二走访人", "handlers": "第二承办人"}
_PASSED_ON = ("lead", "unit", "department", "legal")
# Words that say where a fact comes from, or judge it: a fact sheet shows neither to the unit.
_SOURCES = ("举报", "信访件", "来信", "匿名", "反映人", "据反映", "群众反映", "谈话对象", "谈话中", "谈话反映")
_JUDGEMENTS = ("违规", "违反", "违纪", "违法", "失职", "渎职", "涉嫌", "不作为")


def gaps(entity: str, values: Values) -> list[Gap]:
    """The live list of what a record needs, met or not: what its form demands, then what its contents demand."""
    return [*(_demanded(f, values) for f in fields(entity).values() if _asked(f)), *_RULES[entity](values)]


def _asked(described: Field) -> bool:
    return described.required and described.name != "inspection"


def _demanded(described: Field, values: Values) -> Gap:
    value = values.get(described.name, described.empty)
    if described.name in _PEOPLE:
        return Gap(described.name, _PEOPLE[described.name], len(value) >= 2)
    if described.name == "informed":
        return Gap("informed", "四项告知", set(described.choices or {}) <= set(value))
    return Gap(described.name, described.label.partition("（")[0], _given(value))


def _interview(values: Values) -> list[Gap]:
    found = [_advised(values, "summaries", "谈话摘要")]
    if values.get("confirmation") == "unsigned":
        found.append(_needed(values, "confirmation_note", "未签说明"))
    if values.get("confirmation") == "signed":
        kept = bool(values.get("scans") or values.get("location"))
        found.append(Gap("scans", "签字件或存放处", kept, blocking=False))
    return found


def _borrowing(values: Values) -> list[Gap]:
    found: list[Gap] = []
    received, due = values.get("received_on"), values.get("due_on")
    if received:
        found += [_needed(values, "quantity", "数量"), _needed(values, "borrower", "调阅人")]
        found += [_advised(values, "department", "责任科室"), _advised(values, "conclusion", "查阅结论")]
    elif due and due < date.today().isoformat():
        found.append(_needed(values, "missing", "缺失说明"))
    if values.get("returned_on"):
        found.append(_needed(values, "taker", "收回人"))
        found.append(Gap("received_on", "归还不早于提供", bool(received) and received <= values["returned_on"]))
    return found


def _petition(values: Values) -> list[Gap]:
    found: list[Gap] = []
    if values.get("handling") == "paper":
        found += [_needed(values, "handler", "承办人"), _needed(values, "due_on", "办理时限")]
    if values.get("handling") in _PASSED_ON:
        found += [_needed(values, "handed_on", "移交日期"), _needed(values, "receiver", "接收单位")]
        found.append(_advised(values, "signed_by", "签收人"))
    if values.get("done_on"):
        found.append(_needed(values, "outcome", "办结情况"))
    return found


def _visit(values: Values) -> list[Gap]:
    found: list[Gap] = []
    requests = values.get("requests") or ()
    if values.get("way") == "home":
        found.append(_needed(values, "households", "走访户数"))
    if values.get("way") == "site":
        found.append(_advised(values, "photos", "现场照片"))
    if requests:
        found.append(Gap("requests", "诉求去向", all(row.get("route") for row in requests)))
        if answered := [row for row in requests if row.get("done_on")]:
            found.append(Gap("requests", "回访结果", all(row.get("answer") for row in answered), blocking=False))
    return found


def _poll(values: Values) -> list[Gap]:
    counted = bool(values.get("questions")) and not polls.result(values, 0).findings
    return [Gap("questions", "票数相符", counted), _advised(values, "scans", "原始计票表")]


def _voucher(values: Values) -> list[Gap]:
    apart = values.get("checker") != values.get("reviewer")
    found = [_advised(values, "result", "核查结果"), _advised(values, "scans", "凭证翻拍件")]
    return found if apart or not values.get("checker") else [Gap("reviewer", "抽查和复核为两人", False), *found]


def _quick_fix(values: Values) -> list[Gap]:
    found = [_advised(values, "citations", "支撑材料")]
    issued, due = values.get("issued_on"), values.get("due_on")
    if issued:
        found.append(_advised(values, "received_by", "签收人"))
        found += [] if not due else [Gap("due_on", "期限不早于签发", issued <= due)]
    if values.get("closed_on"):
        found += [_needed(values, "progress", "整改情况"), _needed(values, "result", "核实结果")]
        found += [_needed(values, "closed_by", "销号人"), _advised(values, "proofs", "整改佐证")]
    return found


def _fact_check(values: Values) -> list[Gap]:
    told = f"{values.get('overview') or ''}{values.get('facts') or ''}"
    found = [
        Gap("overview", "不写来源", not any(word in told for word in _SOURCES), blocking=False),
        Gap("overview", "不写定性", not any(word in told for word in _JUDGEMENTS), blocking=False),
    ]
    if values.get("sent_on"):
        found.append(_needed(values, "due_on", "答复期限"))
    if values.get("answer"):
        found += [_needed(values, "answered_on", "答复日期"), _needed(values, "conclusion", "核实结论")]
        found.append(_advised(values, "leader_signed_on", "组长签字"))
    if values.get("answer") in ("partly", "disputed"):
        found += [_needed(values, "opinion", "意见和理由"), _advised(values, "materials", "说明材料")]
    return found


def _meeting(values: Values) -> list[Gap]:
    found: list[Gap] = []
    conclusions, decisions = values.get("conclusions") or (), values.get("decisions") or ()
    if any(row.get("topic") == "papers" for row in values.get("agenda") or ()):
        found.append(_needed(values, "conclusions", "逐底稿结论"))
    if conclusions:
        explained = all(row.get("reason") for row in conclusions if row.get("conclusion") != "passed")
        found.append(Gap("conclusions", "未通过的理由", explained))
    if decisions:
        assigned = all(row.get("member") and row.get("due_on") for row in decisions)
        found.append(Gap("decisions", "责任人和时限", assigned))
    return [*found, _advised(values, "signed", "全体签名")]


def _needed(values: Values, name: str, label: str) -> Gap:
    return Gap(name, label, _given(values.get(name)))


def _advised(values: Values, name: str, label: str) -> Gap:
    return Gap(name, label, _given(values.get(name)), blocking=False)


def _given(value: Any) -> bool:
    return bool(value) or (value == 0 and value is not False)


_RULES: Mapping[str, Callable[[Values], list[Gap]]] = {
    "interview": _interview,
    "borrowing": _borrowing,
    "petition": _petition,
    "visit": _visit,
    "poll": _poll,
    "voucher": _voucher,
    "quick_fix": _quick_fix,
    "fact_check": _fact_check,
    "meeting": _meeting,
}
