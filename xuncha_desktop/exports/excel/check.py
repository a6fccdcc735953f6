"""Reading a ledger back: every value that was exported must be found in the file, long texts joined again."""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, repeat
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel.long import LONG_SHEET
from xuncha_desktop.exports.excel.package import Package
from xuncha_desktop.exports.excel.ranges import column_letters, column_number
from xuncha_desktop.exports.excel.text import PIECE, plain_title, split_pointer
from xuncha_desktop.exports.excel.values import ErrorValue
from xuncha_desktop.exports.templates import Lost
from xuncha_desktop.jobs import Progress

Cell = int | float | str | bool | time | date | datetime | timedelta
Row = Sequence[Cell]
ReadValue = str | int | float | date | None

EMPTY = 1 << 62
_DAY = 86_400
_MOST_ROWS, _MOST_COLUMNS, _SEARCHED_ROWS = 50_000, 200, 20
_TOTALS = {"合计", "总计", "小计", "共计"}
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"')


@dataclass(frozen=True)
class Written:
    """What a sheet must hold: a mark of each value per column, and the totals by row and column (from 1)."""

    sheet: str
    first: int
    count: int
    titles: Mapping[int, str]
    marks: Mapping[int, "array[int]"]
    totals: Mapping[tuple[int, int], int | float | str | ErrorValue]
    epoch: date


@dataclass(frozen=True)
class _Piece:
    """A later piece of a long text, with the cell it belongs to."""

    sheet: str
    title: str
    part: int
    text: str


def text_mark(text: str) -> int:
    """Eight bytes that stand for a text until it is read back."""
    return hash(text)


def number_mark(number: float) -> int:
    """Eight bytes that stand for a number; no text has the same, since no text holds a NUL."""
    return hash(f"\0{number!r}")


def value_mark(value: float | str | ErrorValue) -> int:
    """The same for what a formula gives."""
    shown = _shown(value)
    return number_mark(float(shown)) if not isinstance(shown, str) else text_mark(shown) if shown else EMPTY


def verify(path: Path, tables: Sequence[Written], progress: Progress) -> None:
    """Read a written file and compare it value by value; a UserError names the first difference."""
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
        pieces = _long_pieces(workbook)
        for table in tables:
            sheet = workbook.get_sheet_by_name(table.sheet)
            # Its rows begin with the first column that is used.
            before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
            rows = (before + row for row in sheet.iter_rows()) if before else sheet.iter_rows()
            _verify_table(rows, table, pieces, progress)


def read_rows(path: Path, sheet: str) -> list[dict[str, ReadValue]]:
    """The data rows of a ledger by title: long texts joined, merged cells repeated, totals left out.

    The header is the first of the rows with the most filled cells; the data ends at a row that says 合计.
    """
    _refuse_giants(path, sheet)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            pieces = _long_pieces(workbook)
            source = workbook.get_sheet_by_name(sheet)
            cells = list(source.iter_rows())
            merged = source.merged_cell_ranges or []
    except CalamineError as error:
        raise UserError(f"“{path.name}”不能读取；请用 Excel 或 WPS 打开后另存为 xlsx 再试。") from error
    header = max(range(min(len(cells), _SEARCHED_ROWS)), key=lambda row: (_filled(cells[row]), -row), default=None)
    if header is None:
        raise UserError(f"“{path.name}”的表“{sheet}”是空的；请选择含有台账的文件。")
    for (top, left), (bottom, _) in merged:
        for row in range(top + 1, min(bottom, len(cells) - 1) + 1) if top > header else ():
            cells[row][left] = cells[top][left]
    titles = {column: plain_title(str(value)) for column, value in enumerate(cells[header]) if value != ""}
    rows = list[dict[str, ReadValue]]()
    for row in cells[header + 1 :]:
        if _is_total(row):
            break
        if _filled(row):
            rows.append({title: _read_value(row[at], sheet, title, pieces) for at, title in titles.items()})
    return rows


def _verify_table(source: Iterable[Row], table: Written, pieces: Mapping[int, _Piece], progress: Progress) -> None:
    last = table.first + table.count - 1
    needed = max([last, *(row for row, _ in table.totals)])
    nothing: Row = []
    for number, row in zip(range(1, needed + 1), chain(source, repeat(nothing)), strict=False):
        if table.first <= number <= last:
            if number % 500 == 0:
                progress.step(number - table.first, table.count, f"正在核对“{table.sheet}”第 {number} 行")
            _verify_row(row, number, table, pieces)
        else:
            for (at, column), expected in table.totals.items():
                if at == number and _number_or_text(_cell(row, column), table.epoch) != _shown(expected):
                    raise _difference(table.sheet, number, f"{column_letters(column)} 列的合计")


def _verify_row(row: Row, number: int, table: Written, pieces: Mapping[int, _Piece]) -> None:
    for column, marks in table.marks.items():
        value = _cell(row, column)
        if isinstance(value, str):
            if len(value) >= PIECE // 2:
                value = _joined(value, table.sheet, table.titles[column], pieces)
            mark = text_mark(value) if value else EMPTY
        else:
            mark = number_mark(_as_number(value, table.epoch))
        if mark != marks[number - table.first]:
            raise _difference(table.sheet, number, f"“{table.titles[column]}”列")


def _difference(sheet: str, row: int, where: str) -> Lost:
    return Lost(
        f"回读核对未通过：表“{sheet}”第 {row} 行{where}与要导出的内容不一致，文件未生成；"
        "请再导出一次，若仍出现请恢复默认模板。"
    )


def _long_pieces(workbook: CalamineWorkbook) -> dict[int, _Piece]:
    """The rows of 长文本 by row number, as far as they are pieces of texts."""
    pieces = dict[int, _Piece]()
    if LONG_SHEET in workbook.sheet_names:
        for number, row in enumerate(workbook.get_sheet_by_name(LONG_SHEET).iter_rows(), start=1):
            part = _cell(row, 4)
            if isinstance(part, int | float) and part >= 2:
                pieces[number] = _Piece(str(row[0]), str(row[2]), int(part), str(_cell(row, 5)))
    return pieces


def _joined(value: str, sheet: str, title: str, pieces: Mapping[int, _Piece]) -> str:
    """A cell's whole text. Sorting the ledger does no harm: a piece is found by its row, table and column."""
    if len(value) < PIECE // 2:
        return value
    first, pointer = split_pointer(value)
    found = list[str]()
    while (piece := pieces.get(pointer + len(found))) and (piece.sheet, piece.title) == (sheet, title):
        if piece.part != len(found) + 2:
            break
        found.append(piece.text)
    return first + "".join(found) if found else value


def _cell(row: Row, column: int) -> Cell:
    return row[column - 1] if column <= len(row) else ""


def _as_number(value: Cell, epoch: date) -> float:
    """A cell's number as Excel keeps it; dates and times are days since the epoch."""
    if isinstance(value, datetime):
        return (value - datetime(epoch.year, epoch.month, epoch.day)) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - epoch).days)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / _DAY
    return float(value)


def _shown(value: float | str | ErrorValue) -> float | str:
    """What reading finds of a value; of an error nothing."""
    return "" if isinstance(value, ErrorValue) else value


def _number_or_text(value: Cell, epoch: date) -> float | str:
    return value if isinstance(value, str) else _as_number(value, epoch)


def _read_value(value: Cell, sheet: str, title: str, pieces: Mapping[int, _Piece]) -> ReadValue:
    if isinstance(value, str):
        return _joined(value, sheet, title, pieces) or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return str(value) if isinstance(value, time | timedelta) else value


def _filled(row: Row) -> int:
    return sum(value != "" for value in row)


def _is_total(row: Row) -> bool:
    first = next((value for value in row if value != ""), "")
    return isinstance(first, str) and "".join(first.split()) in _TOTALS


def _refuse_giants(path: Path, sheet: str) -> None:
    """Look at the sheet before it is laid out in memory: a tiny file may claim billions of cells."""
    package = Package(path)
    for name in {sheet, LONG_SHEET} & package.sheets.keys():
        for letters, row in _CELL.findall(package.part(package.sheets[name])):
            if int(row) > _MOST_ROWS or column_number(letters.decode()) > _MOST_COLUMNS:
                raise UserError(
                    f"“{path.name}”的表“{name}”超过 {_MOST_ROWS} 行或 {_MOST_COLUMNS} 列；请删去多余的行列后再试。"
                )
    if sheet not in package.sheets:
        raise UserError(f"“{path.name}”里没有名为“{sheet}”的表；请确认选对了文件。")
