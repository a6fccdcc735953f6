"""测评: shares of the votes, and whether the tally can be right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from xuncha_desktop.model import Inspection, Round

_GRADES = {
    "grade": {"first": "好", "second": "较好", "third": "一般", "fourth": "差", "unknown": "不了解"},
    "satisfaction": {"first": "满意", "second": "基本满意", "fourth": "不满意", "unknown": "不了解"},
}
VOTES = ("first", "second", "third", "fourth", "unknown")
NOT_OFFERED = tuple((scale, name) for scale, labels in _GRADES.items() for name in VOTES if name not in labels)


@dataclass(frozen=True, slots=True)
class Share:
    """The votes for one answer, and their part of the ballots that count."""

    label: str
    votes: int
    percent: str  # "45.24%", "—" where it is not shown


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its shares."""

    question: str
    shares: tuple[Share, ...]
    problem: str  # why the votes cannot be right; "" when they can


@dataclass(frozen=True, slots=True)
class Result:
    """A tally worked out: its questions, and what is wrong or withheld."""

    questions: tuple[Question, ...]
    findings: tuple[str, ...]
    withheld: bool  # too few ballots: single shares would point at persons


def result(values: Mapping[str, Any], smallest: int) -> Result:
    """Work a tally out from the values of its form; unless there are `smallest` valid ballots, no shares are shown."""
    labels = _GRADES.get(values.get("scale") or "grade", _GRADES["grade"])
    valid = values.get("valid")
    withheld = (valid or 0) < smallest  # nobody has said yet that the group is large enough
    questions = tuple(
        _question(row, labels, valid, bool(values.get("unknown_counts")), withheld)
        for row in values.get("questions") or ()
    )
    findings = [*_ballots(values), *(f"“{q.question}”{q.problem}" for q in questions if q.problem)]
    if withheld and valid is not None:
        findings.append(f"有效票 {valid} 份，少于 {smallest} 份：为保护填票人，不出分项得票率。")
    return Result(questions, tuple(findings), withheld)


def smallest_group(session: Session, inspection: str | None) -> int:
    """The fewest valid ballots of which the round allows single shares; 5 where it says nothing."""
    found = session.get(Inspection, inspection) if inspection else None
    of_round = session.get(Round, found.round) if found and found.round else None
    return 5 if of_round is None or of_round.smallest_group is None else of_round.smallest_group


def _ballots(values: Mapping[str, Any]) -> list[str]:
    issued, returned, valid = (values.get(name) for name in ("issued", "returned", "valid"))
    found: list[str] = []
    if issued is not None and returned is not None and returned > issued:
        found.append(f"收回 {returned} 份多于发放 {issued} 份，请核对。")
    if returned is not None and valid is not None and valid > returned:
        found.append(f"有效票 {valid} 份多于收回 {returned} 份，请核对。")
    return found


def _question(
    row: Mapping[str, Any], labels: Mapping[str, str], valid: int | None, unknown_counts: bool, withheld: bool
) -> Question:
    votes = {name: row.get(name) or 0 for name in VOTES}
    total = sum(votes.values())
    base = total if unknown_counts else total - votes["unknown"]
    shares = tuple(Share(label, votes[name], _percent(name, votes[name], base, unknown_counts, withheld))
                   for name, label in labels.items())  # fmt: skip
    return Question(row.get("question") or "（未写题目）", shares, _problem(votes, labels, total, valid))


def _problem(votes: Mapping[str, int], labels: Mapping[str, str], total: int, valid: int | None) -> str:
    if any(count < 0 for count in votes.values()):
        return "有负的票数，请改正。"
    if foreign := [name for name, count in votes.items() if count and name not in labels]:
        return f"按所选的选项没有第 {VOTES.index(foreign[0]) + 1} 档，请把这 {votes[foreign[0]]} 票填到别的档。"
    if valid is not None and total != valid:
        return f"各档合计 {total} 票，与有效票 {valid} 份不符，差 {abs(total - valid)} 票。"
    return ""


def _percent(name: str, votes: int, base: int, unknown_counts: bool, withheld: bool) -> str:
    if withheld or base <= 0 or (name == "unknown" and not unknown_counts):
        return "—"
    # Half up in whole numbers: a share of exactly 12.345 % must not depend on binary fractions.
    hundredths = (votes * 20_000 + base) // (2 * base)
    return f"{hundredths // 100}.{hundredths % 100:02}%"
