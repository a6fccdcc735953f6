"""到期: what is late or soon due, and what is not any more."""

from datetime import date

from tests.support.field_desk import members
from tests.support.ready_papers import the_inspection
from xuncha_desktop.services import due, records
from xuncha_desktop.store.store import Store

DAY = date(2031, 3, 20)


def add(store: Store, entity: str, **values: object) -> str:
    return records.create(store, entity, {"inspection": the_inspection(store), **values})


def titles(store: Store, soon: int = 7) -> list[tuple[str, str, int]]:
    return [(each.what, each.title, each.left) for each in due.due(store, the_inspection(store), DAY, soon=soon)]


def test_every_kind_of_record_can_be_due_and_the_latest_stands_first(store: Store) -> None:
    add(store, "borrowing", name="会议记录", due_on="2031-03-19")
    add(store, "petition", subject="路灯不亮", due_on="2031-03-20", handling="paper")
    add(store, "quick_fix", title="修路灯", due_on="2031-03-12")
    add(store, "fact_check", title="租金", due_on="2031-03-25", sent_on="2031-03-18")
    add(store, "visit", place="三组", requests=({"request": "接通自来水", "due_on": "2031-03-21"},))
    add(store, "meeting", name="第1次组务会", decisions=({"text": "补查合同", "due_on": "2031-03-22"},))
    assert titles(store) == [
        ("立行立改事项", "修路灯", -8),
        ("调阅资料", "会议记录", -1),
        ("信访件", "路灯不亮", 0),
        ("群众诉求", "接通自来水", 1),
        ("决定事项", "补查合同", 2),
        ("事实确认单", "租金", 5),
    ]


def test_what_is_done_or_far_ahead_or_taken_out_is_not_due(store: Store) -> None:
    add(store, "borrowing", name="甲", due_on="2031-03-01", received_on="2031-03-02")
    add(store, "borrowing", name="乙", due_on="2031-03-01", missing="没有这项资料")
    add(store, "petition", subject="丙", due_on="2031-03-01", handling="filed")
    add(store, "quick_fix", title="丁", due_on="2031-03-01", closed_on="2031-03-09")
    add(store, "visit", place="戊", requests=({"request": "己", "due_on": "2031-03-01", "done_on": "2031-03-02"},))
    add(store, "fact_check", title="庚", due_on="2031-03-28")
    records.delete(store, "quick_fix", [add(store, "quick_fix", title="辛", due_on="2031-03-01")])
    assert titles(store) == []
    assert titles(store, soon=8) == [("事实确认单", "庚", 8)]


def test_the_days_of_the_task_itself_are_told_before_they_come(store: Store) -> None:
    records.edit(store, "inspection", the_inspection(store), {"letters_until": "2031-03-26"})
    assert titles(store) == [("巡察任务", "信访截止日", 6)]


def test_who_is_in_charge_is_told_by_the_record_or_its_row(store: Store) -> None:
    leader, handler = members(store)
    late = {"due_on": "2031-03-19"}
    add(store, "borrowing", name="无人负责的", **late)
    add(store, "petition", subject="路灯不亮", handling="paper", handler=handler, **late)
    add(store, "fact_check", title="租金", handlers=(leader, handler), **late)
    add(store, "visit", place="三组", visitors=(leader,), requests=({"request": "接通自来水", **late},))
    add(store, "meeting", name="组务会", recorder=leader, decisions=({"text": "补查合同", "member": handler, **late},))
    found = due.due(store, the_inspection(store), DAY)
    assert all(each.late and each.inspection == the_inspection(store) for each in found)
    assert {each.title: each.members for each in found} == {
        "无人负责的": (),
        "路灯不亮": (handler,),
        "租金": (leader, handler),
        "接通自来水": (leader,),
        "补查合同": (handler,),
    }


def test_an_answer_or_a_return_without_its_day_is_done_all_the_same(store: Store) -> None:
    add(store, "fact_check", title="租金", due_on="2031-03-01", answer="true")
    add(store, "borrowing", name="账册", due_on="2031-03-01", returned_on="2031-03-05")
    assert titles(store) == []
