"""工作台: what is missing, the counters, and the papers behind each bar."""

from datetime import date

import pytest

from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.services import checklists, records, workbench
from xuncha_desktop.store.store import Store

DAY = date(2031, 3, 23)


def overview(store: Store) -> workbench.Overview:
    return workbench.overview(store, the_inspection(store), DAY)


def test_a_fresh_case_lacks_no_paper_and_all_its_must_items(store: Store) -> None:
    found = overview(store)
    must = [line for line in checklists.lines(store, the_inspection(store)) if line.must]
    assert (found.stay.day, found.stay.left, found.has_checklist) == (23, 39, True)
    assert (found.lacking, found.by_state, found.by_level2, found.amount) == ((), {}, (), 0)
    assert [(m.result, m.code, m.area, m.text, m.how) for m in found.must_open] == [
        (line.result, line.code, line.area, line.text, line.how) for line in must
    ]


def test_an_item_begun_is_no_longer_named(store: Store) -> None:
    first = overview(store).must_open[0]
    checklists.set_state(store, [first.result], "checking")
    assert first not in overview(store).must_open


def test_only_papers_not_yet_signed_are_said_to_lack_something(store: Store) -> None:
    add_paper(store, "已审签的", handlers=())
    open_paper = add_paper(store, "还缺的", state="draft", handlers=(), basis="")
    found = overview(store)
    assert [(p.paper, p.title) for p in found.lacking] == [(open_paper, "还缺的")]
    assert found.lacking[0].gaps == ("定性依据", "第二承办人", "沟通情况")
    assert found.by_state == {"草稿": 1, "已审签": 1}
    assert found.amount == 25_000_000


def test_the_eight_counters_say_which_a_person_keeps(store: Store) -> None:
    records.edit(store, "inspection", the_inspection(store), {"talks": 86})
    add_paper(store, "甲")
    found = overview(store).counters
    assert len(found) == 8
    assert (found[0].label, found[0].value, found[0].field, found[0].by_hand) == ("谈话（人次）", 86, "talks", True)
    assert [(c.label, c.value) for c in found if not c.by_hand] == [("底稿（份）", 1)]


@pytest.mark.parametrize("chart", ["by_state", "by_level2", "by_heading"])
def test_the_papers_behind_the_bars_are_as_many_as_the_bars_say(store: Store, chart: str) -> None:
    add_paper(store, "甲")
    add_paper(store, "乙", state="draft")
    add_paper(store, "丙", state="returned")
    bars = dict(getattr(overview(store), chart))
    assert sum(bars.values()) > 0
    for label, count in bars.items():
        assert len(workbench.papers_behind(store, the_inspection(store), chart, label)) == count


def test_all_papers_are_listed_by_title_and_deleted_ones_are_not(store: Store) -> None:
    ids = [add_paper(store, title) for title in ("乙", "甲", "")]
    records.delete(store, "paper", [add_paper(store, "丁")])
    assert workbench.papers_behind(store, the_inspection(store)) == [
        (ids[2], "（未命名）"),
        (ids[1], "甲"),
        (ids[0], "乙"),
    ]


def test_a_counter_is_counted_as_soon_as_there_are_records_of_its_kind(store: Store) -> None:
    inspection = the_inspection(store)
    records.edit(store, "inspection", inspection, {"talks": 86, "visits": 40, "questionnaires": 7})
    records.create(store, "interview", {"inspection": inspection})
    records.create(store, "visit", {"inspection": inspection, "households": 3})
    records.create(store, "visit", {"inspection": inspection, "households": None})
    records.create(store, "borrowing", {"inspection": inspection, "name": "未提供的"})
    records.create(store, "borrowing", {"inspection": inspection, "name": "已提供的", "received_on": "2031-03-05"})
    found = {each.name: each for each in overview(store).counters}
    assert {name: (found[name].value, found[name].by_hand) for name in ("talks", "visits", "documents")} == {
        "talks": (1, False),
        "visits": (3, False),
        "documents": (1, False),
    }
    assert (found["questionnaires"].value, found["questionnaires"].by_hand) == (7, True)
    assert (found["visits"].entity, found["leads"].entity) == ("visit", "")
