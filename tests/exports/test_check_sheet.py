"""What the check sheet finds before an export: gaps and conflicts stop a final one and mark a draft."""

from typing import Any

import pytest

from tests.support.desk import Desk, text_of
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.model import fields
from xuncha_desktop.services import citing, dump, field_records, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.services.export_data import LOST

DATA = "问题台账"


@pytest.mark.parametrize(
    "name", ["title", "addressee", "evaluation", "leadership", "suggestions", "signature", "dated"]
)
def test_a_mandatory_gap_stops_the_report_and_marks_its_draft(desk: Desk, name: str) -> None:
    desk.add_paper()
    desk.set("report", desk.report, **{name: None})
    label = fields("report")[name].label
    target = desk.folder / "report.docx"
    target.write_text("旧文件", encoding="utf-8")
    with pytest.raises(UserError, match=f"没有填写{label}"):
        desk.export("report")
    assert target.read_text(encoding="utf-8") == "旧文件"
    assert dump.everything(desk.store)["export_record"] == []
    finding = next(finding for finding in desk.check("report").stops)
    assert (finding.entity, finding.record, finding.field) == ("report", desk.report, name)
    text = text_of(desk.export("report", draft=True))
    assert text.count(GAP) == 1
    assert "（草稿）" in text


@pytest.mark.parametrize(
    ("values", "kinds", "says"),
    [
        ({"overview": ""}, ("report", "ledger", "paper"), "缺问题概述"),
        ({"citations": []}, ("report", "ledger", "paper"), "缺支撑材料"),
        ({"handlers": []}, ("report", "ledger", "paper"), "缺第二承办人"),
        ({"problem_type": None}, ("report", "ledger", "paper"), "缺问题分类"),
        ({"parties": []}, ("report", "ledger", "paper"), "缺责任主体"),
        ({"dated": None}, ("paper",), "没有填写编制日期"),
    ],
)
def test_a_gap_in_a_paper_stops_what_prints_it(
    desk: Desk, values: dict[str, Any], kinds: tuple[str, ...], says: str
) -> None:
    paper = desk.add_paper()
    records.edit(desk.store, "paper", paper, values)
    for kind in kinds:
        with pytest.raises(UserError, match=says):
            desk.export(kind, paper if kind == "paper" else "")
    assert GAP in text_of(desk.export("paper", paper, draft=True))


@pytest.mark.parametrize("kind", ["paper", "report", "ledger", "check_book", "volume"])
def test_a_citation_that_is_gone_stops_and_one_that_was_changed_is_said(desk: Desk, kind: str) -> None:
    talk = field_records.create(desk.store, "interview", desk.inspection, {"text": "答：一共37笔没有公函。"})
    paper = desk.add_paper(state="draft")
    citing.cite(desk.store, paper, Place(None, "", "", "interview", talk, "text", 2, "一共37笔没有公函"))
    citing.cite(desk.store, paper, Place(record_kind="interview", record=talk))
    desk.set("paper", paper, state="approved", official_number="DG-001")
    of = paper if kind == "paper" else ""
    assert not [finding for finding in desk.check(kind, of).findings if finding.kind == "cited"]
    desk.set("interview", talk, text="答：一共37笔没有公函。又问：还有吗？")
    changed = [finding for finding in desk.check(kind, of).findings if finding.kind == "cited"]
    assert [(each.text.partition("”")[2], each.stops) for each in changed] == [
        ("支撑材料第3条引用后原文有修改，请核对", False)
    ]
    assert (changed[0].entity, changed[0].record, changed[0].field) == ("paper", paper, "citations")
    desk.set("interview", talk, text="答：记不清了。")
    with pytest.raises(UserError, match="支撑材料第2条引用失效，请另引或删去"):
        desk.export(kind, of)


def test_a_draft_says_where_a_cited_place_is_gone(desk: Desk) -> None:
    talk = field_records.create(desk.store, "interview", desk.inspection, {"text": "答：一共37笔没有公函。"})
    paper = desk.add_paper(state="draft")
    citing.cite(desk.store, paper, Place(None, "", "", "interview", talk, "text", 2, "一共37笔没有公函"))
    assert "第1页第1行" in text_of(desk.export("paper", paper, draft=True))
    desk.set("interview", talk, text="答：记不清了。")
    records.delete(desk.store, "evidence", [desk.proof])
    printed = text_of(desk.export("paper", paper, draft=True))
    assert printed.count(LOST) == 2
    assert "第1页第1行" not in printed


def test_more_than_three_gaps_are_counted_not_listed(desk: Desk) -> None:
    for _ in range(5):
        records.edit(desk.store, "paper", desk.add_paper(), {"overview": ""})
    with pytest.raises(UserError, match=r"等 5 处；请补齐后再导出，或先导出草稿。") as refused:
        desk.export("ledger")
    assert str(refused.value).count("缺问题概述") == 3


def test_without_any_paper_there_is_no_final_report_but_a_draft(desk: Desk) -> None:
    with pytest.raises(UserError, match="还没有可以写入的底稿"):
        desk.export("report")
    assert f"三、发现的主要问题\n（一）{GAP}\n1.{GAP}\n四、" in text_of(desk.export("report", draft=True))
    assert read_rows(desk.export("ledger", draft=True), DATA) == []


def test_a_paper_under_no_heading_stops_the_report(desk: Desk) -> None:
    paper = desk.add_paper()
    kind = desk.type("A101")
    desk.set("problem_type", kind, level1="Z")
    assert any("没有归入报告框架" in finding.text for finding in desk.check("report").stops)
    known = next(row for row in dump.everything(desk.store)["heading_set"] if row["code"] == "3J")["headings"]
    desk.set("paper", paper, heading=known[2]["id"])
    assert not desk.check("report").stops
    assert f"（一）{known[2]['title']}\n1.虚构问题1\n" in text_of(desk.export("report"))


def test_a_field_in_conflict_stops_every_document_until_it_is_decided(desk: Desk) -> None:
    paper = desk.add_paper()
    seen = records.load(desk.store, "paper", paper).heads
    records.edit(desk.store, "paper", paper, {"overview": "这样改"}, seen)
    records.edit(desk.store, "paper", paper, {"overview": "那样改"}, seen)
    for kind in ("report", "ledger", "paper"):
        found = [f for f in desk.check(kind, paper if kind == "paper" else "").stops if f.kind == "conflict"]
        assert [finding.record for finding in found] == [paper]
        assert "问题概述" in found[0].text
    desk.export("report", draft=True)


def test_a_conflict_in_a_row_names_the_paper_it_belongs_to(desk: Desk) -> None:
    paper = desk.add_paper()
    row = records.load(desk.store, "paper", paper).values["parties"][0]["id"]
    seen = desk.store.heads("paper_party", row)
    for name in ("甲", "乙"):
        with desk.store.write("改", seen=seen) as session:
            records.find(session, "paper_party", row).name = name
    assert [f.record for f in desk.check("ledger").stops] == [paper]
