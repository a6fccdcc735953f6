"""巡察情况报告: the official page, and 问题清单 on a landscape page behind it."""

from docx.document import Document as DocumentObject
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.section import Section
from docx.shared import Mm, Pt

from templates_docx.forms import Form
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
    blank_document,
    element,
    indent_first_line,
    set_landscape,
    set_lines,
)

NUMBER_SIZE = Pt(14)
# Puts the dashes of the page number 7 mm below the type area.
FOOTER_DISTANCE = Mm(25.2)
_COLUMNS = (12, 34, 48, 50, 22, 46, 13)


def build_report() -> DocumentObject:
    """Make the template of the report."""
    document = blank_document()
    _add_styles(document)
    _add_head(document)
    _add_sections(document)
    _add_tail(document)
    _add_problem_list(document)
    document.settings.odd_and_even_pages_header_footer = True
    return document


def _add_styles(document: DocumentObject) -> None:
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
        cell = add_style(document, style_id, name, face, SMALL, align)
        set_lines(cell, Pt(16))


def _line(document: DocumentObject, style: str, text: str = "") -> None:
    paragraph = document.add_paragraph(style=style)
    if text:
        add_text(paragraph, text)


def _add_head(document: DocumentObject) -> None:
    for style, text in (
        ("公文正文", "{%p if internal_mark %}"),
        ("标识与附件", "{{ internal_mark }}"),
        ("标识与附件", ""),
        ("公文正文", "{%p endif %}"),
        ("Title", "{{ title }}"),
        ("公文正文", "{%p if draft %}"),
        ("标题附注", "（草稿）"),
        ("公文正文", "{%p endif %}"),
        ("标题附注", ""),
        ("称谓", "{{ addressee }}："),
    ):
        _line(document, style, text)


def _add_sections(document: DocumentObject) -> None:
    _add_section(document, "opening", "巡察工作开展情况")
    _add_section(document, "evaluation", "总体评价")
    for style, text in (
        ("公文正文", "{%p if findings.number %}"),
        ("Heading 1", "{{ findings.number }}发现的主要问题"),
        ("公文正文", "{%p for heading in findings.headings %}"),
        ("Heading 2", "{{ heading.number }}{{ heading.title }}"),
        ("公文正文", "{%p if heading.text %}"),
        ("公文正文", "{{ heading.text }}"),
        ("公文正文", "{%p endif %}"),
        ("公文正文", "{%p for problem in heading.problems %}"),
        ("Heading 3", "{{ problem.number }}{{ problem.title }}"),
        ("公文正文", "{%p for paragraph in problem.paragraphs %}"),
        ("公文正文", "{{ paragraph }}"),
        ("公文正文", "{%p endfor %}"),
        ("公文正文", "{%p for paragraph in problem.case_paragraphs %}"),
        ("公文正文", "{{ paragraph }}"),
        ("公文正文", "{%p endfor %}"),
        ("公文正文", "{%p endfor %}"),
        ("公文正文", "{%p endfor %}"),
        ("公文正文", "{%p endif %}"),
    ):
        _line(document, style, text)
    _add_section(document, "leadership", "对领导班子及主要负责人的评价")
    _add_section(document, "suggestions", "意见建议")
    _add_section(document, "leads", "问题线索")


def _add_section(document: DocumentObject, name: str, heading: str) -> None:
    """A part of the report: it vanishes with its heading when the data has nothing for it."""
    for style, text in (
        ("公文正文", f"{{%p if {name}.number %}}"),
        ("Heading 1", f"{{{{ {name}.number }}}}{heading}"),
        ("公文正文", f"{{%p for paragraph in {name}.paragraphs %}}"),
        ("公文正文", "{{ paragraph }}"),
        ("公文正文", "{%p endfor %}"),
        ("公文正文", "{%p endif %}"),
    ):
        _line(document, style, text)


def _add_tail(document: DocumentObject) -> None:
    for style, text in (
        ("公文正文", "{%p if attachments %}"),
        ("附件说明", ""),
        ("公文正文", "{%p if attachments|length == 1 %}"),
        ("附件说明", "附件：{{ attachments[0].name }}"),
        ("公文正文", "{%p else %}"),
        ("公文正文", "{%p for attachment in attachments %}"),
        (
            "附件说明（多个）",
            "{% if loop.first %}附件：{% else %}\t{% endif %}{{ attachment.number }}\t{{ attachment.name }}",
        ),
        ("公文正文", "{%p endfor %}"),
        ("公文正文", "{%p endif %}"),
        ("公文正文", "{%p endif %}"),
        ("公文正文", "{%p if signature or date %}"),
        ("落款单位", ""),
        ("落款单位", "{{ signature }}"),
        ("成文日期", "{{ date }}"),
        ("公文正文", "{%p endif %}"),
    ):
        _line(document, style, text)
    _number_portrait(document.sections[0])


def _add_problem_list(document: DocumentObject) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_landscape(section)
    _number_landscape(section)
    for style, text in (
        ("公文正文", "{%p if problem_list.rows %}"),
        ("标识与附件", "{{ problem_list.mark }}"),
        ("标识与附件", ""),
        ("Title", "{{ problem_list.title }}"),
        ("标题附注", ""),
    ):
        _line(document, style, text)
    table = Form(document, [_COLUMNS, (144, 22, 59)])
    heads = ("序号", "聚焦方面", "问题分类", "问题标题", "涉及金额\n（万元）", "责任主体", "备注")
    table.add_row(_COLUMNS, heads, ["表头"] * len(_COLUMNS), 12)
    table.repeat_on_every_page()
    table.add_tag_row("{%tr for row in problem_list.rows %}")
    fields = ("number", "focus", "problem_type", "title", "amount", "responsible", "remark")
    aligned = ("表格居中", "表格文字", "表格文字", "表格文字", "表格数字", "表格文字", "表格文字")
    table.add_row(_COLUMNS, [f"{{{{ row.{name} }}}}" for name in fields], aligned, 7)
    table.add_tag_row("{%tr endfor %}")
    table.add_tag_row("{%tr if problem_list.total %}")
    table.add_row((144, 22, 59), ("合计", "{{ problem_list.total }}", ""), ("表头", "表格数字", "表格文字"), 7)
    table.add_tag_row("{%tr endif %}")
    _line(document, "表格文字")
    _line(document, "公文正文", "{%p endif %}")


def _number_portrait(section: Section) -> None:
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


def _number_landscape(section: Section) -> None:
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
