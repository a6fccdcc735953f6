"""Texts with bold words, lists and tables: as they stand in a Word file, read by python-docx and not by us."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from xuncha_desktop import rich

RICH = "开头\x02粗\x03尾\n\x1c甲\n\x1c\x02乙\x03\n\x1d一\n\x1d二\n\x1e项\x1f数\n\x1e\x02合\x03计\x1f12\n末"


def stored_of(container: Any, document: Any) -> str:
    """The paragraphs, points and tables of a body or cell in the form in which a case keeps them."""
    return "\n".join(_lines(container, document))


def lists_of(document: Any) -> list[tuple[str, int]]:
    """The kind of list each point is in, and which list, counted in order."""
    every = list(dict.fromkeys(map(_list, _points(document))))
    return [(_form(document, found), every.index(_list(found))) for found in _points(document)]


def _lines(container: Any, document: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = (rich.CELL.join(_words(p) for p in cell.paragraphs) for cell in row.cells)
                yield rich.ROW + rich.CELL.join(cells)
        elif isinstance(block, Paragraph):
            sign = {"bullet": rich.BULLET, "decimal": rich.NUMBER}.get(_form(document, block), "")
            yield sign + _words(block)


def _words(paragraph: Paragraph) -> str:
    runs = (f"{rich.BOLD}{run.text}{rich.UNBOLD}" if run.bold else run.text for run in paragraph.runs)
    return "".join(runs)


def _points(document: Any) -> Iterator[Paragraph]:
    for element in document.element.body.iter(qn("w:p")):
        if _list(paragraph := Paragraph(element, document)):
            yield paragraph


def _list(paragraph: Paragraph) -> str:
    number = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return "" if number is None else number.get(qn("w:val"))


def _form(document: Any, paragraph: Paragraph) -> str:
    if not (number := _list(paragraph)):
        return ""
    root = document.part.numbering_part.element
    [found] = [one for one in root.iterfind(qn("w:num")) if one.get(qn("w:numId")) == number]
    kind = found.find(qn("w:abstractNumId")).get(qn("w:val"))
    [described] = [
        one for one in root.iterfind(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == kind
    ]  # fmt: skip
    return described.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val"))
