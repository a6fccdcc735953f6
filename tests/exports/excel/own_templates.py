"""Templates as users make them, for the tests of the row writer."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.fill import SheetReport, SheetRows, Value, fill
from xuncha_desktop.jobs import Progress

TITLES = ("序号", "单位", "问题", "金额（万元）", "日期", "人次")
LONG_HEADER = ("所在表", "所在行", "所在列", "段", "文字")


def plain(
    folder: Path, *, header: tuple[str, ...] = TITLES, totals: Mapping[str, str | int] | None = None, long: bool = True
) -> Path:
    """Title in row 1, header in row 2, model row 3; totals by cell."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "台账"
    sheet["A1"] = "虚构台账"
    for column, title in enumerate(header, start=1):
        sheet.cell(2, column, title)
        sheet.cell(3, column).number_format = "0.00"
    for cell, formula in (totals or {}).items():
        sheet[cell] = formula
    if long:
        workbook.create_sheet("长文本").append(LONG_HEADER)
    path = folder / "模板.xlsx"
    workbook.save(path)
    return path


def rich(path: Path) -> Path:
    """What XlsxWriter can make beside the rows: chart, shape, rules, names, a table below, an untouched sheet."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("台账")
        model = workbook.add_format({"text_wrap": True, "border": 1})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 0, TITLES)
        for column in range(6):
            sheet.write_blank(2, column, None, day if column == 4 else model)
        sheet.write_row(3, 0, ["合计"])
        sheet.write_formula("B4", '="共"&COUNTA(B3:B3)&"家"')
        sheet.write_formula("D4", "=SUM(D3:D3)", None, 0)
        sheet.write_formula("F4", "=SUBTOTAL(9,人次区)", None, 0)
        sheet.write_string("A6", "填表人：")
        sheet.merge_range("B6:C6", "化名甲")
        workbook.define_name("人次区", "=台账!$F$3:$F$3")
        sheet.autofilter("A2:F2")
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0, 1)
        sheet.print_area("A1:F6")
        sheet.set_landscape()
        sheet.set_column(2, 2, 30)
        sheet.data_validation("B3", {"validate": "list", "source": ["甲", "乙"]})
        sheet.conditional_format("D3", {"type": "formula", "criteria": "=$D3>10", "format": model})
        sheet.conditional_format("F3:F3", {"type": "data_bar", "data_bar_2010": True})
        sheet.insert_textbox("H2", "说明：内容虚构")
        chart = workbook.add_chart({"type": "column"})
        assert chart is not None
        chart.add_series({"values": "=其他!$A$1:$A$2"})
        sheet.insert_chart("H8", chart)
        other = workbook.add_worksheet("其他")
        other.write_column(0, 0, [1, 2])
        other.write_formula("B1", "=SUM(A1:A2)", None, 3)
    return path


def rows(count: int) -> list[dict[str, Value]]:
    """Fictitious rows."""
    return [
        {
            "序号": number,
            "单位": f"虚构单位{number // 3}",
            "问题": f"第{number}个虚构的问题",
            "金额（万元）": number * 1_234_567,
            "日期": "2024-05-16",
            "人次": number % 4 or None,
        }
        for number in range(1, count + 1)
    ]


def sheet_rows(content: "list[dict[str, Value]]", **more: Any) -> SheetRows:
    """The rows as they go into the sheet 台账."""
    return SheetRows("台账", TITLES, content, money=("金额（万元）",), dates=("日期",), **more)


def write(template: Path, target: Path, content: list[dict[str, Value]]) -> SheetReport:
    """Fill the sheet 台账."""
    return fill(template, target, [sheet_rows(content)], Progress())[0]


def parts(path: Path) -> dict[str, bytes]:
    """Every part of an xlsx file."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
