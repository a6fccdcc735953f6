"""What each kind of list becomes: units with codes, members with persons, papers as drafts, last round's problems."""

from pathlib import Path

import pytest

from tests.support.importing import bring_in, first, inspection, look, look_at, problems
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import entities
from xuncha_desktop.services import checklists, inspections, lists, records
from xuncha_desktop.services.imports import kinds, outcome
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def test_a_unit_gets_what_follows_from_its_name_and_a_code_nobody_has(store: Store) -> None:
    text = (
        "单位名称\t简码\n"
        "中共虚构镇东山村支部委员会\t\n"
        "中共虚构镇河西社区总支部委员会\tHXS\n"
        "中共虚构镇东善村支部委员会\t\n"
    )
    plan = look_at(store, "unit", text=text)
    assert plan.items[0].derived == {"short_name", "kind", "party_body", "code"}
    found = bring_in(store, plan)
    assert [unit["short_name"] for unit in found] == [
        "虚构镇东山村党支部",
        "虚构镇河西社区党总支",
        "虚构镇东善村党支部",
    ]
    assert [unit["kind"] for unit in found] == ["village"] * 3
    assert [unit["party_body"] for unit in found] == ["branch", "general_branch", "branch"]
    codes = [unit["code"] for unit in found]
    assert codes[:2] == ["DSC", "HXS"]
    assert len({*codes, "XGZ", "WMC"}) == 5


def test_units_the_case_has_are_left_out_and_clashes_are_refused(store: Store) -> None:
    text = "单位名称\t简码\n中共虚构镇委员会\tXGZ\n中共甲局党组\tWMC\n中共乙局党组\tYJ\n中共乙局党组\tYJ\n"
    plan = look_at(store, "unit", text=text)
    assert [(row.row, row.why) for row in plan.left_out] == [(2, "案卷里已有")]
    assert problems(plan) == [
        "第3行 B列“简码”：代码“WMC”在案卷里已用",
        "第5行 A列“单位名称”：与第4行相同",
        "第5行 B列“简码”：与第4行相同",
    ]


def test_a_member_is_made_with_the_person_and_one_of_the_talent_pool_is_taken_from_there(store: Store) -> None:
    bring_in(store, look_at(store, "inspector", text="姓名\t工作单位\t专长\n丙虚构\t审计局\t财务\n"))
    text = "姓名\t职务\t组内职务\t进组日期\n丙　虚构\t科长\t副组长\t2031.3.1\n丁虚构\t科员\t\t\n甲虚构\t\t\t\n"
    plan = look_at(store, "member", text=text)
    assert [(row.row, row.why) for row in plan.left_out] == [(4, "案卷里已有")]
    found = bring_in(store, plan)
    assert [member["role"] for member in found] == ["deputy", "handler"]
    assert [member["code"] for member in found] == ["BXG", "DXG"]
    assert found[0]["joined_on"] == "2031-03-01"
    person = records.load(store, "inspector", found[0]["inspector"]).values
    assert (person["unit"], person["post"]) == ("审计局", "科长")
    assert lists.count(store, lists.Query("inspector")) == 4
    undo.undo(store)
    person = records.load(store, "inspector", found[0]["inspector"])
    assert not person.deleted
    assert person.values["post"] == ""
    assert lists.count(store, lists.Query("member")) == 2


def test_records_of_a_register_get_numbers_and_nothing_that_the_list_does_not_say(store: Store) -> None:
    plan = look_at(store, "visit", text="地点\t走访情况\n东山村三组\t道路损坏。\n东山村四组\t正常。\n")
    found = bring_in(store, plan)
    assert [visit["number"] for visit in found] == ["访-JXG-0001", "访-JXG-0002"]
    assert {name for name, value in found[0].items() if value} == {"place", "text", "number", "inspection"}


def test_what_people_ask_for_becomes_a_row_of_the_visit(store: Store) -> None:
    [visit] = bring_in(store, look_at(store, "visit", text="地点\t群众诉求\n东山村三组\t修桥。\n"))
    assert [row["request"] for row in visit["requests"]] == ["修桥。"]


def test_a_petition_without_subject_takes_the_beginning_of_its_text(store: Store) -> None:
    text = f"受理日期\t反映内容\n2031.3.2\t反映村干部优亲厚友。另反映{'其他事' * 30}\n2031.3.3\t{'长' * 60}\n"
    plan = look_at(store, "petition", text=text)
    assert [item.values["subject"] for item in plan.items] == ["反映村干部优亲厚友", "长" * 39 + "…"]


def test_papers_come_in_as_drafts_of_whoever_brings_them(store: Store) -> None:
    text = (
        "问题标题\t底稿编号\t审签日期\t发生时间\t问题发生单位\n"
        "虚构问题\t旧-001\t2020.4.16\t2019年\t财政所（内设机构）\n"
    )
    plan = look_at(store, "paper", text=text)
    assert "表里没有承办人，先记为您本人。" in plan.notes
    [paper] = bring_in(store, plan)
    assert (paper["state"], paper["official_number"], paper["signed_on"], paper["dated"]) == ("draft", "", None, None)
    assert paper["note"] == "底稿编号：旧-001\n审签日期：2020.4.16"
    assert (paper["period_from"], paper["period_to"]) == ("2019-01-01", "2019-12-31")
    assert (paper["place"], paper["level"]) == ("财政所", "internal")
    assert paper["handlers"] == (store.actor,)
    assert paper["number"].startswith("临-JXG-")


def test_our_own_ledger_comes_back_with_the_same_problems(store: Store, tmp_path: Path) -> None:
    text = (
        "问题标题\t问题表述\t问题分类\t涉及金额（万元）\t责任主体\t承办人\n"
        "甲\t甲的表述\tA101\t12.5\t镇党委、财政所\t甲虚构、乙虚构\n"
    )
    [paper] = bring_in(store, look_at(store, "paper", text=text))
    of = inspection(store)
    found = lists.ids(store, lists.Query("paper"))[0]
    records.edit(store, "paper", found, {"state": "approved"})
    ledger = tmp_path / "台账.xlsx"
    catalog.export(store, catalog.BY_KIND["ledger"], of, ledger, draft=True, progress=Progress())
    plan = look(store, "paper", ledger)
    assert problems(plan) == []
    [item] = plan.items
    for name in ("title", "overview", "problem_type", "amount", "handlers", "inspection"):
        assert item.values[name] == paper[name]
    assert [row["name"] for row in item.values["parties"]] == ["镇党委", "财政所"]
    assert {row.why for row in plan.left_out} == {"合计"}


def test_last_rounds_problems_become_the_items_of_a_look_back(store: Store) -> None:
    text = (
        "底稿编号\t聚焦方面\t问题标题\t问题表述\t三级分类\t定性依据\t整改措施\t当前状态\n"
        "旧-001\t聚焦一\t公务接待无公函\t12次无公函。\tB301\t《虚构办法》\t完善制度\t已完成\n"
        "旧-002\t聚焦二\t优亲厚友\t低保不准。\tB501\t\t清退\t未完成\n"
    )
    assert problems(look_at(store, "previous", text=text)) == [
        "第2行：所属的巡察任务不是“回头看”；请先到“任务”把它的巡察方式改为回头看，或选另一项任务"
    ]
    of = inspection(store)
    inspections.edit(store, of, {"mode": "lookback"})
    before = {line.item for line in checklists.lines(store, of)}
    plan = look_at(store, "previous", text=text)
    assert problems(plan) == []
    found = bring_in(store, plan)
    assert [item["code"] for item in found] == ["旧-001", "旧-002"]
    assert found[0]["item"] == "公务接待无公函\n12次无公函。"
    assert found[0]["how"].endswith("整改措施：完善制度\n当前状态：已完成")
    assert found[0]["must"]
    new = [line for line in checklists.lines(store, of) if line.item not in before]
    assert {(line.code, line.state, line.basis) for line in new} == {
        ("旧-001", "open", "《虚构办法》"),
        ("旧-002", "open", ""),
    }
    again = look_at(store, "previous", text=text)
    assert {row.why for row in again.left_out} == {"案卷里已有"}
    undo.undo(store)
    assert {line.item for line in checklists.lines(store, of)} == before


def test_every_field_a_row_becomes_is_told_in_words(store: Store) -> None:
    text = (
        "单位名称\t上级\t户数\n"
        "中共虚构镇东山村支部委员会\t虚构镇党委\t1,204\n"
        "中共东山村一组支部委员会\t中共虚构镇东山村支部委员会\t\n"
    )
    plan = look_at(store, "unit", text=text)
    told = {filled.label: (filled.words, filled.derived) for filled in outcome.of_row(store, plan, 2)}
    assert told["上级党组织"] == ("中共虚构镇委员会", False)
    assert told["户数"] == ("1,204", False)
    assert told["组织类型"] == ("村社区", True)
    below = {filled.label: filled.words for filled in outcome.of_row(store, plan, 3)}
    assert below["上级党组织"] == "中共虚构镇东山村支部委员会"
    assert outcome.of_row(store, plan, 99) == []


def test_talks_are_not_brought_in_from_tables() -> None:
    with pytest.raises(UserError, match="谈话记录不能从表格导入"):
        kinds.kind_of("interview")
    with pytest.raises(UserError, match="没有名为"):
        kinds.kind_of("evidence")


def test_every_word_of_a_heading_means_one_field_only_and_every_target_exists() -> None:
    from xuncha_desktop.services.imports.headings import SYNONYMS, bare

    for kind in kinds.kinds().values():
        known = SYNONYMS["member" if kind.name == "inspector" else kind.name]
        assert set(known) <= {*kind.targets, *_OF_MEMBER}, kind.name
        words = [bare(word) for name, text in known.items() if name in kind.targets for word in text.split()]
        assert len(words) == len(set(words)), [word for word in words if words.count(word) > 1]
        assert kind.must in kind.targets
        assert kind.entity in entities()


_OF_MEMBER = ("role", "code", "duty", "joined_on", "left_on")


def test_a_column_can_be_used_otherwise_by_letter_or_heading(store: Store) -> None:
    text = "摘要\t科目\t说明\n虚构\t现金\t正常\n"
    plan = look_at(store, "voucher", text=text, changes={"说明": "result", "B": ""})
    assert plan.columns == {0: "summary", 2: "result"}
    with pytest.raises(UserError, match="没有“别的”这一列"):
        look_at(store, "voucher", text=text, changes={"别的": "result"})
    with pytest.raises(UserError, match="没有“nothing”这一项"):
        look_at(store, "voucher", text=text, changes={"说明": "nothing"})


def test_two_columns_in_one_text_stand_behind_their_headings(store: Store) -> None:
    text = "摘要\t核查结果\t处理\n虚构\t不实\t退回\n"
    assert first(look_at(store, "voucher", text=text, changes={"处理": "result"}), "result") == "不实\n处理：退回"
