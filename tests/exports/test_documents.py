"""Report, ledger and paper of a real case: what goes in, in what order, and what becomes of the file."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.exports.documents import make_template
from tests.support.desk import Desk, text_of
from xuncha_desktop import resources
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.exports import catalog, ledger, report
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.exports.headings import brief
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Kind, fields
from xuncha_desktop.sample_pictures import photo
from xuncha_desktop.services import dump, evidence, export_data, papers, records, reports
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.services.export_data import Place

DATA, BRIEFING = "问题台账", "书记专题会汇报表"


def test_the_report_prints_its_parts_in_order(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12, leads=1)
    desk.set("report", desk.report, opening="另有说明。")
    desk.add_paper(title="标题一", overview="概述一。", typical_case="事例一。", amount=12_345_600_00)
    text = text_of(desk.export("report"))
    parts = (
        "一、巡察工作开展情况",
        "2031年3月1日至5月1日，市委第九巡察组对虚构镇党委开展了常规巡察。"
        "驻点期间，累计开展个别谈话12人次，形成问题底稿1份。",
        "另有说明。",
        "二、总体评价",
        "总体评价。",
        "三、发现的主要问题",
        f"（一）{resources.heading_sets()['3J'].headings[0].title}",
        "1.标题一\n概述一。\n事例一。",
        "四、对领导班子及主要负责人的评价",
        "班子评价。",
        "五、意见建议",
        "（一）建议甲\n（二）建议乙",
        "六、问题线索",
        "附件：问题清单",
        "附件",
        "1,234.56",
    )
    positions = [text.find(part) for part in parts]
    assert -1 not in positions, parts[positions.index(-1)]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("counters", "says"),
    [
        ({}, "驻点期间，累计形成问题底稿1份。"),
        ({"talks": 0, "visits": 3}, "驻点期间，累计走访群众3户，形成问题底稿1份。"),
        (
            {
                "talks": 1,
                "questionnaires": 2,
                "documents": 3000,
                "visits": 4,
                "petitions": 5,
                "quick_fixes": 6,
                "leads": 7,
            },
            "驻点期间，累计开展个别谈话1人次，发放问卷2份，调阅资料3000份，走访群众4户，受理信访5件次，"
            "形成问题底稿1份，提出立行立改事项6项。",
        ),
    ],
)
def test_the_sentence_of_counts_leaves_out_what_is_zero(desk: Desk, counters: dict[str, int], says: str) -> None:
    desk.set("inspection", desk.inspection, **counters)
    desk.add_paper(state="draft")
    assert report.statistics(export_data.of_inspection(desk.store, desk.inspection)) == says


def test_without_any_count_there_is_no_sentence(desk: Desk) -> None:
    assert report.statistics(export_data.of_inspection(desk.store, desk.inspection)) == ""


@pytest.mark.parametrize(
    ("entry", "end", "says"),
    [
        ("2031-03-01", "2031-05-01", "2031年3月1日至5月1日，"),
        ("2031-12-10", "2032-02-01", "2031年12月10日至2032年2月1日，"),
        ("2031-12-10", None, f"2031年12月10日至{GAP}，"),
    ],
)
def test_the_stay_is_told_without_padding_and_without_repeating_the_year(
    desk: Desk, entry: str, end: str | None, says: str
) -> None:
    desk.set("inspection", desk.inspection, entry_on=entry, stay_end_on=end)
    desk.add_paper()
    assert f"\n{says}市委第九巡察组" in text_of(desk.export("report", draft=True))


def test_only_papers_that_count_reach_report_and_ledger(desk: Desk) -> None:
    shown = desk.add_paper(title="写入的", state="adopted")
    desk.add_paper(title="草稿的", state="draft")
    desk.add_paper(title="口头的", destination="oral")
    desk.add_paper(title="没采用的", state="rejected")
    left_out = desk.add_paper(title="不写入的")
    reports.leave_out(desk.store, desk.inspection, left_out, True)
    text = text_of(desk.export("report"))
    rows = read_rows(desk.export("ledger"), DATA)
    assert [row["问题标题"] for row in rows] == ["写入的"]
    assert [word for word in ("写入的", "草稿的", "口头的", "没采用的", "1.不写入的") if word in text] == ["写入的"]
    sheet = desk.check("report")
    assert sheet.papers == 1
    said = {finding.kind: finding.text for finding in sheet.findings}
    assert said["unapproved"] == "1 份底稿未审签，不写入"
    assert said["chain"].startswith("1 份底稿")
    assert [f.text[0] for f in sheet.findings if f.kind == "left_out"] == ["1", "1"]
    assert not sheet.stops
    assert shown in {line.id for line in export_data.of_inspection(desk.store, desk.inspection).papers}


def test_papers_stand_under_their_headings_in_the_order_arranged(desk: Desk) -> None:
    first, second = desk.add_paper(title="甲"), desk.add_paper(title="乙")
    desk.add_paper(title="丙", problem_type=desk.type("B101"))
    reports.arrange(desk.store, desk.inspection, [second, first])
    text = text_of(desk.export("report"))
    assert re.findall(r"\n(（[一二三]）聚焦|\d\.[甲乙丙]$)", text, re.M) == [
        "（一）聚焦",
        "1.乙",
        "2.甲",
        "（二）聚焦",
        "1.丙",
    ]
    rows = read_rows(desk.export("ledger"), DATA)
    assert [(row["问题标题"], row["对应报告段落"]) for row in rows] == [
        ("乙", "三、（一）1."),
        ("甲", "三、（一）2."),
        ("丙", "三、（二）1."),
    ]


def test_the_connecting_text_of_a_heading_stands_between_it_and_its_problems(desk: Desk) -> None:
    desk.add_paper(title="甲")
    desk.add_paper(title="乙", problem_type=desk.type("B101"))
    section = reports.plan(desk.store, desk.inspection)[1]
    reports.write_text(desk.store, desk.inspection, section.heading or "", "承上启下的话。\n第二段。")
    lines = text_of(desk.export("report")).split("\n")
    second = lines.index(f"（二）{section.title}")
    assert lines[second + 1 : second + 4] == ["承上启下的话。", "第二段。", "1.乙"]
    first = lines.index(f"（一）{resources.heading_sets()['3J'].headings[0].title}")
    assert lines[first + 1] == "1.甲"


@pytest.mark.parametrize(
    ("title", "says"),
    [
        (resources.heading_sets()["3J"].headings[1].title, "（二）群众身边腐败和不正之风"),
        ("聚焦作风建设", "（二）聚焦作风建设"),
        ("聚焦一个用户自己写的很长很长的标题", "第（二）方面"),
    ],
)
def test_tables_name_a_heading_by_its_number_and_short_words(title: str, says: str) -> None:
    assert brief(Place(title, 2, 5)) == says


def test_the_list_of_problems_and_the_briefing_form_use_short_names(desk: Desk) -> None:
    desk.add_paper()
    unit = next(iter(records.options(desk.store, "unit")))
    desk.set("unit", unit, short_name="虚构镇党委")
    assert text_of(desk.export("report")).count("（一）决策部署落实") == 1
    row = read_rows(desk.export("ledger"), BRIEFING)[0]
    assert (row["被巡察党组织"], row["聚焦方面"]) == ("虚构镇党委", "（一）决策部署落实")
    desk.set("unit", unit, short_name="")
    assert read_rows(desk.export("ledger"), BRIEFING)[0]["被巡察党组织"] == "中共虚构镇委员会"


def test_small_amounts_add_up_to_the_cent_in_every_document(desk: Desk) -> None:
    desk.set("round", next(iter(records.options(desk.store, "round"))), name_persons=True)
    for cents in (98_400, 12_500_000, 98_400):
        paper = desk.add_paper(amount=cents)
    for kind in ("report", "volume", "briefing"):
        lines = text_of(desk.export(kind)).split("\n")
        found = [line for line in lines if line in ("0.0984", "12.5000")]
        assert found[:3] == ["0.0984", "12.5000", "0.0984"], kind
    assert "\n12.6968\n" in text_of(desk.export("report"))
    assert "\n0.0984\n" in text_of(desk.export("paper", paper))
    book = load_workbook(desk.export("ledger"))
    formats = [book["问题台账"]["Q4"].number_format, book[BRIEFING]["G4"].number_format]
    assert set(formats) == {"#,##0.00####"}


def test_papers_the_team_drew_up_are_counted_for_the_report_alone(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12, **dict.fromkeys(("feedback_on", "plan_due_on"), "2031-06-01"))
    desk.add_paper()
    assert "累计开展个别谈话12人次，形成问题底稿1份。" in text_of(desk.export("report"))
    for kind in ("briefing", "feedback"):
        assert "累计开展个别谈话12人次。" in text_of(desk.export(kind, draft=True))


def test_a_paper_prints_who_is_in_charge_what_to_do_and_what_the_office_says(desk: Desk) -> None:
    said = {
        "leader_in_charge": "分管副镇长",
        "department": "财政所",
        "suggestion": "追缴并立规。",
        "office_note": "要素齐全。",
    }
    lines = text_of(desk.export("paper", desk.add_paper(**said))).split("\n")
    labels = ("分管领导", "责任科室", "处理建议", "审核备注")
    assert {label: lines[lines.index(label) + 1] for label in labels} == dict(zip(labels, said.values(), strict=True))


@pytest.mark.parametrize("original", ["original", "copy", "shot", "electronic"])
def test_a_paper_says_what_form_each_piece_of_evidence_has(desk: Desk, original: str) -> None:
    desk.set("evidence", desk.proof, original=original)
    words = (fields("evidence")["original"].choices or {})[original]
    lines = text_of(desk.export("paper", desk.add_paper())).split("\n")
    number = records.load(desk.store, "evidence", desk.proof).values["number"]
    assert lines[lines.index(number) + 5] == words


def test_a_cited_talk_stands_in_the_proof_list_by_its_code_and_place(desk: Desk) -> None:
    values = {"inspection": desk.inspection, "number": "T-JXG-0007", "text": "问：甲？\n答：出纳一人保管印章。"}
    talk = records.create(desk.store, "interview", {**values, "persons": ({"name": "戊虚构"},)})
    cited = {"record_kind": "interview", "record": talk, "record_field": "text", "passage": "出纳一人保管印章"}
    lines = text_of(desk.export("paper", desk.add_paper(citations=[cited]))).split("\n")
    at = lines.index("T-JXG-0007")
    assert lines[at + 1 : at + 4] == ["谈话记录", "谈话记录", "第1页第2行"]
    assert "戊虚构" not in "".join(lines)
    sheet = load_workbook(desk.export("ledger")).worksheets[0]
    assert "T-JXG-0007第1页第2行" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_template_that_leaves_a_text_out_is_refused_by_the_name_of_the_text(desk: Desk, home: Path) -> None:
    desk.add_paper(overview="必须印出的概述")
    (home / "templates").mkdir()
    make_template(home / "templates" / report.TEMPLATE, "{{ title }}{{ addressee }}")
    target = desk.folder / "report.docx"
    target.write_text("旧文件", encoding="utf-8")
    with pytest.raises(UserError, match="导出的文件中找不到“工作开展情况"):
        desk.export("report")
    assert target.read_text(encoding="utf-8") == "旧文件"
    assert list(desk.folder.glob("*.part*")) == []


def test_a_place_that_is_no_place_for_a_file_is_told(desk: Desk) -> None:
    desk.add_paper()
    (desk.folder / "report.docx").mkdir()
    with pytest.raises(UserError, match="是文件夹"):
        desk.export("report")


def test_a_title_longer_than_a_line_breaks_before_its_second_half(desk: Desk) -> None:
    desk.add_paper()
    desk.set("report", desk.report, title="中共虚构市委第九巡察组关于巡察虚构镇党委情况的报告")
    assert "中共虚构市委第九巡察组\n关于巡察虚构镇党委情况的报告\n" in text_of(desk.export("report"))


def test_the_ledger_says_what_the_paper_says_in_every_column(desk: Desk) -> None:
    desk.add_paper(
        title="标题",
        amount=1_234_567_89,
        people=63,
        place="无名村",
        level="village",
        sources=["documents", "visit"],
        period_from="2030-01-05",
        period_to="2030-06-30",
        common=True,
        signed_on="2031-04-02",
    )
    row = read_rows(desk.export("ledger"), DATA)[0]
    wanted: Mapping[str, Any] = {
        "序号": 1,
        "底稿编号": "〔2031〕09-01-09-XGZ-DG-001",
        "届次": 9,
        "轮次": 1,
        "巡察组": "市委第九巡察组",
        "被巡察党组织": "中共虚构镇委员会",
        "组织类型": "镇街道",
        "巡察方式": "常规",
        "延伸单位（村/社区/下属）": "无名村",
        "涉及人次": 63,
        "发生时间段": "2030年1月5日至2030年6月30日",
        "责任主体": "虚构镇党委",
        "支撑材料编号": "证-JXG-0001第1页",
        "发现方式": "查阅资料、走访调研",
        "承办人": "甲虚构、乙虚构",
        "是否共性问题": "是",
        "是否立行立改": "否",
        "去向（报告/反馈/口头/线索/建议书）": "报告",
    }
    names = set(str(row["承办人"]).split("、"))
    assert names == {"甲虚构", "乙虚构"}
    assert {title: row[title] for title in wanted if title != "承办人"} == {
        title: value for title, value in wanted.items() if title != "承办人"
    }
    assert row["涉及金额（万元）"] == pytest.approx(123.456789)
    assert str(row["审签日期"])[:10] == "2031-04-02"


def test_the_columns_are_those_of_the_template_in_its_order(desk: Desk) -> None:
    workbook = load_workbook(resources.path("ledgers", ledger.TEMPLATE))
    for sheet, columns in ((DATA, ledger.COLUMNS), (BRIEFING, ledger.BRIEFING)):
        titles = [str(cell.value).replace("\n", "") for cell in workbook[sheet][3] if cell.value]
        assert titles == [title for title, _ in columns]


def test_a_field_beyond_the_form_fills_a_column_that_a_template_has_for_it(
    desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = ledger.extra_columns()
    assert "原因剖析" in extra
    assert not {title for title, _ in ledger.COLUMNS} & set(extra)
    named = {source for _, source in ledger.COLUMNS if isinstance(source, str)} | set(extra.values())
    stored = {f"paper.{f.name}" for f in fields("paper").values() if f.kind is not Kind.ROWS}
    computed = {"paper.period_from", "paper.period_to"}
    assert stored - computed <= named
    workbook = load_workbook(resources.path("ledgers", ledger.TEMPLATE))
    for number, title in enumerate(("原因剖析", "涉及件数", "自定义列"), 33):
        workbook[DATA].cell(3, number, title)
    own = home / "templates" / ledger.TEMPLATE
    own.parent.mkdir()
    workbook.save(own)
    desk.add_paper(cause="虚构的原因", pieces=7)
    document = catalog.BY_KIND["ledger"]
    _, notes = catalog.export(
        desk.store, document, desk.inspection, desk.folder / "a.xlsx", draft=False, progress=Progress()
    )
    row = read_rows(desk.folder / "a.xlsx", DATA)[0]
    assert (row["原因剖析"], row["涉及件数"]) == ("虚构的原因", 7)
    assert notes == ("模板的表“问题台账”中这些列没有对应的内容，已留空：自定义列",)


def test_pictures_that_a_paper_cites_are_behind_its_form_each_once(desk: Desk) -> None:
    files = []
    for name in ("甲.jpg", "乙.jpg"):
        photo((name, "虚构"), Random(name)).save(desk.folder / name)
        files.append(Incoming(name, desk.folder / name))
    stored = evidence.store_files(desk.store, files, Progress())
    first, second = evidence.register(desk.store, stored, desk.inspection)
    cited = [{"evidence": record, "pages": "1"} for record in (first, desk.proof, first, second)]
    paper = desk.add_paper(citations=cited)
    assert len(Document(str(desk.export("paper", paper))).inline_shapes) == 2


def test_a_lost_picture_stops_the_paper_and_is_left_out_of_its_draft(desk: Desk) -> None:
    photo(("甲", "虚构"), Random(1)).save(desk.folder / "甲.jpg")
    stored = evidence.store_files(desk.store, [Incoming("甲.jpg", desk.folder / "甲.jpg")], Progress())
    picture = evidence.register(desk.store, stored, desk.inspection)[0]
    paper = desk.add_paper(citations=[{"evidence": picture, "pages": "1"}])
    for file in (desk.store.folder / "blobs").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(UserError, match="图片“甲”的文件不在案卷里"):
        desk.export("paper", paper)
    assert len(Document(str(desk.export("paper", paper, draft=True))).inline_shapes) == 0


def test_a_cited_picture_that_cannot_be_printed_is_said(desk: Desk) -> None:
    (desk.folder / "IMG_0001.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(900))
    stored = evidence.store_files(desk.store, [Incoming("IMG_0001.HEIC", desk.folder / "IMG_0001.HEIC")], Progress())
    picture = evidence.register(desk.store, stored, desk.inspection)[0]
    paper = desk.add_paper(citations=[{"evidence": picture, "pages": "1"}, {"evidence": picture, "pages": "1"}])
    for document, record in (("paper", paper), ("volume", desk.inspection)):
        [said] = [finding for finding in desk.check(document, record).findings if finding.kind == "unprinted"]
        assert said.text == "图片“IMG_0001”是 HEIC 格式；要印在底稿后面，请转成 JPG 再存入一份来引用"
        assert (said.stops, said.entity, said.record) == (False, "evidence", picture)
        assert desk.export(document, record)


def test_a_draft_paper_is_printed_to_be_signed_with_its_provisional_number(desk: Desk) -> None:
    paper = desk.add_paper(state="draft", title="待签的底稿")
    text = text_of(desk.export("paper", paper))
    assert "临-JXG-0001" in text
    assert text.count("签名：") == 4
    assert [finding.kind for finding in desk.check("paper", paper).findings] == ["unapproved"]


def test_every_export_is_recorded_with_the_hash_of_its_file(desk: Desk) -> None:
    desk.add_paper()
    target = desk.export("ledger", draft=True)
    record = dump.everything(desk.store)["export_record"][0]
    assert record["file_hash"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert (record["kind"], record["draft"], record["papers"]) == ("ledger", True, 1)
    assert record["inspection"] == desk.inspection


def test_a_cancelled_export_leaves_the_old_file_and_no_record(desk: Desk) -> None:
    desk.add_paper()
    for kind, suffix in (("report", ".docx"), ("ledger", ".xlsx")):
        target = desk.folder / f"{kind}{suffix}"
        target.write_text("旧文件", encoding="utf-8")
        with pytest.raises(Cancelled):
            desk.export(kind, progress=cancelling_at(2))
        assert target.read_text(encoding="utf-8") == "旧文件"
        assert [file.name for file in desk.folder.glob("*.part")] == []
    assert dump.everything(desk.store)["export_record"] == []


def cancelling_at(step: int) -> Progress:
    """Progress that is stopped by its user at a step."""
    seen: list[str] = []

    def report_step(done: int, total: int, text: str) -> None:
        seen.append(text)
        if len(seen) == step:
            progress.cancel()

    progress = Progress(report_step)
    return progress


def test_writing_needs_nothing_of_the_store(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.add_paper()
    prepared = [
        catalog.prepare(desk.store, document, desk.inspection, draft=True)
        for document in catalog.DOCUMENTS
        if document.subject == "inspection"
    ]
    for door in ("read", "write", "connection"):
        monkeypatch.setattr(desk.store, door, lambda *_: pytest.fail("the store was used"))
    for document in prepared:
        target = desk.folder / f"later{document.document.suffix}"
        document.write(target, Progress())
        assert target.stat().st_size > 1000
    monkeypatch.undo()


def test_every_kind_of_export_record_is_a_document_of_the_catalog() -> None:
    choices = fields("export_record")["kind"].choices or {}
    assert {document.kind: document.title for document in catalog.DOCUMENTS} == dict(choices)


def test_a_returned_paper_leaves_the_report_and_keeps_its_number(desk: Desk) -> None:
    paper = desk.add_paper()
    other = desk.add_paper()
    papers.send_back(desk.store, paper, "补证据")
    assert len(read_rows(desk.export("ledger"), DATA)) == 1
    records.edit(desk.store, "paper", paper, {"state": "approved"})
    rows = read_rows(desk.export("ledger"), DATA)
    assert {row["底稿编号"] for row in rows} == {"〔2031〕09-01-09-XGZ-DG-001", "〔2031〕09-01-09-XGZ-DG-002"}
    assert other
