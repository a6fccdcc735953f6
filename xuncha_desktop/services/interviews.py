"""谈话: the outline for a kind of person, and the questions and answers of the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from xuncha_desktop import resources
from xuncha_desktop.model import Interview, InterviewSummary
from xuncha_desktop.store.store import Store

QUESTION, ANSWER = "问：", "答："


@dataclass(frozen=True, slots=True)
class Tally:
    """What a talk brought, counted from its summary."""

    problems: int
    leads: int


def outline(person_kind: str) -> str:
    """The outline to talk along with such a person, ready to be changed; empty where no kind is chosen."""
    shipped = resources.talk_outlines()
    found = next((item for item in shipped.outlines if item.person_kind == person_kind), None)
    if found is None:
        return ""
    lines = [shipped.opening]
    for topic in found.topics:
        lines.append(f"【{topic.title}】")
        lines += [f"· {question}" for question in topic.questions]
    return "\n".join([*lines, shipped.closing])


def next_turn(text: str) -> str:
    """What the next line of a talk begins with: an answer follows a question and a question an answer."""
    last = next((line for line in reversed(text.splitlines()) if line.startswith((QUESTION, ANSWER))), ANSWER)
    return ANSWER if last.startswith(QUESTION) else QUESTION


def tally(summaries: Sequence[Mapping[str, Any]]) -> Tally:
    """Problems and leads among the summary rows of a talk; a row that becomes a lead is no problem as well."""
    goes_to = [row.get("goes_to") for row in summaries]
    return Tally(goes_to.count("paper") + goes_to.count("quick_fix"), goes_to.count("lead"))


def tally_of_all(store: Store, inspection: str) -> Tally:
    """The same of all talks of an inspection."""
    query = select(InterviewSummary.goes_to).join(Interview, Interview.id == InterviewSummary.parent)
    with store.read() as session:
        of_inspection = query.where(Interview.inspection == inspection, ~Interview.deleted, ~InterviewSummary.deleted)
        return tally([{"goes_to": goes_to} for goes_to in session.scalars(of_inspection)])
