"""引用: exact places, what changes behind them, and what a record carries over."""

from datetime import date
from typing import Any

import pytest

from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import entities
from xuncha_desktop.model.choices import CITABLE
from xuncha_desktop.services import (
    carrying,
    cited_texts,
    citing,
    evidence,
    evidence_uses,
    papers,
    records,
    workbench,
)
from xuncha_desktop.services.citing import Cited, Place
from xuncha_desktop.services.evidence import Stored
from xuncha_desktop.services.printed_lines import position
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

LINE = "字" * 28
SAID = f"问：请介绍情况。\n答：{LINE}{LINE}\n问：账是谁管的？\n答：出纳一人保管印章和支票。"


def talk(store: Store, text: str = SAID) -> str:
    values = {"inspection": the_inspection(store), "number": "T-JXG-0001", "text": text, "person_kind": "middle"}
    return records.create(store, "interview", values)


def passage(record: str, words: str, text: str = SAID) -> Place:
    start = text.index(words)
    return Place(record_kind="interview", record=record, record_field="text", start=start, passage=words)


def rows(store: Store, paper: str, entity: str = "paper") -> Any:
    return records.load(store, entity, paper).values["citations"]


def cited(store: Store, paper: str) -> list[Cited]:
    with store.read() as session:
        return citing.in_words(session, rows(store, paper))


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("", 0, (1, 1)),
        ("一", 0, (1, 1)),
        (LINE + "一", 27, (1, 1)),
        (LINE + "一", 28, (1, 2)),
        ("a" * 57, 55, (1, 1)),
        ("a" * 57, 56, (1, 2)),
        ("一\n二", 2, (1, 2)),
        ("一\n\n三", 3, (1, 3)),
        ("行\n" * 21 + "末", 42, (1, 22)),
        ("行\n" * 22 + "末", 44, (2, 1)),
        (LINE * 22 + "末", 28 * 22, (2, 1)),
    ],
)
def test_a_place_is_counted_in_the_official_grid(text: str, start: int, expected: tuple[int, int]) -> None:
    assert position(text, start) == expected


def test_a_passage_is_cited_with_its_page_and_line(store: Store) -> None:
    record, paper = talk(store), add_paper(store, "印章管理不严", state="draft", citations=[])
    citing.cite(store, paper, passage(record, "出纳一人保管"))
    assert [c.words for c in cited(store, paper)] == ["谈话记录（T-JXG-0001）第1页第6行"]
    assert cited(store, paper)[0].stale == ""


def test_the_same_place_is_not_cited_twice_and_one_record_serves_many_papers(store: Store) -> None:
    record = talk(store)
    papers = [add_paper(store, title, state="draft", citations=[]) for title in ("甲", "乙")]
    for paper in (*papers, *papers):
        citing.cite(store, paper, passage(record, "出纳一人保管"))
    assert [len(rows(store, paper)) for paper in papers] == [1, 1]


def test_a_passage_that_moved_is_found_and_one_that_changed_says_so(store: Store) -> None:
    record, paper = talk(store), add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, passage(record, "出纳一人保管"))
    records.edit(store, "interview", record, {"text": "（补记）\n" + SAID})
    assert (cited(store, paper)[0].place, cited(store, paper)[0].stale) == ("第1页第7行", "")
    records.edit(store, "interview", record, {"text": SAID.replace("出纳一人", "出纳两人")})
    assert "已没有所引的这段话" in cited(store, paper)[0].stale
    undo.undo(store)
    assert cited(store, paper)[0].stale == ""


def test_a_passage_whose_sentence_says_something_else_now_is_said_until_somebody_looks(store: Store) -> None:
    record, paper = talk(store), add_paper(store, "甲", state="draft", citations=[])
    place = passage(record, "一人保管印章")
    citing.cite(store, paper, place)
    records.edit(store, "interview", record, {"text": SAID + "\n问：还有吗？\n答：没有了。"})
    assert cited(store, paper)[0].stale == ""
    changed = SAID.replace("出纳一人保管", "出纳并非一人保管")
    records.edit(store, "interview", record, {"text": changed})
    assert "这句话，前后文字有修改" in cited(store, paper)[0].stale
    assert not cited(store, paper)[0].gone
    row = rows(store, paper)[0]
    once = cited_texts.digest("一人保管印章")  # what an earlier version kept
    for kept in (citing.hash_now(store, row), once, ""):
        records.edit(store, "paper", paper, {"citations": [{**row, "text_hash": kept}]})
        assert cited(store, paper)[0].stale == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [("二", "一，二，三"), ("二，三。", "一，二，三"), ("三。四", "一，二，三。四五"), ("六", "六"), ("零", "零")],
)
def test_a_sentence_ends_at_its_signs_and_at_the_end_of_a_line(words: str, expected: str) -> None:
    text = "零\n一，二，三。四五！六"
    assert cited_texts.sentence(text, words, text.index(words)) == expected


def row_place(store: Store, entity: str, record: str, field: str, column: str, words: str) -> Place:
    row = next(row for row in records.load(store, entity, record).values[field] if words in row[column])
    place = cited_texts.place_in_row(field, row["id"], column)
    return Place(None, "", "", entity, record, place, row[column].index(words), words)


def test_a_row_is_cited_by_where_it_stands_now_and_its_end_is_said(store: Store) -> None:
    said = [{"request": "请修护栏"}, {"request": "请修路灯"}]
    values = {"inspection": the_inspection(store), "number": "访-JXG-0001", "requests": said}
    record, paper = records.create(store, "visit", values), add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, row_place(store, "visit", record, "requests", "request", "修路灯"))
    assert [(c.words, c.stale) for c in cited(store, paper)] == [("走访记录（访-JXG-0001）诉求第2条", "")]
    kept = records.load(store, "visit", record).values["requests"]
    records.edit(store, "visit", record, {"requests": kept[::-1]})
    assert cited(store, paper)[0].place == "诉求第1条"
    records.edit(store, "visit", record, {"requests": kept[:1]})
    assert (cited(store, paper)[0].place, cited(store, paper)[0].gone) == ("", True)
    assert "已没有所引的这段话" in cited(store, paper)[0].stale


def test_of_two_places_with_the_same_words_the_one_nearby_is_meant(store: Store) -> None:
    text = f"答：是。\n{LINE}\n" * 3
    record, paper = talk(store, text), add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, Place(None, "", "", "interview", record, "text", text.rindex("是"), "是"))
    assert cited(store, paper)[0].place == "第1页第5行"
    records.edit(store, "interview", record, {"text": "（补）\n" + text})
    assert cited(store, paper)[0].place == "第1页第6行"


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [("甲乙甲", 0, 0), ("甲乙甲", 2, 2), ("甲乙乙乙甲", 1, 0), ("甲乙乙乙甲", 3, 4), ("乙", 0, None)],
)
def test_the_nearest_occurrence_is_found(text: str, start: int, expected: int | None) -> None:
    assert cited_texts.nearest(text, "甲", start) == expected


def test_a_whole_record_that_changed_or_went_says_so(store: Store) -> None:
    values = {"inspection": the_inspection(store), "number": "凭-JXG-0001", "summary": "餐费", "amount": 128_000}
    record = records.create(store, "voucher", values)
    paper = add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, Place(record_kind="voucher", record=record))
    assert [(c.words, c.stale) for c in cited(store, paper)] == [("抽凭记录（凭-JXG-0001）", "")]
    records.edit(store, "voucher", record, {"amount": 138_000})
    assert "引用后有修改" in cited(store, paper)[0].stale
    records.delete(store, "voucher", [record])
    assert "已删除" in cited(store, paper)[0].stale


def test_what_is_routine_leaves_a_cited_record_as_it_was(store: Store) -> None:
    values = {"inspection": the_inspection(store), "number": "调-JXG-0001", "name": "会议记录本"}
    book = records.create(store, "borrowing", values)
    said = {"requests": [{"request": "请修护栏"}], "text": "护栏缺损"}
    visit = records.create(store, "visit", {"inspection": the_inspection(store), "number": "访-1", **said})
    paper = add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, Place(record_kind="borrowing", record=book))
    citing.cite(store, paper, Place(record_kind="visit", record=visit))
    records.edit(store, "borrowing", book, {"returned_on": "2031-12-01", "taker": "虚构某", "batch": "第二批"})
    [row] = records.load(store, "visit", visit).values["requests"]
    records.edit(store, "visit", visit, {"requests": [{**row, "route": "quick_fix", "done_on": "2031-12-02"}]})
    assert [c.stale for c in cited(store, paper)] == ["", ""]
    records.edit(store, "borrowing", book, {"conclusion": "缺三月的记录"})
    records.edit(store, "visit", visit, {"requests": [{**row, "request": "请修护栏和路灯"}]})
    assert ["引用后有修改" in c.stale for c in cited(store, paper)] == [True, True]


@pytest.mark.parametrize("entity", CITABLE)
def test_every_kind_says_something_and_a_new_record_of_it_has_not_changed(store: Store, entity: str) -> None:
    record = records.create(store, entity, {"inspection": the_inspection(store), "number": "1"})
    paper = add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, Place(record_kind=entity, record=record))
    assert [(c.stale, c.gone) for c in cited(store, paper)] == [("", False)]
    records.edit(store, entity, record, {entities()[entity].TITLE: "换了"} if entity != "interview" else {"text": "换"})
    assert "引用后有修改" in cited(store, paper)[0].stale


def test_a_digest_of_an_earlier_version_still_holds(store: Store) -> None:
    record = records.create(store, "borrowing", {"inspection": the_inspection(store), "number": "1", "name": "合同"})
    with store.read() as session:
        then = cited_texts._digest_once(cited_texts.read(session, "borrowing", [record])[record])
    row = {"record_kind": "borrowing", "record": record, "text_hash": then}
    paper = add_paper(store, "甲", state="draft", citations=[row])
    assert cited(store, paper)[0].stale == ""


def test_citing_again_settles_what_was_changed_and_follows_what_moved(store: Store) -> None:
    book = records.create(store, "borrowing", {"inspection": the_inspection(store), "number": "1", "name": "合同"})
    talked, paper = talk(store), add_paper(store, "甲", state="draft", citations=[])
    for place in (Place(record_kind="borrowing", record=book), passage(talked, "出纳一人保管")):
        citing.cite(store, paper, place)
    records.edit(store, "borrowing", book, {"conclusion": "没有签字页"})
    moved = f"（补记）\n{SAID}"
    records.edit(store, "interview", talked, {"text": moved})
    assert "引用后有修改" in cited(store, paper)[0].stale
    for place in (Place(record_kind="borrowing", record=book), passage(talked, "出纳一人保管", moved)):
        citing.cite(store, paper, place)
    assert [c.stale for c in cited(store, paper)] == ["", ""]
    assert rows(store, paper)[1]["start"] == moved.index("出纳一人保管")
    undo.undo(store)
    undo.undo(store)
    assert "引用后有修改" in cited(store, paper)[0].stale


def lacking(store: Store, paper: str) -> list[tuple[str, bool]]:
    values = records.load(store, "paper", paper).values
    found = papers.gaps(values, citing.described(store, values["citations"]))
    return [(gap.missing, gap.blocking) for gap in found if gap.of_citations]


def test_a_citation_that_holds_no_longer_stops_a_paper_and_a_mere_change_is_said(store: Store) -> None:
    book = records.create(store, "borrowing", {"inspection": the_inspection(store), "number": "1", "name": "合同"})
    talked, paper = talk(store), add_paper(store, "甲", state="draft", communication="已沟通")
    citing.cite(store, paper, passage(talked, "出纳一人保管"))
    citing.cite(store, paper, Place(record_kind="borrowing", record=book))
    assert lacking(store, paper) == []
    records.edit(store, "borrowing", book, {"conclusion": "没有签字页"})
    assert lacking(store, paper) == [("支撑材料第3条引用后原文有修改，请核对", False)]
    assert papers.gap_words(store, [paper]) == {}
    papers.submit(store, paper)
    undo.undo(store)
    records.edit(store, "interview", talked, {"text": "答：记不清了。"})
    assert lacking(store, paper)[0] == ("支撑材料第2条引用失效，请另引或删去", True)
    assert papers.gap_words(store, [paper]) == {paper: "缺：失效引用的更换"}
    found = workbench.overview(store, the_inspection(store), date(2031, 3, 23)).first_lacking[0]
    assert {"失效引用的更换", "引用原文的核对"} <= set(found.gaps)
    with pytest.raises(UserError, match="失效引用的更换"):
        papers.submit(store, paper)
    with pytest.raises(UserError, match="失效引用的更换"):
        papers.approve(store, [paper])


def test_evidence_of_a_paper_in_review_or_signed_stays_and_of_a_draft_goes(store: Store) -> None:
    paper = add_paper(store, "印章由一人保管", state="draft")
    [proof] = [row["evidence"] for row in rows(store, paper)]
    for state, words in (("review", "待复核"), ("approved", "已审签")):
        records.edit(store, "paper", paper, {"state": state})
        with pytest.raises(UserError, match=f"“虚构合同”被{words}的底稿“印章由一人保管”引用，不能删除；要删除请先由"):
            evidence_uses.delete(store, [proof])
    records.edit(store, "paper", paper, {"state": "returned"})
    evidence_uses.delete(store, [proof])
    assert lacking(store, paper) == [("支撑材料第1条引用失效，请另引或删去", True)]
    undo.undo(store)
    assert lacking(store, paper) == []


def test_a_talk_is_carried_over_to_a_paper_with_text_source_and_citation(store: Store) -> None:
    record = talk(store)
    begun = carrying.to_paper(store, passage(record, "出纳一人保管印章和支票"))
    assert (begun["verified_facts"], begun["sources"]) == ("出纳一人保管印章和支票", ("interview",))
    paper = add_paper(store, state="draft", **{**begun, "title": "甲"})
    assert [c.words for c in cited(store, paper)] == ["谈话记录（T-JXG-0001）第1页第6行"]


def test_a_voucher_is_carried_over_in_a_sentence_with_its_amount(store: Store) -> None:
    values = {
        "inspection": the_inspection(store), "number": "凭-JXG-0001", "summary": "餐费", "amount": 128_000,
        "voucher_on": "2030-01-05", "voucher_no": "记-0128", "book": "虚构镇财政所", "doubts": ("round", "papers"),
    }  # fmt: skip
    record = records.create(store, "voucher", values)
    begun = carrying.to_paper(store, Place(record_kind="voucher", record=record))
    assert begun["verified_facts"] == (
        "2030年1月5日，虚构镇财政所记-0128号凭证列支“餐费”，金额1,280元，疑点：大额整数、无公函清单。"
    )
    assert (begun["amount"], begun["title"]) == (128_000, "餐费")


def test_a_petition_becomes_a_quick_fix_that_cites_it(store: Store) -> None:
    values = {
        "inspection": the_inspection(store),
        "number": "信-JXG-0001",
        "subject": "路灯不亮",
        "text": "三组路灯坏了半年。",
    }
    record = records.create(store, "petition", values)
    begun = carrying.to_quick_fix(store, Place(record_kind="petition", record=record))
    fix = records.create(store, "quick_fix", begun)
    assert (begun["title"], begun["facts"]) == ("路灯不亮", "三组路灯坏了半年。")
    assert [row["record"] for row in rows(store, fix, "quick_fix")] == [record]


def test_a_poll_and_a_meeting_carry_over_what_they_found(store: Store) -> None:
    questions = ({"question": "总体评价", "first": 6, "second": 2, "unknown": 2},)
    values = {"inspection": the_inspection(store), "name": "班子测评", "questions": questions, "valid": 10}
    poll = records.create(store, "poll", {**values, "issued": 12, "returned": 10})
    begun = carrying.to_paper(store, Place(record_kind="poll", record=poll))
    shares = "好6票（75.00%）、较好2票（25.00%）、一般0票（0.00%）、差0票（0.00%）、不了解2票"
    assert begun["verified_facts"] == f"班子测评，有效票10份。“总体评价”：{shares}"
    few = records.create(store, "poll", {**values, "valid": 3})
    assert carrying.to_quick_fix(store, Place(record_kind="poll", record=few))["facts"] == "班子测评，有效票3份。"
    agenda = ({"topic": "papers", "subject": "研究底稿", "discussion": "事实清楚。"},)
    meeting = records.create(store, "meeting", {"inspection": the_inspection(store), "agenda": agenda})
    begun = carrying.to_paper(store, Place(record_kind="meeting", record=meeting))
    assert begun["verified_facts"] == "研究底稿：事实清楚。"


def test_a_passage_of_evidence_is_carried_over_too(store: Store) -> None:
    proof = records.create(store, "evidence", {"name": "会议记录", "number": "证-JXG-0001", "kind": "minutes"})
    place = Place(evidence=proof, pages="3", region="100,200,300,50", passage="同意直接发包")
    paper = add_paper(store, state="draft", **{"title": "甲", **carrying.to_paper(store, place)})
    assert [c.words for c in cited(store, paper)] == ["会议记录（证-JXG-0001）第3页画框处"]
    assert records.load(store, "paper", paper).values["verified_facts"] == "同意直接发包"
    assert evidence.cited_in(store, proof) == [(paper, "甲，第3页画框处")]
    fix = records.create(store, "quick_fix", carrying.to_quick_fix(store, place))
    assert rows(store, fix, "quick_fix")[0]["region"] == "100,200,300,50"


@pytest.mark.parametrize(
    ("file", "pages", "place"),
    [
        ("会议记录.pdf", "3-5", "第3-5页"),
        ("", "3", "第3页"),
        ("说明.docx", "2", "第2段"),
        ("说明.docx", "第2段", "第2段"),
        ("台账.xlsx", "工作表“收入”", "工作表“收入”"),
        ("台账.xlsx", "", ""),
    ],
)
def test_a_part_of_a_text_is_called_a_part_and_a_sheet_by_its_name(
    store: Store, file: str, pages: str, place: str
) -> None:
    proof = records.create(store, "evidence", {"name": "材料", "file_name": file})
    paper = add_paper(store, "甲", state="draft", citations=[{"evidence": proof, "pages": pages}])
    assert [c.place for c in cited(store, paper)] == [place]
    assert evidence.cited_in(store, proof) == [(paper, f"甲，{place}" if place else "甲")]


def test_a_signed_paper_whose_words_are_gone_is_named_in_list_and_overview(store: Store) -> None:
    record = talk(store)
    paper = add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, passage(record, "出纳一人保管"))
    records.edit(store, "paper", paper, {"state": "approved"})
    assert papers.gap_words(store, [paper]) == {}
    assert workbench.overview(store, the_inspection(store), date(2031, 3, 23)).lacking.count == 0
    records.edit(store, "interview", record, {"text": "问：请介绍情况。"})
    assert papers.gap_words(store, [paper]) == {paper: "缺：失效引用的更换"}
    [named] = workbench.overview(store, the_inspection(store), date(2031, 3, 23)).first_lacking
    assert (named.paper, named.gaps) == (paper, ("失效引用的更换",))


def test_a_paper_out_of_a_quick_fix_cites_it_and_what_it_cites(store: Store) -> None:
    begun = carrying.to_quick_fix(store, passage(talk(store), "出纳一人保管"))
    fix = records.create(store, "quick_fix", {**begun, "title": "印章和支票一人保管"})
    begun = carrying.to_paper(store, Place(record_kind="quick_fix", record=fix))
    assert (begun["title"], begun["verified_facts"]) == ("印章和支票一人保管", "出纳一人保管")
    assert begun["quick_fix"] is True
    paper = records.create(store, "paper", begun)
    assert [row["record_kind"] for row in rows(store, paper)] == ["quick_fix", "interview"]
    assert rows(store, paper)[1]["id"] != rows(store, fix, "quick_fix")[0]["id"]
    assert carrying.grown_out_of(store, paper, "quick_fix") == fix
    assert carrying.grown_out_of(store, add_paper(store, "乙"), "quick_fix") == ""
    records.edit(store, "quick_fix", fix, {"facts": "改过的事实"})
    assert "在引用后有修改" in cited(store, paper)[0].stale


def test_a_quick_fix_out_of_a_paper_takes_its_citations_along(store: Store) -> None:
    record, paper = talk(store), add_paper(store, "甲", state="draft", citations=[])
    citing.cite(store, paper, passage(record, "出纳一人保管"))
    fix = records.create(store, "quick_fix", carrying.paper_to_quick_fix(store, paper))
    assert len(rows(store, fix, "quick_fix")) == len(rows(store, paper)) == 1
    assert records.load(store, "quick_fix", fix).values["papers"] == (paper,)


@pytest.mark.parametrize(
    ("file_type", "count", "pages"),
    [
        ("image/jpeg", None, "1"),
        ("image/heic", None, "1"),
        ("application/pdf", 1, "1"),
        ("application/pdf", 3, ""),
        ("image/tiff", None, ""),
        ("application/vnd.ms-excel", None, ""),
    ],
)
def test_what_has_one_page_is_cited_with_it(store: Store, file_type: str, count: int | None, pages: str) -> None:
    paper = add_paper(store, "印章管理不严", state="draft", citations=[])
    file = Stored("虚构", file_type, 1, "0" * 64, count)
    [piece] = evidence.register(store, [file], the_inspection(store), paper)
    assert [(row["evidence"], row["pages"]) for row in rows(store, paper)] == [(piece, pages)]
    assert evidence.citation(store, piece) == {"evidence": piece, "pages": pages}
    photo = records.load(store, "evidence", piece).values["kind"] == "photo"
    assert photo is file_type.startswith("image/")
