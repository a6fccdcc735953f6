"""Charts of a template are drawn from what was written: range, cached values and place."""

import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.excel.own_templates import TITLES, parts, plain, rows, write
from xuncha_desktop.exports.excel.fill import Value


def charted(path: Path, *, at: str = "A8", sheet: str = "台账") -> Path:
    """A column chart of 金额 by 问题, titled from the header, and the total as a series of its own."""
    with xlsxwriter.Workbook(path) as workbook:
        table = workbook.add_worksheet("台账")
        other = workbook.add_worksheet("图")
        table.write_row(1, 0, TITLES)
        for column in range(6):
            table.write_blank(2, column, None, workbook.add_format({"num_format": "0.00"}))
        table.write_row(3, 0, ["合计"])
        table.write_formula("D4", "=SUM(D3:D3)", None, 0)
        chart = workbook.add_chart({"type": "column"})
        assert chart is not None
        chart.add_series({"name": "=台账!$D$2", "categories": "=台账!$C$3:$C$3", "values": "=台账!$D$3:$D$3"})
        chart.add_series({"name": "合计", "values": "=台账!$D$4"})
        {"台账": table, "图": other}[sheet].insert_chart(at, chart)
    return path


def series(file: Path) -> list[dict[str, Any]]:
    """Formula and cached points of every reference of the only chart, in order."""
    (chart,) = [data.decode() for name, data in parts(file).items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    found = []
    for match in re.finditer(r"<c:(num|str)Ref><c:f>(.*?)</c:f>(.*?)</c:\1Ref>", chart, re.DOTALL):
        points = dict(re.findall(r'<c:pt idx="(\d+)"><c:v>(.*?)</c:v></c:pt>', match[3]))
        count = re.search(r'<c:ptCount val="(\d+)"/>', match[3])
        found.append({"formula": match[2], "points": points, "count": int(count[1]) if count else None})
    return found


@pytest.mark.parametrize("sheet", ["台账", "图"])
def test_a_chart_covers_all_rows_and_shows_them_at_once(tmp_path: Path, sheet: str) -> None:
    content = rows(12)
    write(charted(tmp_path / "模板.xlsx", sheet=sheet), tmp_path / "出.xlsx", content)
    title, categories, values, total = series(tmp_path / "出.xlsx")
    assert (title["formula"], title["points"]) == ("台账!$D$2", {"0": "金额（万元）"})
    assert categories["formula"] == "台账!$C$3:$C$14"
    assert list(categories["points"].values()) == [row["问题"] for row in content]
    assert (values["formula"], values["count"]) == ("台账!$D$3:$D$14", 12)
    shown = load_workbook(tmp_path / "出.xlsx", data_only=True)["台账"]
    assert [float(point) for point in values["points"].values()] == [shown.cell(row, 4).value for row in range(3, 15)]
    assert (total["formula"], float(total["points"]["0"])) == ("台账!$D$15", shown["D15"].value)


def test_an_empty_cell_is_a_gap_and_markup_is_text(tmp_path: Path) -> None:
    content: list[dict[str, Value]] = [{"问题": "a<b & c>d", "金额（万元）": 1_000_000}, {"问题": None}, {"问题": "末"}]
    write(charted(tmp_path / "模板.xlsx"), tmp_path / "出.xlsx", content)
    _, categories, values, _ = series(tmp_path / "出.xlsx")
    assert categories["points"] == {"0": "a&lt;b &amp; c&gt;d", "2": "末"}
    assert (values["points"], values["count"]) == ({"0": "1"}, 3)


def test_a_chart_over_nothing_shows_nothing(tmp_path: Path) -> None:
    write(charted(tmp_path / "模板.xlsx"), tmp_path / "出.xlsx", [])
    _, categories, values, total = series(tmp_path / "出.xlsx")
    assert (categories["formula"], categories["points"], values["points"]) == ("台账!$C$3:$C$3", {}, {})
    assert total["points"] == {"0": "0"}


@pytest.mark.parametrize(("at", "row"), [("A8", 7 + 11), ("H8", 7), ("A1", 0)])
def test_a_chart_below_the_rows_moves_and_one_beside_them_stays(tmp_path: Path, at: str, row: int) -> None:
    write(charted(tmp_path / "模板.xlsx", at=at), tmp_path / "出.xlsx", rows(12))
    (drawing,) = [data.decode() for name, data in parts(tmp_path / "出.xlsx").items() if "drawings/drawing" in name]
    top, bottom = (int(found) for found in re.findall(r"<xdr:row>(\d+)</xdr:row>", drawing))
    template = next(data.decode() for name, data in parts(tmp_path / "模板.xlsx").items() if "drawings/drawing" in name)
    before = [int(found) for found in re.findall(r"<xdr:row>(\d+)</xdr:row>", template)]
    assert top == row
    assert bottom - top == before[1] - before[0]


def test_a_chart_made_by_a_library_is_followed_too(tmp_path: Path) -> None:
    template = plain(tmp_path)
    workbook = load_workbook(template)
    sheet = workbook["台账"]
    assert isinstance(sheet, Worksheet)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=3, max_row=3))
    chart.anchor = "A10"
    sheet.add_chart(chart)
    workbook.save(template)
    write(template, tmp_path / "出.xlsx", rows(5))
    (made,) = load_workbook(tmp_path / "出.xlsx")["台账"]._charts  # pyright: ignore[reportAttributeAccessIssue]
    reference = made.series[0].val.numRef
    assert reference.f == "'台账'!$F$3:$F$7"
    assert {point.idx: float(point.v) for point in reference.numCache.pt} == {0: 1, 1: 2, 2: 3, 4: 1}
    assert made.anchor._from.row == 9 + 4
