"""The text of evidence, as people typed it into the programs they use."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from docx import Document
from docx.enum.text import WD_BREAK
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.decoding.conftest import Made
from tests.support.hostile_files import docx, paragraph, pdf_of_texts
from xuncha_desktop.decoding import helper
from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.decoding.plain import LONGEST_PART

TALK = "问：2025年以来村集体出租鱼塘，是否上过会？\n答：没有，镇里打了招呼。"


def saved(made: object) -> bytes:
    out = io.BytesIO()
    made.save(out)  # pyright: ignore[reportAttributeAccessIssue]
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_file_is_read_in_every_usual_encoding(decoder: Decoder, made: Made, encoding: str) -> None:
    found = decoder.text(made("谈话.txt", TALK.encode(encoding)))
    assert (found.parts, found.note) == ((TALK,), "")


@pytest.mark.parametrize("text", ["巡察", "张三", "谈话", "A组"])
def test_a_few_characters_are_enough_to_tell_the_encoding(decoder: Decoder, made: Made, text: str) -> None:
    for encoding in ("utf-8", "gb18030"):
        assert decoder.text(made("名.txt", text.encode(encoding))).parts == (text,)


def test_a_file_cut_off_within_a_character_is_still_read(decoder: Decoder, made: Made) -> None:
    assert decoder.text(made("断.txt", TALK.encode()[:-1])).parts[0].startswith(TALK[:-1])


def test_rare_characters_of_names_survive_gb18030(decoder: Decoder, made: Made) -> None:
    assert decoder.text(made("名单.csv", "姓名,职务\n王𠮷䶮,镇长".encode("gb18030"))).parts == (
        "姓名,职务\n王𠮷䶮,镇长",
    )


def test_what_cannot_be_read_is_marked_and_told(decoder: Decoder, made: Made) -> None:
    found = decoder.text(made("坏.txt", "巡察".encode("gb18030") + b"\xff\xff" + "组".encode("gb18030")))
    assert found.parts[0].startswith("巡察")
    assert found.parts[0].endswith("组")
    assert "\ufffd" in found.parts[0]
    assert "无法辨认" in found.note


def test_a_long_text_comes_in_parts_at_its_line_ends(decoder: Decoder, made: Made) -> None:
    lines = [f"第{number}行，共五千行" for number in range(5000)]
    found = decoder.text(made("长.txt", "\n".join(lines).encode()))
    assert len(found.parts) > 2
    assert all(len(part) <= LONGEST_PART for part in found.parts)
    assert "\n".join(found.parts).split("\n") == lines


def test_a_line_without_end_is_cut(decoder: Decoder, made: Made) -> None:
    found = decoder.text(made("长.txt", ("文" * (LONGEST_PART * 2 + 5)).encode()))
    assert [len(part) for part in found.parts] == [LONGEST_PART, LONGEST_PART, 5]


def test_a_word_document_is_read_by_pages_with_tables_and_notes(decoder: Decoder, made: Made) -> None:
    document = Document()
    document.add_heading("关于鱼塘出租的情况说明", 1)
    document.add_paragraph("一、基本情况\t2025年")
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("村名", "金额（元）"), ("上塘村", "12000")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("二、存在问题")
    document.sections[0].footer.paragraphs[0].text = "平湖镇财政所"
    found = decoder.text(made("说明.docx", saved(document)))
    first, second, aside = found.parts
    assert first.split("\n")[:4] == [
        "关于鱼塘出租的情况说明",
        "一、基本情况\t2025年",
        "村名\t金额（元）",
        "上塘村\t12000",
    ]
    assert second.strip() == "二、存在问题"
    assert aside == "（页眉、页脚、脚注、批注）\n平湖镇财政所"


def test_a_text_box_is_read_once_and_deleted_text_not_at_all(decoder: Decoder, made: Made) -> None:
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{paragraph('框里的字')}</mc:Choice><mc:Fallback>{paragraph('框里的字')}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>框外的字</w:t></w:r>"
        "<w:del><w:r><w:delText>删去的字</w:delText></w:r></w:del></w:p>"
    )
    assert decoder.text(made("框.docx", docx(box))).parts == ("框里的字\n框外的字",)


def test_pages_that_word_laid_out_are_parts(decoder: Decoder, made: Made) -> None:
    body = paragraph("第一页") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>第二页</w:t></w:r></w:p>"
    body += "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>还是第二页</w:t></w:r></w:p>" + paragraph("第三页")
    assert decoder.text(made("页.docx", docx(body))).parts == ("第一页", "第二页\n还是第二页", "第三页")


def test_a_table_in_a_table_stays_in_its_row(decoder: Decoder, made: Made) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('里一')}</w:tc><w:tc>{paragraph('里二')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('外')}</w:tc><w:tc>{inner}{paragraph('后')}</w:tc></w:tr></w:tbl>"
    assert decoder.text(made("表.docx", docx(body))).parts == ("外\t里一\t里二 后",)


def test_a_workbook_is_read_as_it_is_seen(decoder: Decoder, made: Made) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "资金明细"
    sheet.append(["项目", "日期", "金额", "比例", "已核", "时间", "备注"])
    sheet.append(["路灯", date(2025, 3, 2), 12345.6, 0.125, True, datetime(2025, 3, 2, 9, 30), "甲\n乙"])
    sheet.append(["合计", None, "=SUM(C2:C2)", None, None, time(8, 5)])
    sheet["D2"].number_format = "0.0%"
    sheet["B2"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["C2"].number_format = "#,##0.00 [$元]"
    sheet["A5"] = "隔一行"
    sheet["A1"].comment = Comment("批注不在表里", "某")
    hidden = book.create_sheet("底数")
    hidden.sheet_state = "hidden"
    hidden.append([100000000000001, "440101199001011234"])
    found = decoder.text(made("资金.xlsx", saved(book)))
    assert found.note == ""
    assert found.parts[0].split("\n") == [
        "【资金明细】",
        "项目\t日期\t金额\t比例\t已核\t时间\t备注",
        "路灯\t2025-03-02\t12345.6\t12.5%\tTRUE\t2025-03-02 09:30\t甲 乙",
        "合计\t\t\t\t\t08:05",
        "隔一行",
    ]
    assert found.parts[1] == "【底数（隐藏的表）】\n100000000000001\t440101199001011234"


def test_dates_of_the_1904_calendar_are_right(decoder: Decoder, made: Made) -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.worksheets[0].append([date(2025, 3, 2)])
    assert decoder.text(made("日期.xlsx", saved(book))).parts == ("【Sheet】\n2025-03-02",)


def test_a_sheet_is_read_no_further_than_is_sensible(decoder: Decoder, made: Made) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["GS2"], sheet["XFD1048576"] = "左上", "第 201 列", "右下"
    found = decoder.text(made("巨.xlsx", saved(book)))
    assert found.parts == ("【Sheet】\n左上",)
    assert found.note == "表“Sheet”只读到第 50000 行。表“Sheet”只读到第 200 列。"


def test_a_column_far_out_costs_nothing(decoder: Decoder, made: Made) -> None:
    book = Workbook()
    book.worksheets[0]["XFD1"] = "最右"
    found = decoder.text(made("宽.xlsx", saved(book)))
    assert found.note == "表“Sheet”只读到第 200 列。"


def test_a_string_number_that_does_not_exist_is_no_text(decoder: Decoder, made: Made) -> None:
    out, whole = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        book.add_worksheet("表").write_row(0, 0, ["甲", "乙"])
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry).replace(b"<v>0</v>", b"<v>999999999</v>"))
    assert decoder.text(made("全.xlsx", whole.getvalue())).parts == ("【表】\n甲\t乙",)
    assert decoder.text(made("缺.xlsx", out.getvalue())).parts == ("【表】\n\t乙",)


def test_a_pdf_is_read_page_by_page_and_stays_in_step_with_them(decoder: Decoder, made: Made) -> None:
    found = decoder.text(made("纪要.pdf", pdf_of_texts(["平湖镇党委会议纪要", "", "会议议定事项"])))
    assert found.parts == ("平湖镇党委会议纪要", "", "会议议定事项")


def test_a_text_beyond_measure_is_cut_and_told(decoder: Decoder, made: Made) -> None:
    line = "这一行二十个字这一行二十个字这一行二十字\n"
    count = helper.MOST_CHARACTERS // len(line) + 1000
    found = decoder.text(made("长.txt", (line * count).encode()))
    assert found.note == "文字太长，只读出前 500 万字。"
    assert helper.MOST_CHARACTERS - LONGEST_PART < sum(map(len, found.parts)) <= helper.MOST_CHARACTERS


def test_a_picture_has_no_text(decoder: Decoder, made: Made) -> None:
    assert decoder.text(made("照片.gif", b"GIF89a" + bytes(20))).parts == ()
