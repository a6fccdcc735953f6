"""Formulas over the data: their values are Excel's, their references follow, all others are refused in words."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.excel.own_templates import TITLES, parts, plain, rich, rows, write
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel.fill import Value


def value(folder: Path, formula: str, content: list[dict[str, Value]]) -> Any:
    """What the file says a formula beside the data gives."""
    write(plain(folder, totals={"H1": formula}), folder / "出.xlsx", content)
    return load_workbook(folder / "出.xlsx", data_only=True)["台账"]["H1"].value


def texts(*values: Value) -> list[dict[str, Value]]:
    """A row for each."""
    return [{"单位": text} for text in values]


def amounts(*values: int | None) -> list[dict[str, Value]]:
    """A row for each amount in 万元."""
    return [{"金额（万元）": None if one is None else one * 1_000_000} for one in values]


@pytest.mark.parametrize(
    ("criterion", "count"),
    [
        ('">=10"', 2),
        ('">10"', 1),
        ('"10"', 1),
        ("10", 1),
        ('"<>10"', 4),
        ('"=10"', 1),
        ('""', 1),
        ('"<>"', 4),
        ('"="', 1),
        ('"<1"', 1),
        ('"*"', 0),
        ("H9", 1),
    ],
)
def test_criteria_on_numbers(tmp_path: Path, criterion: str, count: int) -> None:
    assert value(tmp_path, f"=COUNTIF(D3:D3,{criterion})", amounts(10, 0, None, 2, 33)) == count


@pytest.mark.parametrize(
    ("criterion", "count"),
    [
        ("abc", 2),
        ("<>abc", 8),
        ("a*c", 5),
        ("a?c", 4),
        ("a~*c", 1),
        ("a~?c", 0),
        ("*资金*", 2),
        ("*资金", 1),
        ("<>*资金*", 8),
        ("*", 9),
        ("", 1),
        ("a~~c", 1),
    ],
)
def test_criteria_on_texts_know_no_case_and_wildcards_only_texts(tmp_path: Path, criterion: str, count: int) -> None:
    content = texts("abc", "ABC", "a*c", "ac", "a~c", "专项资金", "资金使用", None, "12", "=1")
    assert value(tmp_path, f'=COUNTIF(B3:B3,"{criterion}")', content) == count


def test_a_number_asked_for_meets_texts_that_say_it_and_wildcards_no_numbers(tmp_path: Path) -> None:
    content: list[dict[str, Value]] = [{"人次": one} for one in (12, "12", "012", "1 2", "十二", 120)]
    assert value(tmp_path, "=COUNTIF(F3:F3,12)", content) == 3
    assert value(tmp_path, '=COUNTIF(F3:F3,"12")', content) == 3
    assert value(tmp_path, '=COUNTIF(F3:F3,"<>12")', content) == 3
    assert value(tmp_path, '=COUNTIF(F3:F3,"*2*")', content) == 3
    assert value(tmp_path, '=COUNTIF(F3:F3,">11")', content) == 2


def test_of_a_long_text_a_formula_sees_what_its_cell_holds(tmp_path: Path) -> None:
    content = texts("头" + "长" * 40_000 + "尾")
    assert value(tmp_path, '=COUNTIF(B3:B3,"头*尾")&COUNTIF(B3:B3,"头*行）")', content) == "01"


def test_days_are_numbers_to_criteria(tmp_path: Path) -> None:
    content: list[dict[str, Value]] = [{"日期": day} for day in ("2024-05-16", "2024-05-17", "2024年春", None)]
    assert value(tmp_path, '=COUNTIF(E3:E3,">=2024-05-17")', content) == 1
    assert value(tmp_path, '=COUNTIF(E3:E3,"2024-05-16")', content) == 1
    assert value(tmp_path, "=MAX(E3:E3)", content) == 45429


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=AVERAGE(D3:D3)", 10.5),
        ("=MAX(D3:D3)-MIN(D3:D3)", 33),
        ("=COUNT(D3:D3)&COUNTA(D3:D3)&COUNTBLANK(D3:D3)", "441"),
        ('=SUMIF(D3:D3,">5")', 42),
        ('=AVERAGEIF(D3:D3,">5")', 21),
        ('=AVERAGEIF(D3:D3,">99")', "#DIV/0!"),
        ("=AVERAGE(B3:B3)", "#DIV/0!"),
        ("=MAX(B3:B3)", 0),
        ("=SUM(D3:D3)/COUNT(B3:B3)", "#DIV/0!"),
        ("=IFERROR(SUM(D3:D3)/COUNT(B3:B3),0)", 0),
        ("=ROUND(SUM(D3:D3)/8,1)", 5.3),
        ("=SUM(D3:D3)/3*3=42", True),
        ('=IF(SUM(D3:D3)>40,"多","少")', "多"),
        ('=IF(COUNTA(B3:B3)=0,"",1/0)', None),
        ('=SUM(D3:D3)&""', "42"),
        ('=SUM(D3:D3)/9&""', "4.66666666666667"),
        ('=COUNTIF(D:D,">5")', 2),
        ("=COUNTBLANK(B:B)", 1_048_576 - 1),
        ("=SUMIF(A:A,2,D:D)", 33),
        ("=SUMPRODUCT(A3:A3,D3:D3)", 9 * 1 + 33 * 2),
    ],
)
def test_functions_give_what_excel_gives(tmp_path: Path, formula: str, expected: object) -> None:
    content = [row | {"序号": order} for row, order in zip(amounts(9, 0, None, 0, 33), (1, 3, 9, 4, 2), strict=True)]
    content[3]["序号"] = "四"
    assert value(tmp_path, formula, content) == expected


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("=MEDIAN(D3:D3)", "不能计算函数 MEDIAN；能计算的函数有 SUM"),
        ("=VLOOKUP(1,A3:D3,2,FALSE)", "不能计算函数 VLOOKUP"),
        ('=TEXT(SUM(D3:D3),"0.00")', "不能计算函数 TEXT"),
        ("=SUM(D3:D3)^2", "“^”在这里不能计算"),
        ("=SUM(D3:D3)+D3", "“D3”是整列数据，不是一个值；请用 SUM"),
        ("=SUM(3:3)", "“3:3”不是能计算的区域"),
        ("=COUNTIF(B3:B3)", "函数 COUNTIF 的项数不对"),
        ('=COUNTIF("a",B3:B3)', "要写区域的地方不是区域"),
        ("=COUNTIF(B3:B3,B3:B4)", "“B3”是整列数据"),
        ('=SUMIF(B3:B3,"a",D2:D3)', "几个区域大小不同"),
        ("=IF(SUM(D3),,1)", "函数里省略了一项"),
        ("=SUM((D3:D3,F3:F3))", "“,”在这里不能计算"),
        ("=AND(A2,SUM(D3)>0)", "AND 里直接写了单元格；请写成比较，如 A4>0"),
        ("=SUM(表一[金额（万元）])", "“表一[金额（万元）]”不是能计算的区域"),
        ("=SUM(H1,D3)", "直接或间接引用了自己"),
        ("=SUM(D3:D3)+#REF!", "公式里有“#REF!”"),
        ("=SUM([1]台账!D3)+D3", "不是能计算的区域|整列数据"),
        ("=" + "(" * 80 + "SUM(D3)" + ")" * 80, "嵌套太深"),
    ],
)
def test_what_cannot_be_told_says_which_function_and_what_to_do(tmp_path: Path, formula: str, says: str) -> None:
    template = plain(tmp_path, totals={"H1": formula})
    workbook = load_workbook(template)
    workbook["台账"].add_table(Table(displayName="表一", ref="A2:F3"))
    workbook.save(template)
    with pytest.raises(UserError, match=r"表“台账”H1 的公式“=.*" + re.sub(r"([\^+#.()\[\]])", r"\\\1", says)):
        write(template, tmp_path / "出.xlsx", rows(2))
    assert not (tmp_path / "出.xlsx").exists()


@pytest.mark.parametrize(
    ("formula", "content", "says"),
    [
        ('=COUNTIF(B3:B3,">甲")', texts("乙"), "比较文字的先后"),
        ('=COUNTIF(D3:D3,"50%")', amounts(1), "既像文字又像数字或日期"),
        ("=COUNTIF(B3:B3,A1=1)", texts("乙"), "是非值"),
        ("=MAX(D3:D3)+H2", amounts(1), "文字“第3季度”被当作数来算"),
    ],
)
def test_what_only_the_data_shows_is_told_as_well(
    tmp_path: Path, formula: str, content: list[dict[str, Value]], says: str
) -> None:
    template = plain(tmp_path, totals={"H1": formula, "H2": "第3季度"})
    with pytest.raises(UserError, match=f"H1 的公式.*{says}"):
        write(template, tmp_path / "出.xlsx", content)
    assert not (tmp_path / "出.xlsx").exists()


def test_a_doubtful_criterion_on_texts_alone_is_a_text(tmp_path: Path) -> None:
    assert value(tmp_path, '=COUNTIF(B3:B3,"1-2")', texts("1-2", "2-1", "甲")) == 1


def test_formulas_on_formulas_are_computed_in_their_order(tmp_path: Path) -> None:
    formulas: dict[str, str | int] = {"D4": "=SUM(D3:D3)", "E4": "=D4*C6", "F4": "=E4+D4", "H1": "=F4", "C6": "=C7+1"}
    write(plain(tmp_path, totals={**formulas, "C7": 1}), tmp_path / "出.xlsx", rows(3))
    shown = load_workbook(tmp_path / "出.xlsx", data_only=True)["台账"]
    made = load_workbook(tmp_path / "出.xlsx")["台账"]
    total = 6 * 1_234_567 / 1_000_000
    assert (shown["D6"].value, shown["E6"].value, shown["F6"].value) == (total, 2 * total, 3 * total)
    assert (shown["H1"].value, made["H1"].value) == (3 * total, "=F6")
    assert (made["E6"].value, made["C8"].value) == ("=D6*C8", "=C9+1")


def summary(folder: Path) -> Path:
    """A template with a sheet of the user's own in front that looks at the data and at its total."""
    workbook = load_workbook(plain(folder, totals={"A4": "合计", "D4": "=SUM(D3:D3)"}))
    front = workbook.create_sheet("汇总", 0)
    front["B2"], front["C2"] = "资金类", '=COUNTIF(台账!C3:C3,"*资金*")'
    front["C3"], front["C4"] = '=SUMIF(台账!B:B,"虚构单位0",台账!D:D)', "=台账!D4"
    front["C5"], front["C6"] = "=COUNTA(台账!$B$3:$B$3)", "=1+1"
    workbook.save(folder / "模板.xlsx")
    return folder / "模板.xlsx"


def test_sheets_of_the_users_own_look_at_the_data(tmp_path: Path) -> None:
    content = rows(5)
    content[1]["问题"] = "专项资金使用不规范"
    write(summary(tmp_path), tmp_path / "出.xlsx", content)
    shown = load_workbook(tmp_path / "出.xlsx", data_only=True)
    made = load_workbook(tmp_path / "出.xlsx")["汇总"]
    cells = [shown["汇总"][f"C{row}"].value for row in range(2, 6)]
    assert cells == [1, 3 * 1_234_567 / 1_000_000, shown["台账"]["D8"].value, 5]
    assert [made[f"C{row}"].value for row in range(2, 7)] == [
        '=COUNTIF(台账!C3:C7,"*资金*")',
        '=SUMIF(台账!B:B,"虚构单位0",台账!D:D)',
        "=台账!D8",
        "=COUNTA(台账!$B$3:$B$7)",
        "=1+1",
    ]


def test_a_sheet_without_formulas_over_the_data_stays_byte_for_byte(tmp_path: Path) -> None:
    template = rich(tmp_path / "模板.xlsx")
    write(template, tmp_path / "出.xlsx", rows(5))
    assert parts(template)["xl/worksheets/sheet2.xml"] == parts(tmp_path / "出.xlsx")["xl/worksheets/sheet2.xml"]


def test_a_list_of_choices_on_another_sheet_follows_the_data(tmp_path: Path) -> None:
    template = rich(tmp_path / "模板.xlsx")
    source = parts(template)
    rule = '<dataValidation type="list" sqref="C1"><formula1>台账!$B$3:$B$3</formula1></dataValidation>'
    rules = f'<dataValidations count="1">{rule}</dataValidations><pageMargins'.encode()
    sheet = source["xl/worksheets/sheet2.xml"].replace(b"<pageMargins", rules, 1)
    with zipfile.ZipFile(template, "w") as archive:
        for name, data in (source | {"xl/worksheets/sheet2.xml": sheet}).items():
            archive.writestr(name, data)
    write(template, tmp_path / "出.xlsx", rows(9))
    assert "台账!$B$3:$B$11<" in parts(tmp_path / "出.xlsx")["xl/worksheets/sheet2.xml"].decode()


def own_column(path: Path, formula: str, below: str = "") -> Path:
    """A template with a column of the user's own whose formula is filled down."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "台账"
    for column, title in enumerate((*TITLES, "自己的列"), start=1):
        sheet.cell(2, column, title)
        sheet.cell(3, column).number_format = "0.00"
    sheet["G3"] = formula
    sheet["A4"], sheet["D4"], sheet["G4"] = "合计", "=SUM(D3:D3)", below or None
    workbook.save(path)
    return path


def test_a_formula_in_the_model_row_is_filled_down(tmp_path: Path) -> None:
    template = own_column(tmp_path / "模板.xlsx", '=IF($F3="",0,D3/D$4)', "=SUM(G3:G3)")
    report = write(template, tmp_path / "出.xlsx", rows(8))
    shown = load_workbook(tmp_path / "出.xlsx", data_only=True)["台账"]
    made = load_workbook(tmp_path / "出.xlsx")["台账"]
    assert report.unknown == ()
    assert [made.cell(row, 7).value for row in (3, 9)] == ['=IF($F3="",0,D3/D$11)', '=IF($F9="",0,D9/D$11)']
    expected = [0 if number % 4 == 0 else number / 36 for number in range(1, 9)]
    assert [shown.cell(row, 7).value for row in range(3, 11)] == pytest.approx(expected)
    assert shown["G11"].value == pytest.approx(sum(expected))
    assert made["G11"].value == "=SUM(G3:G10)"


def test_prepared_lines_with_the_formula_filled_down_are_used_up_and_a_total_is_not(tmp_path: Path) -> None:
    template = own_column(tmp_path / "模板.xlsx", "=D3*2")
    workbook = load_workbook(template)
    sheet = workbook["台账"]
    for column in range(1, 8):
        for row in (4, 5, 6):
            sheet.cell(row, column).value = None
            sheet.cell(row, column).number_format = "0.00"
    sheet["G4"], sheet["G5"], sheet["G6"] = "=D4*2", "=D5*2", "=SUM(G3:G5)"
    workbook.save(template)
    write(template, tmp_path / "出.xlsx", rows(2))
    made = load_workbook(tmp_path / "出.xlsx")["台账"]
    assert [made[f"G{row}"].value for row in range(3, 7)] == ["=D3*2", "=D4*2", "=SUM(G3:G4)", None]
    assert load_workbook(tmp_path / "出.xlsx", data_only=True)["台账"]["G5"].value == pytest.approx(6 * 1.234567)


def test_subtotals_within_a_subtotal_are_refused(tmp_path: Path) -> None:
    formulas: dict[str, str | int] = {"D4": "=SUBTOTAL(9,D3:D3)", "D5": "=SUBTOTAL(9,D3:D4)"}
    with pytest.raises(UserError, match=r"D5 的公式.*SUBTOTAL 的区域里还有 SUBTOTAL；请让区域只含数据，或改用 SUM"):
        write(plain(tmp_path, totals=formulas), tmp_path / "出.xlsx", rows(2))


def test_a_table_without_rows_leaves_the_formula_out(tmp_path: Path) -> None:
    template = own_column(tmp_path / "模板.xlsx", "=D3*2", "=SUM(G3:G3)")
    write(template, tmp_path / "出.xlsx", [])
    assert load_workbook(tmp_path / "出.xlsx")["台账"]["G3"].value is None
    assert load_workbook(tmp_path / "出.xlsx", data_only=True)["台账"]["G4"].value == 0


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("=D3/D4", "“D4”会跟着移动；引用别的行请在行号前加 [$]，如 D[$]4"),
        ("=SUM(D$3:D3)", "“D3”会跟着移动"),
        ("=G3+1", "直接或间接引用了自己"),
        ("=SUM(D$3:D$3)+$D$3", "“D3”是整列数据"),
        ("=OFFSET(D3,1,0)", "不能计算函数 OFFSET"),
    ],
)
def test_a_formula_in_the_model_row_that_cannot_be_filled_down_is_refused(
    tmp_path: Path, formula: str, says: str
) -> None:
    with pytest.raises(UserError, match=f"G3 的公式.*{says}"):
        write(own_column(tmp_path / "模板.xlsx", formula), tmp_path / "出.xlsx", rows(2))


def test_the_chain_of_calculation_names_every_filled_down_formula(tmp_path: Path) -> None:
    template = own_column(tmp_path / "模板.xlsx", "=D3*2")
    source = parts(template) | {
        "xl/calcChain.xml": b'<calcChain><c r="G3" i="1"/><c r="D4"/></calcChain>',
    }
    with zipfile.ZipFile(template, "w") as archive:
        for name, data in source.items():
            archive.writestr(name, data)
    write(template, tmp_path / "出.xlsx", rows(3))
    chain = parts(tmp_path / "出.xlsx")["xl/calcChain.xml"].decode()
    assert chain == '<calcChain><c i="1" r="D6"/><c r="G3" i="1"/><c r="G4" i="1"/><c r="G5" i="1"/></calcChain>'
