"""What all documents on the official page share: its styles, and the number at the foot of the sheet."""

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.section import Section
from docx.shared import Mm, Pt

from templates_docx.page_styles import (
    CHARACTER,
    HEI,
    KAI,
    SMALL,
    SONG,
    TITLE,
    add_field,
    add_style,
    add_text,
    element,
    indent_first_line,
    set_lines,
)

NUMBER_SIZE = Pt(14)
GAP = "表格间隔"  # the style of the empty line between a table and the text around it
# Puts the dashes of the page number 7 mm below the type area.
FOOTER_DISTANCE = Mm(25.2)


def add_styles(document: DocumentObject, small: Pt = SMALL) -> None:
    """Every style an official document of ours uses; `small` is the size of text in tables."""
    mark = add_style(document, "XunchaMark", "标识与附件", HEI, latin=HEI, align=ALIGN.LEFT)
    mark.paragraph_format.keep_with_next = True
    title = add_style(document, "Title", "Title", TITLE, Pt(22), ALIGN.CENTER)
    set_lines(title, Pt(36))
    title.paragraph_format.keep_with_next = True
    add_style(document, "XunchaSubtitle", "标题附注", KAI, align=ALIGN.CENTER)
    add_style(document, "XunchaAddressee", "称谓", align=ALIGN.LEFT)
    indent_first_line(add_style(document, "XunchaBody", "公文正文"))
    for level, face in enumerate((HEI, KAI, "仿宋_GB2312"), 1):
        heading = add_style(document, f"Heading{level}", f"Heading {level}", face, level=level)
        indent_first_line(heading)
        heading.paragraph_format.keep_with_next = True
    # “附件：” takes the third to fifth character, a number one and a half: a longer name goes on below itself.
    for style_id, name, begin in (("XunchaAttachment", "附件说明", 5), ("XunchaAttachments", "附件说明（多个）", 6.5)):
        attachment = add_style(document, style_id, name, align=ALIGN.LEFT)
        attachment.paragraph_format.left_indent = Pt(begin * CHARACTER.pt)
        attachment.paragraph_format.first_line_indent = Pt((2 - begin) * CHARACTER.pt)
        attachment.paragraph_format.tab_stops.add_tab_stop(5 * CHARACTER)
        attachment.paragraph_format.keep_with_next = True
    # Both are set exactly when the text, and so its width, is known: see exports/word/tidy.py.
    signature = add_style(document, "XunchaSignature", "落款单位", align=ALIGN.RIGHT)
    signature.paragraph_format.right_indent = 2 * CHARACTER
    signature.paragraph_format.keep_with_next = True
    add_style(document, "XunchaDate", "成文日期", align=ALIGN.LEFT)
    number = add_style(document, "XunchaPageNumber", "页码", SONG, NUMBER_SIZE, latin=SONG)
    set_lines(number, Pt(16))
    for style_id, name, face, align in (
        ("XunchaTableHead", "表头", HEI, ALIGN.CENTER),
        ("XunchaTableText", "表格文字", "仿宋_GB2312", ALIGN.LEFT),
        ("XunchaTableCentre", "表格居中", "仿宋_GB2312", ALIGN.CENTER),
        ("XunchaTableNumber", "表格数字", "仿宋_GB2312", ALIGN.RIGHT),
    ):
        cell = add_style(document, style_id, name, face, small, align)
        set_lines(cell, Pt(small.pt + 4))
    gap = add_style(document, "XunchaTableGap", GAP)
    set_lines(gap, Pt(8))
    gap.paragraph_format.keep_with_next = True


def add_line(document: DocumentObject, style: str, text: str = "") -> None:
    """A paragraph of the page, or a tag in one of its own."""
    paragraph = document.add_paragraph(style=style)
    if text:
        add_text(paragraph, text)


def number_portrait(section: Section) -> None:
    """Odd pages right, even pages left, each one character in from the edge of the type area."""
    section.footer_distance = FOOTER_DISTANCE
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "页码"
        paragraph.alignment = align
        if align == ALIGN.RIGHT:
            paragraph.paragraph_format.right_indent = NUMBER_SIZE
        else:
            paragraph.paragraph_format.left_indent = NUMBER_SIZE
        add_text(paragraph, "— ")
        add_field(paragraph, "PAGE")
        add_text(paragraph, " —")


def number_landscape(section: Section) -> None:
    """The number stays where it is on the portrait sheet: at the left edge here, turned with the sheet."""
    section.footer_distance = Mm(10)
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        footer.is_linked_to_previous = False
        table = footer.add_table(1, 1, Mm(8))
        properties = table._tbl.tblPr
        for child in list(properties):
            properties.remove(child)
        # The cell is as tall as the type area (156 mm) and begins 26.7 mm from the left edge of the sheet.
        properties.append(
            element(
                "w:tblpPr",
                leftFromText="0",
                rightFromText="0",
                vertAnchor="page",
                horzAnchor="page",
                tblpX=str(Mm(26.7).twips),
                tblpY=str(Mm(28).twips),
            )
        )
        properties.append(element("w:tblW", w=str(Mm(8).twips), type="dxa"))
        properties.append(element("w:tblLayout", type="fixed"))
        table.columns[0].width = Mm(8)
        cell = table.cell(0, 0)
        cell.width = Mm(8)
        row = table.rows[0]
        row._tr.get_or_add_trPr().append(element("w:trHeight", val=str(Mm(156).twips), hRule="exact"))
        cell._tc.get_or_add_tcPr().append(element("w:textDirection", val="tbRl"))
        cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="center"))
        paragraph = cell.paragraphs[0]
        paragraph.style = "页码"
        paragraph.alignment = align
        if align == ALIGN.RIGHT:
            paragraph.paragraph_format.right_indent = NUMBER_SIZE
        else:
            paragraph.paragraph_format.left_indent = NUMBER_SIZE
        add_text(paragraph, "— ")
        add_field(paragraph, "PAGE")
        add_text(paragraph, " —")
        first = footer.paragraphs[0]
        first.style = "页码"
        first._p.getparent().append(first._p)
