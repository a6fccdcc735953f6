"""调阅: the base list, and how the documents asked for stand."""

from datetime import date

from tests.support.ready_papers import the_inspection
from xuncha_desktop.exports import borrowing_list
from xuncha_desktop.services import borrowings, lists, record_data, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

DAY = date(2031, 3, 20)


def test_the_base_list_holds_what_such_a_unit_has_and_is_taken_in_one_step(store: Store) -> None:
    inspection = the_inspection(store)
    offered = borrowings.base_list(store, inspection)
    names = [document.name for document in offered]
    assert "村级三资台账、合同、分配方案、公开资料" in names
    assert "三会（党委会、董事会、办公会）议事清单与记录" not in names
    taken = borrowings.take_base_list(store, inspection, offered[:5], "第一批", "2031-03-10")
    assert [records.load(store, "borrowing", record).values["name"] for record in taken] == names[:5]
    assert [record.name for record in borrowings.base_list(store, inspection)] == names[5:]
    numbers = {records.load(store, "borrowing", record).values["number"] for record in taken}
    assert len(numbers) == 5
    undo.undo(store)
    assert lists.count(store, lists.Query("borrowing")) == 0


def test_a_village_and_an_unknown_kind_of_unit_have_their_lists(store: Store) -> None:
    inspection = the_inspection(store)
    records.edit(store, "inspection", inspection, {"mode": "village"})
    village = {document.name for document in borrowings.base_list(store, inspection)}
    assert "村民代表会议、村务监督委员会记录" in village
    assert "专项资金清单及分配、拨付、绩效资料" not in village
    records.edit(store, "inspection", inspection, {"mode": "routine"})
    unit = records.load(store, "inspection", inspection).values["unit"]
    records.edit(store, "unit", unit, {"kind": "other"})
    assert len(borrowings.base_list(store, inspection)) == 30


def test_batches_are_listed_by_their_number_and_days_not_by_their_characters(store: Store) -> None:
    inspection = the_inspection(store)
    given = [
        ("第三批", "2031-03-01"),
        ("第十批", None),
        ("第二批", "2031-03-09"),
        ("补充", None),
        ("第二批", "2031-03-02"),
        ("第一批", None),
    ]
    for batch, due_on in given:
        values = {"inspection": inspection, "name": "甲", "batch": batch, "due_on": due_on}
        records.create(store, "borrowing", values)
    found = record_data.of_inspection(store, "borrowing", inspection, borrowing_list.TABLE.order)
    assert [(one.values["batch"], one.values["due_on"]) for one in found] == [
        ("第一批", None),
        ("第二批", "2031-03-02"),
        ("第二批", "2031-03-09"),
        ("第三批", "2031-03-01"),
        ("第十批", None),
        ("补充", None),
    ]


def test_what_has_not_come_is_late_unless_declared_missing(store: Store) -> None:
    inspection = the_inspection(store)
    for values in (
        {"due_on": "2031-03-19"},
        {"due_on": "2031-03-20"},
        {"due_on": "2031-03-01", "missing": "原件已在搬迁中遗失，单位书面说明。"},
        {"due_on": "2031-03-01", "received_on": "2031-03-05"},
        {"due_on": "2031-03-01", "received_on": "2031-03-02", "returned_on": "2031-03-18"},
    ):
        records.create(store, "borrowing", {"inspection": inspection, "name": "资料", **values})
    assert borrowings.standing(store, inspection, DAY) == borrowings.Standing(
        asked=5, received=2, overdue=1, missing=1, unreturned=1
    )
