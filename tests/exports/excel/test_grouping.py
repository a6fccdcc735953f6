"""Sheets that count by a column of the data: a row for each value, formulas filled down, charts over all of them."""

import re
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.exports.excel.own_templates import TITLES, parts, sheet_rows, write
from tests.exports.excel.test_charts import series
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel.fill import MOST_GROUPS, SheetReport, Value, fill
from xuncha_desktop.jobs import Progress


def counting(path: Path, *, by: str = "单位", more: str = "", first: bool = False) -> Path:
    """A template with a sheet that counts by a column and draws what it counts."""
    with xlsxwriter.Workbook(path) as workbook:
        names = ("统计", "台账") if first else ("台账", "统计")
        sheets = {name: workbook.add_worksheet(name) for name in names}
        table, counts = sheets["台账"], sheets["统计"]
        model = workbook.add_format({"num_format": "0.00"})
        table.write_row(1, 0, TITLES)
        for column in range(6):
            table.write_blank(2, column, None, model)
        counts.write_row(1, 1, [by, more or "件数", "占比", "金额"])
        counts.write_blank(2, 1, None, model)
        if more:
            counts.write_blank(2, 2, None, model)
            counts.write_formula("D3", "=COUNTIFS(台账!$B$3:$B$3,B3,台账!$F$3:$F$3,C3)", model)
        else:
            counts.write_formula("C3", "=COUNTIF(台账!$B$3:$B$3,B3)", model)
            counts.write_formula("D3", "=IF(C$5=0,0,C3/C$5)", model)
            counts.write_formula("E3", "=SUMIF(台账!B:B,B3,台账!D:D)", model)
            counts.write_row(3, 1, ["其余"])
            counts.write_formula("C4", "=C5-SUM(C3:C3)")
            counts.write_row(4, 1, ["合计"])
            counts.write_formula("C5", "=ROWS(台账!B3:B3)*(COUNTA(台账!A3:F3)>0)")
            counts.write_formula("E5", "=SUM(台账!$D$3:$D$3)")
        chart = workbook.add_chart({"type": "bar"})
        assert chart is not None
        chart.add_series({"categories": "=统计!$B$3:$B$3", "values": "=统计!$C$3:$C$3"})
        counts.insert_chart("G2", chart)
    return path


def lines(file: Path, sheet: str = "统计", columns: str = "BCDE") -> list[list[object]]:
    """What stands in a sheet below its header."""
    found = load_workbook(file, data_only=True)[sheet]
    return [[found[f"{letter}{row}"].value for letter in columns] for row in range(3, found.max_row + 1)]


def units(*names: str | None) -> list[dict[str, Value]]:
    """A row of one 万元 for each."""
    return [{"序号": 1, "单位": name, "金额（万元）": 1_000_000} for name in names]


def count(template: Path, content: list[dict[str, Value]], **more: object) -> SheetReport:
    """Fill it; what is told of the sheet that counts."""
    reports = fill(template, template.with_name("出.xlsx"), [sheet_rows(content, **more)], Progress())
    return reports[1]


@pytest.mark.parametrize("first", [False, True])
def test_each_value_has_a_row_the_most_frequent_first(tmp_path: Path, first: bool) -> None:
    report = count(counting(tmp_path / "模板.xlsx", first=first), units("甲", "乙", None, "丙", "乙", "乙", "丙"))
    assert (report.name, report.rows, report.unknown, report.absent, report.left_out) == ("统计", 3, (), (), 0)
    assert lines(tmp_path / "出.xlsx") == [
        ["乙", 3, 3 / 7, 3],
        ["丙", 2, 2 / 7, 2],
        ["甲", 1, 1 / 7, 1],
        ["其余", 1, None, None],
        ["合计", 7, None, 7],
    ]
    made = load_workbook(tmp_path / "出.xlsx")["统计"]
    assert [made[cell].value for cell in ("C4", "D4", "E4", "C6", "C7")] == [
        "=COUNTIF(台账!$B$3:$B$9,B4)",
        "=IF(C$7=0,0,C4/C$7)",
        "=SUMIF(台账!B:B,B4,台账!D:D)",
        "=C7-SUM(C3:C5)",
        "=ROWS(台账!B3:B9)*(COUNTA(台账!A3:F9)>0)",
    ]


def test_its_chart_is_drawn_from_all_rows_and_stays_beside_them(tmp_path: Path) -> None:
    count(counting(tmp_path / "模板.xlsx"), units("甲", "乙", "乙"))
    names, values = series(tmp_path / "出.xlsx")
    assert (names["formula"], names["points"]) == ("统计!$B$3:$B$4", {"0": "乙", "1": "甲"})
    assert (values["formula"], values["points"]) == ("统计!$C$3:$C$4", {"0": "2", "1": "1"})
    (drawing,) = [data.decode() for name, data in parts(tmp_path / "出.xlsx").items() if "drawings/drawing" in name]
    assert re.findall(r"<xdr:row>(\d+)</xdr:row>", drawing)[0] == "1"


def test_without_rows_the_model_row_stays_empty_and_totals_are_zero(tmp_path: Path) -> None:
    report = count(counting(tmp_path / "模板.xlsx"), [])
    assert report.rows == 0
    assert lines(tmp_path / "出.xlsx") == [[None] * 4, ["其余", 0, None, None], ["合计", 0, None, 0]]
    assert load_workbook(tmp_path / "出.xlsx")["统计"]["C3"].value is None


def test_listed_values_come_first_in_their_order_also_where_none_occurs(tmp_path: Path) -> None:
    template = counting(tmp_path / "模板.xlsx")
    count(template, units("丁", "丙", "丁", "乙"), listed={"单位": ("甲", "乙", "丙")})
    assert [row[:2] for row in lines(tmp_path / "出.xlsx")][:4] == [["甲", 0], ["乙", 1], ["丙", 1], ["丁", 2]]


def test_values_that_would_count_others_as_well_get_no_row(tmp_path: Path) -> None:
    odd = ("*", "财政?所", "甲~", ">1", "=甲", "12", "012", "2024-05-16", "1/2", "长" * 256, "TRUE")
    report = count(counting(tmp_path / "模板.xlsx"), units("甲", "ABC", "abc", "甲", *odd))
    assert (report.rows, report.left_out) == (2, len(odd))
    assert [row[:2] for row in lines(tmp_path / "出.xlsx")] == [
        ["甲", 2],
        ["ABC", 2],
        ["其余", len(odd)],
        ["合计", 4 + len(odd)],
    ]


def test_only_so_many_have_a_row_as_a_chart_can_show(tmp_path: Path) -> None:
    report = count(counting(tmp_path / "模板.xlsx"), units(*(f"单位{number:02}甲" for number in range(50))))
    assert (report.rows, report.left_out) == (MOST_GROUPS, 50 - MOST_GROUPS)
    assert [row[:2] for row in lines(tmp_path / "出.xlsx")][-2:] == [["其余", 50 - MOST_GROUPS], ["合计", 50]]


def test_two_columns_are_counted_together_numbers_too(tmp_path: Path) -> None:
    content: list[dict[str, Value]] = [
        {"单位": unit, "人次": persons} for unit, persons in (("甲", 1), ("甲", 2), ("甲", 1), ("乙", 1), ("乙", None))
    ]
    count(counting(tmp_path / "模板.xlsx", more="人次"), content)
    assert lines(tmp_path / "出.xlsx", columns="BCD") == [["甲", 1, 2], ["甲", 2, 1], ["乙", 1, 1]]


def test_a_column_that_the_data_lacks_is_told(tmp_path: Path) -> None:
    template = counting(tmp_path / "模板.xlsx")
    workbook = load_workbook(template)
    workbook["台账"]["B2"] = "别的列"
    workbook.save(template)
    with pytest.raises(UserError, match="表“统计”的统计依据在表“台账”里没有同名的列；请把“台账”里的这一列加回来"):
        count(template, units("甲"))


def test_a_sheet_with_words_of_its_own_under_the_title_is_left_alone(tmp_path: Path) -> None:
    template = counting(tmp_path / "模板.xlsx")
    workbook = load_workbook(template)
    workbook["统计"]["B3"] = "乙"
    workbook.save(template)
    write(template, tmp_path / "出.xlsx", units("甲", "乙", "乙"))
    assert lines(tmp_path / "出.xlsx")[0] == ["乙", 2, 2 / 3, 2]
    assert load_workbook(tmp_path / "出.xlsx")["统计"]["C3"].value == "=COUNTIF(台账!$B$3:$B$5,B3)"
