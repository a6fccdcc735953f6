"""谈话: outlines, turns, and what the summary counts."""

import pytest

from xuncha_desktop import resources
from xuncha_desktop.model.record_choices import PERSON_KINDS
from xuncha_desktop.services import interviews


@pytest.mark.parametrize("kind", PERSON_KINDS)
def test_every_kind_of_person_has_an_outline_with_topics_and_questions(kind: str) -> None:
    lines = interviews.outline(kind).splitlines()
    assert lines[0] == resources.talk_outlines().opening
    assert sum(line.startswith("【") for line in lines) >= 4
    assert all(line.endswith(("？", "。")) for line in lines if line.startswith("· "))


def test_no_outline_without_a_kind_of_person() -> None:
    assert interviews.outline("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "问："),
        ("问：请介绍分工。", "答："),
        ("问：请介绍分工。\n答：我分管财政。\n去年起。", "问："),
        ("答：我先说明一件事。", "问："),
        ("随手记\n问：什么事？\n（沉默）", "答："),
    ],
)
def test_an_answer_follows_a_question_and_a_question_an_answer(text: str, expected: str) -> None:
    assert interviews.next_turn(text) == expected


def test_problems_and_leads_are_counted_from_the_summary() -> None:
    rows = [{"goes_to": code} for code in ("paper", "nothing", "lead", "quick_fix", "", "lead")]
    assert interviews.tally(rows) == interviews.Tally(problems=2, leads=2)
