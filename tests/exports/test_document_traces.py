"""Documents besides the report: what in them came from a record says so, and an edit of it in Word is found."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.exports.test_comparing import compared, edit, only
from tests.exports.test_traces import kept
from tests.support.desk import Desk
from xuncha_desktop.exports import templates, traces
from xuncha_desktop.exports.sourced_texts import cut, stacked
from xuncha_desktop.exports.traces import Trace, joined, sourced
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.exports.word.marked import read
from xuncha_desktop.rich import BULLET
from xuncha_desktop.services import dump, field_records, records

DAYS = {"feedback_on": "2031-06-01", "plan_due_on": "2031-06-30", "rectify_until": "2031-08-31"}
VOTES = {"second": 0, "third": 0, "fourth": 0, "unknown": 0}


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A paper with everything, talks and a poll large enough to be told."""
    everything = dump.everything(desk.store)
    unit = next(row["id"] for row in everything["unit"] if row["code"] == "XGZ")
    desk.set("unit", unit, secretary="丙虚构")
    desk.set("inspection", desk.inspection, **DAYS)
    desk.set("round", next(iter(records.options(desk.store, "round"))), name_persons=True)
    desk.add_paper(
        title="标题甲", overview="概述首句128.50万元。概述次句。", typical_case="事例甲39笔。", amount=1_285_000_00,
        verified_facts="事实甲。", basis="《虚构办法》第七条", suggestion="处理甲。", people=52,
        parties=[{"kind": "first", "name": "虚构书记"}, {"kind": "leading", "name": "虚构镇长"}],
    )  # fmt: skip
    for number in range(6):
        talk = {"person_kind": "secretary", "on_leadership": "good", "secrecy": "normal", "held_on": "2031-03-05"}
        summaries = [{"topic": "decisions", "goes_to": "nothing", "summary": f"意见{number}号。"}]
        field_records.create(desk.store, "interview", desk.inspection, {**talk, "summaries": summaries})
    poll = {
        "name": "测评甲",
        "scope": "中层以上干部",
        "object": "leadership",
        "scale": "grade",
        "held_on": "2031-03-06",
    }
    counted = {"issued": 31, "returned": 30, "valid": 29, "questions": [{"question": "题目甲", "first": 29, **VOTES}]}
    field_records.create(desk.store, "poll", desk.inspection, {**poll, **counted})
    return desk


def subject(desk: Desk, kind: str) -> str:
    """Whom a document is made of."""
    return next(iter(records.options(desk.store, "paper"))) if kind == "paper" else desk.inspection


def unit_name(desk: Desk) -> str:
    return next(row["name"] for row in dump.everything(desk.store)["unit"] if row["code"] == "XGZ")


def said(every: list[Trace]) -> set[tuple[str, str, str]]:
    return {(trace.source.entity, trace.source.field, trace.text) for trace in every}


EDITS = [
    ("feedback", "128.50", "128.60"),
    ("feedback", "事例甲39笔", "事例甲38笔"),
    ("feedback", ">标题甲<", ">标题乙<"),
    ("feedback", "2031年6月30日", "2031年7月30日"),
    ("feedback_head", "概述次句", "概述末句"),
    ("feedback_head", "丙虚构", "丁虚构"),
    ("briefing", "128.50万元", "128.60万元"),
    ("briefing", ">标题甲<", ">标题乙<"),
    ("briefing", ">虚构镇长<", ">虚构书记<"),
    ("talk_report", "意见3号", "意见9号"),
    ("talk_report", ">6人次<", ">7人次<"),
    ("talk_report", "100.00%", "90.00%"),
    ("poll_report", ">29<", ">28<"),
    ("poll_report", ">31份<", ">30份<"),
    ("poll_report", ">题目甲<", ">题目乙<"),
    ("paper", "事例甲39笔", "事例甲38笔"),
    ("paper", "第七条", "第八条"),
    ("paper", ">52<", ">53<"),
    ("paper", ">虚构台账<", ">虚构账册<"),
    ("volume", "事实甲", "事实乙"),
    ("volume", ">虚构镇长<", ">虚构书记<"),
]


@pytest.mark.parametrize("kind", sorted({kind for kind, *_ in EDITS}))
def test_an_untouched_document_agrees_in_every_place_and_each_bookmark_holds_its_text(full: Desk, kind: str) -> None:
    file = full.export(kind, subject(full, kind))
    pieces = {piece.token: piece for piece in read(file).pieces}
    assert pieces.keys() == {trace.token for trace in kept(full)}
    assert [trace.text for trace in kept(full) if not pieces[trace.token].says(trace.text)] == []
    assert faults(file) == []
    found = compared(full, file)
    assert found.differences == ()
    assert not found.is_partial
    assert found.sentence().startswith(f"“{file.name}”与案卷一致，共核对 {found.traced} 处有出处的文字和数字")


@pytest.mark.parametrize(("kind", "before", "after"), EDITS)
def test_an_edit_in_word_is_found(full: Desk, kind: str, before: str, after: str) -> None:
    file = full.export(kind, subject(full, kind))
    changed = edit(file, lambda body: body.replace(before, after, 1))
    assert changed.read_bytes() != file.read_bytes()
    assert only(compared(full, changed)).kind == "edited"


def test_what_the_case_says_now_is_told_of_a_paper_and_of_its_volume(full: Desk) -> None:
    [paper] = records.options(full.store, "paper")
    files = [full.export("paper", paper), full.export("volume")]
    full.set("paper", paper, basis="《虚构办法》第九条")
    for file in files:
        found = only(compared(full, file))
        assert (found.kind, found.in_case, found.paper) == ("changed", "《虚构办法》第九条", paper)


def test_the_texts_of_papers_in_a_feedback_name_their_fields(full: Desk) -> None:
    full.export("feedback")
    assert said(kept(full)) >= {
        ("paper", "title", "标题甲"),
        ("paper", "overview", "概述首句128.50万元。概述次句。"),
        ("paper", "typical_case", "事例甲39笔。"),
        ("report", "evaluation", "总体评价。"),
        ("inspection", "rectify_until", "2031年8月31日"),
        ("unit", "name", unit_name(full)),
    }


def test_a_first_sentence_is_compared_with_the_first_sentence_of_today(full: Desk) -> None:
    [paper] = records.options(full.store, "paper")
    file = full.export("briefing")
    assert ("paper", "overview", "概述首句128.50万元。") in said(kept(full))
    full.set("paper", paper, overview="概述首句128.50万元。另一次句。")
    assert compared(full, file).differences == ()
    full.set("paper", paper, overview="概述首句130.00万元。另一次句。")
    assert only(compared(full, file)).in_case == "概述首句130.00万元。"


def test_no_bookmark_of_a_talk_report_says_who_spoke(full: Desk) -> None:
    file = full.export("talk_report")
    ids = {row["id"] for row in dump.everything(full.store)["interview"]}
    with zipfile.ZipFile(file) as package:
        whole = b"".join(map(package.read, package.namelist())).decode("utf-8", "ignore")
    assert not [record for record in ids if record in whole]


def test_a_header_repeats_words_without_their_bookmarks(full: Desk) -> None:
    with zipfile.ZipFile(full.export("volume")) as package:
        edges = [name for name in package.namelist() if re.match(r"word/(header|footer)\d", name)]
        headers = [package.read(name).decode() for name in edges]
    assert [header for header in headers if unit_name(full) in header]
    assert not [header for header in headers if traces.PREFIX in header]


def test_a_file_most_of_which_has_no_source_is_never_said_to_agree(full: Desk, home: Path) -> None:
    """As the exports of earlier versions: words of papers stand under no bookmark, and are nothing new in the case."""
    own = home / templates.OWN / "feedback.docx"
    own.parent.mkdir()
    shutil.copy(templates.shipped_word(own.name), own)
    shutil.move(edit(own, lambda body: re.sub(r"\{\{ (paragraph|item\.title) \}\}", r"{{ \1 ~ '' }}", body)), own)
    file = full.export("feedback")
    found = compared(full, file)
    assert found.differences == ()
    assert found.is_partial
    assert found.share < 40
    sentence = f"“{file.name}”只核对了 {found.traced} 处有出处的文字和数字（约占全文的 {found.share}%）"
    rest = "，这些地方没有发现不一致；其余没有出处，没有与案卷核对，请人工核对"
    assert found.sentence() == sentence + rest
    full.add_paper(title="标题新")
    told = compared(full, file)
    assert {(each.kind, each.in_case) for each in told.differences if each.source.field == "title"} == {
        ("added", "标题新")
    }
    assert told.sentence().endswith("；其余没有出处，没有与案卷核对，请人工核对")


def test_texts_cut_and_put_together_keep_their_sources() -> None:
    whole = joined("甲", sourced("乙丙丁", "unit", "1", "name"), "戊")
    front, back = cut(whole, 0, 3), cut(whole, 3, 5)
    assert (front, back) == ("甲乙丙", "丁戊")
    [*first], [*second] = traces.of_content(front), traces.of_content(back)
    assert [(trace.text, trace.source.record) for trace in (*first, *second)] == [("乙丙", "1"), ("丁", "1")]
    assert first[0].token != second[0].token
    both = stacked(sourced(f"首\n{BULLET}点", "paper", "1", "verified_facts"), "", sourced("尾", "paper", "1", "title"))
    assert both == "首\n• 点\n尾"
    assert [trace.text for trace in traces.of_content(both)] == ["首", "点", "尾"]
    assert len(both.blocks) == 3


def test_the_date_is_edited_in_a_file_that_libreoffice_saved(full: Desk) -> None:
    """It ends a bookmark a character too early where a section ends."""
    full.set("report", full.report, dated="2031-05-01")

    def saved(body: str) -> str:
        body, times = re.subn(r"2031年5月1日</w:t></w:r>(<w:bookmarkEnd [^>]*/>)",
                              r"2031年5月2</w:t></w:r>\1<w:r><w:t>日</w:t></w:r>", body)  # fmt: skip
        assert times == 1
        return body

    found = only(compared(full, edit(full.export("report"), saved)))
    assert (found.kind, found.in_file, found.in_case) == ("edited", "2031年5月2日", "2031年5月1日")


def test_a_row_of_the_attached_list_is_placed_in_the_attachment(full: Desk) -> None:
    file = full.export("report")
    place = file.with_name("表.docx")
    changed = edit(file, lambda body: re.sub(r"(.*)>标题甲<", r"\1>标题丙<", body, count=1, flags=re.DOTALL))
    found = only(compared(full, changed.rename(place)))
    assert found.place().startswith("“附件”下，")
