"""A ledger template judged: sheets, headers, columns, model rows and totals; then filled once for trial."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.dangers import Danger
from xuncha_desktop.exports.declared import Declared, SheetColumns, SheetsDeclared
from xuncha_desktop.exports.doctor.findings import Fault, Place
from xuncha_desktop.exports.excel.fill import SheetRows, Value, fill
from xuncha_desktop.exports.excel.formulas import FormulaFault, Formulas, names_of
from xuncha_desktop.exports.excel.grouping import grouped_sheets
from xuncha_desktop.exports.excel.layout import find_header, fold_title
from xuncha_desktop.exports.excel.long import LONG_SHEET
from xuncha_desktop.exports.excel.package import Package
from xuncha_desktop.exports.excel.ranges import Stretch, column_letters
from xuncha_desktop.exports.excel.workbook import read
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.jobs import Progress

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def judge(path: Path, declared: Declared | None, found: list[Danger]) -> list[Fault]:
    """All faults of one file, sheet by sheet."""
    from xuncha_desktop.exports.doctor.doctor import danger_fault

    if found:
        return [danger_fault(danger, place) for danger, place in _places(path, found)]
    faults: list[Fault] = []
    try:
        package = Package(path)
        workbook = read(package)
    except (UserError, ValueError, KeyError, TypeError) as error:
        words = str(error).rstrip("。") if isinstance(error, UserError) else "表格已损坏，不能读取"
        return [Fault("file", Place(), words, "请用 Excel 或 WPS 打开后另存为 xlsx 再试。")]
    sheets = declared.sheets() if isinstance(declared, SheetsDeclared) else {}
    for worksheet in workbook.worksheets:
        faults += _tags(worksheet)
    for name, columns in sheets.items():
        faults += _of_sheet(package, workbook, name, columns)
    faults += _formulas(package, workbook, sheets)
    if sheets and not any(not fault.slight for fault in faults):
        faults += _trial(path, sheets)
    return faults


def _places(path: Path, found: list[Danger]) -> Iterator[tuple[Danger, Place]]:
    """Each danger with its sheet and cell, as far as the file can be read at all."""
    try:
        names = {part: name for name, part in Package(path).sheets.items()}
    except (UserError, ValueError, KeyError, TypeError):
        names = {}
    for danger in found:
        yield danger, Place(names.get(danger.member, ""), cell=danger.cell if danger.member in names else "")


def _of_sheet(package: Package, workbook: Workbook, name: str, columns: SheetColumns) -> Iterator[Fault]:
    if name not in package.sheets:
        close = get_close_matches(name, package.sheets, 1, 0.5)
        advice = f"请把表“{close[0]}”改名为“{name}”。" if close else "请从自带模板把这张表复制过来，或恢复自带模板。"
        yield Fault("sheet", Place(name), f"没有名为“{name}”的表", advice)
        return
    worksheet = workbook[name]
    assert isinstance(worksheet, Worksheet)
    try:
        header, titles = find_header(package, worksheet, columns.titles)
    except TemplateFault as error:
        yield Fault("header", Place(name), str(error).split("；")[0], f"请写上一行列名，如“{columns.titles[0]}”。")
        return
    yield from _columns(worksheet, header, titles, columns)
    yield from _model_row(worksheet, header, titles, columns)


def _columns(worksheet: Worksheet, header: int, titles: dict[int, str], columns: SheetColumns) -> Iterator[Fault]:
    name = worksheet.title
    known = {fold_title(title): title for title in (*columns.titles, *columns.further)}
    found = {fold_title(title) for title in titles.values()}
    absent = [title for title in columns.titles if fold_title(title) not in found]
    seen: dict[str, int] = {}
    for column, title in sorted(titles.items()):
        folded, place = fold_title(title), _at(name, header, column, title)
        if folded in seen:
            cause = f"列名“{title}”与 {column_letters(seen[folded])} 列重复"
            yield Fault("duplicate", place, cause, "请改成别的列名，或删去其中一列。", title)
        elif folded not in known and worksheet.cell(header + 1, column).data_type != "f":
            close = get_close_matches(title, [*absent, *columns.further], 1, 0.5)
            if close:
                absent = [other for other in absent if other != close[0]]
                yield Fault("column", place, f"没有名为“{title}”的内容", f"“{title}”：是否为“{close[0]}”？", title)
            else:
                advice = "如是自己填写的列，可以保留。"
                yield Fault("column", place, f"列“{title}”没有对应的内容，导出时留空", advice, title, slight=True)
        seen.setdefault(folded, column)
    if absent:
        cause, advice = f"没有这些列，不会写入：{'、'.join(absent)}", "需要时请在表头加上。"
        yield Fault("column", _at(name, header, 1, ""), cause, advice, slight=True)


def _model_row(worksheet: Worksheet, header: int, titles: dict[int, str], columns: SheetColumns) -> Iterator[Fault]:
    """The row below the header gives the format: no words, no merged cells, formulas only in columns of the user's."""
    first, name = header + 1, worksheet.title
    for area in worksheet.merged_cells.ranges:
        if area.min_row <= first <= area.max_row:
            cause = f"样板行的 {area.coord} 是合并单元格"
            yield Fault("model", _at(name, first, area.min_col, ""), cause, "请取消合并。")
    cells = [cell for cell in worksheet[first] if cell.value is not None]
    written = [cell for cell in cells if cell.data_type != "f"]
    if written:
        text = str(written[0].value)
        cause = f"表头下面应是空白的样板行，这里却有“{text}”"
        place = _at(name, first, written[0].column or 1, text)
        yield Fault("model", place, cause, "请在表头下面插入一个空行，并设好各列的格式。", text)
        return
    filled = {fold_title(title) for title in (*columns.titles, *columns.further)}
    for cell in cells:
        title = titles.get(cell.column or 0, "")
        if fold_title(title) in filled:
            cause = f"样板行里有公式，而“{title}”列由程序填写"
            place = _at(name, first, cell.column or 1, str(cell.value))
            yield Fault("model", place, cause, "请删去这个公式，或换成别的列名。")
    if not any(worksheet.cell(first, column).has_style for column in titles):
        cause = "表头下面没有设好格式的样板行，数据会没有边框和字体"
        yield Fault("model", _at(name, first, 1, ""), cause, "请给表头下面一行设好各列的格式。", slight=True)


def _formulas(package: Package, workbook: Workbook, sheets: Mapping[str, SheetColumns]) -> Iterator[Fault]:
    """Each formula over the data that cannot be computed, on whichever sheet it stands."""
    rows = dict[str, int]()
    for name, columns in sheets.items():
        worksheet = workbook[name] if name in package.sheets else None
        if isinstance(worksheet, Worksheet):
            with suppress(TemplateFault):
                rows[name], titles = find_header(package, worksheet, columns.titles)
                known = {*columns.titles, *columns.further, *titles.values()}
                if name == next(iter(sheets)):
                    others = grouped_sheets(package, workbook, known, {*sheets, LONG_SHEET})
                    rows |= {grouped.title: header for grouped, header in others}
    stretches = [Stretch(name, header, header + 1, header + 1, 1) for name, header in rows.items()]
    try:
        faults = Formulas(package.name, workbook, stretches, names_of(workbook)).faults
    except TemplateFault as error:
        cause, _, advice = str(error).partition("；")
        yield Fault("formula", Place(), cause, advice)
        return
    for fault in faults:
        yield Fault("formula", Place(fault.sheet, cell=fault.cell), fault.cause, fault.advice)


def _tags(worksheet: Worksheet) -> Iterator[Fault]:
    for row in worksheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and (found := _TAG.search(cell.value)):
                place = Place(worksheet.title, text=cell.value, cell=cell.coordinate)
                cause = f"台账模板不用标签，“{found[0]}”会照原样印出来"
                yield Fault("tag", place, cause, "请删去；内容按表头的列名填写。", found[0])


def _trial(path: Path, sheets: Mapping[str, SheetColumns]) -> Iterator[Fault]:
    made: list[SheetRows] = []
    for name, columns in sheets.items():
        row: dict[str, Value] = {title: f"虚构{number}" for number, title in enumerate(columns.titles)}
        made.append(SheetRows(name, columns.titles, (row, row)))
    with tempfile.TemporaryDirectory() as folder:
        try:
            fill(path, Path(folder) / "试填.xlsx", made, Progress())
        except FormulaFault:
            return  # invented words where a formula wants numbers; what ails the formula itself was told before
        except UserError as error:
            yield Fault("trial", Place(), f"试填一份虚构内容时出错：{error}".rstrip("。"), "请按上面的提示改正。")


def _at(name: str, row: int, column: int, text: str) -> Place:
    return Place(name, text=text, row=row, column=column, cell=f"{column_letters(column)}{row}")
