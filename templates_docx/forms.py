"""Tables of the templates: columns of given width, frames, rows that keep together over pages."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from templates_docx.page_styles import add_text, element

CELL_SIDE, CELL_TOP = Mm(1.5), Mm(0.7)
_TWIPS_PER_MM = 1440 / 25.4


class Form:
    """A framed table whose rows may each have columns of their own: all column edges share one grid."""

    def __init__(self, document: DocumentObject, rows: Sequence[Sequence[float]]) -> None:
        """`rows` gives the column widths in mm of every kind of row the form will have."""
        edges = sorted({round(sum(widths[:n]), 3) for widths in rows for n in range(1, len(widths) + 1)})
        self._edges = [0.0, *edges]
        self.table: Table = document.add_table(0, len(edges))
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self.table.autofit = False
        for column, (left, right) in zip(self.table.columns, zip(self._edges, edges, strict=False), strict=True):
            column.width = Mm(right - left)
        _frame(self.table, edges[-1])

    def add_row(
        self,
        widths: Sequence[float],
        texts: Sequence[str],
        styles: Sequence[str],
        height_mm: float = 8,
    ) -> list[_Cell]:
        """Add a row of cells; a text of several lines makes a paragraph of each."""
        row = self.table.add_row()
        row.height, row.height_rule = Mm(height_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        cells: list[_Cell] = []
        start = 0.0
        for width, text, style in zip(widths, texts, styles, strict=True):
            end = round(start + width, 3)
            first = self._edges.index(round(start, 3))
            last = self._edges.index(end) - 1
            cell = row.cells[first]
            if last > first:
                cell = cell.merge(row.cells[last])
            cell.width = Mm(width)
            cell.vertical_alignment = VERTICAL.CENTER
            fill_cell(cell, text, style)
            cells.append(cell)
            start = end
        return cells

    def repeat_on_every_page(self) -> None:
        """The row added last is the head of the table."""
        row: _Row = self.table.rows[-1]
        row._tr.get_or_add_trPr().append(element("w:tblHeader"))

    def add_tag_row(self, tag: str) -> None:
        """A row that only holds a tag such as `{%tr for … %}`; it vanishes when the template is filled."""
        row = self.table.add_row()
        cell = row.cells[0].merge(row.cells[-1])
        cell.paragraphs[0].add_run(tag)


def fill_cell(cell: _Cell, text: str, style: str) -> None:
    """Write the lines of `text` as paragraphs of `style`."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style
        if line:
            add_text(paragraph, line)


def _frame(table: Table, width_mm: float) -> None:
    properties = table._tbl.tblPr
    for name in ("tblStyle", "tblLook"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    total = properties.find(qn("w:tblW"))
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(round(width_mm * _TWIPS_PER_MM)))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="6", space="0", color="000000"))
    margins = element("w:tblCellMar")
    for side, width in (("top", CELL_TOP), ("left", CELL_SIDE), ("bottom", CELL_TOP), ("right", CELL_SIDE)):
        margins.append(element(f"w:{side}", w=str(width.twips), type="dxa"))
    for new in (borders, margins):
        properties.append(new)
    layout = properties.find(qn("w:tblLayout"))
    if layout is not None:
        margins.addprevious(layout)
