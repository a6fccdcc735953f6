"""核对册: the report line by line beside its sources, on the turned official sheet."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from templates_docx.form_page import keep_with_next
from templates_docx.forms import Form
from templates_docx.official_page import add_line, add_styles, number_landscape
from templates_docx.page_styles import blank_document, set_landscape

Column = tuple[str, str, int]  # name, head, width in mm
_WIDTH = 225
_COLUMNS = (("order", "序号", 12), ("text", "报告中的文字（或数字）", 76), ("numbers", "数字\n个数", 13),
            ("origin", "出自", 50), ("proof", "支撑材料及页码", 54), ("", "核对人\n签名", 20))  # fmt: skip
_UNTRACED = (("order", "册中\n序号", 14), ("number", "数字", 30), ("text", "所在文字", 95), ("reason", "情况", 66),
             ("", "核对人\n签名", 20))  # fmt: skip
_NARROW = 14  # mm; narrower columns are centred
_LEGEND = (
    "说明：数字指连续的阿拉伯数字（含小数、百分号），年、月、日分别计，页码不计。底稿的第一行列出它的全部支撑材料，"
    "以后各行只列证据号和页码。"
)


def build_check_book() -> DocumentObject:
    """Make the template of the book."""
    document = blank_document()
    add_styles(document)
    set_landscape(document.sections[0])
    number_landscape(document.sections[0])
    for style, text in (
        ("Title", "巡察情况报告核对册"),
        ("表格文字", "{{ unit }}　{{ round }}"),
        ("表格文字", "报告：{{ report }}"),
        ("表格文字", "{%p if hash %}"),
        ("表格文字", "文件校验值（SHA-256）：{{ hash }}"),
        ("表格文字", "{%p endif %}"),
        ("表格文字", "{{ summary }}。"),
        ("表格文字", _LEGEND),
        ("表格文字", "{%p if untraced %}"),
        ("表格文字", ""),
    ):
        add_line(document, style, text)
    _add_untraced(document)
    add_line(document, "表格文字", "{%p endif %}")
    add_line(document, "表格文字")
    _add_lines(document)
    for text in (
        "",
        "{{ summary }}。",
        "",
        "核对人（签名）：　　　　　　　　　　复核人（签名）：　　　　　　　　　　　　　　年　　月　　日",
    ):
        add_line(document, "表格文字", text)
    document.settings.odd_and_even_pages_header_footer = True
    return document


def _add_untraced(document: DocumentObject) -> None:
    widths = [width for _, _, width in _UNTRACED]
    table = Form(document, [widths, (_WIDTH,)])
    _add_band(table, "没有出处的数字")
    table.repeat_on_every_page()
    _add_heads(table, _UNTRACED)
    table.add_tag_row("{%tr for one in untraced %}")
    _add_row(table, _UNTRACED, "one")
    table.add_tag_row("{%tr endfor %}")


def _add_lines(document: DocumentObject) -> None:
    widths = [width for _, _, width in _COLUMNS]
    behind = (widths[0], _WIDTH - widths[0])
    table = Form(document, [widths, (_WIDTH,), behind])
    _add_heads(table, _COLUMNS)
    table.add_tag_row("{%tr for part in parts %}")
    _add_band(table, "{{ part.title }}")
    keep_with_next(table)
    table.add_tag_row("{%tr for row in part.rows %}")
    _add_row(table, _COLUMNS, "row")
    table.add_tag_row("{%tr if row.addition %}")
    table.add_row(behind, ("", "{{ row.addition }}"), ("表格居中", "表格文字"), 8)
    table.add_tag_row("{%tr endif %}")
    table.add_tag_row("{%tr endfor %}")
    table.add_tag_row("{%tr endfor %}")


def _add_band(table: Form, title: str) -> None:
    table.add_row((_WIDTH,), (title,), ("表头",))[0].paragraphs[0].alignment = ALIGN.LEFT


def _add_heads(table: Form, columns: Sequence[Column]) -> None:
    table.add_row([width for _, _, width in columns], [head for _, head, _ in columns], ["表头"] * len(columns), 12)
    table.repeat_on_every_page()


def _add_row(table: Form, columns: Sequence[Column], row: str) -> None:
    widths = [width for _, _, width in columns]
    tags = [f"{{{{ {row}.{name} }}}}" if name else "" for name, _, _ in columns]
    styles = ["表格居中" if width <= _NARROW else "表格文字" for width in widths]
    for cell in table.add_row(widths, tags, styles, 8):
        cell.vertical_alignment = VERTICAL.TOP
