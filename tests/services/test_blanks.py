"""Blanks of sentence patterns and texts taken in from another paper: what a paper with them lacks."""

import pytest

from tests.support.ready_papers import add_paper
from xuncha_desktop import resources
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import blanks, merging, paper_facts, papers, proposals, records
from xuncha_desktop.store.store import Store

BLANK = "{转发日期}转发《{文件名}》后，未制定措施。"


def lacking(store: Store, paper: str) -> list[str]:
    """What the paper lacks, as sentences."""
    return [gap.missing for gap in papers.blocking(records.load(store, "paper", paper).values, ())]


def test_blanks_are_braces_around_a_few_chinese_words_and_no_others() -> None:
    assert blanks.unfilled(BLANK + "又见{文件名}，{本县3号工程}") == ["转发日期", "文件名", "本县3号工程"]
    texts = (
        "【原文如此】",
        "{}",
        "{a}",
        "{=1}",
        "{ 转发日期 }",
        "{%转发日期%}",
        "{转发。}",
        "{转发\n日期}",
        f"{{{'长' * 21}}}",
        "转发日期",
    )
    assert blanks.unfilled("、".join(texts)) == []


def test_every_blank_of_the_shipped_phrases_is_one() -> None:
    library = resources.phrases()
    texts = [(row.point + row.fact, row.slots) for row in library.problems]
    texts += [(row.text, row.slots) for row in library.suggestions]
    assert all(set(blanks.unfilled(text)) == set(slots) for text, slots in texts)


@pytest.mark.parametrize("name", ["title", "overview", "typical_case", "verified_facts", "basis", "suggestion"])
def test_a_paper_with_a_blank_is_neither_handed_in_nor_approved(store: Store, name: str) -> None:
    paper = add_paper(store, "甲", state="draft", official_number="")
    records.edit(store, "paper", paper, {name: BLANK})
    [said] = lacking(store, paper)
    assert said.endswith("还有未填的空：转发日期、文件名")
    for act in (lambda: papers.submit(store, paper), lambda: papers.approve(store, [paper])):
        with pytest.raises(UserError, match=r"还缺 1 项：.*句式里的“转发日期、文件名”"):
            act()
    records.edit(store, "paper", paper, {name: "3月转发《某文件》【原文如此】。"})
    papers.approve(store, [paper])


def test_the_workbench_counts_blanks_by_the_same_rule(store: Store) -> None:
    for name in ("overview", "cause"):
        add_paper(store, name, state="draft", **{name: BLANK})
    add_paper(store, "无", state="draft", overview="{0}")
    inspection = records.load(store, "paper", add_paper(store, "全", state="draft")).values["inspection"]
    lacks = [facts.lacks for facts in paper_facts.read(store, [inspection], Progress())]
    words = [[word for word in each if "句式" in word] for each in lacks]
    assert words == [["问题概述句式里的“转发日期、文件名”"], ["原因剖析句式里的“转发日期、文件名”"], [], []]


@pytest.mark.parametrize("kind", ["report", "ledger", "paper"])
def test_a_final_document_with_a_blank_is_refused_and_its_check_sheet_says_where(store: Store, kind: str) -> None:
    paper = add_paper(store, "甲", overview=BLANK)
    document = catalog.BY_KIND[kind]
    record = paper if kind == "paper" else records.load(store, "paper", paper).values["inspection"]
    sheet = document.sheet(store, record)
    [found] = [finding for finding in sheet.findings if "未填的空" in finding.text]
    assert (found.text, found.stops) == ("底稿“甲”问题概述还有未填的空：转发日期、文件名", True)
    assert (found.entity, found.record, found.field) == ("paper", paper, "overview")
    with pytest.raises(UserError, match="还不能正式导出"):
        catalog.prepare(store, document, record, draft=False)
    assert catalog.prepare(store, document, record, draft=True).sheet == sheet


def test_a_text_taken_in_from_another_paper_has_to_be_worked_in_before_it_is_handed_in(store: Store) -> None:
    kept, other = (add_paper(store, title, state="draft", official_number="") for title in "甲乙")
    merging.merge(store, kept, other)
    assert lacking(store, kept) == ["问题概述里有并入的文字还没有理顺：与原文合为一段，再删去“【并入…】”"]
    with pytest.raises(UserError, match="问题概述并入文字的理顺"):
        papers.approve(store, [kept])
    records.edit(store, "paper", kept, {"overview": "甲的概述，乙的概述。"})
    papers.approve(store, [kept])


def test_a_title_is_the_first_clause_that_says_something() -> None:
    assert proposals.paper_title("2023年3月，某镇把办公用房租给亲属，未竞价。") == "某镇把办公用房租给亲属"
    assert proposals.paper_title("") == proposals.paper_title("短。") == proposals.paper_title("长" * 50) == ""
    assert proposals.paper_title("推进{任务}力度不足，节点目标未实现。") == "节点目标未实现"
