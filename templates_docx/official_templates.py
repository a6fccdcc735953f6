"""Official documents in parts: 谈话情况报告, 民主测评统计分析, 汇报材料, 反馈意见, 立行立改通知书."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject

from templates_docx.forms import Form
from templates_docx.official_page import GAP, add_line, add_styles, number_portrait
from templates_docx.page_styles import blank_document

Column = tuple[str, str, float]  # name, head, width in mm
_TAG = "公文正文"


def build_talk_report() -> DocumentObject:
    """谈话情况报告, with counts and shares."""
    return _build([("name", "项目", 76), ("count", "人次", 40), ("share", "占比", 40)])


def build_poll_report() -> DocumentObject:
    """民主测评统计分析, one table a poll."""
    return _build([
        ("question", "题目", 56), ("first", "好／满意", 20), ("second", "较好／\n基本满意", 20),
        ("third", "一般", 20), ("fourth", "差／\n不满意", 20), ("unknown", "不了解", 20),
    ])  # fmt: skip


def build_briefing() -> DocumentObject:
    """书记专题会汇报材料, with 点人点事 where the round allows."""
    return _build([
        ("person", "责任主体", 30), ("duty", "责任类别", 24), ("matter", "事项", 40), ("amount", "金额\n（万元）", 26),
        ("number", "底稿编号", 36),
    ])  # fmt: skip


def build_feedback() -> DocumentObject:
    """巡察反馈意见, both versions."""
    return _build()


def build_quick_fix() -> DocumentObject:
    """立行立改通知书: one matter, one day."""
    document = _begin()
    for style, text in (
        ("Title", "立行立改通知书"),
        ("标题附注", "{{ number }}"),
        ("标题附注", ""),
        ("称谓", "{{ addressee }}："),
        (_TAG, "巡察中发现，你单位存在“{{ title }}”的问题，请立行立改。现将有关事项通知如下。"),
        ("Heading 1", "一、问题事实"),
        (_TAG, "{{ facts }}"),
        ("Heading 1", "二、整改要求"),
        (_TAG, "{{ demand }}"),
        ("Heading 1", "三、反馈期限"),
        (_TAG, "请于{{ due_on }}前将整改情况和佐证材料书面反馈我组。"),
        ("落款单位", ""),
        ("落款单位", "{{ signature }}"),
        ("成文日期", "{{ issued_on }}"),
        (_TAG, ""),
        ("称谓", "签收人：　　　　　　　　签收日期：　　　　年　　月　　日"),
    ):
        add_line(document, style, text)
    # Who receives it signs on the same sheet.
    for paragraph in document.paragraphs[-3:-1]:
        paragraph.paragraph_format.keep_with_next = True
    return document


def _begin() -> DocumentObject:
    document = blank_document()
    add_styles(document)
    number_portrait(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    return document


def _build(columns: Sequence[Column] = ()) -> DocumentObject:
    document = _begin()
    for style, text in (
        ("Title", "{{ title }}"),
        (_TAG, "{%p if draft %}"),
        ("标题附注", "（草稿）"),
        (_TAG, "{%p endif %}"),
        ("标题附注", ""),
        ("称谓", "{{ addressee }}："),
        (_TAG, "{%p for part in parts %}"),
        ("Heading 1", "{{ part.number }}{{ part.title }}"),
        (_TAG, "{%p for paragraph in part.paragraphs %}"),
        (_TAG, "{{ paragraph }}"),
        (_TAG, "{%p endfor %}"),
        (_TAG, "{%p for point in part.points %}"),
        (_TAG, "{%p if point.title %}"),
        ("Heading 2", "{{ point.number }}{{ point.title }}"),
        (_TAG, "{%p endif %}"),
        (_TAG, "{%p for paragraph in point.paragraphs %}"),
        (_TAG, "{{ paragraph }}"),
        (_TAG, "{%p endfor %}"),
        (_TAG, "{%p for item in point.items %}"),
        ("Heading 3", "{{ item.number }}{{ item.title }}"),
        (_TAG, "{%p for paragraph in item.paragraphs %}"),
        (_TAG, "{{ paragraph }}"),
        (_TAG, "{%p endfor %}"),
        (_TAG, "{%p endfor %}"),
    ):
        add_line(document, style, text)
    if columns:
        _add_table(document, columns)
    for style, text in (
        (_TAG, "{%p endfor %}"),
        (_TAG, "{%p endfor %}"),
        ("落款单位", ""),
        ("落款单位", "{{ signature }}"),
        ("成文日期", "{{ date }}"),
    ):
        add_line(document, style, text)
    return document


def _add_table(document: DocumentObject, columns: Sequence[Column]) -> None:
    add_line(document, _TAG, "{%p if point.rows %}")
    add_line(document, GAP)
    widths = [width for _, _, width in columns]
    table = Form(document, [widths])
    table.add_row(widths, [head for _, head, _ in columns], ["表头"] * len(columns), 12)
    table.repeat_on_every_page()
    table.add_tag_row("{%tr for row in point.rows %}")
    styles = ["表格文字", *["表格居中"] * (len(columns) - 1)]
    table.add_row(widths, [f"{{{{ row.{name} }}}}" for name, _, _ in columns], styles, 9)
    table.add_tag_row("{%tr endfor %}")
    add_line(document, GAP)
    add_line(document, _TAG, "{%p endif %}")
