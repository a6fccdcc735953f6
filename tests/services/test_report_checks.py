"""What the checks of a report find, where, and what they would put there."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.ready_papers import add_paper, the_inspection, write_report
from xuncha_desktop import resources
from xuncha_desktop.exports import report as report_document
from xuncha_desktop.services import records, reports
from xuncha_desktop.services.report_checks import passages
from xuncha_desktop.services.report_checks.examining import examine
from xuncha_desktop.services.report_checks.passages import Fault
from xuncha_desktop.services.report_checks.repairing import Repaired, by_rule, can_repair, repair
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


@pytest.fixture
def report(store: Store) -> str:
    return write_report(store)


def found(store: Store) -> list[Fault]:
    return examine(passages.read(store, the_inspection(store)))


def told(store: Store, report: str, text: str, **paper: Any) -> list[tuple[str, str | None]]:
    """What is found of a text of the evaluation: the words it marks and the repair."""
    if paper:
        add_paper(store, "虚构问题", **paper)
    records.edit(store, "report", report, {"evaluation": text})
    return [
        (text[fault.start : fault.start + fault.length], fault.repair)
        for fault in found(store)
        if fault.passage and fault.passage.field == "evaluation"
    ]


def test_a_report_in_order_has_nothing_to_tell(store: Store, report: str) -> None:
    add_paper(store, "会议费报销不合规")
    text = "共发现问题1个，涉及金额12.50万元。虚构镇党委能够履行职责，2031年3月5日制定计划（虚发〔2031〕5号）。"
    assert told(store, report, text) == []
    assert found(store) == []


@pytest.mark.parametrize(
    ("text", "marked", "repair"),
    [
        ("虚构市委巡视组发现如下。", "巡视", "巡察"),
        ("落实制度不力,责任不清。", ",", "，"),
        ("依据虚发[2031]5号。", "[2031]", "〔2031〕"),
        ("依据虚发（2031）5号。", "（2031）", "〔2031〕"),
        ("会议于2031.4.16召开。", "2031.4.16", "2031年4月16日"),
        ("会议于2031-04-06召开。", "2031-04-06", "2031年4月6日"),
        ("会议于二〇三一年四月十六日召开。", "二〇三一年四月十六日", "2031年4月16日"),
        ("自二〇二〇年以来。", "二〇二〇年", "2020年"),
        ("会议于2031.13.40召开。", "2031.13.40", None),
        ("有的干部贪污。", "贪污", None),
        ("有的干部侵吞集体资金。", "侵吞", None),
        ("以虚假名单骗取补贴。", "骗取", None),
        ("套取项目资金。", "套取", None),
        ("会议于2026年13月召开。", "2026年13月", None),
        ("会议于4月31日召开。", "4月31日", None),
        ("依据虚发〔2020〕第3号。", "第", ""),
        ("有的干部违法占用集体资金。", "违法", None),
        ("虚构镇党组研究不够。", "虚构镇党组", "虚构镇党委"),
        ("中共虚构镇党委研究不够。", "中共虚构镇党委", "虚构镇党委"),
        ("无名村党总支软弱。", "无名村党总支", "无名村党支部"),
    ],
)
def test_wrong_wording_is_found_at_its_place_with_the_right_one(
    store: Store, report: str, text: str, marked: str, repair: str | None
) -> None:
    assert told(store, report, text) == [(marked, repair)]


@pytest.mark.parametrize(
    "text",
    [
        "有的干部涉嫌受贿，已按规定移交。",
        "原所长因受贿被法院判处有期徒刑。",
        "全国巡视工作会议以来，落实中央第五巡视组和省委巡视反馈意见，学习《巡视工作条例》和巡视工作条例不够。",
        "配合巡视带巡察，对照巡视整改要求不严，省委第三巡视组指出的情况仍有发生。",
        "2024年2月29日召开，此后3个月、2月29日未落实，每年12月31日前上报。",
        "严禁套取、骗取资金的规定没有落实，有的涉嫌侵吞集体资金。",
        "拆除违法建筑不力，预防职务犯罪教育不够。",
        "虚构镇党委会议记录不全，虚构镇党组织生活不严肃。",
        "无名村党支部和虚构镇党委沟通不够。",
        "比例为12.5%，坐标2031.4。",
    ],
)
def test_right_wording_is_left_alone(store: Store, report: str, text: str) -> None:
    assert told(store, report, text) == []


@pytest.mark.parametrize(
    ("text", "marked", "repair"),
    [
        ("共发现问题12个。", "12", "2"),
        ("梳理出3个主要问题。", "3", "2"),
        ("共发现问题十八个。", "十八", "2"),
        ("共发现二十个问题。", "二十", "2"),
        ("发现问题20余个。", "20", None),
        ("发现问题20件。", "20", "2"),
        ("反馈问题20个。", "20", "2"),
        ("共发现问题20个，其中党的建设方面1个。", "20", "2"),
        ("共发现问题20个，移交线索1件，立行立改1项。", "20", "2"),
        ("问题金额900万元。", "900", "25.00"),
        ("违规资金900万元。", "900", "25.00"),
        ("资金总额900万元。", "900", "25.00"),
        ("涉及金额305.6万元。", "305.6", "25.00"),
        ("涉及资金24.9万元。", "24.9", "25.00"),
        ("涉及资金250元。", "250", None),
        ("共查找4个方面2个问题。", "4", None),
    ],
)
def test_a_number_that_differs_from_the_papers_is_found(
    store: Store, report: str, text: str, marked: str, repair: str | None
) -> None:
    add_paper(store, "甲")
    assert told(store, report, text, amount=12_500_000) == [(marked, repair)]


@pytest.mark.parametrize(
    "text",
    [
        "共发现问题2个，涉及金额25.01万元。",
        "涉及资金约25万元。",
        "涉及金额250100元。",
        "涉及资金25万余元。",
        "上轮巡察发现问题30个，其中涉及金额9万元。",
        "巡察发现问题两个，问题一个个都没有解决。",
        "审计发现问题20个，追缴违规资金9万元，项目资金总额900万元。",
        "共发现问题2个，其中问题金额9万元的1个。",
        "移交问题线索3件，立行立改问题5个。",
        "反馈前共查找4个方面2个问题。",
    ],
)
def test_a_number_that_agrees_or_speaks_of_something_else_is_left_alone(store: Store, report: str, text: str) -> None:
    add_paper(store, "甲", amount=12_510_000)
    assert told(store, report, text, amount=12_500_000) == []


def test_numbers_of_a_connecting_text_are_those_of_its_heading(store: Store, report: str) -> None:
    add_paper(store, "甲")
    inspection = the_inspection(store)
    section = next(each for each in reports.plan(store, inspection) if each.entries)
    assert section.heading
    reports.write_text(store, inspection, section.heading, "这方面有问题2个。")
    [fault] = found(store)
    assert fault.words == f"写了 2 个问题，“{section.title}”下的底稿是 1 个"
    assert fault.passage
    assert (fault.passage.entity, fault.passage.record) == ("report_text", section.heading)
    assert (fault.start, fault.length, fault.repair) == (6, 1, "1")


def test_names_are_found_only_where_the_round_names_no_persons(store: Store, report: str) -> None:
    parties = (
        {"kind": "main", "name": "虚构镇党委", "note": ""},
        {"kind": "direct", "name": "丙虚构", "note": ""},
    )
    add_paper(store, "甲", parties=parties, overview="丙虚构没有履行职责。")
    [fault] = found(store)
    assert fault.passage
    assert (fault.passage.part, fault.start, fault.length) == ("底稿“甲”的问题概述", 0, 3)
    [of_round] = records.options(store, "round")
    records.edit(store, "round", of_round, {"name_persons": True})
    assert found(store) == []


def test_no_word_of_the_texts_we_ship_is_found_wrong(store: Store, report: str) -> None:
    """Checklists, papers and forms of the sample: what their own sentences say, not the counts of another case."""
    add_paper(store, "甲")
    texts = (json.loads(file.read_text(encoding="utf-8")) for file in resources.path().rglob("*.json"))
    sentences = [text for each in texts for text in sentences_of(each)]
    assert len(sentences) > 1000
    typed = passages.with_typed(passages.read(store, the_inspection(store)), {"evaluation": "\n".join(sentences)})
    assert [fault.words for fault in examine(typed) if fault.kind == "wording"] == []


def sentences_of(value: object) -> Iterator[str]:
    """Texts of a resource that are long enough to say something."""
    if isinstance(value, str):
        if len(value) > 12:
            yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from sentences_of(item)


@pytest.mark.parametrize("name_persons", [False, True])
def test_the_name_of_somebody_who_spoke_is_found_whatever_the_round_says(
    store: Store, report: str, name_persons: bool
) -> None:
    records.create(store, "interview", {"inspection": the_inspection(store), "persons": [{"name": "丁虚构"}]})
    [of_round] = records.options(store, "round")
    records.edit(store, "round", of_round, {"name_persons": name_persons})
    assert told(store, report, "据丁虚构反映，会议没有召开。") == [("丁虚构", None)]
    assert found(store)[0].words.startswith("谈话对象的姓名不写入报告")


def test_the_name_of_an_inspector_is_found_where_the_round_names_no_persons(store: Store, report: str) -> None:
    names = [records.load(store, "inspector", each).values["name"] for each in records.options(store, "inspector")]
    assert names
    assert told(store, report, f"{names[0]}核实。") == [(names[0], None)]


def test_a_report_much_longer_than_the_guide_is_told_once(store: Store, report: str) -> None:
    add_paper(store, "甲", overview="字" * 7300)
    [fault] = found(store)
    assert fault.kind == "length"
    assert fault.passage is None
    assert fault.words.endswith("字，一般以 6,000 字左右为宜")


def test_what_is_being_typed_is_checked_before_it_is_saved(store: Store, report: str) -> None:
    add_paper(store, "甲")
    draft = passages.read(store, the_inspection(store))
    typed = passages.with_typed(draft, {"leadership": "巡视", "evaluation": "问题9个"})
    assert [fault.repair for fault in examine(typed)] == ["1", "巡察"]


def test_repairs_put_the_right_words_there_in_one_step_of_undo(store: Store, report: str) -> None:
    add_paper(store, "甲", overview="市委巡视组发现。")
    heading = next(each.heading for each in reports.plan(store, the_inspection(store)) if each.entries) or ""
    wrong = "😀市委巡视组认为,落实不力,会议于2031.4.16召开。"
    records.edit(store, "report", report, {"evaluation": wrong})
    reports.write_text(store, the_inspection(store), heading, "依据虚发[2031]5号。")
    chosen = [fault for fault in found(store) if can_repair(fault)]
    assert repair(store, the_inspection(store), chosen) == Repaired(5, 0)
    values = records.load(store, "report", report).values
    assert values["evaluation"] == "😀市委巡察组认为，落实不力，会议于2031年4月16日召开。"
    assert [row["text"] for row in values["texts"]] == ["依据虚发〔2031〕5号。"]
    [left] = found(store)
    assert left.passage
    assert left.passage.entity == "paper"
    assert not can_repair(left), "an approved paper is locked"
    undo.undo(store)
    values = records.load(store, "report", report).values
    assert values["evaluation"] == wrong
    assert [row["text"] for row in values["texts"]] == ["依据虚发[2031]5号。"]


def test_a_text_that_changed_meanwhile_is_not_touched(store: Store, report: str) -> None:
    records.edit(store, "report", report, {"evaluation": "市委巡视组。", "leadership": "市委巡视组。"})
    chosen = found(store)
    records.edit(store, "report", report, {"evaluation": "新写的，市委巡视组。"})
    assert repair(store, the_inspection(store), chosen) == Repaired(1, 1)
    assert records.load(store, "report", report).values["evaluation"] == "新写的，市委巡视组。"


def test_of_two_places_that_overlap_one_is_mended_first(store: Store, report: str) -> None:
    wrong = '他说"市委巡视组,不错"。'
    records.edit(store, "report", report, {"evaluation": wrong})
    assert any(one.start < other.start + other.length and other.start < one.start + one.length
               for one in found(store) for other in found(store) if one is not other)  # fmt: skip
    for _ in range(3):
        repair(store, the_inspection(store), found(store))
    assert records.load(store, "report", report).values["evaluation"] == "他说“市委巡察组，不错”。"


def test_numbers_are_mended_one_by_one(store: Store, report: str) -> None:
    add_paper(store, "甲")
    records.edit(store, "report", report, {"evaluation": "共发现问题7个。"})
    [fault] = found(store)
    assert can_repair(fault)
    assert not by_rule(fault)
    repair(store, the_inspection(store), [fault])
    assert records.load(store, "report", report).values["evaluation"] == "共发现问题1个。"


def test_the_check_sheet_of_the_report_names_every_place(store: Store, report: str) -> None:
    add_paper(store, "甲")
    heading = next(each.heading for each in reports.plan(store, the_inspection(store)) if each.entries) or ""
    reports.write_text(store, the_inspection(store), heading, "市委巡视组。")
    records.edit(store, "report", report, {"evaluation": "问题，不少,很多。" * 50})
    sheet = report_document.DOCUMENT.sheet(store, the_inspection(store))
    lines = [finding for finding in sheet.findings if finding.kind == "wording"]
    assert lines[0].text == "总体评价：中文里的“,”应写作全角“，”"
    assert (lines[0].entity, lines[0].record, lines[0].field) == ("report", report, "evaluation")
    assert lines[-1].text == "用语和数字另有 21 处，请按“看全文”逐处核对、改正"
    assert not any(line.stops for line in lines)
