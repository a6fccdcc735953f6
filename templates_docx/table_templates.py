"""Tables of a register on the turned official sheet: one line a record, the head on every page."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.shared import Pt

from templates_docx.forms import Form
from templates_docx.official_page import GAP, add_line, add_styles, number_landscape
from templates_docx.page_styles import blank_document, set_landscape

Column = tuple[str, str, float]  # name, head, width in mm
_WIDTH = 225
_NARROW = 24  # mm; narrower columns are centred
_SIZE = Pt(10.5)
_DAY = 20  # mm; 2031.12.31 on one line


def build_borrowings() -> DocumentObject:
    """资料调阅清单, signed for on taking and giving back."""
    return _build("资料调阅清单", "项", [
        ("order", "序号", 11), ("batch", "批次", 15), ("name", "资料名称", 34), ("period", "所属期间", 20),
        ("quantity", "数量", 15), ("department", "责任科室、\n联络人", 22), ("due_on", "要求提供\n日期", _DAY),
        ("received_on", "实际提供\n日期", _DAY), ("borrower", "调阅人", 14.5), ("returned_on", "归还日期", _DAY),
        ("taker", "收回人", 14.5), ("missing", "缺失说明", 0),
    ], "提供单位经办人（签名）：　　　　　　　　　　　　　　　巡察组经办人（签名）：")  # fmt: skip


def build_quick_fixes() -> DocumentObject:
    """立行立改情况."""
    return _build("立行立改情况", "项", [
        ("order", "序号", 11), ("number", "编号", 25), ("title", "事项", 36), ("to_unit", "党组织", 26),
        ("issued_on", "签发日期", _DAY), ("due_on", "反馈期限", _DAY), ("progress", "整改情况", 0),
        ("result", "核实\n结果", 14.5), ("closed_on", "销号日期", _DAY),
    ])  # fmt: skip


def build_hearings() -> DocumentObject:
    """听取意见及落实情况."""
    return _build("听取意见及落实情况", "次", [
        ("order", "序号", 11), ("held_on", "听取日期", _DAY), ("layer", "听取层级", 26), ("way", "听取方式", 20),
        ("listeners", "听取人", 28), ("opinions", "听取意见", 0), ("outcome", "落实情况", 50),
    ])  # fmt: skip


def build_team() -> DocumentObject:
    """巡察组成员及分工表."""
    return _build("巡察组成员及分工表", "人", [
        ("order", "序号", 11), ("inspector", "姓名", 24), ("unit", "工作单位", 54), ("post", "职务", 40),
        ("role", "组内职务", 20), ("duty", "分工", 0), ("joined_on", "进组日期", _DAY), ("left_on", "离组日期", _DAY),
    ])  # fmt: skip


def build_inspectors() -> DocumentObject:
    """人才库名册."""
    return _build("人才库名册", "人", [
        ("order", "序号", 11), ("name", "姓名", 22), ("unit", "工作单位", 44), ("post", "职务", 30),
        ("rank", "职级", 24.5), ("political_status", "政治面貌", 20), ("expertise", "专长", 26),
        ("rounds_before", "参加\n轮次数", 14.5), ("available", "可抽调", 14.5), ("note", "备注", 0),
    ], of_unit=False)  # fmt: skip


def build_archive_index() -> DocumentObject:
    """卷内目录."""
    return _build("卷内目录", "件", [
        ("order", "序号", 14), ("number", "文号、编号", 57), ("title", "题名", 0), ("dated", "日期", _DAY),
        ("pages", "页数", 14), ("note", "备注", 20),
    ])  # fmt: skip


def _build(
    title: str, unit: str, columns: Sequence[Column], below: str = "", *, of_unit: bool = True
) -> DocumentObject:
    """One column of width 0 takes what the others leave; lines are counted in `unit`."""
    rest = _WIDTH - sum(width for _, _, width in columns)
    columns = [(name, head, width or rest) for name, head, width in columns]
    document = blank_document()
    add_styles(document, _SIZE)
    set_landscape(document.sections[0])
    number_landscape(document.sections[0])
    add_line(document, "Title", title)
    add_line(document, GAP)
    around = "{{ unit }}　{{ round }}　" if of_unit else ""
    add_line(document, "表格文字", f"{around}共{{{{ count }}}}{unit}")
    add_line(document, GAP)
    widths = [width for _, _, width in columns]
    table = Form(document, [widths])
    table.add_row(widths, [head for _, head, _ in columns], ["表头"] * len(columns), 11)
    table.repeat_on_every_page()
    table.add_tag_row("{%tr for row in rows %}")
    styles = ["表格居中" if width <= _NARROW else "表格文字" for width in widths]
    table.add_row(widths, [f"{{{{ row.{name} }}}}" for name, _, _ in columns], styles, 8)
    table.add_tag_row("{%tr endfor %}")
    if below:
        add_line(document, GAP)
        add_line(document, GAP)
        add_line(document, "表格文字", below)
    document.settings.odd_and_even_pages_header_footer = True
    return document
