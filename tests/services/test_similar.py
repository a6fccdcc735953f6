"""相近底稿: like papers are found, unlike ones are not, and two become one without loss."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop import sample_content
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.catalog import BY_KIND, export
from xuncha_desktop.exports.word.check import read_text
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Paper, PaperPair
from xuncha_desktop.services import citing, merging, records, similar
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

RENT = (
    "2018年至2020年，镇资产管理办公室将集贸市场东侧12间门面房以每月每平方米8元出租给虚构商贸公司，"
    "低于评估价一半，未公开招租，欠缴租金18.6万元。"
)
RENT_AGAIN = (
    "集贸市场东侧12间门面房未经公开招租，由镇资产管理办公室直接租给虚构商贸公司，"
    "租金每平方米8元，仅为评估价的一半，至今欠租18.6万元未追缴。"
)
MEALS = "2019年镇财政所列支公务接待费42笔，其中31笔没有公函，19笔没有接待清单。"


def paper(store: Store, title: str, overview: str, **more: object) -> str:
    return add_paper(store, title, state="draft", overview=overview, verified_facts="", **more)


def test_two_tellings_of_one_problem_are_alike_and_another_problem_is_not(store: Store) -> None:
    first = paper(store, "门面房出租不公开", RENT)
    paper(store, "公务接待手续不全", MEALS)
    found = similar.compare(store, the_inspection(store)).like(RENT_AGAIN)
    assert [alike.paper for alike in found] == [first]
    assert (found[0].title, found[0].number[:1]) == ("门面房出租不公开", "〔")


def test_the_fictitious_papers_are_all_about_different_problems() -> None:
    texts = {
        str(number): ("", each.title, f"{each.overview}\n{each.verified_facts}")
        for number, each in enumerate(sample_content.papers())
    }
    assert similar.Comparison(texts, ()).pairs(Progress()) == []


def test_what_a_person_told_apart_is_not_shown_again_until_that_is_undone(store: Store) -> None:
    first, second = paper(store, "甲", RENT), paper(store, "乙", RENT_AGAIN)
    inspection = the_inspection(store)
    assert len(similar.compare(store, inspection).pairs(Progress())) == 1
    similar.tell_apart(store, (second, first))
    similar.tell_apart(store, (first, second))
    compared = similar.compare(store, inspection)
    assert compared.pairs(Progress()) == []
    assert compared.like(RENT, first) == []
    with store.read() as session:
        assert len(session.scalars(select(PaperPair)).all()) == 1
    undo.undo(store)
    assert len(similar.compare(store, inspection).pairs(Progress())) == 1


def test_an_empty_or_tiny_text_is_like_nothing(store: Store) -> None:
    paper(store, "甲", RENT)
    compared = similar.compare(store, the_inspection(store))
    assert compared.like("") == compared.like("租") == compared.like("2018 2020 18.6") == []


def test_merging_keeps_both_numbers_texts_and_all_evidence_and_undo_takes_it_back(store: Store) -> None:
    first = paper(store, "甲", RENT, number="临-JXG-0001", official_number="", amount=None)
    second = paper(store, "乙", RENT_AGAIN, number="临-YXG-0004", official_number="", amount=18_600_000)
    talk = records.create(store, "interview", {"number": "T-1", "text": "租金没收"})
    citing.cite(store, second, Place(record_kind="interview", record=talk))
    fix = records.create(store, "quick_fix", {"title": "追缴", "papers": (second,)})
    before = {record: records.load(store, "paper", record).values for record in (first, second)}
    cited = [row["evidence"] or row["record"] for record in (first, second) for row in before[record]["citations"]]

    merging.merge(store, first, second)
    merged = records.load(store, "paper", first).values
    assert (merged["number"], merged["earlier_numbers"]) == ("临-JXG-0001", "临-YXG-0004")
    assert merged["overview"] == f"{RENT}\n【并入临-YXG-0004】{RENT_AGAIN}"
    assert [row["evidence"] or row["record"] for row in merged["citations"]] == cited
    assert merged["amount"] == 18_600_000
    assert records.load(store, "paper", second).deleted
    assert records.load(store, "quick_fix", fix).values["papers"] == (first,)

    undo.undo(store)
    assert {record: records.load(store, "paper", record).values for record in (first, second)} == before
    assert not records.load(store, "paper", second).deleted
    assert records.load(store, "quick_fix", fix).values["papers"] == (second,)


def test_only_open_papers_of_one_task_can_be_merged(store: Store) -> None:
    draft, signed = paper(store, "甲", RENT), add_paper(store, "乙")
    with pytest.raises(UserError, match="“乙”已是“已审签”"):
        merging.merge(store, draft, signed)
    with pytest.raises(UserError, match="同一份"):
        merging.merge(store, draft, draft)
    stray = paper(store, "丙", RENT, inspection=None)
    with pytest.raises(UserError, match="不是同一项巡察任务"):
        merging.merge(store, draft, stray)
    with store.read() as session:
        assert session.scalars(select(Paper.merged_into).where(Paper.merged_into.is_not(None))).all() == []


def test_merging_leaves_nothing_of_the_taken_paper_out(store: Store, tmp_path: Path) -> None:
    first = paper(store, "甲", RENT, number="临-1", official_number="", amount=1_000_00, note="自查。")
    more = {
        "has_lead": True,
        "department": "财政所",
        "deputy_opinion": "再核。",
        "note": "另附。",
        "typical_case": "事例。",
    }
    second = paper(store, "乙", RENT_AGAIN, number="临-2", official_number="", amount=2_000_00, **more)
    merging.merge(store, first, second)
    merged = records.load(store, "paper", first).values
    assert (merged["has_lead"], merged["department"], merged["amount"]) == (True, "财政所", 1_000_00)
    assert merged["note"] == "自查。\n（临-2）另附。；涉及金额（万元）：0.20"
    assert merged["deputy_opinion"] == "（临-2）再核。"
    assert "事例。" in merged["typical_case"]
    file = tmp_path / "底稿.docx"
    export(store, BY_KIND["paper"], first, file, draft=True, progress=Progress())
    assert "并入底稿编号：临-2" in read_text(file)
