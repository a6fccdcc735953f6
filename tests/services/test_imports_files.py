"""Excel files as they come: what is hidden, merged, left over or hostile; and which sheet and heading are meant."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.importing import bring_in, first, inspection, look, problems, workbook
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import lists
from xuncha_desktop.services.imports import kinds, sources, write
from xuncha_desktop.store.store import Store


def saved(sheet: Worksheet, path: Path) -> Path:
    assert sheet.parent is not None
    sheet.parent.save(path)
    return path


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The file with one of its parts written anew."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    found = next(name for name in parts if re.fullmatch(part, name))
    parts[found] = change(parts[found].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "名单.xlsx"


def test_hidden_columns_rows_and_sheets_are_not_read_and_said(store: Store, file: Path) -> None:
    sheet = workbook(file, [["资料名称", "数量", "备注"], ["会议记录", "2册", "一"], ["账簿", "5册", "二"]])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    assert sheet.parent is not None
    sheet.parent.create_sheet("底表").sheet_state = "veryHidden"
    plan = look(store, "borrowing", saved(sheet, file))
    assert [item.values["name"] for item in plan.items] == ["会议记录"]
    assert "quantity" not in plan.items[0].values
    assert [(row.row, row.why) for row in plan.left_out] == [(3, "隐藏的行")]
    assert "隐藏的列没有读：B列" in plan.notes
    assert "隐藏的工作表没有读：底表" in plan.notes


def test_every_row_that_is_no_record_is_listed_with_its_words(store: Store, file: Path) -> None:
    rows = [
        ["2031年调阅清单", None, None],
        ["序号", "资料名称", "数量"],
        ["栏次", 1, 2],
        [1, "会议记录", "2册"],
        ["一、财务类", None, None],
        [2, "账簿", "5册"],
        ["序号", "资料名称", "数量"],
        [3, None, None],
        ["小计", None, "7册"],
        ["合  计：", None, "7册"],
        ["注：本表内容虚构。", None, None],
        ["制表人：甲", "审核：乙", "2031年3月"],
    ]
    workbook(file, rows)
    plan = look(store, "borrowing", file)
    assert [item.row for item in plan.items] == [4, 6]
    assert {row.row: row.why for row in plan.left_out} == {
        3: "栏次",
        5: "只有一格有文字",
        7: "重复的表头",
        8: "只有序号",
        9: "合计",
        10: "合计",
        11: "表中的说明",
        12: "落款",
    }
    assert plan.left_out[0].text == "栏次 1 2"
    assert "表头以上的文字没有导入：2031年调阅清单" in plan.notes
    assert [column.heading for column in plan.unmapped] == ["序号"]


def test_a_row_can_be_taken_in_or_left_out_in_spite_of_its_looks(store: Store, file: Path) -> None:
    workbook(file, [["资料名称", "数量", "备注"], ["合计", "1册", ""], ["账簿", "5册", ""]])
    plan = look(store, "borrowing", file, rows={2: True, 3: False})
    assert [item.values["name"] for item in plan.items] == ["合计"]
    assert [(row.row, row.why) for row in plan.left_out] == [(3, "由您选定不导入")]


def test_the_pages_of_an_account_book_leave_out_what_is_carried_forward(store: Store, file: Path) -> None:
    rows = [
        ["凭证日期", "凭证字号", "摘要", "金额（元）"],
        ["2020-1-1", "", "上年结转", 5],
        ["2020-1-2", "记-1", "付工资合计", 6],
        ["2020-1-31", "", "本月合计", 6],
        ["", "", "过次页", 6],
    ]
    workbook(file, rows)
    plan = look(store, "voucher", file)
    assert [item.values["summary"] for item in plan.items] == ["付工资合计"]
    assert {row.why for row in plan.left_out} == {"账页的结转和合计"}


def test_merged_texts_count_for_each_row_and_merged_numbers_once(store: Store, file: Path) -> None:
    sheet = workbook(file, [["账套", "摘要", "金额（元）"], ["虚构镇", "甲", 12], [None, "乙", None], [None, "丙", 3]])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C2:C3")
    plan = look(store, "voucher", saved(sheet, file))
    assert [item.values["book"] for item in plan.items] == ["虚构镇"] * 3
    assert [item.values.get("amount") for item in plan.items] == [1200, None, 300]
    assert [remark.sentence for remark in plan.remarks] == ["第3行 C列“金额（元）”：合并的数只记在第2行"]


def test_rows_under_one_merged_title_are_one_record(store: Store, file: Path) -> None:
    sheet = workbook(
        file,
        [
            ["问题标题", "典型事例", "涉及金额（万元）"],
            ["虚构问题一", "事例甲", 5],
            [None, "事例乙", None],
            ["虚构问题二", "事例丙", None],
        ],
    )
    sheet.merge_cells("A2:A3")
    plan = look(store, "paper", saved(sheet, file))
    assert [item.values["typical_case"] for item in plan.items] == ["事例甲\n事例乙", "事例丙"]
    sheet["C3"] = 7
    assert problems(look(store, "paper", saved(sheet, file))) == [
        "第3行 C列“涉及金额（万元）”：与上面合并成一条，这一格的内容放不下；请取消合并，或把内容并到第一行"
    ]


def test_a_formula_is_taken_by_its_stored_result_and_refused_without_one(store: Store, file: Path) -> None:
    sheet = workbook(file, [["摘要", "金额（元）"], ["甲", "=1+1"]])
    assert "是公式，文件里没有存算出的结果" in problems(look(store, "voucher", file))[0]
    changed(file, r"xl/workbook\.xml", lambda text: re.sub(r"<calcPr[^>]*/>", "", text))
    changed(file, r"xl/worksheets/sheet1\.xml", lambda text: re.sub(r"</f><v\s*/>|</f><v></v>", "</f><v>2.5</v>", text))
    assert first(look(store, "voucher", file), "amount") == 250
    sheet["B2"] = "#REF!"
    assert problems(look(store, "voucher", saved(sheet, file))) == ["第2行 B列“金额（元）”：公式出错（#REF!）"]


def test_the_sheet_whose_headings_name_the_most_fields_is_read_and_the_others_are_said(
    store: Store, file: Path
) -> None:
    sheet = workbook(file, [["填表说明"], ["请如实填写"]], "说明")
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("凭证")
    other.append(["摘要", "科目"])
    other.append(["虚构", "现金"])
    plan = look(store, "voucher", saved(sheet, file))
    assert plan.table.sheet.name == "凭证"
    assert "其他工作表没有导入：说明" in plan.notes
    assert problems(look(store, "voucher", file, sheet="说明")) == ["没有一列是“摘要”；请在列的上方选定哪一列是它"]
    with pytest.raises(UserError, match="没有名为“没有”的工作表"):
        look(store, "voucher", file, sheet="没有")


def test_of_a_sheet_with_nothing_in_it_only_that_is_said(store: Store, file: Path) -> None:
    workbook(file, [], "空白")
    plan = look(store, "voucher", file)
    assert problems(plan) == ["没有内容；请选择有表格的工作表或文件"]
    assert plan.notes == []


def test_the_column_that_every_row_needs_is_not_to_be_filled_in_later_as_well(store: Store, file: Path) -> None:
    workbook(file, [["文号", "备注"], ["虚构〔2031〕1号", "现行"]])
    plan = look(store, "legal_basis", file)
    assert problems(plan) == ["没有一列是“文件全称”；请在列的上方选定哪一列是它"]
    assert plan.notes == []


def test_a_heading_that_is_not_recognised_can_be_named(store: Store, file: Path) -> None:
    workbook(file, [["虚构的标题"], ["东西", "多少"], ["会议记录", "2册"]])
    assert look(store, "borrowing", file).table.heading == (0, 0)
    plan = look(store, "borrowing", file, heading=2, columns={0: "name", 1: "quantity"})
    assert [item.values["name"] for item in plan.items] == ["会议记录"]
    plan = look(store, "borrowing", file, heading=0, columns={0: "name"})
    assert [item.values["name"] for item in plan.items] == ["虚构的标题", "东西", "会议记录"]


def test_a_list_without_rows_is_refused_when_it_is_written(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"]])
    with pytest.raises(UserError, match="表里没有可以导入的抽凭记录"):
        write.write(store, look(store, "voucher", file), Progress())


def test_how_columns_were_used_is_remembered_for_the_same_headings_without_their_words(
    store: Store, file: Path
) -> None:
    from xuncha_desktop.services.imports import mapping

    workbook(file, [["摘要", "情况说明"], ["虚构", "正常"]])
    plan = look(store, "voucher", file, columns={0: "summary", 1: "result"})
    mapping.remember(store, plan.kind, plan.table, plan.columns)
    again = look(store, "voucher", file)
    assert again.columns == {0: "summary", 1: "result"}
    workbook(file, [["摘要", "情况说明", "备注"], ["虚构", "正常", ""]])
    assert look(store, "voucher", file).columns == {0: "summary", 2: "note"}
    assert "情况说明" not in str(store.meta(mapping._key(plan.kind, plan.table)))


def test_an_import_is_one_step_and_stops_whole_when_it_is_cancelled(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], *([f"虚构{number}", "现金"] for number in range(300))])
    plan = look(store, "voucher", file)

    def stop(done: int, total: int, text: str) -> None:
        if done >= 100:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        write.write(store, plan, progress)
    assert lists.count(store, lists.Query("voucher")) == 0
    assert len(bring_in(store, plan)) == 300
    assert "有 300 行与案卷里已有的抽凭记录内容相同，可能以前导入过，请核对。" in look(store, "voucher", file).notes


def test_reading_can_be_cancelled(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], ["虚构", "现金"]])
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        sources.read(file, kinds.kind_of("voucher"), store.decoder, progress)


@pytest.mark.parametrize("name", ["名单.xls", "名单.et", "名单.csv", "名单.xlsm", "名单.docx"])
def test_other_formats_are_refused_with_what_to_do(store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(UserError, match="另存为 xlsx"):
        look(store, "voucher", tmp_path / name)


def test_what_is_no_workbook_is_refused_in_a_sentence(store: Store, tmp_path: Path, file: Path) -> None:
    for content in (b"", b"<html><table>", b"PK\x03\x04" + b"\0" * 60):
        file.write_bytes(content)
        with pytest.raises(UserError):
            look(store, "voucher", file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "虚构")
    with pytest.raises(UserError, match="不是可读的 xlsx 表格"):
        look(store, "voucher", file)
    with pytest.raises(UserError, match="读不出"):
        look(store, "voucher", tmp_path / "没有.xlsx")


def test_a_document_type_in_a_part_is_refused(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], ["虚构", "现金"]])
    changed(file, r"xl/worksheets/sheet1\.xml", lambda text: f'<!DOCTYPE x [<!ENTITY a "b">]>{text}')
    with pytest.raises(UserError, match="DTD"):
        look(store, "voucher", file)


def test_a_sheet_that_claims_to_be_vast_is_read_as_far_as_it_goes(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], ["虚构", "现金"]])
    claim = '<dimension ref="A1:XFD1048576"'
    changed(file, r"xl/worksheets/sheet1\.xml", lambda text: re.sub(r'<dimension ref="[^"]*"', claim, text))
    assert len(look(store, "voucher", file).items) == 1


@pytest.mark.parametrize("place", ["XFD1048576", "GS3", "A60000"])
def test_content_far_outside_is_refused_and_named(store: Store, file: Path, place: str) -> None:
    sheet = workbook(file, [["摘要", "科目"], ["虚构", "现金"]])
    sheet[place] = "远处"
    with pytest.raises(UserError, match=rf"第{re.sub('[A-Z]', '', place)}行 {re.sub('[0-9]', '', place)}列还有内容"):
        look(store, "voucher", saved(sheet, file))


def test_cells_and_rows_that_do_not_say_where_they_stand_are_counted(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], ["虚构", "现金"]])
    changed(file, r"xl/worksheets/sheet1\.xml", lambda text: re.sub(r' r="[A-Z]*\d+"', "", text))
    plan = look(store, "voucher", file)
    assert [(item.row, item.values["summary"], item.values["account"]) for item in plan.items] == [(2, "虚构", "现金")]


def test_a_thousand_merged_areas_over_each_other_do_not_stall(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], *([f"虚构{number}", "现金"] for number in range(400))])
    areas = "".join(f'<mergeCell ref="C{row}:GR5000"/>' for row in range(1, 15000))
    merged = f"<mergeCells>{areas}</mergeCells><pageMargins"
    changed(file, r"xl/worksheets/sheet1\.xml", lambda text: text.replace("<pageMargins", merged, 1))
    with pytest.raises(UserError, match="合并的单元格太多"):
        look(store, "voucher", file)


def test_a_list_for_an_inspection_needs_one(store: Store, file: Path) -> None:
    workbook(file, [["摘要", "科目"], ["虚构", "现金"]])
    assert problems(look(store, "voucher", file, inspection="")) == ["第2行：没有说明属于哪项巡察任务，请选定一项"]
    workbook(file, [["被巡察党组织", "摘要"], ["虚构镇党委", "现金"]])
    assert first(look(store, "voucher", file, inspection=""), "inspection") == inspection(store)


def test_a_table_on_its_side_is_refused_with_what_to_do(store: Store, tmp_path: Path) -> None:
    records = [("2020-03-05", "记-1", "餐费", "招待费", 128.5), ("2020-03-06", "记-2", "住宿费", "差旅费", 300)]
    headings = ("凭证日期", "凭证字号", "摘要", "科目", "金额（元）")
    path = tmp_path / "竖表.xlsx"
    workbook(path, [["抽凭登记表"], *([heading, *cells] for heading, *cells in zip(headings, *records, strict=True))])
    plan = look(store, "voucher", path)
    assert plan.items == []
    assert "栏目名称竖着写在 A 列里" in problems(plan)[0]
    assert "转置" in problems(plan)[0]
    workbook(path, [headings, *records])
    assert problems(look(store, "voucher", path)) == []
