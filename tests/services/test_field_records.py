"""现场记录: numbers that never meet, what a record begins with, and what a copy takes over."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.field_desk import KINDS, NAMES, day, members, new_record, values_of, working
from tests.support.ready_papers import the_inspection
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import entities, fields
from xuncha_desktop.services import field_records, intake, lists, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def number(store: Store, entity: str, record: str) -> str:
    return values_of(store, entity, record)["number"]


@pytest.mark.parametrize("entity", KINDS)
def test_numbers_carry_kind_and_member_and_never_meet(store: Store, tmp_path: Path, entity: str) -> None:
    leader, handler = members(store)
    first, gone = new_record(store, entity), new_record(store, entity)
    field_records.delete(store, entity, [gone])
    copied = field_records.duplicate(store, entity, first)
    with working(store, handler):
        others = new_record(store, entity)
    [added, again] = intake.add(store, entity, [{}, {}], tmp_path, Progress())
    word = field_records.NUMBER_WORDS[entity]
    assert [number(store, entity, record) for record in (first, copied, others, added, again)] == [
        f"{word}-JXG-0001", f"{word}-JXG-0003", f"{word}-YXG-0001", f"{word}-JXG-0004", f"{word}-JXG-0005",
    ]  # fmt: skip
    undo.undo(store)
    assert number(store, entity, new_record(store, entity)) == f"{word}-JXG-0006"
    assert store.actor == leader


@pytest.mark.parametrize("entity", KINDS)
def test_what_comes_from_outside_belongs_to_the_only_inspection(store: Store, tmp_path: Path, entity: str) -> None:
    [record] = intake.add(store, entity, [{}], tmp_path, Progress())
    assert values_of(store, entity, record)["inspection"] == the_inspection(store)


@pytest.mark.parametrize("entity", KINDS)
def test_a_record_can_begin_without_any_inspection(store: Store, entity: str) -> None:
    record = field_records.create(store, entity, None, {})
    assert values_of(store, entity, record)["inspection"] is None


def test_a_record_begins_with_today_and_the_member_at_work(store: Store) -> None:
    leader, handler = members(store)
    with working(store, handler):
        begun = {entity: field_records.defaults(store, entity, the_inspection(store)) for entity in KINDS}
    assert begun["interview"]["held_on"] == begun["petition"]["received_on"] == day(0)
    assert (begun["interview"]["talkers"], begun["interview"]["recorder"]) == ((handler,), handler)
    assert (begun["visit"]["visitors"], begun["voucher"]["checker"]) == ((handler,), handler)
    assert (begun["petition"]["handler"], begun["fact_check"]["handlers"]) == (handler, (handler,))
    assert (begun["meeting"]["chair"], begun["meeting"]["present"]) == (leader, (leader, handler))
    unit = lists.ids(store, lists.Query("unit", {"code": "XGZ"}))[0]
    assert begun["quick_fix"]["to_unit"] == unit


def test_without_a_member_at_work_nobody_is_written_down(store: Store) -> None:
    store.actor = None
    begun = values_of(store, "interview", new_record(store, "interview"))
    assert (begun["talkers"], begun["recorder"], begun["number"]) == ((), None, "T-XXX-0001")


def test_meetings_are_counted_on_from_the_last_one(store: Store) -> None:
    new_record(store, "meeting", name="第7次组务会")
    assert values_of(store, "meeting", new_record(store, "meeting"))["name"] == "第8次组务会"


def test_the_next_voucher_goes_on_in_the_same_book_and_the_next_document_in_the_same_batch(store: Store) -> None:
    new_record(store, "voucher", book="虚构总账", period="2031年", summary="付款")
    after = values_of(store, "voucher", new_record(store, "voucher"))
    assert (after["book"], after["period"], after["summary"]) == ("虚构总账", "2031年", "")
    assert values_of(store, "borrowing", new_record(store, "borrowing"))["batch"] == "第一批"
    new_record(store, "borrowing", batch="第二批", due_on=day(3))
    after = values_of(store, "borrowing", new_record(store, "borrowing"))
    assert (after["batch"], after["due_on"]) == ("第二批", day(3))
    new_record(store, "borrowing", batch="第二批", due_on=day(-3))
    assert values_of(store, "borrowing", new_record(store, "borrowing"))["due_on"] is None


def deadline(store: Store, of: str, **values: Any) -> None:
    """Change a deadline rule of the round."""
    [round_] = lists.ids(store, lists.Query("round"))
    rows = [{**row, **(values if row["code"] == of else {})} for row in values_of(store, "round", round_)["deadlines"]]
    records.edit(store, "round", round_, {"deadlines": rows})


@pytest.mark.parametrize(("entity", "days"), [("quick_fix", 15), ("fact_check", 3)])
def test_a_deadline_comes_from_the_rule_of_the_round(store: Store, entity: str, days: int) -> None:
    assert values_of(store, entity, new_record(store, entity))["due_on"] == day(days)
    deadline(store, entity, days=7)
    assert values_of(store, entity, new_record(store, entity))["due_on"] == day(7)
    deadline(store, entity, code="anders")
    assert values_of(store, entity, new_record(store, entity))["due_on"] is None


def test_working_days_leave_out_the_weekend(store: Store) -> None:
    deadline(store, "quick_fix", days=5, day_kind="working")
    record = new_record(store, "quick_fix", due_on=None)
    field_records.edit(store, "quick_fix", record, {"issued_on": "2031-03-06"})  # a Thursday
    assert values_of(store, "quick_fix", record)["due_on"] == "2031-03-13"


def test_a_deadline_nobody_set_by_hand_follows_the_day_of_issue(store: Store) -> None:
    record = new_record(store, "quick_fix", title="护栏")
    field_records.edit(store, "quick_fix", record, {"issued_on": "2031-03-10"})
    assert values_of(store, "quick_fix", record)["due_on"] == "2031-03-25"
    field_records.edit(store, "quick_fix", record, {"issued_on": "2031-03-12"})
    assert values_of(store, "quick_fix", record)["due_on"] == "2031-03-27"
    undo.undo(store)
    found = values_of(store, "quick_fix", record)
    assert (found["issued_on"], found["due_on"]) == ("2031-03-10", "2031-03-25")
    field_records.edit(store, "quick_fix", record, {"due_on": "2031-03-13"})
    field_records.edit(store, "quick_fix", record, {"issued_on": "2031-03-11"})
    assert values_of(store, "quick_fix", record)["due_on"] == "2031-03-13"


FILLED: dict[str, dict[str, Any]] = {
    "interview": {"person_kind": "finance", "text": "问：", "confirmation": "signed", "note": "话", "outline": "提纲"},
    "borrowing": {"name": "会议记录", "received_on": "2031-03-02", "conclusion": "无", "department": "党政办"},
    "petition": {"subject": "承包费", "text": "未入账", "reporter": NAMES[2], "outcome": "已办结", "channel": "letter"},
    "visit": {"place": "青石村", "who": NAMES[1], "text": "路坏", "requests": [{"request": "修桥"}], "way": "talk"},
    "poll": {"name": "测评", "valid": 8, "questions": [{"question": "作风", "first": 8}], "scope": "全体"},
    "voucher": {"summary": "接待费", "amount": 128600, "result": "属实", "doubts": ("papers",), "voucher_no": "记-1"},
    "quick_fix": {"title": "护栏", "demand": "修复", "issued_on": "2031-03-02", "closed_on": "2031-03-05"},
    "fact_check": {"title": "出租", "facts": "合同", "sent_on": "2031-03-02", "answer": "true"},
    "meeting": {"place": "会议室", "dissent": "有", "signed": True, "agenda": [{"topic": "papers", "subject": "审核"}]},
}
LEFT = {
    "interview": {"text", "confirmation", "note"},
    "borrowing": {"received_on", "conclusion"},
    "petition": {"reporter", "outcome"},
    "visit": {"who", "text", "requests"},
    "poll": {"valid"},
    "voucher": {"amount", "result", "voucher_no"},
    "quick_fix": {"issued_on", "closed_on"},
    "fact_check": {"sent_on", "answer"},
    "meeting": {"dissent", "signed", "agenda"},
}


@pytest.mark.parametrize("entity", KINDS)
def test_a_copy_takes_over_what_comes_again_and_nothing_of_what_came_of_it(store: Store, entity: str) -> None:
    record = new_record(store, entity, **FILLED[entity])
    copied = values_of(store, entity, field_records.duplicate(store, entity, record))
    described = fields(entity)
    title = entities()[entity].TITLE
    for name, given in FILLED[entity].items():
        if name in LEFT[entity]:
            assert copied[name] == described[name].empty, name
        elif name == title and entity != "visit":
            assert copied[name] == f"{given}（副本）"
        elif name == "questions":
            assert [(row["question"], row["first"]) for row in copied[name]] == [("作风", None)]
        else:
            assert copied[name] == given, name
    assert copied["inspection"] == the_inspection(store)


def test_a_copied_meeting_is_the_next_one(store: Store) -> None:
    record = new_record(store, "meeting", place="会议室")
    assert values_of(store, "meeting", field_records.duplicate(store, "meeting", record))["name"] == "第2次组务会"


def test_the_day_a_record_was_made_stands_in_its_id(store: Store) -> None:
    from xuncha_desktop.services import record_defaults

    assert record_defaults.made_on(new_record(store, "visit")) == date.today()
