"""测评: shares, totals that cannot be right, and the smallest group."""

from typing import Any

import pytest

from tests.support.ready_papers import the_inspection
from xuncha_desktop.model import Inspection
from xuncha_desktop.services import polls, records
from xuncha_desktop.store.store import Store


def tally(**changed: Any) -> dict[str, Any]:
    row = {"question": "班子总体评价", "first": 19, "second": 15, "third": 6, "fourth": 2, "unknown": 3}
    values = {"scale": "grade", "issued": 48, "returned": 46, "valid": 45, "questions": (row,), "unknown_counts": False}
    return values | changed


def percents(values: dict[str, Any], smallest: int = 5) -> list[tuple[str, str]]:
    return [(share.label, share.percent) for share in polls.result(values, smallest).questions[0].shares]


def test_shares_leave_the_unknowing_out_of_the_count_unless_told_otherwise() -> None:
    assert percents(tally()) == [
        ("好", "45.24%"), ("较好", "35.71%"), ("一般", "14.29%"), ("差", "4.76%"), ("不了解", "—"),
    ]  # fmt: skip
    assert percents(tally(unknown_counts=True)) == [
        ("好", "42.22%"), ("较好", "33.33%"), ("一般", "13.33%"), ("差", "4.44%"), ("不了解", "6.67%"),
    ]  # fmt: skip
    assert polls.result(tally(), 5).findings == ()


def test_satisfaction_has_three_answers_and_no_fourth() -> None:
    row = {"question": "服务态度", "first": 30, "second": 10, "third": 1, "fourth": 4, "unknown": 0}
    found = polls.result(tally(scale="satisfaction", questions=(row,)), 5)
    assert [share.label for share in found.questions[0].shares] == ["满意", "基本满意", "不满意", "不了解"]
    assert "没有第 3 档" in found.questions[0].problem


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"returned": 50}, "收回 50 份多于发放 48 份"),
        ({"valid": 47}, "有效票 47 份多于收回 46 份"),
        ({"valid": 44}, "“班子总体评价”各档合计 45 票，与有效票 44 份不符，差 1 票。"),
        ({"questions": ({"question": "甲", "first": -1, "second": 46},)}, "有负的票数"),
    ],
)
def test_totals_that_cannot_be_right_are_said(changed: dict[str, Any], words: str) -> None:
    assert words in "".join(polls.result(tally(**changed), 5).findings)


def test_too_few_ballots_give_no_shares() -> None:
    row = {"question": "甲", "first": 3, "second": 1}
    found = polls.result(tally(issued=4, returned=4, valid=4, questions=(row,)), 5)
    assert found.withheld
    assert {share.percent for share in found.questions[0].shares} == {"—"}
    assert "少于 5 份" in found.findings[0]


def test_ballots_nobody_has_counted_yet_give_no_shares() -> None:
    found = polls.result(tally(valid=None), 5)
    assert found.withheld
    assert {share.percent for share in found.questions[0].shares} == {"—"}
    assert found.findings == ()


def test_the_round_says_how_small_a_group_may_be(store: Store) -> None:
    inspection = the_inspection(store)
    with store.read() as session:
        assert polls.smallest_group(session, inspection) == 5
        of_round = records.find(session, Inspection.__tablename__, inspection).round
    records.edit(store, "round", of_round, {"smallest_group": 10})
    with store.read() as session:
        assert polls.smallest_group(session, inspection) == 10
        assert polls.smallest_group(session, None) == 5
