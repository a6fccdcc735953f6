"""Filling a ledger template: what is written, what is kept, what is refused."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from resources.ledgers.make_problem_ledger import BRIEFING, DATA, TARGET, main
from tests.exports.excel.own_templates import TITLES, parts, plain, rich, rows, sheet_rows, write
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.exports.excel.fill import SheetRows, Value, fill
from xuncha_desktop.jobs import Progress
from xuncha_desktop.text import clean_text


def texts_back(folder: Path, texts: list[str]) -> list[object]:
    """Texts after a way through a file."""
    write(plain(folder), folder / "出.xlsx", [{"序号": 1, "问题": text} for text in texts])
    return [row["问题"] for row in read_rows(folder / "出.xlsx", "台账")]


def test_every_character_that_can_be_stored_comes_back(tmp_path: Path) -> None:
    kept = [char for char in map(chr, range(0x09, 0x10000)) if clean_text(char) == char]
    alone = [f"{char}" for char in kept[:300]] + [f"{char}x{char}" for char in kept[:300]]
    blocks = ["".join(kept[start : start + 500]) for start in range(0, len(kept), 500)]
    assert len(kept) > 63_000
    assert texts_back(tmp_path, alone + blocks) == alone + blocks


@pytest.mark.parametrize(
    "text",
    [
        "a<b & c>d",
        "_x0041_",
        "_x0041_x0042_ _X0041_ _x005F_",
        "=1+1",
        "+86",
        "-",
        "@all",
        "'引号",
        "{{x}} {_{ <img src=x>",
        "𠮷𡈽 﨑 葛󠄀 👨‍👩‍👧",
        "  前后有空格  ",
        "\n首尾换行\n",
        "\t",
        "0012",
        "2024-05-16",
        "]]>",
        "　全角空格　",
    ],
)
def test_odd_text_stays_what_it_is(tmp_path: Path, text: str) -> None:
    assert texts_back(tmp_path, [text]) == [text]


def test_text_that_looks_like_a_formula_is_no_formula_even_after_an_edit(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "平常"]
    write(plain(tmp_path), tmp_path / "出.xlsx", [{"问题": text} for text in texts])
    cells = [load_workbook(tmp_path / "出.xlsx")["台账"].cell(3 + index, 3) for index in range(5)]
    assert [cell.value for cell in cells] == texts
    assert [cell.data_type for cell in cells] == ["s"] * 5
    assert [bool(cell.quotePrefix) for cell in cells] == [True, True, True, True, False]
    assert {cell.number_format for cell in cells} == {"0.00"}


@pytest.mark.parametrize("bad", ["a\x00b", "a\x0bb", "a\ud800b", "a\uffffb", "a\rb"])
def test_an_impossible_character_is_refused_with_its_place(tmp_path: Path, bad: str) -> None:
    with pytest.raises(UserError, match="表“台账”第 4 行“问题”列第 2 个字"):
        texts_back(tmp_path, ["好", bad])
    assert not (tmp_path / "出.xlsx").exists()


@pytest.mark.parametrize("units", [31_999, 32_000, 32_766, 32_767, 32_768, 64_001, 200_000])
@pytest.mark.parametrize("char", ["长", "😀", "x😀"])
def test_text_of_any_length_keeps_one_row_and_reads_back_whole(tmp_path: Path, units: int, char: str) -> None:
    text = (char * units)[:units]
    while len(text.encode("utf-16-le")) // 2 > units:
        text = text[: len(text) - (len(text.encode("utf-16-le")) // 2 - units + 1) // 2]
    text += "尾" * (units - len(text.encode("utf-16-le")) // 2)
    assert texts_back(tmp_path, [text, "下一条"]) == [text, "下一条"]
    book = load_workbook(tmp_path / "出.xlsx")
    longest = max(
        len(str(cell.value).encode("utf-16-le")) // 2 for sheet in book for row in sheet.iter_rows() for cell in row
    )
    assert longest <= 32_767
    shown = str(book["台账"]["C3"].value)
    assert shown.endswith("（续见“长文本”表 2 行）") == (units > 32_767)


def test_long_texts_of_many_cells_find_their_own_rest(tmp_path: Path) -> None:
    texts = [f"{number}" + "文" * 70_000 + f"{number}" for number in range(4)]
    assert texts_back(tmp_path, texts) == texts
    assert load_workbook(tmp_path / "出.xlsx")["长文本"].max_row == 1 + 4 * 2


def test_a_long_text_needs_the_sheet_for_long_texts(tmp_path: Path) -> None:
    template = plain(tmp_path, long=False)
    with pytest.raises(UserError, match="没有“长文本”表"):
        write(template, tmp_path / "出.xlsx", [{"问题": "长" * 40_000}])
    write(template, tmp_path / "出.xlsx", [{"问题": "长" * 32_767}])


@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_any_number_of_rows_has_the_right_totals(tmp_path: Path, count: int) -> None:
    formulas = {"A4": "=ROWS(A3:A3)", "B4": "=COUNTA(B3)", "D4": "=SUM(D3:D3)", "E4": "=COUNT($E$3:$E$3)"}
    template = plain(tmp_path, totals=formulas | {"D1": "=SUM(D3,F3)", "F4": '="计"&SUM(F3:F3)&"人次"'})
    write(template, tmp_path / "出.xlsx", rows(count))
    end = 2 + max(1, count)
    values = load_workbook(tmp_path / "出.xlsx", data_only=True)["台账"]
    made = load_workbook(tmp_path / "出.xlsx")["台账"]
    money, persons = sum(n * 1_234_567 for n in range(1, count + 1)), sum(n % 4 for n in range(1, count + 1))
    assert values.max_row == end + 1
    assert values.cell(end + 1, 1).value == max(1, count)
    assert values.cell(end + 1, 2).value == count
    assert values.cell(end + 1, 4).value == money / 1_000_000
    assert values.cell(end + 1, 5).value == count
    assert values.cell(end + 1, 6).value == f"计{persons}人次"
    assert values["D1"].value == pytest.approx(money / 1_000_000 + persons, rel=1e-14)
    assert made.cell(end + 1, 4).value == f"=SUM(D3:D{end})"
    assert made.cell(end + 1, 2).value == ("=COUNTA(B3)" if end == 3 else f"=COUNTA(B3:B{end})")
    assert made.cell(end + 1, 5).value == f"=COUNT($E$3:$E${end})"


@pytest.mark.parametrize(
    "formula", ["=MEDIAN(D3:D3)", "=SUM(D3:D3)^2", "=SUM(D:D)", "=D3", "=VLOOKUP(1,D3:F3,2,0)", "=SUM(D3:D4)"]
)
def test_a_formula_that_cannot_be_valued_is_named(tmp_path: Path, formula: str) -> None:
    template = plain(tmp_path, totals={"D4": formula})
    with pytest.raises(UserError, match=re.escape(f"D4 的公式“{formula}”")):
        write(template, tmp_path / "出.xlsx", rows(2))


def test_formulas_that_ignore_the_data_move_along_untouched(tmp_path: Path) -> None:
    template = plain(tmp_path, totals={"A5": "年份", "B5": 2024, "C6": "=B5+1"})
    write(template, tmp_path / "出.xlsx", rows(10))
    sheet = load_workbook(tmp_path / "出.xlsx")["台账"]
    assert (sheet["B14"].value, sheet["C15"].value) == (2024, "=B14+1")


def test_columns_are_found_by_title_whatever_their_order(tmp_path: Path) -> None:
    header = ("人次", "问题", "单位\n", "核实人", "领导批示", "序 号", "金额(万元)")
    content: list[dict[str, Value]] = [row | {"核实人": "化名乙"} for row in rows(3)]
    report = write(plain(tmp_path, header=header), tmp_path / "出.xlsx", content)
    assert (report.unknown, report.absent, report.rows) == (("领导批示",), ("日期",), 3)
    back = read_rows(tmp_path / "出.xlsx", "台账")
    assert back[1] == {
        "人次": 2,
        "问题": "第2个虚构的问题",
        "单位": "虚构单位0",
        "核实人": "化名乙",
        "领导批示": None,
        "序 号": 2,
        "金额(万元)": 2.469134,
    }


def test_numbers_and_dates_are_numbers_and_dates(tmp_path: Path) -> None:
    content: list[dict[str, Value]] = [
        {"序号": 1.5, "金额（万元）": 1, "日期": "2024-02-29", "单位": True, "问题": date(2020, 4, 16)},
        {"序号": -3, "金额（万元）": -99_999_999_999, "日期": "2024年春", "单位": False, "人次": 10**15},
        {"序号": 0, "金额（万元）": 0, "日期": "2023-02-29", "单位": "", "人次": None},
    ]
    write(plain(tmp_path), tmp_path / "出.xlsx", content)
    back = [list(row.values()) for row in read_rows(tmp_path / "出.xlsx", "台账")]
    assert back[0] == [1.5, "是", date(2020, 4, 16), 0.000001, date(2024, 2, 29), None]
    assert back[1] == [-3, "否", None, -99_999.999999, "2024年春", "1000000000000000"]
    assert back[2] == [0, None, None, 0, "2023-02-29", None]


def test_money_is_an_int_of_fen_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="D3"):
        write(plain(tmp_path), tmp_path / "出.xlsx", [{"金额（万元）": 1.5}])


def test_everything_but_the_filled_sheet_is_kept_byte_for_byte(tmp_path: Path) -> None:
    template = rich(tmp_path / "模板.xlsx")
    write(template, tmp_path / "出.xlsx", rows(30))
    before, after = parts(template), parts(tmp_path / "出.xlsx")
    assert before.keys() == after.keys()
    assert any("chart" in name for name in before) and any("drawing" in name for name in before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_rules_names_filters_and_prints_reach_over_the_data(tmp_path: Path) -> None:
    write(rich(tmp_path / "模板.xlsx"), tmp_path / "出.xlsx", rows(30))
    made = parts(tmp_path / "出.xlsx")
    sheet, book = made["xl/worksheets/sheet1.xml"].decode(), made["xl/workbook.xml"].decode()
    for area in ('<dimension ref="A2:F35"', '<autoFilter ref="A2:F32"', 'sqref="B3:B32"', 'sqref="D3:D32"'):
        assert area in sheet
    assert "<xm:sqref>F3:F32</xm:sqref>" in sheet
    assert "<formula>$D3&gt;10</formula>" in sheet or "<formula>$D3>10</formula>" in sheet
    assert '<mergeCell ref="B35:C35"/>' in sheet
    for name in ("台账!$F$3:$F$32<", "台账!$A$2:$F$32<", "台账!$A$1:$F$35<", "台账!$1:$2<"):
        assert name in book
    values = CalamineWorkbook.from_path(tmp_path / "出.xlsx").get_sheet_by_name("台账").to_python(skip_empty_area=False)
    assert values[32][1] == "共30家"
    assert values[32][5] == sum(n % 4 for n in range(1, 31))
    assert values[34][0] == "填表人："


def test_the_chain_of_calculation_follows(tmp_path: Path) -> None:
    template = rich(tmp_path / "模板.xlsx")
    source = parts(template)
    chain = b'<calcChain><c r="B4" i="1"/><c r="D4"/><c r="B1" i="2"/></calcChain>'
    with zipfile.ZipFile(tmp_path / "链.xlsx", "w") as archive:
        for name, data in source.items():
            archive.writestr(name, data)
        archive.writestr("xl/calcChain.xml", chain)
    write(tmp_path / "链.xlsx", tmp_path / "出.xlsx", rows(10))
    moved = parts(tmp_path / "出.xlsx")["xl/calcChain.xml"]
    assert moved == b'<calcChain><c r="B13" i="1"/><c r="D13"/><c r="B1" i="2"/></calcChain>'


def test_a_table_of_the_template_covers_the_data_and_dates_show_as_dates(tmp_path: Path) -> None:
    book = load_workbook(plain(tmp_path))
    book.epoch = CALENDAR_MAC_1904
    book["台账"].add_table(Table(displayName="表一", ref="A2:F3"))
    book.save(tmp_path / "模板.xlsx")
    write(tmp_path / "模板.xlsx", tmp_path / "出.xlsx", rows(5))
    made = load_workbook(tmp_path / "出.xlsx")
    assert made["台账"].tables["表一"].ref == "A2:F7"
    assert (made["台账"]["E7"].value, made["台账"]["E7"].is_date) == (datetime(2024, 5, 16), True)
    assert read_rows(tmp_path / "出.xlsx", "台账")[4]["日期"] == date(2024, 5, 16)


def test_spare_lines_of_the_same_look_are_used_up(tmp_path: Path) -> None:
    book = load_workbook(plain(tmp_path))
    for row in range(4, 9):
        for column in range(1, 7):
            book["台账"].cell(row, column).number_format = "0.00"
    book["台账"]["D9"] = "=SUM(D3:D8)"
    book.save(tmp_path / "模板.xlsx")
    for count, total in ((2, "D5"), (6, "D9"), (20, "D23")):
        write(tmp_path / "模板.xlsx", tmp_path / "出.xlsx", rows(count))
        assert load_workbook(tmp_path / "出.xlsx")["台账"][total].value == f"=SUM(D3:D{count + 2})"
        assert len(read_rows(tmp_path / "出.xlsx", "台账")) in (count, count + 1)


def test_what_repeats_the_row_above_is_lighter_inner_within_outer(tmp_path: Path) -> None:
    content: list[dict[str, Value]] = [
        {"序号": n, "单位": unit, "问题": text}
        for n, (unit, text) in enumerate(["甲x", "甲x", "甲y", "乙y", "乙y", "丙y"])
    ]
    table = sheet_rows(content, lighter_repeats=("单位", "问题"))
    fill(plain(tmp_path), tmp_path / "出.xlsx", [table], Progress())
    sheet = load_workbook(tmp_path / "出.xlsx")["台账"]
    lighter = {cell.coordinate for row in sheet["A3:F8"] for cell in row if _colour(cell) == "FF666666"}
    assert lighter == {"B4", "C4", "B5", "B7", "C7"}
    assert not sheet.merged_cells.ranges
    assert [row["单位"] for row in read_rows(tmp_path / "出.xlsx", "台账")] == [row["单位"] for row in content]
    for cell in ("B4", "C7"):
        assert (sheet[cell].font.name, sheet[cell].font.size) == (sheet["B3"].font.name, sheet["B3"].font.size)


def _colour(cell: Any) -> object:
    return cell.font.color.rgb if cell.font.color else None


def test_rows_are_read_once_and_a_cancel_leaves_nothing(tmp_path: Path) -> None:
    progress, taken = Progress(), list[int]()

    def endless() -> Iterator[dict[str, Value]]:
        number = 0
        while True:
            taken.append(number)
            number += 1
            if number == 1000:
                progress.cancel()
            yield {"序号": number}

    template, folder = plain(tmp_path), tmp_path / "出"
    folder.mkdir()
    (folder / "台账.xlsx").write_bytes(b"old")
    with pytest.raises(Cancelled):
        fill(template, folder / "台账.xlsx", [SheetRows("台账", TITLES, endless())], progress)
    assert taken == list(range(len(taken))) and 1000 <= len(taken) < 2000
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"台账.xlsx": b"old"}


def test_a_generator_gives_the_same_file_as_a_list(tmp_path: Path) -> None:
    template = plain(tmp_path)
    write(template, tmp_path / "甲.xlsx", rows(20))
    generator = SheetRows("台账", TITLES, iter(rows(20)), money=("金额（万元）",), dates=("日期",))
    fill(template, tmp_path / "乙.xlsx", [generator], Progress())
    assert parts(tmp_path / "甲.xlsx") == parts(tmp_path / "乙.xlsx")


def test_rows_grow_with_their_text_up_to_what_excel_allows(tmp_path: Path) -> None:
    titles = [title.text for title in DATA]
    key = "问题表述（与报告一致）"
    content = [{key: "短"}, {key: "字" * 200}, {key: "字" * 400}, {key: "行\n" * 300}]
    fill(TARGET, tmp_path / "出.xlsx", [SheetRows("问题台账", titles, content)], Progress())
    sizes = load_workbook(tmp_path / "出.xlsx")["问题台账"].row_dimensions
    heights = [float(sizes[row].height or 0) for row in range(4, 8)]
    assert heights[0] == 18
    assert 18 < heights[1] < heights[2] * 0.6
    assert heights[3] == 409


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_workbook_is_told_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "模板.xlsx").write_bytes(content)
    with pytest.raises(UserError, match=r"模板\.xlsx”不是可读的 xlsx"):
        write(tmp_path / "模板.xlsx", tmp_path / "出.xlsx", [])


def test_a_template_without_the_sheet_or_the_header_is_told_in_words(tmp_path: Path) -> None:
    template = plain(tmp_path, header=("甲", "乙"))
    with pytest.raises(UserError, match="找不到表头"):
        write(template, tmp_path / "出.xlsx", [])
    with pytest.raises(UserError, match="没有名为“汇总”的表"):
        fill(template, tmp_path / "出.xlsx", [SheetRows("汇总", TITLES, [])], Progress())


def test_a_model_row_with_formulas_or_merges_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="第 3 行（样板行）含有公式"):
        write(plain(tmp_path, totals={"D3": "=1+1"}), tmp_path / "出.xlsx", rows(1))
    book = load_workbook(plain(tmp_path))
    book["台账"].merge_cells("A3:B3")
    book.save(tmp_path / "模板.xlsx")
    with pytest.raises(UserError, match="有合并单元格"):
        write(tmp_path / "模板.xlsx", tmp_path / "出.xlsx", rows(1))


def test_the_default_template_is_what_its_script_makes(tmp_path: Path) -> None:
    main(tmp_path / "新.xlsx")
    made, kept = parts(tmp_path / "新.xlsx"), parts(TARGET)
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name] and name != "docProps/core.xml"] == []


def test_the_default_template_takes_both_forms_and_shows_long_texts_only_if_there_are_any(tmp_path: Path) -> None:
    sheets = [
        SheetRows("问题台账", [title.text for title in DATA], [{"问题标题": "虚构"}]),
        SheetRows("书记专题会汇报表", [title.text for title in BRIEFING], [{"问题表述": "虚构"}]),
    ]
    reports = fill(TARGET, tmp_path / "出.xlsx", sheets, Progress())
    counting = ["聚焦方面统计", "问题分类统计", "责任科室统计"]
    assert [report.name for report in reports] == ["问题台账", "书记专题会汇报表", *counting]
    assert {(report.unknown, report.absent, report.left_out) for report in reports} == {((), (), 0)}
    assert (len(DATA), len(BRIEFING)) == (32, 10)
    book = load_workbook(tmp_path / "出.xlsx", data_only=True)
    assert (book["问题台账"]["B5"].value, book["书记专题会汇报表"]["B5"].value) == (1, 1)
    assert book["长文本"].sheet_state == "hidden"
    sheets[0] = SheetRows("问题台账", [title.text for title in DATA], [{"问题标题": "虚" * 40_000}])
    fill(TARGET, tmp_path / "出.xlsx", [sheets[0]], Progress())
    assert load_workbook(tmp_path / "出.xlsx")["长文本"].sheet_state == "visible"
