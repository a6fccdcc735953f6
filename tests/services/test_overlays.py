"""清单 by 巡察方式: which items each mode takes, what the team adds, and that nothing hidden is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from tests.support.cheap_keys import PASSWORD
from tests.support.checklist_desk import begin, candidate, codes, line, pick, rows, unit
from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop import resources
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Batch, Change
from xuncha_desktop.model.base import Base
from xuncha_desktop.paths import HOME_VARIABLE
from xuncha_desktop.services import cases, checklists, conflicts, inspections, overlays, own_items, records
from xuncha_desktop.services.overlays import Added
from xuncha_desktop.store import opening, rebuild, undo
from xuncha_desktop.store.store import Store

SHIPPED = {code: [item.code for item in of.items] for code, of in resources.checklists().items()}


def test_a_routine_inspection_takes_the_whole_template_and_a_village_its_own(store: Store) -> None:
    assert codes(store, begin(store)) == SHIPPED["ZJ"]
    assert codes(store, begin(store, mode="village")) == SHIPPED["CS"]


@pytest.mark.parametrize("mode", ["special", "mobile"])
def test_a_mode_that_chooses_begins_with_nothing_chosen(store: Store, mode: str) -> None:
    record = begin(store, mode=mode)
    assert codes(store, record) == []
    assert [row.code for row in overlays.selection(store, record).candidates] == SHIPPED["ZJ"]


def test_a_special_inspection_takes_items_by_tag_and_topic_items_of_its_own(store: Store) -> None:
    record = begin(store, mode="special")
    found = overlays.selection(store, record)
    assert set(found.topics) >= {"粮食购销", "工程建设"}
    tagged = {row.item: "" for row in found.candidates if "粮食购销" in row.tags}
    overlays.choose(store, [record], tagged, [Added("粮食收购款是否打白条"), Added("轮换粮是否以陈顶新")])
    grain = [row.code for row in found.candidates if "粮食购销" in row.tags]
    assert codes(store, record) == [*grain, "专-01", "专-02"]
    assert batches(store)[-1].label == f"选取清单事项 {len(grain) + 2} 项"
    assert overlays.advice("special", len(grain) + 2, 2) == f"已选 {len(grain) + 2} 项，其中自拟 2 项（宜 6—15 项）"


def test_what_is_hidden_comes_back_with_all_that_was_said_of_it(store: Store) -> None:
    record = begin(store, mode="special")
    pick(store, record, "ZJ-01", "ZJ-02")
    first = line(store, record, "ZJ-01")
    checklists.set_state(store, [first.result], "found")
    records.edit(store, "check_result", first.result, {"note": "已查"})
    pick(store, record, "ZJ-02")
    assert codes(store, record) == ["ZJ-02"]
    pick(store, record, "ZJ-01", "ZJ-02")
    back = line(store, record, "ZJ-01")
    assert (back.result, back.state, back.note) == (first.result, "found", "已查")
    assert len(rows(store, record)) == 2


def test_choosing_is_one_action_that_undo_takes_back_and_may_be_done_again(store: Store) -> None:
    record = begin(store, mode="special")
    pick(store, record, "ZJ-03")
    overlays.choose(store, [record], {candidate(store, record, "ZJ-04").item: ""}, [Added("自己想查的")])
    undo.undo(store)
    assert codes(store, record) == ["ZJ-03"]
    overlays.choose(store, [record], {candidate(store, record, "ZJ-04").item: ""}, [Added("自己想查的")])
    assert codes(store, record) == ["ZJ-04", "专-01"]
    assert rebuild.differences(store) == []


def test_special_inspections_of_a_round_begin_alike_and_are_chosen_together(store: Store) -> None:
    first = begin(store, mode="special")
    overlays.choose(store, [first], {candidate(store, first, "ZJ-11").item: ""}, [Added("高标准农田管护")])
    second, village = begin(store, mode="special"), begin(store, "WMC", mode="special")
    assert codes(store, second) == ["ZJ-11", "专-01"]
    assert codes(store, village) == ["专-01"]
    assert overlays.selection(store, first).siblings == (second,)
    overlays.choose(store, [first, second], {candidate(store, first, "ZJ-12").item: ""})
    assert codes(store, first) == codes(store, second) == ["ZJ-12"]
    assert codes(store, village) == ["专-01"]


def test_a_mobile_inspection_ties_each_item_to_a_suspicion(store: Store) -> None:
    record = begin(store, mode="mobile")
    with pytest.raises(UserError, match="还有 1 项没有写明针对的疑点"):
        pick(store, record, "ZJ-10", suspicion=" ")
    assert codes(store, record) == []
    chosen = {candidate(store, record, "ZJ-10").item: "食堂采购单价偏高"}
    overlays.choose(store, [record], chosen, [Added("食堂承包合同", "食堂采购单价偏高")])
    assert [(row.code, row.suspicion) for row in checklists.lines(store, record)] == [
        ("ZJ-10", "食堂采购单价偏高"),
        ("机-01", "食堂采购单价偏高"),
    ]
    assert overlays.advice("mobile", 2, 1) == "已选 2 项（宜 8—12 项）"


def test_own_items_may_be_worded_anew_but_not_what_was_begun(store: Store) -> None:
    record = begin(store, mode="special")
    overlays.choose(store, [record], {}, [Added("甲"), Added("乙")])
    checklists.set_state(store, [line(store, record, "专-02").result], "checking")
    for code in ("专-01", "专-02"):
        own_items.rewrite(store, line(store, record, code).item, f"{code} 改写")
    assert [row.text for row in checklists.lines(store, record)] == ["专-01 改写", "乙"]
    with pytest.raises(UserError, match="请在“清单模板”里修订"):
        own_items.rewrite(store, candidate(store, record, "ZJ-01").item, "改模板")
    overlays.choose(store, [record], {}, [Added("甲")])
    assert [row.text for row in checklists.lines(store, record)] == ["甲"]


def fed_back(store: Store, title: str, **more: object) -> str:
    return add_paper(store, title, **more)


def test_a_look_back_takes_the_problems_fed_back_one_to_one_and_what_became_of_earlier_findings(store: Store) -> None:
    first = fed_back(store, "办公用房出租未公开竞价")
    for title, more in {
        "只在口头反馈": {"destination": "oral"},
        "没有审签": {"state": "draft"},
    }.items():
        fed_back(store, title, **more)
    second = fed_back(store, "接待费无公函", destination="feedback", overview="接待\x02费\x03无\n\x1d公函")
    record = begin(store, mode="lookback", previous=the_inspection(store))
    found = checklists.lines(store, record)
    assert [(row.code, row.text) for row in found[:2]] == [
        ("回-01", "办公用房出租未公开竞价"),
        ("回-02", "接待费无公函"),
    ]
    assert [row.code for row in found[2:]] == ["ZJ-21", "ZJ-22"]
    assert [row.asks_verdict for row in found] == [True, True, False, False]
    assert "上一轮反馈：接待费无\n1. 公函" in found[1].how
    with store.read() as session:
        items = [records.find(session, "check_item", row.item) for row in found[:2]]
    assert [item.problem for item in items] == [first, second]


def test_naming_the_last_round_later_adds_its_problems_to_what_was_begun(store: Store) -> None:
    record = begin(store, mode="lookback")
    checklists.set_state(store, [line(store, record, "ZJ-21").result], "checking")
    fed_back(store, "接待费无公函")
    inspections.edit(store, record, {"previous": the_inspection(store)})
    assert codes(store, record) == ["回-01", "ZJ-21", "ZJ-22"]


def test_a_pasted_list_of_problems_becomes_items(store: Store) -> None:
    record = begin(store, mode="lookback")
    pasted = "1．党委会记录不全\n（二）接待费无公函\n\n3\t三资台账不实，部分资源未登记\t虚构村\n接待费无公函"
    texts = own_items.split(pasted)
    assert texts == ["党委会记录不全", "接待费无公函", "三资台账不实，部分资源未登记"]
    kept = {row.item: "" for row in overlays.selection(store, record).candidates if row.chosen}
    overlays.choose(store, [record], kept, [Added(text) for text in texts])
    assert codes(store, record) == ["回-01", "回-02", "回-03", "ZJ-21", "ZJ-22"]


@pytest.mark.parametrize(
    ("verdict", "state"), [("done", "clean"), ("partly", "found"), ("false", "found"), ("relapsed", "found")]
)
def test_a_verdict_says_what_came_of_the_item(store: Store, verdict: str, state: str) -> None:
    fed_back(store, "接待费无公函")
    record = begin(store, mode="lookback", previous=the_inspection(store))
    result = line(store, record, "回-01").result
    checklists.set_state(store, [result], state)
    assert line(store, record, "回-01").lacks_verdict
    assert checklists.tally(store, record).done == 0
    checklists.set_verdict(store, [result], verdict)
    found = line(store, record, "回-01")
    assert (found.verdict, found.state, found.member, found.done) == (verdict, state, "甲虚构", True)
    assert checklists.tally(store, record).done == 1


def test_an_unknown_verdict_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="没有“maybe”这种整改结论"):
        checklists.set_verdict(store, [], "maybe")


def test_changing_the_mode_lays_out_anew_until_somebody_has_begun(store: Store) -> None:
    record = begin(store)
    inspections.edit(store, record, {"mode": "mobile"})
    assert codes(store, record) == []
    pick(store, record, "ZJ-05", suspicion="隐患台账不实")
    checklists.set_state(store, [line(store, record, "ZJ-05").result], "found")
    inspections.edit(store, record, {"mode": "special"})
    assert codes(store, record) == ["ZJ-05"]
    inspections.edit(store, record, {"mode": "routine"})
    assert codes(store, record) == SHIPPED["ZJ"]
    assert line(store, record, "ZJ-05").state == "found"


@pytest.fixture
def twin(small_case: Path, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The same case on another laptop, before anybody worked in it."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "另一个家"))
    opened = opening.open_case(Path(shutil.copytree(small_case, tmp_path / "另一台")), PASSWORD)
    cases.choose_member(opened.store)
    assert opened.store.replica != store.replica
    yield opened.store
    opened.close()


def test_two_laptops_that_begin_the_same_checklist_do_not_double_it(store: Store, twin: Store) -> None:
    record = the_inspection(store)
    for laptop in (store, twin):
        inspections.edit(laptop, record, {"mode": "special", "unit": unit(laptop, "WMC")})
        chosen = {candidate(laptop, record, "CS-02").item: ""}
        overlays.choose(laptop, [record], chosen, [Added("双方都写的事项")])
    assert list(rows(store, record)) == list(rows(twin, record))
    checklists.set_state(twin, [line(twin, record, "专-01").result], "found")
    take_journal(store, twin)
    assert codes(store, record) == ["CS-02", "专-01"]
    assert line(store, record, "专-01").state == "found"
    assert conflicts.count(store) == 0


def take_journal(store: Store, other: Store) -> None:
    """Every change of another laptop put to one's own, and the tables made of them all."""
    with other.connection() as there:
        tables = [Base.metadata.tables[cls.__tablename__] for cls in (Batch, Change)]
        taken = [(table, there.execute(select(table)).mappings().all()) for table in tables]
    with store.journal_connection() as here:
        for table, found in taken:
            here.execute(insert(table).prefix_with("OR IGNORE"), [dict(row) for row in found])
    rebuild.rebuild(store)
