"""问题底稿 (form F01) with boxes to sign in, and its pictures behind it."""

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt

from templates_docx.forms import Form
from templates_docx.page_styles import (
    FANG,
    HEI,
    SMALL,
    SONG,
    TITLE,
    add_field,
    add_style,
    add_text,
    blank_document,
    indent_first_line,
    set_lines,
)

_WIDE = (29, 127)
_PAIR = (29, 65, 22, 40)
_THREE = (29, 23, 29, 23, 29, 23)
_EVIDENCE = (12, 32, 40, 20, 17, 18, 17)
_DUTY = (29, 37, 90)
_SIGN = (29, 77, 50)
_ALL = (156,)
_DAY = "　　　　年　　月　　日"
# Two pictures of this height with their captions fill a page.
_PICTURE = (150, 106)


def build_paper() -> DocumentObject:
    """Make the template of a working paper."""
    document = blank_document()
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.left_margin = section.right_margin = Mm(27)
    section.header_distance, section.footer_distance = Mm(14), Mm(12)
    _add_styles(document)
    _add_margins(document)
    for style, text in (("Title", "问题底稿"), ("底稿抬头", "{{ round }}")):
        add_text(document.add_paragraph(style=style), text)
    form = Form(document, [_WIDE, _PAIR, _THREE, _EVIDENCE, _DUTY, _SIGN, _ALL])
    _add_facts(form)
    _add_blocks(form)
    _add_duties(form)
    _add_evidence(form)
    _add_block(form, "与被巡察\n单位沟通\n情况", "communication")
    _add_block(form, "处理建议", "suggestion")
    _add_signatures(form)
    _add_pictures(document)
    return document


def _add_styles(document: DocumentObject) -> None:
    title = add_style(document, "Title", "Title", TITLE, Pt(22), ALIGN.CENTER)
    set_lines(title, Pt(36))
    for style_id, name, face, align, size in (
        ("XunchaFormHead", "底稿抬头", FANG, ALIGN.CENTER, Pt(14)),
        ("XunchaLabel", "栏目名", HEI, ALIGN.CENTER, SMALL),
        ("XunchaEntry", "栏目内容", FANG, ALIGN.LEFT, SMALL),
        ("XunchaEntryCentre", "栏目内容居中", FANG, ALIGN.CENTER, SMALL),
        ("XunchaBlock", "栏目长文", FANG, ALIGN.JUSTIFY, SMALL),
        ("XunchaSign", "签名栏", FANG, ALIGN.LEFT, SMALL),
        ("XunchaCaption", "图片名称", FANG, ALIGN.CENTER, SMALL),
        ("XunchaMargin", "页眉页脚", SONG, ALIGN.CENTER, Pt(9)),
    ):
        style = add_style(document, style_id, name, face, size, align)
        set_lines(style, Pt(20 if size == SMALL else 24))
        if name in ("图片名称", "底稿抬头"):
            style.paragraph_format.space_after = Pt(6)
        if name == "栏目长文":
            style.paragraph_format.widow_control = True
            indent_first_line(style)
            style.paragraph_format.first_line_indent = 2 * SMALL
    picture = add_style(document, "XunchaPicture", "图片", align=ALIGN.CENTER)
    # An exact line height would cut a picture down to one line.
    picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    picture.paragraph_format.keep_with_next = True
    page = add_style(document, "XunchaPicturePage", "图片页", HEI, Pt(14), ALIGN.LEFT)
    page.paragraph_format.page_break_before = True
    page.paragraph_format.keep_with_next = True
    page.paragraph_format.space_after = Pt(6)


def _add_margins(document: DocumentObject) -> None:
    """Loose sheets are signed one by one: each bears the paper's number, its page and the number of pages."""
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.style = footer.style = "页眉页脚"
    header.alignment = ALIGN.RIGHT
    add_text(header, "问题底稿　{{ number }}")
    add_text(footer, "第 ")
    add_field(footer, "PAGE")
    add_text(footer, " 页　共 ")
    add_field(footer, "NUMPAGES")
    add_text(footer, " 页")


def _add_facts(form: Form) -> None:
    label, entry, centre = "栏目名", "栏目内容", "栏目内容居中"
    pair = [label, entry, label, entry]
    form.add_row(_PAIR, ("底稿编号", "{{ number }}", "编制日期", "{{ date }}"), pair, 9)
    form.add_row(_WIDE, ("被巡察党组织", "{{ unit }}"), [label, entry], 9)
    form.add_row(_WIDE, ("问题发生\n单位及层级", "{{ place }}"), [label, entry], 9)
    form.add_row(_WIDE, ("底稿名称", "{{ title }}"), [label, entry], 12)
    form.add_row(_WIDE, ("问题分类", "{{ problem_type }}"), [label, entry], 9)
    form.add_row(_WIDE, ("报告章节", "{{ heading }}"), [label, entry], 9)
    form.add_row(_PAIR, ("问题来源", "{{ sources }}", "对应清单\n事项", "{{ check_items }}"), pair, 9)
    three = [label, centre, label, centre, label, centre]
    form.add_row(
        _THREE,
        ("涉及金额\n（万元）", "{{ amount }}", "涉及人次", "{{ persons }}", "涉及件数", "{{ items }}"),
        three,
        9,
    )
    form.add_row(
        _THREE,
        ("是否立行\n立改", "{{ quick_fix }}", "是否涉及\n问题线索", "{{ lead }}", "采用去向", "{{ destination }}"),
        three,
        9,
    )


def _add_block(form: Form, label: str, name: str, may_split: bool = False) -> None:
    """A text without a fixed height; a long one may go on over pages, a short one is not torn."""
    cells = form.add_row(_WIDE, (label, f"{{{{ {name} }}}}"), ("栏目名", "栏目长文"), 14, may_split)
    cells[1].vertical_alignment = VERTICAL.TOP


def _add_blocks(form: Form) -> None:
    _add_block(form, "问题概述", "overview", may_split=True)
    _add_block(form, "查证事实", "facts", may_split=True)
    _add_block(form, "问题性质与\n定性依据", "basis")
    _add_block(form, "原因剖析", "causes")


def _add_duties(form: Form) -> None:
    form.add_row(_DUTY, ("责任类别", "责任主体", "初步分析"), ["栏目名"] * 3)
    _keep_with_next(form)
    form.add_tag_row("{%tr for duty in duties %}")
    form.add_row(
        _DUTY,
        ("{{ duty.kind }}", "{{ duty.party }}", "{{ duty.analysis }}"),
        ("栏目内容居中", "栏目内容", "栏目内容"),
    )
    form.add_tag_row("{%tr endfor %}")
    pair = ("栏目名", "栏目内容", "栏目名", "栏目内容")
    form.add_row(_PAIR, ("分管领导", "{{ leader }}", "责任科室", "{{ department }}"), pair)


def _add_evidence(form: Form) -> None:
    form.add_row(_ALL, ("支撑材料目录",), ["栏目名"])
    _keep_with_next(form)
    heads = ("序号", "证据编号", "材料名称", "类型", "页码", "来源", "原件或\n复印件")
    form.add_row(_EVIDENCE, heads, ["栏目名"] * len(heads))
    _keep_with_next(form)
    form.add_tag_row("{%tr for item in evidence %}")
    fields = ("order", "number", "name", "kind", "pages", "source", "original")
    aligned = [
        "栏目内容居中",
        "栏目内容",
        "栏目内容",
        "栏目内容居中",
        "栏目内容居中",
        "栏目内容居中",
        "栏目内容居中",
    ]
    form.add_row(_EVIDENCE, [f"{{{{ item.{name} }}}}" for name in fields], aligned)
    form.add_tag_row("{%tr endfor %}")


def _add_signatures(form: Form) -> None:
    """Boxes follow the text, each whole on one page; the remarks at the end never stand on a page by themselves."""
    form.add_tag_row("{%tr for handler in handlers %}")
    form.add_row(_SIGN, ("承办人", "{{ handler.name }}\n签名：", _DAY), _signed(), 14)
    form.add_tag_row("{%tr endfor %}")
    form.add_row(_SIGN, ("副组长\n复核意见", "{{ deputy_opinion }}\n签名：", _DAY), _signed(), 20)
    form.add_row(_WIDE, ("组务会\n研究结论", "{{ meeting }}"), ("栏目名", "栏目内容"), 11)
    form.add_row(_SIGN, ("组长\n审签意见", "{{ leader_opinion }}\n签名：", _DAY), _signed(), 20)
    _keep_with_next(form)
    form.add_row(_WIDE, ("巡察办\n审核备注", "{{ office_note }}"), ("栏目名", "栏目内容"), 11)
    _keep_with_next(form)
    form.add_row(_WIDE, ("备注", "{{ note }}"), ("栏目名", "栏目内容"), 9)


def _signed() -> tuple[str, str, str]:
    return "栏目名", "签名栏", "栏目内容居中"


def _keep_with_next(form: Form) -> None:
    """Keep the row added last on the page of the next one: no head and no remark alone."""
    for cell in form.table.rows[-1].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _add_pictures(document: DocumentObject) -> None:
    box = f"{_PICTURE[0]}, {_PICTURE[1]}"
    for style, text in (
        ("栏目内容", "{%p for page in picture_pages %}"),
        ("图片页", "{{ page.title }}"),
        ("栏目内容", "{%p for picture in page.pictures %}"),
        ("图片", f"{{{{ picture.key|picture({box}) }}}}"),
        ("图片名称", "{{ picture.number }}　{{ picture.name }}"),
        ("栏目内容", "{%p endfor %}"),
        ("栏目内容", "{%p endfor %}"),
    ):
        add_text(document.add_paragraph(style=style), text)
