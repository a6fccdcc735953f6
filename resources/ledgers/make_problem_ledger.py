"""Makes problem_ledger.xlsx, the problem ledger's default template: python -m resources.ledgers.make_problem_ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.model.choices import DESTINATIONS, MODES, UNIT_KINDS

TARGET = Path(__file__).with_name("problem_ledger.xlsx")
_A3, _A4 = 8, 9
_LINE = Side(style="thin", color="FF808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GREY = PatternFill("solid", start_color="FFE7E6E6")
_MONEY, _DAY, _TEXT, _COUNT = "#,##0.00####", "yyyy-mm-dd", "@", "0"


@dataclass(frozen=True)
class Title:
    """One column: its title, its width in characters, how its cells look and what they may hold."""

    text: str
    width: float
    format: str = _TEXT
    align: str = "left"
    choices: Sequence[str] = ()
    total: str = ""
    total_format: str = ""


_YES_NO = ("是", "否")
_PIECES, _PERSONS = '0"件"', '0"人次"'
DATA = (
    Title("序号", 5, _COUNT, "center"),
    Title("底稿编号", 13, total="=COUNTA(N4:N4)", total_format=_PIECES),
    Title("届次", 6, align="center"),
    Title("轮次", 6, align="center"),
    Title("巡察组", 8, align="center"),
    Title("被巡察党组织", 13),
    Title("组织类型", 8, align="center", choices=tuple(UNIT_KINDS.values())),
    Title("巡察方式", 8, align="center", choices=tuple(MODES.values())),
    Title("延伸单位（村/社区/下属）", 11),
    Title("聚焦方面", 11),
    Title("一级分类", 9),
    Title("二级分类", 9),
    Title("三级分类", 10),
    Title("问题标题", 16),
    Title("问题表述（与报告一致）", 36),
    Title("典型事例", 30),
    Title("涉及金额（万元）", 12, _MONEY, "right", total="=SUM(Q4:Q4)", total_format=_MONEY),
    Title("涉及人次", 9, _COUNT, "right", total="=SUM(R4:R4)", total_format=_PERSONS),
    Title("发生时间段", 10),
    Title("责任主体", 10),
    Title("分管领导", 7),
    Title("责任科室", 8),
    Title("定性依据", 20),
    Title("支撑材料编号", 12),
    Title("发现方式", 8, align="center"),
    Title("承办人", 8),
    Title("审签日期", 10.5, _DAY, "center"),
    Title("是否共性问题", 7, align="center", choices=_YES_NO),
    Title("是否立行立改", 7, align="center", choices=_YES_NO),
    Title("去向（报告/反馈/口头/线索/建议书）", 11, align="center", choices=tuple(DESTINATIONS.values())),
    Title("对应报告段落", 13),
    Title("备注", 9),
)
BRIEFING = (
    Title("序号", 5, _COUNT, "center"),
    Title("被巡察\n党组织", 11, total="=COUNTA(E4:E4)", total_format=_PIECES),
    Title("聚焦方面", 11),
    Title("问题分类", 12.5),
    Title("问题表述", 44),
    Title("典型事例（点人点事）", 23),
    Title("涉及金额（万元）", 11, _MONEY, "right", total="=SUM(G4:G4)", total_format=_MONEY),
    Title("责任主体", 11),
    Title("处理建议", 16),
    Title("备注", 5),
)
LONG = (
    Title("所在表", 16),
    Title("所在行", 8, _COUNT, "center"),
    Title("所在列", 20),
    Title("段", 6, _COUNT, "center"),
    Title("文字", 110),
)


def main(target: Path = TARGET) -> None:
    """Write the template, beside this script unless told otherwise."""
    workbook = Workbook()
    _set_default_font(workbook)
    data = workbook.active
    assert isinstance(data, Worksheet)
    data.title = "问题台账"
    _table(data, "巡察发现问题台账", DATA, paper=_A3, size=10, header=60)
    data.auto_filter.ref = f"A3:{get_column_letter(len(DATA))}4"
    data.freeze_panes = "C4"
    _choices(data, DATA)
    briefing = workbook.create_sheet("书记专题会汇报表")
    _table(briefing, "巡察发现问题情况汇报表", BRIEFING, paper=_A4, size=10.5, header=32)
    briefing.freeze_panes = "A4"
    rest = workbook.create_sheet("长文本")
    _table(rest, "长文本续表（台账单元格容纳不下的文字）", LONG, paper=_A4, size=10, header=22)
    rest.freeze_panes = "A4"
    rest.sheet_state = "hidden"
    workbook.save(target)


def _set_default_font(workbook: Workbook) -> None:
    """Column widths count digits of the default font: one that every office machine has keeps them the same."""
    font = Font(name="宋体", size=10.5)
    workbook._fonts = IndexedList([font])  # pyright: ignore[reportAttributeAccessIssue] missing in the stubs
    workbook._named_styles["Normal"].font = font  # pyright: ignore[reportAttributeAccessIssue] missing in the stubs


def _table(
    sheet: Worksheet, heading: str, titles: tuple[Title, ...], *, paper: int, size: float, header: float
) -> None:
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
        model.alignment = Alignment(horizontal=title.align, vertical="top", wrap_text=True, indent=indent)
        if has_totals:
            total.font, total.border = Font(name="宋体", size=size, bold=True), _BOX
            total.alignment = Alignment(horizontal=title.align, vertical="center", indent=indent)
            total.number_format = title.total_format or "General"
            total.value = title.total or None
    if has_totals:
        sheet["A5"] = "合计"
        sheet["A5"].alignment = Alignment(horizontal="center", vertical="center")
    _page(sheet, last, paper)


def _choices(sheet: Worksheet, titles: tuple[Title, ...]) -> None:
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


if __name__ == "__main__":
    main()
