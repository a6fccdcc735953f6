"""The word for what has become of a field record: the same in the form, in cells, filters, groups and counts."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.field_desk import KINDS, day, new_record
from tests.support.ready_papers import the_inspection
from xuncha_desktop.model import fields
from xuncha_desktop.services import field_records, lists, record_states, records
from xuncha_desktop.services.lists import Query
from xuncha_desktop.services.record_states import STATE, STATES
from xuncha_desktop.store.store import Store


def examples(entity: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Words of states with values that lead to them, as of the day of asking."""
    late, soon, done = day(-1), day(0), day(-3)  # the last day itself is in time
    every: dict[str, list[tuple[str, Mapping[str, Any]]]] = {
        "interview": [
            ("待整理", {}),
            ("待确认", {"text": "问："}),
            ("未签名", {"text": "问：", "confirmation": "unsigned"}),
            ("已确认", {"text": "问：", "confirmation": "oral"}),
        ],
        "borrowing": [
            ("未提供", {"due_on": soon}),
            ("未提供", {}),
            ("逾期", {"due_on": late}),
            ("无法提供", {"due_on": late, "missing": "未移交"}),
            ("已提供", {"due_on": late, "received_on": soon, "missing": "缺一册"}),
            ("已归还", {"received_on": late, "returned_on": soon}),
        ],
        "petition": [
            ("待批示", {}),
            ("待批示", {"handling": "paper"}),
            ("办理中", {"handling": "paper", "leader_note": "核实", "due_on": soon}),
            ("逾期", {"handling": "paper", "leader_note": "核实", "due_on": late}),
            ("已移交", {"handling": "unit", "leader_note": "转", "handed_on": late}),
            ("存查", {"handling": "filed", "due_on": late}),
            ("已办结", {"due_on": late, "done_on": late}),
        ],
        "visit": [
            ("无诉求", {}),
            ("诉求待办", {"requests": [{"request": "修桥", "due_on": soon}]}),
            ("诉求逾期", {"requests": [{"request": "修桥", "due_on": late}, {"request": "装灯", "done_on": late}]}),
            ("诉求办结", {"requests": [{"request": "修桥", "due_on": late, "done_on": soon}]}),
        ],
        "poll": [
            ("待计票", {"valid": 8}),
            ("待计票", {"questions": [{"question": "作风", "first": 8}]}),
            ("待计票", {"valid": 8, "questions": [{"question": "作风", "first": 8}, {"question": "党建"}]}),
            (
                "票数不符",
                {"valid": 8, "questions": [{"question": "作风", "first": 8}, {"question": "党建", "second": 7}]},
            ),
            ("票数不符", {"valid": 8, "returned": 7, "questions": [{"question": "作风", "first": 8}]}),
            ("票数不符", {"issued": 8, "returned": 9}),
            ("票数不符", {"valid": 1, "questions": [{"question": "作风", "first": 2, "second": -1}]}),
            ("票数不符", {"valid": 8, "scale": "satisfaction", "questions": [{"question": "作风", "third": 8}]}),
            ("已计票", {"valid": 8, "scale": "satisfaction", "questions": [{"question": "作风", "fourth": 8}]}),
            ("已计票", {"valid": 0, "questions": [{"question": "作风"}]}),
        ],
        "voucher": [("待核查", {}), ("已核查", {"result": "属实"})],
        "quick_fix": [
            ("未签发", {"due_on": late}),
            ("待反馈", {"issued_on": done, "due_on": soon}),
            ("逾期", {"issued_on": done, "due_on": late}),
            ("待核实", {"issued_on": done, "due_on": late, "progress": "已修"}),
            ("待核实", {"issued_on": done, "due_on": late, "result": "partly"}),
            ("已销号", {"issued_on": done, "due_on": late, "closed_on": soon}),
        ],
        "fact_check": [
            ("未送达", {"due_on": late}),
            ("待答复", {"sent_on": done, "due_on": soon}),
            ("逾期", {"sent_on": done, "due_on": late}),
            ("已答复", {"sent_on": done, "due_on": late, "answer": "true"}),
        ],
        "meeting": [
            ("待签名", {}),
            ("事项逾期", {"signed": True, "decisions": [{"text": "补查", "due_on": late}]}),
            ("事项待办", {"signed": True, "decisions": [{"text": "补查", "due_on": soon}]}),
            ("已办结", {"signed": True, "decisions": [{"text": "补查", "due_on": late, "done_on": late}]}),
        ],
    }
    return every[entity]


@pytest.mark.parametrize("entity", KINDS)
def test_every_state_has_an_example_and_the_form_says_its_word(store: Store, entity: str) -> None:
    assert {word for word, _ in examples(entity)} == set(STATES[entity].values())
    for word, values in examples(entity):
        assert field_records.state(store, entity, new_record(store, entity, **values)) == word


@pytest.mark.parametrize("entity", KINDS)
def test_lists_show_filter_group_count_and_sort_by_the_same_word(store: Store, entity: str) -> None:
    said = {new_record(store, entity, **values): word for word, values in examples(entity)}
    order = list(STATES[entity].values())
    of_case = Query(entity, {"inspection": the_inspection(store)})
    assert {r: c[STATE] for r, c in lists.page(store, entity, list(said), [STATE]).items()} == said
    by_state = [said[record] for record in lists.ids(store, Query(entity, sort=STATE))]
    assert by_state == sorted(by_state, key=order.index)
    groups = {word: set(ids) for word, ids in lists.grouped(store, of_case, STATE)}
    assert groups == {word: {r for r, w in said.items() if w == word} for word in order}
    assert lists.counted(store, of_case, STATE) == {word: len(ids) for word, ids in groups.items()}
    for code, word in STATES[entity].items():
        assert set(lists.ids(store, Query(entity, {STATE: (code,)}))) == groups[word]
    several = tuple(list(STATES[entity])[:2])
    assert lists.count(store, Query(entity, {STATE: several})) == sum(len(groups[w]) for w in order[:2])


def test_a_row_taken_away_again_no_longer_counts(store: Store) -> None:
    record = new_record(store, "visit", requests=[{"request": "修桥", "due_on": day(-1)}])
    records.edit(store, "visit", record, {"requests": []})
    assert field_records.state(store, "visit", record) == "无诉求"


def test_no_entity_has_a_field_that_the_state_would_hide() -> None:
    assert [entity for entity in STATES if STATE in fields(entity)] == []
    assert set(STATES) == set(KINDS)
    assert record_states.column("borrowing").choices == STATES["borrowing"]
