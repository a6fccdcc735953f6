"""What a template's sheet looks like: where its header and its model row stand and what surrounds them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import is_date_format
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.formulas import formulas_of
from xuncha_desktop.exports.excel.package import Package, attributes
from xuncha_desktop.exports.excel.ranges import column_letters, column_number
from xuncha_desktop.exports.excel.text import MIN_HEIGHT, plain_title
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.text import search_key

_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData\b[^>]*>(.*?)</sheetData>", re.DOTALL)
_ROW = re.compile(r"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_CELL = re.compile(r'<c\b[^>]*?\br="([A-Z]+)\d+"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_COLUMN = re.compile(r"<col\b[^>]*/>")
_DEFAULT_WIDTH = 8.43
_SEARCHED_ROWS = 60


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its title, and the format that the model row gives it."""

    number: int
    title: str
    key: str
    style: int | None
    shows_dates: bool
    wraps: bool
    size: float
    width: float

    @property
    def letters(self) -> str:
        """The column's letters."""
        return column_letters(self.number)


@dataclass(frozen=True)
class Layout:
    """A sheet of the template, cut into what stays, the model rows, and what moves along below them."""

    sheet: str
    part: str
    head: str
    rows_above: list[str]
    model_tag: str
    rows_below: list[str]
    tail: str
    header: int
    first: int
    last: int
    columns: list[Column]
    least_height: float
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    worksheet: Worksheet = field(repr=False)
    formulas: dict[int, str] = field(default_factory=dict)  # of the model row, by column, without =


def fold_title(title: object) -> str:
    """A title as it is compared: width of characters, case and blanks do not count."""
    return "".join(search_key(str(title)).split()) if title is not None else ""


def read_layout(
    package: Package, workbook: Workbook, sheet: str, titles: Collection[str], *, is_grouped: bool = False
) -> Layout:
    """Find the header (the row with most of the known titles) and the model row right below it."""
    if sheet not in package.sheets:
        raise TemplateFault(f"模板“{package.name}”里没有名为“{sheet}”的表；请把表名改回来，或恢复默认模板。")
    part = package.sheets[sheet]
    source = package.part(part).decode("utf-8")
    data = _SHEET_DATA.search(source)
    worksheet = workbook[sheet]
    if data is None or not isinstance(worksheet, Worksheet):
        raise TemplateFault(f"模板“{package.name}”的表“{sheet}”格式少见；请用 Excel 或 WPS 打开后另存为 xlsx 再试。")
    rows = {_row_number(row): row for row in _ROW.findall(data[1] or "")}
    header, header_titles = find_header(package, worksheet, titles)
    first = header + 1
    model = rows.get(first, f'<row r="{first}">')
    styles = _cell_styles(model)
    last = first
    texts = dict(formulas_of(worksheet))
    formulas = {column: text for (row, column), text in texts.items() if row == first}
    while last + 1 in rows and _is_spare(rows[last + 1], styles, _filled_down(texts, first, last + 1)):
        last += 1
    keys = {fold_title(title): title for title in titles}
    ours = {number: title for number, title in header_titles.items() if fold_title(title) in keys and not is_grouped}
    _refuse_model_faults(package, worksheet, formulas, ours, (first, last))
    columns = _columns(worksheet, source[: data.start()], header_titles, keys, styles, model, first)
    model_tag = model[: model.index(">") + 1].replace("/>", ">")
    default = re.search(r'<sheetFormatPr\b[^>]*defaultRowHeight="([\d.]+)"', source)
    height = attributes(model_tag.encode()).get("ht") or (default[1] if default else MIN_HEIGHT)
    found = {fold_title(title) for title in header_titles.values()}
    return Layout(
        sheet=sheet,
        part=part,
        head=source[: data.start()],
        rows_above=[text for number, text in rows.items() if number < first],
        model_tag=model_tag,
        rows_below=[text for number, text in rows.items() if number > last],
        tail=source[data.end() :],
        header=header,
        first=first,
        last=last,
        columns=columns,
        least_height=float(height),
        unknown=tuple(
            title for number, title in header_titles.items() if fold_title(title) not in keys and number not in formulas
        ),
        absent=tuple(title for folded, title in keys.items() if folded not in found),
        worksheet=worksheet,
        formulas=formulas,
    )


def find_header(package: Package, worksheet: Worksheet, titles: Collection[str]) -> tuple[int, dict[int, str]]:
    """The row with most of the known titles, and all its titles by column."""
    wanted = {fold_title(title) for title in titles}
    best, best_row, best_titles = 0, 0, dict[int, str]()
    for row in range(1, min(worksheet.max_row, _SEARCHED_ROWS) + 1):
        found = _titles_of(worksheet, row)
        hits = sum(fold_title(title) in wanted for title in found.values())
        if hits and hits >= best:
            best, best_row, best_titles = hits, row, found
    if not best:
        raise TemplateFault(
            f"模板“{package.name}”的表“{worksheet.title}”里找不到表头；请保留写有列名的一行（如“{next(iter(titles))}”）。"
        )
    return best_row, best_titles


def _titles_of(worksheet: Worksheet, row: int) -> dict[int, str]:
    """The titles ending in a row, those of cells merged downwards included."""
    found = {
        cell.column: plain_title(str(cell.value))
        for cell in worksheet[row]
        if cell.value is not None and isinstance(cell.column, int)
    }
    for area in worksheet.merged_cells.ranges:
        if area.max_row == row and area.min_row < row and area.min_col == area.max_col:
            value = worksheet.cell(area.min_row, area.min_col).value
            if value is not None:
                found[area.min_col] = plain_title(str(value))
        elif area.min_row <= row < area.max_row:
            found.pop(area.min_col, None)
    return found


def _columns(
    worksheet: Worksheet,
    head: str,
    titles: dict[int, str],
    keys: dict[str, str],
    styles: dict[int, int | None],
    model: str,
    first: int,
) -> list[Column]:
    widths, column_styles = _column_formats(head)
    row_format = attributes(model[: model.index(">") + 1].encode())
    row_style = int(row_format["s"]) if row_format.get("customFormat") and "s" in row_format else None
    columns = list[Column]()
    for number in sorted({*titles, *styles}):
        cell = worksheet.cell(first, number)
        title = titles.get(number, "")
        fallback = row_style if row_style is not None else column_styles.get(number)
        columns.append(
            Column(
                number=number,
                title=title,
                key=keys.get(fold_title(title), title),
                style=styles[number] if styles.get(number) is not None else fallback,
                shows_dates=is_date_format(cell.number_format),
                wraps=bool(cell.alignment and cell.alignment.wrap_text),
                size=float((cell.font.sz if cell.font else None) or 11),
                width=widths.get(number, _DEFAULT_WIDTH),
            )
        )
    return columns


def _column_formats(head: str) -> tuple[dict[int, float], dict[int, int]]:
    widths, styles = dict[int, float](), dict[int, int]()
    for tag in _COLUMN.findall(head):
        found = attributes(tag.encode())
        for number in range(int(found["min"]), min(int(found["max"]), 500) + 1):
            if "width" in found:
                widths[number] = float(found["width"])
            if "style" in found:
                styles[number] = int(found["style"])
    return widths, styles


def _cell_styles(row: str) -> dict[int, int | None]:
    found = dict[int, int | None]()
    for match in _CELL.finditer(row):
        tag = attributes(match[0][: match[0].index(">") + 1].encode())
        found[column_number(match[1])] = int(tag["s"]) if "s" in tag else None
    return found


def _filled_down(texts: dict[tuple[int, int], str], first: int, row: int) -> set[int]:
    """The columns where a row has the model row's formula as filling down makes it."""
    found = set[int]()
    for (at, column), text in texts.items():
        if at == first and (row, column) in texts:
            made = Translator(f"={text}", f"A{first}").translate_formula(f"A{row}")
            if made == f"={texts[row, column]}":
                found.add(column)
    return found


def _is_spare(row: str, styles: dict[int, int | None], formulas: Collection[int]) -> bool:
    """Whether a row below the model row is a prepared line of the same look, at most with its formulas."""
    is_empty = all(
        not match[2] or ("<f" in match[2] and column_number(match[1]) in formulas) for match in _CELL.finditer(row)
    )
    return is_empty and bool(styles) and _cell_styles(row) == styles


def _refuse_model_faults(
    package: Package, worksheet: Worksheet, formulas: Collection[int], ours: dict[int, str], rows: tuple[int, int]
) -> None:
    """A formula must not stand where the program writes; `ours` are the titles it fills."""
    where = f"模板“{package.name}”的表“{worksheet.title}”第 {rows[0]} 行（样板行）"
    for number, title in ours.items():
        if number in formulas:
            raise TemplateFault(f"{where}含有公式，而“{title}”列由程序填写；请删去其中的公式，或换成别的列名。")
    if any(area.min_row <= rows[1] and area.max_row >= rows[0] for area in worksheet.merged_cells.ranges):
        raise TemplateFault(f"{where}有合并单元格；请取消合并后再试。")
    if any(isinstance(worksheet.cell(rows[0], column).value, ArrayFormula) for column in formulas):
        raise TemplateFault(f"{where}有数组公式；请改成普通公式。")


def _row_number(row: str) -> int:
    match = re.match(r'<row\b[^>]*?\br="(\d+)"', row)
    if match is None:
        raise TemplateFault("模板中的行没有行号；请用 Excel 或 WPS 打开模板后另存为 xlsx 再试。")
    return int(match[1])
