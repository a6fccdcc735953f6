"""The check of exported files finds what Office would repair."""

import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from tests.support.sound_files import unsound

_WORD = {
    "order": ('<w:pStyle w:val="Heading1"/>', '<w:jc w:val="left"/><w:pStyle w:val="Heading1"/>', "次序"),
    "twice": ('<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading1"/><w:pStyle w:val="a"/>', "2 个 pStyle"),
    "bookmark": ("<w:pPr>", '<w:bookmarkStart w:id="1" w:name="a"/><w:pPr>', "不成对"),
    "names": (
        "<w:pPr>",
        '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkStart w:id="1" w:name="a"/><w:pPr>',
        "用了 2 次",
    ),
    "cell": ("<w:pPr>", "<w:tc/><w:pPr>", "不以段落结束"),
    "table": ("<w:pPr>", "<w:tbl><w:tblGrid/></w:tbl><w:pPr>", "没有 tr"),
    "relation": ("<w:pPr>", '<w:a xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
                 'r:id="rId99"/><w:pPr>', "rId99 没有定义"),
}  # fmt: skip


@pytest.mark.parametrize("fault", _WORD)
def test_a_fault_of_a_word_file_is_found(tmp_path: Path, fault: str) -> None:
    whole, damaged = tmp_path / "a.docx", tmp_path / "b.docx"
    document = docx.Document()
    document.add_heading("题", 1)
    document.save(str(whole))
    assert unsound(whole) == []
    old, new, says = _WORD[fault]
    _change(whole, damaged, "word/document.xml", old, new)
    assert any(says in found for found in unsound(damaged))


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData", "<pageSetup/><sheetData", "次序"),
        ("[Content_Types].xml", "/xl/worksheets/sheet1.xml", "/xl/worksheets/sheet9.xml", "不存在"),
        ("xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml", "不存在"),
        ("xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml", "sheet1.xml：没有任何地方使用"),
        (
            "xl/worksheets/sheet1.xml",
            "<sheetData",
            '<row r="2"/><row r="1"/><sheetData',
            "在第 2 行后面",
        ),
        ("xl/worksheets/sheet1.xml", "<sheetData", '<row r="1"><c r="B1"/><c r="A1"/></row><sheetData', "不在其位"),
        (
            "xl/worksheets/sheet1.xml",
            "<sheetData",
            '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells><sheetData',
            "重叠",
        ),
    ],
)
def test_a_fault_of_a_workbook_is_found(tmp_path: Path, part: str, old: str, new: str, says: str) -> None:
    whole, damaged = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    Workbook().save(whole)
    assert unsound(whole) == []
    _change(whole, damaged, part, old, new)
    assert any(says in found for found in unsound(damaged))


def _change(source: Path, target: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as changed:
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            changed.writestr(name, content)
