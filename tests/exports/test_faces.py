"""Chosen faces stand in what is exported, wherever a file can name one; without a choice nothing changes."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, NamedStyle

from tests.exports.excel.own_templates import TITLES, parts, write
from tests.support.sound_files import unsound
from xuncha_desktop import paths, settings
from xuncha_desktop.exports import faces
from xuncha_desktop.exports.catalog import DOCUMENTS
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress
from xuncha_desktop.settings import OFFICIAL_FACES, Settings

CHOSEN = {
    "小标宋": "华文中宋",
    "仿宋": "仿宋",
    "楷体": "楷体",
    "黑体": "A&B 'C\" 黑体",
    "宋体": "Noto Serif CJK SC",
}
TEMPLATES = sorted({document.template.shipped() for document in DOCUMENTS if document.template})
HOSTILE = '<w:rFonts w:eastAsia="仿宋_GB2312"/> typeface="黑体" 仿宋_GB2312'


def choose(**names: str) -> None:
    settings.save(Settings(font_faces={**OFFICIAL_FACES, **names}), paths.settings_folder())


def escaped(face: str) -> bytes:
    return face.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&apos;").encode()


def contents(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_in_our_templates_the_names_of_the_faces_change_and_nothing_else(template: Path) -> None:
    before = contents(template.read_bytes())
    choose(**CHOSEN)
    after = contents(faces.dressed(template))
    wanted = before
    for name, official in OFFICIAL_FACES.items():
        here = b'"' + escaped(CHOSEN[name]) + b'"'
        for there in (official, "".join(f"&#x{ord(letter):X};" for letter in official)):
            wanted = {part: data.replace(f'"{there}"'.encode(), here) for part, data in wanted.items()}
    assert after == wanted
    assert after != before


def test_without_a_choice_a_template_is_what_it_was() -> None:
    for template in TEMPLATES:
        assert faces.dressed(template) == template.read_bytes()
    choose()
    assert faces.chosen() == {}


def test_a_word_file_names_the_chosen_faces_and_its_texts_say_what_they_said(tmp_path: Path) -> None:
    document: Any = docx.Document()
    for place in (document, document.sections[0].header, document.sections[0].footer):
        run = place.add_paragraph().add_run("{{ text }}")
        run.font.name = "SimHei"  # an official face under its Latin name
        run._element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    bullet = document.part.numbering_part.element.find(f".//{qn('w:rFonts')}")
    bullet.set(qn("w:eastAsia"), "楷体_GB2312")
    document.styles.add_style("黑体", 1).font.name = "黑体"
    template, target = tmp_path / "模板.docx", tmp_path / "结果.docx"
    document.save(str(template))
    choose(仿宋="仿宋", 黑体="微软雅黑", 楷体="楷体")
    render(template, {"text": HOSTILE}, target, Progress())
    assert unsound(target) == []
    written: Any = docx.Document(str(target))
    section = written.sections[0]
    for place in (written, section.header, section.footer):
        run = place.paragraphs[-1].runs[0]
        assert run.text == HOSTILE
        assert run.font.name == "微软雅黑"
        assert run._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert written.part.numbering_part.element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "楷体"
    assert written.styles["黑体"].font.name == "微软雅黑", "the style keeps its name"


def test_a_ledger_names_the_chosen_faces_and_its_texts_say_what_they_said(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "台账"
    sheet.append([CellRichText(TextBlock(InlineFont(rFont="仿宋_GB2312"), "虚构的台账"), HOSTILE)])
    sheet.append(TITLES)
    sheet.append(["1"])
    named = NamedStyle("黑体", font=Font(name="黑体"))
    for cell in sheet[3]:
        cell.style = named
    sheet.oddFooter.center.text, sheet.oddFooter.center.font = "第 &P 页 宋体", "宋体,Regular"
    template, target = tmp_path / "模板.xlsx", tmp_path / "出.xlsx"
    workbook.save(template)
    choose(仿宋="仿宋", 黑体="微软雅黑", 宋体="思源 A&B")
    write(template, target, [{"序号": 1, "问题": HOSTILE, "单位": "黑体"}])
    assert unsound(target) == []
    read: Any = load_workbook(target, rich_text=True)["台账"]
    assert (read["C3"].value, read["B3"].value) == (HOSTILE, "黑体")
    assert (read["C3"].font.name, read["C3"].style) == ("微软雅黑", "黑体")
    head = read["A1"].value
    assert head[0].font.rFont == "仿宋"
    assert HOSTILE in str(head)
    assert (read.oddFooter.center.font, read.oddFooter.center.text) == ("思源 A&B,Regular", "第 &P 页 宋体")
    assert b'typeface="\xe5\xae\x8b\xe4\xbd\x93"' not in parts(target)["xl/theme/theme1.xml"]
