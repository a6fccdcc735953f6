"""Reading ledgers back: differences are found and named, hostile files are refused."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.exports.excel.own_templates import parts, plain, rows, sheet_rows, write
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel import check
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.exports.excel.fill import Value, fill
from xuncha_desktop.jobs import Progress

SHEET = "xl/worksheets/sheet1.xml"
LONG = "xl/worksheets/sheet2.xml"


def replace_in(path: Path, part: str, old: str, new: str) -> None:
    """Change one part of a file, as a fault of the writer would."""
    content = parts(path)
    assert content[part].decode().count(old) == 1
    content[part] = content[part].decode().replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("part", "old", "new", "where"),
    [
        (SHEET, "<t>第2个虚构的问题</t>", "<t>第2个虚构的间题</t>", "表“台账”第 4 行“问题”列"),
        (SHEET, '<is><t xml:space="preserve"> 空格</t></is>', "<is><t>空格</t></is>", "表“台账”第 3 行“问题”列"),
        (SHEET, "<v>2.469134</v>", "<v>2.469135</v>", "表“台账”第 4 行“金额（万元）”列"),
        (SHEET, "<v>1.234567</v>", "", "表“台账”第 3 行“金额（万元）”列"),
        (SHEET, '<c r="F6" s="1"/>', '<c r="F6" s="1"><v>0</v></c>', "表“台账”第 6 行“人次”列"),
        (SHEET, "<v>7.407402</v>", "<v>7.4</v>", "表“台账”第 7 行D 列的合计"),
        (LONG, "尾巴", "", "表“台账”第 5 行“问题”列"),
    ],
)
def test_the_first_difference_is_named_and_nothing_is_given_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, old: str, new: str, where: str
) -> None:
    content = rows(4)
    content[0]["问题"], content[2]["问题"], content[3]["金额（万元）"] = " 空格", "长" * 40_000 + "尾巴", 0
    real = check.verify

    def verify_a_damaged_file(path: Path, tables: list[check.Written], progress: Progress) -> None:
        real(path, tables, progress)
        replace_in(path, part, old, new)
        real(path, tables, progress)

    monkeypatch.setattr(check, "verify", verify_a_damaged_file)
    with pytest.raises(UserError, match="回读核对未通过：" + where):
        write(plain(tmp_path, totals={"D4": "=SUM(D3)"}), tmp_path / "出.xlsx", content)
    assert [path.name for path in tmp_path.iterdir()] == ["模板.xlsx"]


def test_a_file_that_lost_its_last_rows_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = check.verify

    def verify_a_cut_file(path: Path, tables: list[check.Written], progress: Progress) -> None:
        sheet = parts(path)[SHEET].decode()
        last = sheet[sheet.index('<row r="5"') : sheet.index("</sheetData>")]
        replace_in(path, SHEET, last, "")
        real(path, tables, progress)

    monkeypatch.setattr(check, "verify", verify_a_cut_file)
    with pytest.raises(UserError, match="第 5 行“序号”列"):
        write(plain(tmp_path), tmp_path / "出.xlsx", rows(3))


def test_a_sorted_ledger_still_joins_its_long_texts(tmp_path: Path) -> None:
    texts = ["甲" * 50_000, "短", "乙" * 50_000]
    write(plain(tmp_path), tmp_path / "出.xlsx", [{"序号": n, "问题": text} for n, text in enumerate(texts)])
    book = load_workbook(tmp_path / "出.xlsx")
    sheet = book["台账"]
    for column in range(1, 7):
        first, last = sheet.cell(3, column).value, sheet.cell(5, column).value
        sheet.cell(3, column, last)
        sheet.cell(5, column, first)
    book.save(tmp_path / "回.xlsx")
    assert [row["问题"] for row in read_rows(tmp_path / "回.xlsx", "台账")] == texts[::-1]


def test_words_that_only_look_like_a_pointer_stay(tmp_path: Path) -> None:
    pointer = "（续见“长文本”表 2 行）"
    texts: list[dict[str, Value]] = [{"问题": "长" * 40_000}, {"问题": pointer}, {"问题": "字" * 31_000 + pointer}]
    write(plain(tmp_path), tmp_path / "出.xlsx", texts)
    assert [row["问题"] for row in read_rows(tmp_path / "出.xlsx", "台账")] == [text["问题"] for text in texts]


def test_totals_and_empty_lines_are_no_data(tmp_path: Path) -> None:
    template = plain(tmp_path, totals={"A4": " 合 计", "D4": "=SUM(D3:D3)", "A6": "填表人"})
    fill(template, tmp_path / "出.xlsx", [sheet_rows(rows(3))], Progress())
    assert [row["序号"] for row in read_rows(tmp_path / "出.xlsx", "台账")] == [1, 2, 3]
    fill(template, tmp_path / "出.xlsx", [sheet_rows([])], Progress())
    assert read_rows(tmp_path / "出.xlsx", "台账") == []


@pytest.mark.parametrize("cell", ["A50001", "XFD1", "XFD1048576"])
def test_a_small_file_that_claims_a_giant_sheet_is_refused_before_it_is_laid_out(tmp_path: Path, cell: str) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet[cell] = "序号", 1
    book.save(tmp_path / "大.xlsx")
    with pytest.raises(UserError, match="超过 50000 行或 200 列"):
        read_rows(tmp_path / "大.xlsx", sheet.title)


def test_a_missing_sheet_and_an_empty_one_are_told_in_words(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("空")
    book.save(tmp_path / "空.xlsx")
    with pytest.raises(UserError, match="没有名为“台账”的表"):
        read_rows(tmp_path / "空.xlsx", "台账")
    with pytest.raises(UserError, match="“空”是空的"):
        read_rows(tmp_path / "空.xlsx", "空")


def test_a_part_with_an_entity_is_refused(tmp_path: Path) -> None:
    write(plain(tmp_path), tmp_path / "出.xlsx", rows(1))
    replace_in(tmp_path / "出.xlsx", SHEET, "<worksheet ", '<!DOCTYPE x [<!ENTITY e "x">]><worksheet ')
    with pytest.raises(UserError, match="含外部实体，已拒绝"):
        read_rows(tmp_path / "出.xlsx", "台账")


def test_cells_that_a_user_merged_are_read_in_every_row(tmp_path: Path) -> None:
    write(plain(tmp_path), tmp_path / "出.xlsx", rows(3))
    book = load_workbook(tmp_path / "出.xlsx")
    book["台账"].merge_cells("B3:B4")
    book.save(tmp_path / "出.xlsx")
    units = [row["单位"] for row in read_rows(tmp_path / "出.xlsx", "台账")]
    assert units[0] == units[1] != units[2]
