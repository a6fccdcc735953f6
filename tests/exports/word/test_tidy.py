"""Rendered blocks stand where people expect them: long rows go on, tables stay with their words."""

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
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
