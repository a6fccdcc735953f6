"""`xuncha import`: lists and old papers from files, all or nothing."""

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.support.commands import Xuncha
from tests.support.importing import workbook


@pytest.fixture
def vouchers(tmp_path: Path) -> Path:
    rows = [
        ["虚构镇抽凭登记表", None, None, None],
        ["凭证日期", "摘要", "金额（万元）", "领导"],
        ["2020.4.16", "付接待费", "0.128640", "甲"],
        ["二〇二〇年五月", "购办公用品", 0.0099, "乙"],
        ["合计", None, 0.13854, None],
    ]
    workbook(tmp_path / "抽凭.xlsx", rows)
    return tmp_path / "抽凭.xlsx"


def dumped(xuncha: Xuncha, case: Path, entity: str) -> list[dict[str, Any]]:
    return xuncha("dump", case).json[entity]


def test_a_list_is_brought_in_and_says_what_it_left(xuncha: Xuncha, case_folder: Path, vouchers: Path) -> None:
    done = xuncha("import", "voucher", case_folder, vouchers)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "已导入 2 条抽凭记录。",
        "没有导入的列：D列“领导”",
        "第5行没有导入（合计）：合计 0.13854",
        "第4行 A列“凭证日期”：只写到月，按 1 日。",
        "表头以上的文字没有导入：虚构镇抽凭登记表",
        "表里没有这些必填项，导入后请补填：账套、单位、期间、凭证字号、科目、疑点类型、抽查人、复核人。",
    ]
    found = [(row["voucher_on"], row["summary"], row["amount"]) for row in dumped(xuncha, case_folder, "voucher")]
    assert found == [("2020-04-16", "付接待费", 128640), ("2020-05-01", "购办公用品", 9900)]


def test_a_dry_run_says_all_and_writes_nothing(xuncha: Xuncha, case_folder: Path, vouchers: Path) -> None:
    before = xuncha("dump", case_folder).out
    dry = xuncha("import", "voucher", case_folder, vouchers, "--dry-run", "--json")
    assert dry.code == 0
    assert dry.json["count"] == 2
    assert dry.json["ids"] == []
    assert dry.json["dry_run"] is True
    assert dry.json["heading"] == [2, 2]
    assert dry.json["columns"]["C"] == {"heading": "金额（万元）", "field": "amount", "label": "金额（元）"}
    assert dry.json["columns"]["D"]["field"] is None
    assert dry.json["records"][0]["values"]["amount"] == 128640
    assert dry.json["left_out"] == [{"row": 5, "why": "合计", "text": "合计 0.13854"}]
    assert "试读完成：会导入 2 条" in xuncha("import", "voucher", case_folder, vouchers, "--dry-run").out
    assert xuncha("dump", case_folder).out == before


def test_a_wrong_cell_refuses_the_whole_list_with_code_3(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["摘要", "凭证日期"], ["甲", "2020.4.16"], ["乙", "待定"], [None, "2020.4.17"]])
    done = xuncha("import", "voucher", case_folder, tmp_path / "a.xlsx", "--json")
    assert done.code == 3
    assert (
        done.err == "没有导入：有 2 处要改，第一处：第3行 B列“凭证日期”：应为日期，如 2020-4-16；现在写的是“待定”。\n"
    )
    assert [found["place"] for found in done.json["problems"]] == ["第3行 B列“凭证日期”", "第4行 A列“摘要”"]
    assert done.json["ids"] == []
    assert dumped(xuncha, case_folder, "voucher") == []


def test_columns_sheet_and_inspection_can_be_named(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "a.xlsx", [["摘要", "情况"], ["甲", "正常"]], "一月")
    assert sheet.parent is not None
    sheet.parent.create_sheet("二月").append(["摘要", "情况"])
    sheet.parent["二月"].append(["乙", "异常"])
    sheet.parent.save(tmp_path / "a.xlsx")
    of = xuncha("info", case_folder, "--json").json["inspections"][0]["id"]
    given = ("--sheet", "二月", "--column", "情况=result", "--inspection", of)
    assert xuncha("import", "voucher", case_folder, tmp_path / "a.xlsx", *given).code == 0
    [found] = dumped(xuncha, case_folder, "voucher")
    assert (found["summary"], found["result"], found["inspection"]) == ("乙", "异常", of)
    wrong = xuncha("import", "voucher", case_folder, tmp_path / "a.xlsx", "--column", "情况=没有")
    assert (wrong.code, wrong.out) == (3, "")


def test_old_papers_come_in_from_word(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 2)
    for row, texts in enumerate((("底稿名称", "虚构问题"), ("风险等级", "高"))):
        for place, text in enumerate(texts):
            table.cell(row, place).text = text
    document.save(str(tmp_path / "旧底稿.docx"))
    assert xuncha("import", "paper", case_folder, tmp_path / "旧底稿.docx").code == 0
    [paper] = dumped(xuncha, case_folder, "paper")
    assert (paper["title"], paper["note"], paper["state"]) == ("虚构问题", "风险等级：高", "draft")


def test_what_cannot_be_brought_in_is_said(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    assert xuncha("import", "interview", case_folder, tmp_path / "a.xlsx").code == 2
    assert xuncha("import", "voucher", case_folder).code == 2
    lost = xuncha("import", "voucher", case_folder, tmp_path / "没有.xlsx")
    assert (lost.code, lost.out) == (3, "")
    assert lost.err.startswith("读不出“没有.xlsx”")
    (tmp_path / "a.xls").write_bytes(b"x")
    assert "另存为 xlsx" in xuncha("import", "voucher", case_folder, tmp_path / "a.xls").err
