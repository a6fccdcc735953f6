"""Sheets that count by group: one row for each value of a column of the data, the rest formulas of the template.

A sheet of the template is one where a header names a column of the data, the cell below it is empty, and other cells
of that row hold formulas. So a user makes one without learning anything but the model row.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.criteria import means_itself
from xuncha_desktop.exports.excel.fill import MOST_GROUPS, SheetRows, Value
from xuncha_desktop.exports.excel.formulas import formulas_of
from xuncha_desktop.exports.excel.layout import Layout, find_header, fold_title, read_layout
from xuncha_desktop.exports.excel.package import Package
from xuncha_desktop.exports.excel.values import Value as CellValue
from xuncha_desktop.exports.excel.values import key, written
from xuncha_desktop.exports.templates import TemplateFault


@dataclass(frozen=True)
class Groups:
    """The rows of such a sheet, and how many groups have no row of their own."""

    rows: SheetRows
    left_out: int


def group_columns(worksheet: Worksheet, header: int, titles: Mapping[int, str], known: Collection[str]) -> list[int]:
    """The columns whose values make the rows; none where the sheet is no such sheet."""
    folded = {fold_title(title) for title in known}
    if not any(row == header + 1 for (row, _), _ in formulas_of(worksheet)):
        return []
    return [
        column
        for column, title in sorted(titles.items())
        if fold_title(title) in folded and worksheet.cell(header + 1, column).value is None
    ]


def grouped_sheets(
    package: Package, workbook: Workbook, known: Collection[str], taken: Collection[str]
) -> Iterator[tuple[Worksheet, int]]:
    """All such sheets beside those that are taken, with the row of their header."""
    for sheet in package.sheets:
        worksheet = workbook[sheet]
        if sheet in taken or not isinstance(worksheet, Worksheet):
            continue
        try:
            header, titles = find_header(package, worksheet, known)
        except TemplateFault:  # a sheet of some other kind
            continue
        if group_columns(worksheet, header, titles, known):
            yield worksheet, header


def read_grouped(package: Package, workbook: Workbook, known: Collection[str], taken: Collection[str]) -> list[Layout]:
    """What all such sheets look like."""
    found = grouped_sheets(package, workbook, known, taken)
    return [read_layout(package, workbook, sheet.title, known, is_grouped=True) for sheet, _ in found]


def sources(layout: Layout, data: Layout, template: str) -> dict[str, int]:
    """Where the titles that make the rows of a grouped sheet stand in the data."""
    titles = {column.number: column.title for column in layout.columns if column.title}
    found = {column.key: column.number for column in data.columns if column.title}
    own = group_columns(layout.worksheet, layout.header, titles, found)
    chosen = {column.key: found[column.key] for column in layout.columns if column.number in own}
    if not chosen:
        raise TemplateFault(
            f"模板“{template}”的表“{layout.sheet}”的统计依据在表“{data.sheet}”里没有同名的列；"
            f"请把“{data.sheet}”里的这一列加回来，或删去“{layout.sheet}”。"
        )
    return chosen


def grouped(layout: Layout, data: Mapping[str, Sequence[CellValue]], listed: Mapping[str, Sequence[str]]) -> Groups:
    """The values that occur, the most frequent first; those listed come before them, even where none occurs.

    A value that would ask for others as well if a formula counted it gets no row.
    """
    counts = dict[tuple[object, ...], tuple[tuple[CellValue, ...], int]]()
    if len(data) == 1:
        for value in listed.get(next(iter(data)), ()):
            counts.setdefault((key(value),), ((value,), 0))
    fixed = len(counts)
    for values in zip(*data.values(), strict=True):
        if None not in values:
            same = tuple(map(key, values))
            first, count = counts.get(same, (values, 0))
            counts[same] = first, count + 1
    found = list(counts.values())
    ordered = found[:fixed] + sorted(found[fixed:], key=lambda one: -one[1])
    countable = [values for values, _ in ordered if all(map(means_itself, values))][: max(MOST_GROUPS, fixed)]
    rows = [dict(zip(data, map(_plain, values), strict=True)) for values in countable]
    return Groups(SheetRows(layout.sheet, tuple(data), rows), len(ordered) - len(rows))


def _plain(value: CellValue) -> Value:
    found = written(value)
    return found if isinstance(found, int | float | str) else ""
