"""How every ledger of ours is drawn: heading, header, model row, totals, and the page they print on."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

A3, A4 = 8, 9
MONEY, DAY, TEXT, COUNT = "#,##0.00####", "yyyy-mm-dd", "@", "0"
YES_NO = ("是", "否")
PIECES = '0"件"'
_LINE = Side(style="thin", color="FF808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GREY = PatternFill("solid", start_color="FFE7E6E6")


@dataclass(frozen=True)
class Title:
    """One column: its title, its width in characters, how its cells look and what they may hold."""

    text: str
    width: float
    format: str = TEXT
    align: str = "left"
    choices: Sequence[str] = ()
    total: str = ""
    total_format: str = ""


_LONG = (
    Title("所在表", 16),
    Title("所在行", 8, COUNT, "center"),
    Title("所在列", 20),
    Title("段", 6, COUNT, "center"),
    Title("文字", 110),
)


def long_texts(workbook: Workbook) -> None:
    """The hidden sheet for what does not fit into a cell."""
    rest = workbook.create_sheet("长文本")
    table(rest, "长文本续表（台账单元格容纳不下的文字）", _LONG, paper=A4, size=10, header=22)
    rest.freeze_panes = "A4"
    rest.sheet_state = "hidden"


def set_default_font(workbook: Workbook) -> None:
    """Column widths count digits of the default font: one that every office machine has keeps them the same."""
    font = Font(name="宋体", size=10.5)
    workbook._fonts = IndexedList([font])  # pyright: ignore[reportAttributeAccessIssue] missing in the stubs
    workbook._named_styles["Normal"].font = font  # pyright: ignore[reportAttributeAccessIssue] missing in the stubs


def table(sheet: Worksheet, heading: str, titles: tuple[Title, ...], *, paper: int, size: float, header: float) -> None:
    """Draw heading, header, model row and totals."""
    last = get_column_letter(len(titles))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = heading
    sheet["A1"].font = Font(name="宋体", size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 28
    sheet.row_dimensions[2].height = 4
    sheet.row_dimensions[3].height = header
    sheet.row_dimensions[4].height = 18
    sheet.row_dimensions[5].height = 22
    has_totals = any(title.total for title in titles)
    for number, title in enumerate(titles, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = title.width
        head, model, total = sheet[f"{letter}3"], sheet[f"{letter}4"], sheet[f"{letter}5"]
        # Brackets go to a line of their own; line breaks do not count when titles are compared.
        head.value = title.text.replace("（", "\n（", 1)
        head.font, head.fill, head.border = Font(name="宋体", size=size, bold=True), _GREY, _BOX
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        model.font, model.border, model.number_format = Font(name="仿宋", size=size), _BOX, title.format
        # A figure at the very edge would run into the words of the next column.
        indent = 1 if title.align == "right" else 0
        # A figure too long for its column is set smaller; otherwise #### would be printed.
        shrinks = title.format == MONEY
        model.alignment = Alignment(
            horizontal=title.align, vertical="top", wrap_text=not shrinks, shrink_to_fit=shrinks, indent=indent
        )
        if has_totals:
            total.font, total.border = Font(name="宋体", size=size, bold=True), _BOX
            total.alignment = Alignment(
                horizontal=title.align, vertical="center", shrink_to_fit=bool(title.total), indent=indent
            )
            total.number_format = title.total_format or "General"
            total.value = title.total or None
    if has_totals:
        sheet["A5"] = "合计"
        sheet["A5"].alignment = Alignment(horizontal="center", vertical="center")
    _page(sheet, last, paper)


def choices(sheet: Worksheet, titles: tuple[Title, ...]) -> None:
    """Offer the words of closed lists in the model row."""
    for number, title in enumerate(titles, start=1):
        if title.choices:
            rule = DataValidation(
                type="list", formula1=f'"{",".join(title.choices)}"', allow_blank=True, errorStyle="warning"
            )
            rule.errorTitle, rule.error = title.text, "不在常用选项之内，确实需要时可以保留。"
            rule.add(f"{get_column_letter(number)}4")
            sheet.add_data_validation(rule)


def _page(sheet: Worksheet, last: str, paper: int) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:3"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.47
    sheet.page_margins.top, sheet.page_margins.bottom = 0.59, 0.67
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页", size=9))
