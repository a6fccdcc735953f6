"""What the doctor says of formulas in ledger templates: which it knows, where a fault is, what to do."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from resources.ledgers.make_problem_ledger import TARGET
from tests.exports.excel.hard_values import FORMULAS
from xuncha_desktop.exports.catalog import BY_KIND
from xuncha_desktop.exports.doctor.doctor import examine
from xuncha_desktop.exports.excel.functions import FUNCTIONS

COLUMNS = {"B": "N", "C": "N", "D": "Q", "E": "AA", "F": "R"}  # texts, texts, money, days, numbers


def edited(folder: Path, change: Callable[[Workbook], object]) -> Path:
    """Our template as somebody changed it."""
    workbook = load_workbook(TARGET)
    change(workbook)
    workbook.save(folder / "模板.xlsx")
    return folder / "模板.xlsx"


def said(template: Path) -> list[str]:
    """Every fault in words, slight ones as well."""
    return [fault.words() for fault in examine(template, BY_KIND["ledger"]).faults]


def test_the_template_that_ships_has_no_fault() -> None:
    assert said(TARGET) == []


def test_formulas_that_can_be_computed_are_no_faults(tmp_path: Path) -> None:
    def add(workbook: Workbook) -> None:
        own = workbook.create_sheet("汇总")
        for row, formula in enumerate(FORMULAS, start=1):
            # The rows begin in line 4 here.
            moved = re.sub(r"\b([B-F])3\b", lambda cell: f"问题台账!{COLUMNS[cell[1]]}4", formula)
            own[f"A{row}"] = re.sub(r"(问题台账!\w+4):问题台账!", r"\1:", moved)

    assert said(edited(tmp_path, add)) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "formula", "says"),
    [
        ("问题台账", "Q6", "=MEDIAN(Q4:Q4)", "不能计算函数 MEDIAN。能计算的函数有 SUM、"),
        ("聚焦方面统计", "B4", "=FREQUENCY(问题台账!Q4:Q4,A4)", "不能计算函数 FREQUENCY"),
        (
            "聚焦方面统计",
            "C4",
            "=B4/B6",
            "样板行的公式会逐行向下填充，“B6”会跟着移动。引用别的行请在行号前加 $，如 B$6。",
        ),
        ("责任科室统计", "B6", "=SUM(B4:B6)", "直接或间接引用了自己。请把引用的区域改到不含这一格。"),
        ("书记专题会汇报表", "G7", "=SUM(G5)^2", "“^”在这里不能计算"),
        ("书记专题会汇报表", "G7", "=问题台账!Q4", "“Q4”是整列数据，不是一个值。请用 SUM、MAX 等函数包住它。"),
    ],
)
def test_a_formula_that_cannot_be_computed_is_told_at_its_cell(
    tmp_path: Path, sheet: str, cell: str, formula: str, says: str
) -> None:
    def change(workbook: Workbook) -> None:
        workbook[sheet][cell] = formula

    [fault] = said(edited(tmp_path, change))
    assert fault.startswith(f"表“{sheet}”{cell}：公式“{formula}”不能随数据计算：{says}")


def test_all_are_told_in_one_pass(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        workbook["问题台账"]["Q6"], workbook["问题台账"]["R6"] = "=MEDIAN(Q4:Q4)", "=MODE(R4:R4)"
        workbook["问题分类统计"]["D4"] = "=RANK(C4,C$4:C$4)"

    cells = [fault.place.cell for fault in examine(edited(tmp_path, change), BY_KIND["ledger"]).faults]
    assert sorted(cells) == ["D4", "Q6", "R6"]


def test_a_column_of_the_users_own_may_have_a_formula_and_one_of_ours_not(tmp_path: Path) -> None:
    def add(workbook: Workbook) -> None:
        workbook["问题台账"]["AG3"], workbook["问题台账"]["AG4"] = "金额（元）", "=Q4*10000"

    def replace(workbook: Workbook) -> None:
        workbook["问题台账"]["Q4"] = "=R4*10000"

    assert said(edited(tmp_path, add)) == []
    assert said(edited(tmp_path, replace)) == [
        "表“问题台账”Q4：样板行里有公式，而“涉及金额（万元）”列由程序填写。请删去这个公式，或换成别的列名。"
    ]


def test_the_readme_lists_the_functions_and_the_templates() -> None:
    readme = (TARGET.parent / "README.md").read_text("utf-8")
    [line] = [line for line in readme.splitlines() if line.startswith("- 能用的函数：")]
    assert re.findall(r"`([A-Z]+)`", line) == list(FUNCTIONS)
    assert set(re.findall(r"`(\w+\.xlsx)`", readme)) == {path.name for path in TARGET.parent.glob("*.xlsx")}


def test_the_readmes_own_example_works(tmp_path: Path) -> None:
    readme = (TARGET.parent / "README.md").read_text("utf-8")
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in readme.splitlines() if re.match(r"\| [3-6] \|", line)]

    def add(workbook: Workbook) -> None:
        sheet = workbook.create_sheet("发现方式统计")
        for number, *cells in rows:
            for column, text in enumerate(cells, start=1):
                sheet.cell(int(number), column).value = text.strip("`") or None

    assert len(rows) == 4
    assert said(edited(tmp_path, add)) == []
