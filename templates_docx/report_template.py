"""巡察情况报告: the official page, and 问题清单 on a landscape page behind it."""

from docx.document import Document as DocumentObject
from docx.enum.section import WD_SECTION

from templates_docx.forms import Form
from templates_docx.official_page import add_line, add_styles, number_landscape, number_portrait
from templates_docx.page_styles import blank_document, set_landscape

_COLUMNS = (12, 34, 44, 56, 26, 38, 15)
_TOTAL = (sum(_COLUMNS[:4]), _COLUMNS[4], sum(_COLUMNS[5:]))


def build_report() -> DocumentObject:
    """Make the template of the report."""
    document = blank_document()
    add_styles(document)
    _add_head(document)
    _add_sections(document)
    _add_tail(document)
    _add_problem_list(document)
    document.settings.odd_and_even_pages_header_footer = True
    return document


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
        add_line(document, style, text)


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
        add_line(document, style, text)
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
        add_line(document, style, text)


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
        add_line(document, style, text)
    number_portrait(document.sections[0])


def _add_problem_list(document: DocumentObject) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_landscape(section)
    number_landscape(section)
    for style, text in (
        ("公文正文", "{%p if problem_list.rows %}"),
        ("标识与附件", "{{ problem_list.mark }}"),
        ("标识与附件", ""),
        ("Title", "{{ problem_list.title }}"),
        ("标题附注", ""),
    ):
        add_line(document, style, text)
    table = Form(document, [_COLUMNS, _TOTAL])
    heads = ("序号", "聚焦方面", "问题分类", "问题标题", "涉及金额\n（万元）", "责任主体", "备注")
    table.add_row(_COLUMNS, heads, ["表头"] * len(_COLUMNS), 12)
    table.repeat_on_every_page()
    table.add_tag_row("{%tr for row in problem_list.rows %}")
    fields = ("number", "focus", "problem_type", "title", "amount", "responsible", "remark")
    aligned = ("表格居中", "表格文字", "表格文字", "表格文字", "表格数字", "表格文字", "表格文字")
    table.add_row(_COLUMNS, [f"{{{{ row.{name} }}}}" for name in fields], aligned, 7)
    table.add_tag_row("{%tr endfor %}")
    table.add_tag_row("{%tr if problem_list.total %}")
    table.add_row(_TOTAL, ("合计", "{{ problem_list.total }}", ""), ("表头", "表格数字", "表格文字"), 7)
    table.add_tag_row("{%tr endif %}")
    add_line(document, "公文正文", "{%p endif %}")
