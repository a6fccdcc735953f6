"""Lists as offices keep them: the same records under two hundred shapes of Excel, and a wrong value in some."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,-/"}
_CHINESE = "〇一二三四五六七八九"
_DATE_FORMATS = ("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "yyyy/m/d", "[$-804]yyyy\\年m\\月d\\日", "m/d/yy")
YES, NO = ("是", "√", "有", "Y"), ("否", "×", "无", "N")


@dataclass(frozen=True)
class Col:
    """A field with the headings it may stand under and how its values are written."""

    name: str
    headings: Sequence[str]
    write: Callable[["Shape", Cell, Any], None]
    wrong: Sequence[Any] = ()
    group: str = ""  # the upper heading where the lower one alone is written under it


@dataclass
class Shape:
    """What is odd about one sheet."""

    number: int
    random: Random
    cents: int = 100  # what one of the money column is
    odd: set[str] = field(default_factory=set)

    def has(self, name: str, of: int = 3) -> bool:
        """Whether the sheet has this oddity: one in so many does."""
        if self.random.randrange(of) == 0:
            self.odd.add(name)
            return True
        return False


@dataclass
class Sheet:
    """A file, and where what stands in it."""

    path: Path
    shape: Shape
    rows: list[int]  # row of each record
    letters: dict[str, str]  # column letter by field
    headings: dict[str, str]
    wrong: tuple[int, str] | None = None  # row and field


def text(shape: Shape, cell: Cell, value: str) -> None:
    """A text, some with blanks around."""
    cell.value = f" {value}　" if shape.has("blanks around", 9) else value


def code_number(shape: Shape, cell: Cell, value: str) -> None:
    """Digits that are no number: as text, or as a number with a format that shows the zeros."""
    if shape.has("zeros by format", 2):
        cell.value = int(value)
        cell.number_format = "0" * len(value)
    else:
        cell.value = value


def whole(shape: Shape, cell: Cell, value: int) -> None:
    """A number as number or text, full width, with a counter."""
    ways: list[Any] = [value, str(value), f"{value:,}", str(value).translate(_FULL_WIDTH), f"{value}户", float(value)]
    cell.value = shape.random.choice(ways)


def money(shape: Shape, cell: Cell, value: int) -> None:
    """分 in the unit of the column, or with a unit of its own."""
    number = Decimal(value) / shape.cents
    ways: list[Any] = [
        float(number),
        f"{number:,f}",
        f"{number:f}".translate(_FULL_WIDTH),
        f"{Decimal(value) / 100:,f}元",
        f"{Decimal(value) / 1_000_000:f}万元",
        f" {number:f} ",
    ]
    cell.value = shape.random.choice(ways)


def day(shape: Shape, cell: Cell, value: str) -> None:
    """A day in every writing."""
    real = date.fromisoformat(value)
    way = shape.random.randrange(12)
    parts = (real.year, real.month, real.day)
    chinese = "{}年{}月{}日".format(*parts)
    written = (
        "{}.{}.{}".format(*parts), value, "{}/{}/{}".format(*parts), chinese, f"{real:%Y%m%d}", _in_words(real),
        chinese.translate(_FULL_WIDTH), "{} 年 {} 月 {} 日".format(*parts),
    )  # fmt: skip
    if way < len(written):
        cell.value = written[way]
        cell.number_format = "@"
    elif way == 8:
        cell.value = (real - date(1899, 12, 30)).days  # nobody said that it is a day
    elif way == 9:
        cell.value = int(f"{real:%Y%m%d}")
    else:
        cell.value = real if way == 10 else datetime(real.year, real.month, real.day)
        cell.number_format = shape.random.choice(_DATE_FORMATS)


def yes_no(shape: Shape, cell: Cell, value: bool) -> None:
    """Yes or no."""
    cell.value = shape.random.choice([value, shape.random.choice(YES if value else NO)])


def one_of(words: Mapping[str, Sequence[str]]) -> Callable[[Shape, Cell, Any], None]:
    """A code by one of its words."""

    def write(shape: Shape, cell: Cell, value: str) -> None:
        cell.value = shape.random.choice(words[value])

    return write


def some_of(words: Mapping[str, Sequence[str]]) -> Callable[[Shape, Cell, Any], None]:
    """Several codes, parted in any way."""

    def write(shape: Shape, cell: Cell, value: Sequence[str]) -> None:
        between = shape.random.choice(("、", "，", "；", "\n", ",", " 、"))
        cell.value = between.join(shape.random.choice(words[code]) for code in value)

    return write


def _in_words(real: date) -> str:
    def number(value: int) -> str:
        tens, ones = divmod(value, 10)
        return f"{'' if tens < 2 else _CHINESE[tens]}{'十' if tens else ''}{_CHINESE[ones] if ones else ''}"

    return f"{''.join(_CHINESE[int(sign)] for sign in str(real.year))}年{number(real.month)}月{number(real.day)}日"


def build(
    path: Path, number: int, columns: Sequence[Col], records: Sequence[Mapping[str, Any]], *, wrong: bool
) -> Sheet:
    """Write the records into a sheet of shape `number`, one value of it wrong if wanted."""
    shape = Shape(number, Random(number))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "名单"
    writer = _Writer(shape, sheet, columns)
    made = writer.write(records, wrong)
    if shape.has("hidden sheet"):
        hidden = book.create_sheet("旧表", 0)
        hidden.sheet_state = "hidden"
        hidden.append([writer.headings[col.name] for col in columns])
        hidden.append(["不应读到"] * len(columns))
    if shape.has("other sheet", 5):
        book.create_sheet("说明").append(["填表时请注意"])
    book.save(path)
    rows = [row for row in made if row]
    letters = {name: get_column_letter(place) for name, place in writer.places.items()}
    return Sheet(path, shape, rows, letters, writer.headings, writer.wrong)


def _plain(sheet: Worksheet, row: int, place: int) -> Cell:
    """A cell that no merged one covers."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)
    return cell


class _Writer:
    def __init__(self, shape: Shape, sheet: Worksheet, columns: Sequence[Col]) -> None:
        self._shape = shape
        self._sheet = sheet
        self._columns = list(columns)
        if shape.has("other order", 2):
            shape.random.shuffle(self._columns)
        self._row = 1 + shape.random.choice((0, 0, 1, 2))
        self.wrong: tuple[int, str] | None = None
        self.headings: dict[str, str] = {}
        self.places: dict[str, int] = {}
        self._counting = shape.has("counting column", 2)
        self._extra = shape.has("extra column")
        place = shape.random.choice((1, 1, 2, 3))
        if self._counting:
            self._order, place = place, place + 1
        for column in self._columns:
            if shape.has("blank column", 20):
                place += 1
            self.places[column.name] = place
            place += 1
        self._after = place

    def write(self, records: Sequence[Mapping[str, Any]], wrong: bool) -> list[int]:
        """Everything from the title to the notes; the row of each record."""
        shape = self._shape
        self._write_title()
        self._write_headings()
        if shape.has("numbered columns", 6):
            for count, place in enumerate(sorted(self.places.values()), 1):
                self._sheet.cell(self._row, place, count)
            self._row += 1
        bad = shape.random.randrange(len(records)) if wrong else -1
        rows = [self._write_record(index, record, index == bad) for index, record in enumerate(records)]
        self._write_merged(rows, records)
        self._write_end()
        return rows

    def _write_title(self) -> None:
        shape, sheet = self._shape, self._sheet
        if shape.has("title", 2):
            sheet.cell(self._row, 1, "虚构市委巡察工作登记表")
            if shape.has("merged title", 2):
                sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=self._after)
            self._row += 1
        shape.cents = 100
        self._unit = shape.random.choice(("heading 元", "heading 万元", "heading 千元", "line 元", "line 万元"))
        factor = {"元": 100, "万元": 1_000_000, "千元": 100_000}
        shape.cents = factor[self._unit.split()[1]]
        shape.odd.add(self._unit)
        if self._unit.startswith("line"):
            sheet.cell(self._row, self._after - 1, f"单位：{self._unit.split()[1]}")
            self._row += 1
        if shape.has("row of facts above", 5):
            sheet.cell(self._row, 1, "填报单位：虚构镇")
            sheet.cell(self._row, 4, "填报日期：2031年3月1日")
            self._row += 1

    def _write_headings(self) -> None:
        shape, sheet = self._shape, self._sheet
        merged = shape.has("two levels", 2)
        tied = merged and not shape.has("two levels, not merged", 3)
        top = self._row
        if self._counting:
            sheet.cell(top, self._order, "序号")
            if tied:
                sheet.merge_cells(start_row=top, end_row=top + 1, start_column=self._order, end_column=self._order)
        for column in self._columns:
            heading = shape.random.choice(column.headings)
            if column.write is money and self._unit.startswith("heading"):
                unit = self._unit.split()[1]
                heading = shape.random.choice((f"{heading}（{unit}）", f"{heading}({unit})", f"{heading}\n（{unit}）"))
            elif shape.has("blanks in heading", 5):
                heading = " ".join(heading)
            elif shape.has("line break in heading", 6) and len(heading) > 3:
                heading = f"{heading[:2]}\n{heading[2:]}"
            place = self.places[column.name]
            self.headings[column.name] = "".join(heading.split())
            cell = sheet.cell(top, place, heading)
            upper = column.group if merged and "".join(heading.split()).startswith(column.group or "·") else ""
            if upper:
                cell.value = upper
                sheet.cell(top + 1, place, "".join(heading.split()).removeprefix(upper))
            elif tied:
                sheet.merge_cells(start_row=top, end_row=top + 1, start_column=place, end_column=place)
        if self._extra:
            sheet.cell(top, self._after, "领导关注事项")
        if tied:
            self._merge_groups(top)
        has_upper = any(sheet.cell(top + 1, place).value for place in self.places.values())
        self._row = top + (2 if merged and (tied or has_upper) else 1)

    def _merge_groups(self, top: int) -> None:
        """One upper heading over neighbours of the same group."""
        sheet = self._sheet
        for place in sorted(self.places.values()):
            here, right = sheet.cell(top, place), sheet.cell(top, place + 1)
            if here.value and here.value == right.value and sheet.cell(top + 1, place).value:
                right.value = None
                sheet.merge_cells(start_row=top, end_row=top, start_column=place, end_column=place + 1)
                return

    def _write_record(self, index: int, record: Mapping[str, Any], bad: bool) -> int:
        shape, sheet = self._shape, self._sheet
        if index and shape.has("blank row", 6):
            self._row += 1
        if index and shape.has("row with its number only", 12) and self._counting:
            sheet.cell(self._row, self._order, index + 1)
            self._row += 1
        if index and shape.has("hidden row", 10):
            for column in self._columns:
                sheet.cell(self._row, self.places[column.name], "不应读到")
            sheet.row_dimensions[self._row].hidden = True
            self._row += 1
        if index == 2 and shape.has("heading again", 8):
            for column in self._columns:
                sheet.cell(self._row, self.places[column.name], self.headings[column.name])
            self._row += 1
        row = self._row
        if self._counting:
            sheet.cell(row, self._order, index + 1)
        if self._extra:
            sheet.cell(row, self._after, f"关注{index}")
        for column in self._columns:
            value = record.get(column.name)
            if value not in (None, "", (), []):
                column.write(shape, _plain(sheet, row, self.places[column.name]), value)
        if bad:
            wrong = [column for column in self._columns if column.wrong]
            column = shape.random.choice(wrong)
            sheet.cell(row, self.places[column.name]).value = shape.random.choice(list(column.wrong))
            self.wrong = (row, column.name)
        if shape.has("subtotal", 14):
            self._row += 1
            sheet.cell(self._row, min(self.places.values()), "小 计")
            sheet.cell(self._row, max(self.places.values()), 12)
        self._row += 1
        return row

    def _write_merged(self, rows: Sequence[int], records: Sequence[Mapping[str, Any]]) -> None:
        """Neighbours that say the same share one cell, or the lower one says 同上."""
        shape, sheet = self._shape, self._sheet
        for column in self._columns:
            if column.write not in (text, day) or not shape.has("same as above", 3):
                continue
            for upper, lower, one, two in zip(rows, rows[1:], records, records[1:], strict=False):
                same = one.get(column.name) and one.get(column.name) == two.get(column.name)
                if not same or self.wrong in ((upper, column.name), (lower, column.name)) or lower != upper + 1:
                    continue
                place = self.places[column.name]
                if sheet.cell(upper, place).value in (None, "同上"):
                    continue
                if shape.has("merged cells", 2) and not column.name.startswith(
                    ("name", "title", "summary", "subject", "point")
                ):
                    sheet.cell(lower, place).value = None
                    sheet.merge_cells(start_row=upper, end_row=lower, start_column=place, end_column=place)
                    return
                _plain(sheet, lower, place).value = "同上"
                return

    def _write_end(self) -> None:
        shape, sheet = self._shape, self._sheet
        first = min(self.places.values())
        if shape.has("total", 2):
            sheet.cell(
                self._row, self._order if self._counting else first, shape.random.choice(("合计", "总  计", "合计："))
            )
            sheet.cell(self._row, max(self.places.values()), 128.5)
            self._row += 1
        if shape.has("notes", 2):
            self._row += shape.random.choice((0, 1))
            sheet.cell(self._row, first, "注：本表内容均为虚构，如有变动请及时告知巡察办。")
            if shape.has("merged notes", 2):
                sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=first, end_column=self._after)
            self._row += 1
        if shape.has("signatures", 3):
            sheet.cell(self._row, first, "制表人：甲虚构")
            sheet.cell(self._row, first + 2, "审核：乙虚构")
