"""工作台: what is due and missing, the counters, and that every number has exactly its records behind it."""

from datetime import date

import pytest

from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, checklists, inspections, records, reports, workbench
from xuncha_desktop.services.figures import Chart
from xuncha_desktop.store.store import Store

DAY = date(2031, 3, 23)


def overview(store: Store, inspection: str = "") -> workbench.Overview:
    return workbench.overview(store, inspection or the_inspection(store), DAY)


def chart(store: Store, name: str, inspection: str = "") -> Chart:
    return next(chart for chart in overview(store, inspection).charts if chart.name == name)


def add(store: Store, entity: str, **values: object) -> str:
    return records.create(store, entity, {"inspection": the_inspection(store), **values})


def second_inspection(store: Store) -> str:
    village = next(iter(records.options(store, "unit", code="WMC")))
    return inspections.start(store, [village], {"mode": "village", "entry_on": "2031-03-20"})[0]


def test_a_fresh_case_lacks_no_paper_and_all_its_must_items(store: Store) -> None:
    found = overview(store)
    must = [line for line in checklists.lines(store, the_inspection(store)) if line.must]
    assert (found.headline.words, found.has_checklist) == ("驻点第 23 天，还有 39 天", True)
    assert (found.lacking.count, found.first_lacking, found.papers, found.amount, found.due) == (0, (), 0, 0, ())
    assert [chart.figures for chart in found.charts] == [()] * 5
    assert found.units.lines == ()
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
    assert found.lacking.records == (open_paper,)
    assert [(p.paper, p.title) for p in found.first_lacking] == [(open_paper, "还缺的")]
    # C102 normally has 会议记录、文件、合同; the paper cites a contract.
    lacks = ("定性依据", "第二承办人", "沟通情况", "会议记录", "文件")
    assert found.first_lacking[0].gaps == lacks
    assert {(gap.label, gap.records) for gap in found.gaps} == {(words, (open_paper,)) for words in lacks}
    assert found.amount == 25_000_000


def test_papers_sent_back_are_named_first_and_the_others_by_age(store: Store) -> None:
    drafts = [add_paper(store, f"草稿{number}", state="draft") for number in range(workbench.FIRST)]
    returned = add_paper(store, "退回的", state="returned")
    found = overview(store)
    assert [p.paper for p in found.first_lacking] == [returned, *drafts[:-1]]
    assert found.lacking.records == (*drafts, returned)


def test_a_talk_or_a_piece_of_evidence_of_the_usual_kind_takes_the_proof_off_the_list(store: Store) -> None:
    minutes = add(store, "evidence", name="党委会记录", kind="minutes")
    gone = add(store, "evidence", name="文件", kind="document")
    records.delete(store, "evidence", [gone])
    talk = add(store, "interview", number="T-1", text="没有开会")
    cited = ({"evidence": minutes, "pages": ""}, {"evidence": gone, "pages": "2"})
    paper = add_paper(store, "决策不规范", state="draft", communication="已沟通", citations=cited)
    assert overview(store).first_lacking[0].gaps == ("材料页码", "失效引用的更换", "文件", "合同")
    values = {"citations": ({"evidence": minutes, "pages": "3"}, {"record_kind": "interview", "record": talk})}
    records.edit(store, "paper", paper, values)
    assert overview(store).first_lacking[0].gaps == ("文件", "合同")


def test_the_eight_counters_say_which_a_person_keeps(store: Store) -> None:
    records.edit(store, "inspection", the_inspection(store), {"talks": 86})
    add_paper(store, "甲")
    found = overview(store).counters
    assert len(found) == 8
    assert (found[0].label, found[0].value, found[0].field, found[0].by_hand) == ("谈话（人次）", 86, "talks", True)
    assert [(c.label, c.value) for c in found if not c.by_hand] == [("底稿（份）", 1)]


def test_a_counter_is_counted_as_soon_as_there_are_records_of_its_kind(store: Store) -> None:
    inspection = the_inspection(store)
    records.edit(store, "inspection", inspection, {"talks": 86, "visits": 40, "questionnaires": 9, "petitions": 7})
    add(store, "interview")
    add(store, "poll", name="问卷", issued=123, returned=120)
    add(store, "visit", households=3)
    add(store, "visit", households=None)
    add(store, "borrowing", name="未提供的")
    received = add(store, "borrowing", name="已提供的", received_on="2031-03-05")
    found = {each.name: each for each in overview(store).counters}
    assert {name: (found[name].value, found[name].by_hand) for name in ("talks", "visits", "documents")} == {
        "talks": (1, False),
        "visits": (3, False),
        "documents": (1, False),
    }
    assert (found["questionnaires"].value, found["questionnaires"].by_hand) == (123, False), "issued, not returned"
    assert (found["petitions"].value, found["petitions"].by_hand) == (7, True)
    assert (found["visits"].entity, found["leads"].entity) == ("visit", "")
    assert overview(store).received == (received,)


def test_what_is_due_here_is_told_with_those_in_charge(store: Store) -> None:
    here, leader = the_inspection(store), cases.members(store)[0][0].id
    add(store, "quick_fix", title="修路灯", due_on="2031-03-12", signer=leader)
    other = second_inspection(store)
    records.create(store, "quick_fix", {"title": "别处的", "due_on": "2031-03-12", "inspection": other})
    found = overview(store, here)
    assert [(each.title, each.late) for each in found.due] == [("修路灯", True)]
    assert found.in_charge == {leader: "甲虚构"}


def test_bars_of_states_types_and_weeks_count_every_paper_once(store: Store) -> None:
    add_paper(store, "甲", dated="2031-03-05")
    add_paper(store, "乙", state="draft", dated="2031-03-09", problem_type=None)
    add_paper(store, "丙", state="returned", dated="2031-03-19")
    add_paper(store, "丁", state="draft", dated=None)
    records.delete(store, "paper", [add_paper(store, "删去的")])
    for name in ("state", "level2", "week"):
        papers = [paper for figure in chart(store, name).figures for paper in figure.records or ()]
        assert len(papers) == len(set(papers)) == 4
    assert [(f.label, f.count) for f in chart(store, "state").figures] == [("草稿", 2), ("已审签", 1), ("退回", 1)]
    assert [(f.label, f.count) for f in chart(store, "level2").figures] == [("领导班子", 3), ("没有填分类", 1)]
    assert [(f.label, f.count) for f in chart(store, "week").figures] == [
        ("3月3日起一周", 2),
        ("3月10日起一周", 0),
        ("3月17日起一周", 1),
        ("没有填日期", 1),
    ]


def test_weeks_long_ago_stand_in_one_bar(store: Store) -> None:
    add_paper(store, "很早的", dated="1999-12-31")
    add_paper(store, "甲", dated="2031-03-05")
    assert [(f.label, f.count) for f in chart(store, "week").figures] == [("3月3日以前", 1), ("3月3日起一周", 1)]


def test_the_bars_of_headings_agree_with_the_plan_of_the_report(store: Store) -> None:
    inspection = the_inspection(store)
    left_out = add_paper(store, "不写入的")
    for title, more in (("甲", {}), ("乙", {"problem_type": None}), ("丙", {"destination": "oral"})):
        add_paper(store, title, **more)
    add_paper(store, "草稿", state="draft")
    reports.leave_out(store, inspection, left_out, True)
    planned = {
        section.title: tuple(entry.paper for entry in section.entries if not entry.left_out)
        for section in reports.plan(store, inspection)
    }
    assert {figure.label: figure.records for figure in chart(store, "heading").figures} == planned
    assert sum(map(len, planned.values())) == 2


def test_units_are_compared_where_there_are_several(store: Store) -> None:
    here, other = the_inspection(store), second_inspection(store)
    papers = [add_paper(store, title, inspection=here) for title in ("甲", "乙")]
    there = add_paper(store, "丙", inspection=other)
    found = {figure.label: figure for figure in chart(store, "unit", here).figures}
    assert {label: (f.records, f.inspection) for label, f in found.items()} == {
        "虚构镇党委 · 常规巡察": (tuple(papers), here),
        "无名村党支部 · 村（社区）延伸巡察": ((there,), other),
    }


def test_reading_stops_when_nobody_wants_it_any_more(store: Store) -> None:
    add_paper(store, "甲")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        workbench.overview(store, the_inspection(store), DAY, progress)
