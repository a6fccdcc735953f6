"""问题底稿 (form F01) with boxes to sign in, and its pictures behind it."""

from docx.document import Document as DocumentObject

from templates_docx.form_page import DAY, add_block, form_document, keep_with_next
from templates_docx.forms import Form
from templates_docx.page_styles import add_text

_WIDE = (29, 127)
_PAIR = (29, 65, 22, 40)
_THREE = (29, 23, 29, 23, 29, 23)
_EVIDENCE = (12, 29, 40, 20, 17, 22, 16)
_DUTY = (36, 36, 84)
_SIGN = (29, 77, 50)
_ALL = (156,)
# Two pictures of this height with their captions fill a page.
_PICTURE = (150, 106)


def build_paper() -> DocumentObject:
    """Make the template of a working paper."""
    document = form_document("问题底稿　{{ number }}")
    add_paper(document)
    return document


def add_paper(document: DocumentObject, own_page: bool = False) -> None:
    """The form of one paper and its pictures."""
    for style, text in (("Title", "问题底稿"), ("底稿抬头", "{{ round }}")):
        add_text(document.add_paragraph(style=style), text)
    document.paragraphs[-2].paragraph_format.page_break_before = own_page or None
    form = Form(document, [_WIDE, _PAIR, _THREE, _EVIDENCE, _DUTY, _SIGN, _ALL])
    _add_facts(form)
    _add_blocks(form)
    _add_duties(form)
    _add_evidence(form)
    add_block(form, "与被巡察单位\n沟通情况", "communication")
    add_block(form, "处理建议", "suggestion")
    keep_with_next(form)
    _add_signatures(form)
    _add_pictures(document)


def _add_facts(form: Form) -> None:
    label, entry, centre = "栏目名", "栏目内容", "栏目内容居中"
    pair = [label, entry, label, entry]
    form.add_row(_PAIR, ("底稿编号", "{{ number }}", "编制日期", "{{ date }}"), pair, 8)
    form.add_row(_WIDE, ("被巡察党组织", "{{ unit }}"), [label, entry], 8)
    form.add_row(_WIDE, ("问题发生\n单位及层级", "{{ place }}"), [label, entry], 8)
    form.add_row(_WIDE, ("底稿名称", "{{ title }}"), [label, entry], 9)
    form.add_row(_WIDE, ("问题分类", "{{ problem_type }}"), [label, entry], 8)
    form.add_row(_WIDE, ("报告章节", "{{ heading }}"), [label, entry], 8)
    form.add_row(_WIDE, ("问题来源", "{{ sources }}"), [label, entry], 8)
    form.add_row(_WIDE, ("对应清单事项", "{{ check_items }}"), [label, entry], 8)
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


def _add_blocks(form: Form) -> None:
    add_block(form, "问题概述", "overview")
    add_block(form, "查证事实", "facts")
    add_block(form, "问题性质与\n定性依据", "basis")
    add_block(form, "原因剖析", "causes")


def _add_duties(form: Form) -> None:
    form.add_row(_DUTY, ("责任类别", "责任主体", "初步分析"), ["栏目名"] * 3)
    keep_with_next(form)
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
    keep_with_next(form)
    heads = ("序号", "证据编号", "材料名称", "类型", "页码", "来源", "原件或\n复印件")
    form.add_row(_EVIDENCE, heads, ["栏目名"] * len(heads))
    keep_with_next(form)
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
    """All who sign do so on one page, and what they sign for, the suggestion, stands on it too."""
    form.add_tag_row("{%tr for handler in handlers %}")
    form.add_row(_SIGN, ("承办人", "{{ handler.name }}\n签名：", DAY), _signed(), 14)
    keep_with_next(form)
    form.add_tag_row("{%tr endfor %}")
    form.add_row(_SIGN, ("副组长\n复核意见", "{{ deputy_opinion }}\n签名：", DAY), _signed(), 18)
    keep_with_next(form)
    form.add_row(_WIDE, ("组务会\n研究结论", "{{ meeting }}"), ("栏目名", "栏目内容"), 11)
    keep_with_next(form)
    form.add_row(_SIGN, ("组长\n审签意见", "{{ leader_opinion }}\n签名：", DAY), _signed(), 18)
    keep_with_next(form)
    form.add_row(_WIDE, ("巡察办\n审核备注", "{{ office_note }}"), ("栏目名", "栏目内容"), 11)
    keep_with_next(form)
    form.add_row(_WIDE, ("备注", "{{ note }}"), ("栏目名", "栏目内容"), 8)


def _signed() -> tuple[str, str, str]:
    return "栏目名", "签名栏", "栏目内容居中"


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
