"""采用新版清单: an inspection takes a later version of its checklist over, item by item."""

import pytest

from tests.support.checklist_desk import begin, codes, item_of, line, pick, revised, rows
from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop import resources
from xuncha_desktop.services import checklist_editing, checklists, inspections, records, taking_over
from xuncha_desktop.services.taking_over import CHANGED, DROPPED, NEW, Later
from xuncha_desktop.store import rebuild, undo
from xuncha_desktop.store.store import Store


def later(store: Store, inspection: str) -> Later:
    found = taking_over.later(store, inspection)
    assert found is not None
    return found


def test_a_later_version_says_what_it_changes_adds_and_leaves_out(store: Store) -> None:
    inspection = the_inspection(store)
    assert taking_over.later(store, inspection) is None
    checklists.set_state(store, [line(store, inspection, "ZJ-03").result], "found")
    new = revised(store, inspection, ZJ_02="改写的事项", ZJ_03="也改写了")
    checklist_editing.edit_item(store, item_of(store, new, "ZJ-04"), {"how": "换个查法", "must": False})
    checklist_editing.add_item(store, new, {"item": "新增的事项"})
    checklist_editing.remove_items(store, [item_of(store, new, "ZJ-01")])
    found = later(store, inspection)
    assert (found.checklist, found.now, found.version) == (new, "2026.1", "2026.2")
    told = [(row.kind, (row.new or row.old).code, row.fields, row.usual) for row in found.differences]  # type: ignore[union-attr]
    assert told == [
        (CHANGED, "ZJ-02", ("item",), True),
        (CHANGED, "ZJ-03", ("item",), False),
        (CHANGED, "ZJ-04", ("how", "must"), True),
        (NEW, "ZJ-23", taking_over.COMPARED, True),
        (DROPPED, "ZJ-01", taking_over.COMPARED, True),
    ]
    assert found.differences[1].state == "found"


def key(found: Later, code: str) -> str:
    return next(row.key for row in found.differences if code in {said.code for said in (row.old, row.new) if said})


def test_what_is_chosen_is_taken_over_and_what_was_found_goes_along(store: Store) -> None:
    inspection = the_inspection(store)
    first = line(store, inspection, "ZJ-02")
    paper = add_paper(store, "写到第二项", check_items=(first.item,))
    checklists.set_state(store, [first.result], "found")
    records.edit(store, "check_result", first.result, {"note": "已查三年"})
    before = codes(store, inspection)
    new = revised(store, inspection, ZJ_02="改写的事项", ZJ_03="也改写了")
    checklist_editing.add_item(store, new, {"item": "新增的事项"})
    checklist_editing.remove_items(store, [item_of(store, new, code) for code in ("ZJ-01", "ZJ-05")])
    found = later(store, inspection)
    size = len(batches(store))
    taking_over.take_over(store, inspection, new, [key(found, code) for code in ("ZJ-02", "ZJ-23", "ZJ-05")])
    assert [batch.label for batch in batches(store)[size:]] == ["采用新版清单"]
    taken = line(store, inspection, "ZJ-02")
    assert (taken.result, taken.text, taken.state, taken.note) == (first.result, "改写的事项", "found", "已查三年")
    assert taken.papers == ((paper, "写到第二项"),)
    assert line(store, inspection, "ZJ-03").text == resources.checklists()["ZJ"].items[2].item
    assert set(before) - set(codes(store, inspection)) == {"ZJ-05"}
    assert set(codes(store, inspection)) - set(before) == {"ZJ-23"}
    assert taking_over.later(store, inspection) is None
    undo.undo(store)
    assert codes(store, inspection) == before
    assert line(store, inspection, "ZJ-02").text == first.text
    assert rebuild.differences(store) == []


def test_a_paper_that_names_the_newer_wording_is_about_the_same_item(store: Store) -> None:
    inspection = the_inspection(store)
    new = revised(store, inspection, ZJ_02="改写的事项")
    paper = add_paper(store, "照新版写", check_items=(item_of(store, new, "ZJ-02"),))
    assert line(store, inspection, "ZJ-02").papers == ((paper, "照新版写"),)


def test_in_a_mode_that_chooses_a_later_version_brings_nothing_unasked(store: Store) -> None:
    record = begin(store, mode="special")
    pick(store, record, "ZJ-02", "ZJ-03")
    new = revised(store, record, ZJ_02="改写的事项", ZJ_09="没有选的")
    checklist_editing.add_item(store, new, {"item": "新增的事项"})
    found = later(store, record)
    assert [(row.kind, row.usual) for row in found.differences] == [(CHANGED, True), (NEW, False)]
    taking_over.take_over(store, record, new, [row.key for row in found.differences if row.usual])
    assert codes(store, record) == ["ZJ-02", "ZJ-03"]
    assert line(store, record, "ZJ-02").text == "改写的事项"
    pick(store, record, "ZJ-09")
    assert line(store, record, "ZJ-09").text == "没有选的"


@pytest.mark.parametrize("mode", ["routine", "special"])
def test_a_later_version_chosen_in_the_task_takes_what_was_not_begun_and_doubles_nothing(
    store: Store, mode: str
) -> None:
    record = begin(store, mode=mode)
    if mode == "special":
        pick(store, record, "ZJ-02", "ZJ-03")
    checklists.set_state(store, [line(store, record, "ZJ-03").result], "checking")
    before = codes(store, record)
    new = revised(store, record, ZJ_02="改写的事项", ZJ_03="也改写了")
    inspections.edit(store, record, {"checklist": new})
    assert codes(store, record) == before
    assert line(store, record, "ZJ-02").text == "改写的事项"
    assert line(store, record, "ZJ-03").text == resources.checklists()["ZJ"].items[2].item
    assert len(rows(store, record)) == len(before)
