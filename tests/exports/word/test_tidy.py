"""Rendered blocks stand where people expect them: long rows go on, tables stay with their words."""

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.exports.documents import make_template
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress


def rendered(folder: Path, cell: str, *before: str) -> DocumentObject:
    """A file whose only row was held together in its template."""
    template = make_template(folder / "模板.docx", *before, rows=[["栏目", "{{ text }}"]])
    document = Document(str(template))
    properties = document.tables[0].rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:cantSplit"), {}))
    document.save(str(template))
    render(template, {"text": cell}, folder / "结果.docx", Progress())
    return Document(str(folder / "结果.docx"))


def is_held(document: DocumentObject) -> bool:
    return document.tables[0].rows[0]._tr.get_or_add_trPr().find(qn("w:cantSplit")) is not None


def test_a_row_of_many_lines_may_go_on_over_the_page_and_a_short_one_not(tmp_path: Path) -> None:
    assert is_held(rendered(tmp_path, "短"))
    assert not is_held(rendered(tmp_path, "长" * 400))
    assert not is_held(rendered(tmp_path, "\n".join("多行记录") * 3))


def test_the_words_before_a_table_stay_with_it(tmp_path: Path) -> None:
    document = rendered(tmp_path, "文字", "前一段", "表前一段", "")
    assert [paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs[:3]] == [None, True, True]


def test_a_document_ends_with_a_paragraph_that_needs_no_page(tmp_path: Path) -> None:
    last = rendered(tmp_path, "文字").paragraphs[-1]
    assert last._p.getnext().tag == qn("w:sectPr")
    assert last.paragraph_format.line_spacing == Pt(1)


def test_signature_and_date_take_the_last_row_of_the_table_before_them_along(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", rows=[["甲", "乙"], ["丙", "丁"]])
    document = Document(str(template))
    for style, text in (("XunchaSignature", "第六巡察组"), ("XunchaDate", "2031年4月26日")):
        document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph(text, style)
    document.save(str(template))
    assert kept_rows(template) == [False, True]


def test_boxes_for_signatures_stay_with_the_last_row_that_says_something(tmp_path: Path) -> None:
    rows = [["事项", "内容"], ["处理建议", "整改"], ["备注", ""], ["组长", "签名："], ["备注", ""]]
    template = make_template(tmp_path / "模板.docx", rows=rows)
    document = Document(str(template))
    document.styles.add_style("XunchaSign", WD_STYLE_TYPE.PARAGRAPH)
    document.tables[0].rows[3].cells[1].paragraphs[0].style = "XunchaSign"
    document.save(str(template))
    assert kept_rows(template) == [False, True, True, True, False]


def kept_rows(template: Path) -> list[bool]:
    """Of the rows of a template's first table when it is filled, which stay on the page of the next."""
    render(template, {}, template.with_stem("结果"), Progress())
    rows = Document(str(template.with_stem("结果"))).tables[0].rows
    return [all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells) for row in rows]
