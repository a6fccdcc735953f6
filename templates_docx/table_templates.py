"""Tables of a register on the turned official sheet: one line a record, the head on every page."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject

from templates_docx.forms import Form
from templates_docx.official_page import add_line, add_styles, number_landscape
from templates_docx.page_styles import blank_document, set_landscape

Column = tuple[str, str, float]  # name, head, width in mm
_WIDTH = 225
_NARROW = 24  # mm; narrower columns are centred


def build_borrowings() -> DocumentObject:
    """资料调阅清单, signed for on taking and giving back."""
    return _build("资料调阅清单", [
        ("order", "序号", 10), ("batch", "批次", 14), ("name", "资料名称", 38), ("period", "所属期间", 18),
        ("quantity", "数量", 14), ("department", "责任科室、\n联络人", 22), ("due_on", "要求提供\n日期", 17),
        ("received_on", "实际提供\n日期", 17), ("borrower", "调阅人", 14), ("returned_on", "归还日期", 17),
        ("taker", "收回人", 14), ("missing", "缺失说明", 0),
    ], "提供单位经办人（签名）：　　　　　　　　　　巡察组经办人（签名）：")  # fmt: skip


def build_quick_fixes() -> DocumentObject:
    """立行立改情况."""
    return _build("立行立改情况", [
        ("order", "序号", 10), ("number", "编号", 24), ("title", "事项", 44), ("to_unit", "党组织", 32),
        ("issued_on", "签发日期", 22), ("due_on", "反馈期限", 22), ("progress", "整改情况", 0),
        ("result", "核实\n结果", 16), ("closed_on", "销号日期", 22),
    ])  # fmt: skip


def build_hearings() -> DocumentObject:
    """听取意见及落实情况."""
    return _build("听取意见及落实情况", [
        ("order", "序号", 10), ("held_on", "听取日期", 36), ("layer", "听取层级", 26), ("way", "听取方式", 20),
        ("listeners", "听取人", 28), ("opinions", "听取意见", 0), ("outcome", "落实情况", 50),
    ])  # fmt: skip


def build_team() -> DocumentObject:
    """巡察组成员及分工表."""
    return _build("巡察组成员及分工表", [
        ("order", "序号", 12), ("inspector", "姓名", 22), ("unit", "工作单位", 36), ("post", "职务", 28),
        ("role", "组内职务", 20), ("duty", "分工", 0), ("joined_on", "进组日期", 32), ("left_on", "离组日期", 32),
    ])  # fmt: skip


def build_archive_index() -> DocumentObject:
    """卷内目录."""
    return _build("卷内目录", [
        ("order", "序号", 12), ("number", "文号、编号", 52), ("title", "题名", 0), ("dated", "日期", 33),
        ("pages", "页数", 14), ("note", "备注", 20),
    ])  # fmt: skip


def _build(title: str, columns: Sequence[Column], below: str = "") -> DocumentObject:
    """One column of width 0 takes what the others leave."""
    rest = _WIDTH - sum(width for _, _, width in columns)
    columns = [(name, head, width or rest) for name, head, width in columns]
    document = blank_document()
    add_styles(document)
    set_landscape(document.sections[0])
    number_landscape(document.sections[0])
    add_line(document, "Title", title)
    add_line(document, "表格文字", "{{ unit }}　{{ round }}　共 {{ count }} 条")
    widths = [width for _, _, width in columns]
    table = Form(document, [widths])
    table.add_row(widths, [head for _, head, _ in columns], ["表头"] * len(columns), 12)
    table.repeat_on_every_page()
    table.add_tag_row("{%tr for row in rows %}")
    styles = ["表格居中" if width <= _NARROW else "表格文字" for width in widths]
    table.add_row(widths, [f"{{{{ row.{name} }}}}" for name, _, _ in columns], styles, 9)
    table.add_tag_row("{%tr endfor %}")
    add_line(document, "表格文字", below)
    document.settings.odd_and_even_pages_header_footer = True
    return document
