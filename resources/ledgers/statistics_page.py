"""Sheets that count the rows of a ledger by one of its columns: a table, its total, and bar charts beside it."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title as ChartTitle
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.drawing.text import Font as ChartFont
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from resources.ledgers.ledger_page import A4, Title, table

_FACE, _BAR, _GREY = "宋体", "1D5FA6", "808080"
_SIZE = 10.5
_LINES, _LINE_HEIGHT = 24, 18  # so many lines below the totals keep their height, that charts do not move
_WIDE, _FULL, _HALF = 14, 11, 7  # of charts, in centimetres
_SECOND = 14  # the line at which a second chart begins
_CHART_COLUMNS = 9


@dataclass(frozen=True)
class Statistics:
    """One such sheet: its columns with the formula of each (none: the values counted by), and its last lines."""

    name: str
    heading: str
    titles: Sequence[Title]
    formulas: Sequence[str]
    last: Sequence[Sequence[str]]
    charts: Sequence[tuple[str, int, str]]  # title, column, number format
    labels: int = 1  # the column that names the bars


def statistics(workbook: Workbook, made: Statistics) -> None:
    """Draw it as a sheet of its own, on one page."""
    sheet = workbook.create_sheet(made.name)
    table(sheet, made.heading, tuple(made.titles), paper=A4, size=_SIZE, header=32)
    sheet.unmerge_cells(f"A1:{get_column_letter(len(made.titles))}1")
    sheet.merge_cells(f"A1:{get_column_letter(len(made.titles) + _CHART_COLUMNS)}1")
    sheet.page_setup.fitToHeight = 1
    sheet.freeze_panes = "A4"
    for column, formula in enumerate(made.formulas, start=1):
        model = sheet.cell(4, column)
        model.value = formula or None
        look = model.alignment
        model.alignment = Alignment(
            horizontal=look.horizontal,
            vertical="center",
            wrap_text=look.wrap_text,
            shrink_to_fit=look.shrink_to_fit,
            indent=look.indent,
        )
    for row, texts in enumerate(made.last, start=5):
        for column, text in enumerate(texts, start=1):
            _copy_format(sheet, row, column, is_total=row == 4 + len(made.last))
            sheet.cell(row, column).value = text or None
        sheet.cell(row, 1).alignment = Alignment(horizontal="left", vertical="center")
    for row in range(5, 5 + len(made.last) + _LINES):
        sheet.row_dimensions[row].height = _LINE_HEIGHT
    height = _FULL if len(made.charts) == 1 else _HALF
    for place, (title, column, format_) in enumerate(made.charts):
        chart = _bars(sheet, title, column, made.labels, format_)
        chart.width, chart.height = _WIDE, height
        sheet.add_chart(chart, f"{get_column_letter(len(made.titles) + 2)}{_SECOND if place else 3}")
    sheet.column_dimensions[get_column_letter(len(made.titles) + 1)].width = 2


def _copy_format(sheet: Worksheet, row: int, column: int, *, is_total: bool) -> None:
    model, cell = sheet.cell(4, column), sheet.cell(row, column)
    cell._style = copy(model._style)
    cell.alignment = Alignment(
        horizontal=model.alignment.horizontal, vertical="center", shrink_to_fit=True, indent=model.alignment.indent
    )
    cell.font = Font(name=_FACE if is_total else "仿宋", size=_SIZE, bold=is_total)


def _bars(sheet: Worksheet, title: str, column: int, labels: int, format_: str) -> BarChart:
    """Bars without axis lines, grids or legend: each says its value."""
    chart = BarChart()
    chart.type, chart.gapWidth, chart.legend, chart.style = "bar", 150, None, 2
    chart.varyColors = False
    chart.add_data(Reference(sheet, min_col=column, min_row=4, max_row=4))
    chart.title = _title(title)
    (bars,) = chart.series
    letter = get_column_letter(labels)
    bars.cat = AxDataSource(strRef=StrRef(f=f"'{sheet.title}'!${letter}$4:${letter}$4"))
    bars.graphicalProperties = GraphicalProperties(solidFill=_BAR)
    bars.dLbls = DataLabelList(numFmt=format_, showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    bars.dLbls.txPr = _text(900)
    names, values = chart.x_axis, chart.y_axis
    names.delete, names.scaling.orientation, names.majorTickMark, names.txPr = False, "maxMin", "none", _text(900)
    names.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=_GREY))
    values.delete, values.majorGridlines, values.scaling.min = True, None, 0
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.roundedCorners = False
    return chart


def _title(text: str) -> ChartTitle:
    look = _look(1100, bold=True)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return ChartTitle(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _text(size: int) -> RichText:
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_look(size)), endParaRPr=_look(size))])


def _look(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, latin=ChartFont(typeface=_FACE), ea=ChartFont(typeface=_FACE))
