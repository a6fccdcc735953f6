"""Rows of values turned into rows of a sheet's XML, in the formats of the model row."""

import re
from array import array
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel.check import EMPTY, number_mark, text_mark, value_mark
from xuncha_desktop.exports.excel.fill import SheetRows, Value
from xuncha_desktop.exports.excel.layout import Column, Layout
from xuncha_desktop.exports.excel.long import LongTexts
from xuncha_desktop.exports.excel.sheet import valued_cell
from xuncha_desktop.exports.excel.styles import Styles
from xuncha_desktop.exports.excel.text import (
    MAX_HEIGHT,
    capacity,
    height,
    illegal_position,
    inline,
    line_count,
    pieces,
    starts_like_formula,
    with_pointer,
)
from xuncha_desktop.exports.excel.values import ErrorValue, number
from xuncha_desktop.exports.excel.values import Value as CellValue

_ISO_DATE = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
_CACHED_LENGTH, _CACHED_TEXTS = 60, 20_000
_FEN_IN_WAN = 1_000_000
_LARGEST_EXACT = 10**15
# Stands in the rows for a formula until its value is known; no text of a cell can hold it.
_FORMULA, FORMULAS = "\0", re.compile(rb"\0(\d+) (\d+)\0")


class _Slot:
    """One column made ready for writing many cells."""

    def __init__(self, column: Column, styles: Styles, *, is_money: bool, is_date: bool, is_kept: bool) -> None:
        self.column, self.key, self.number = column, column.key, column.number
        self.title, self.is_money, self.is_date = column.title, is_money, is_date
        self.marks = array("q")
        self.mark = self.marks.append
        self.kept = list[CellValue]() if is_kept else None
        self.style = style = column.style or 0
        self.start = f'<c r="{column.letters}'
        format_ = f'" s="{style}"' if style else '"'
        self.empty = f"{format_}/>"
        self.text = f'{format_} t="inlineStr">'
        self.figure = f"{format_}><v>"
        self._styles = styles
        self.heights = dict[str, float]()
        self.fits = capacity(column.width, column.size) if column.wraps else 0

    def height(self, text: str) -> float:
        """The height a wrapped text needs; short ones repeat and are remembered."""
        needed = height(line_count(text, self.fits), self.column.size)
        if len(text) <= _CACHED_LENGTH and len(self.heights) < _CACHED_TEXTS:
            self.heights[text] = needed
        return needed

    def quoted(self) -> str:
        """The start of a cell whose text looks like a formula."""
        return f'" s="{self._styles.quoted(self.style)}" t="inlineStr">'

    def lighter(self) -> str:
        """The start of a cell that repeats the one above."""
        return f'" s="{self._styles.lighter(self.style)}" t="inlineStr">'

    def dated(self) -> str:
        """The start of a cell that holds a date."""
        style = self.style if self.column.shows_dates else self._styles.dated(self.style)
        return f'" s="{style}"><v>'


class RowWriter:
    """Writes the rows of one sheet, and remembers what read-back and totals need of them."""

    def __init__(
        self,
        layout: Layout,
        styles: Styles,
        long_texts: LongTexts,
        epoch: date,
        rows: SheetRows,
        kept: Collection[int] = (),
    ) -> None:
        """The values of `kept` columns are kept: formulas, charts and groups are made from them."""
        self._layout, self._long, self._epoch = layout, long_texts, epoch
        self._slots = [
            _Slot(
                column,
                styles,
                is_money=column.key in rows.money,
                is_date=column.key in rows.dates,
                is_kept=column.number in kept and column.number not in layout.formulas,
            )
            for column in layout.columns
        ]
        self._by_number = {slot.number: slot for slot in self._slots}
        by_key = {slot.key: slot for slot in self._slots}
        self._grouped = [by_key[title] for title in rows.lighter_repeats if title in by_key]
        self._above: tuple[object, ...] = ()
        self._cache = dict[str, tuple[str, bool, str]]()
        row_format = re.sub(r'\s(?:r|ht|customHeight|spans)="[^"]*"', "", layout.model_tag)[len("<row") : -1]
        self._row_format = row_format.rstrip()
        self.marks = {slot.number: slot.marks for slot in self._slots if slot.title or slot.number in layout.formulas}
        self.kept = {slot.number: slot.kept for slot in self._slots if slot.kept is not None}
        self.count = self.cut = 0
        self.filled_unknown = set[str]()

    def write(self, values: Mapping[str, Value]) -> str:
        """One row of values as XML."""
        number = self._layout.first + self.count
        self.count += 1
        for title in self._layout.unknown:
            if title in values:
                self.filled_unknown.add(title)
        lighter = self._repeats(values) if self._grouped else ()
        formulas = self._layout.formulas
        cells, tallest, known_text = list[str](), self._layout.least_height, self._cache.get
        for slot in self._slots:
            value = values.get(slot.key) if slot.title else None
            if slot.number in formulas:
                cells.append(f"{_FORMULA}{slot.number} {number}{_FORMULA}")
                continue
            if value is None or value == "":
                cells.append(f"{slot.start}{number}{slot.empty}")
                slot.mark(EMPTY)
                if slot.kept is not None:
                    slot.kept.append(None)
                continue
            if isinstance(value, bool):
                value = "是" if value else "否"
            if not isinstance(value, str) or slot.is_date:
                figure = self._figure(slot, value, number)
                if figure is not None:
                    cells.append(f"{slot.start}{number}{figure}</v></c>")
                    continue
                value = str(value)
            slot.mark(text_mark(value))
            body, is_formula_like, held = known_text(value) or self._text(slot, value, number)
            if slot.kept is not None:
                slot.kept.append(held)
            start = slot.quoted() if is_formula_like else slot.lighter() if slot in lighter else slot.text
            cells.append(f"{slot.start}{number}{start}{body}</c>")
            if slot.fits and (needed := slot.heights.get(value) or slot.height(value)) > tallest:
                tallest = needed
        self.cut += tallest >= MAX_HEIGHT
        return f'<row r="{number}"{self._row_format} ht="{tallest:g}" customHeight="1">' + "".join(cells) + "</row>"

    def empty_row(self) -> str:
        """The model row without values, for a table without data: totals keep a row to stand on."""
        number = self._layout.first
        cells = "".join(f"{slot.start}{number}{slot.empty}" for slot in self._slots)
        return f'<row r="{number}"{self._row_format} ht="{self._layout.least_height:g}" customHeight="1">{cells}</row>'

    def formula_cell(self, column: int, row: int, formula: str, value: float | str | ErrorValue) -> str:
        """The cell of a formula that was left open, now that its value is known."""
        slot = self._by_number[column]
        slot.mark(value_mark(value))
        return valued_cell(f"{slot.column.letters}{row}", f's="{slot.style}"' if slot.style else "", formula, value)

    def _text(self, slot: _Slot, value: str, number: int) -> tuple[str, bool, str]:
        """A text as XML, whether it looks like a formula, and what of it stands in the cell."""
        at = illegal_position(value)
        if at:
            raise UserError(
                f"表“{self._layout.sheet}”第 {number} 行“{slot.title}”列第 {at} 个字是表格不能保存的字符；"
                "请在相应记录里删去这个字符后再导出。"
            )
        first, *rest = pieces(value)
        if rest:
            row = self._long.add(self._layout.sheet, number, slot.key, rest)
            held = with_pointer(first, row)
            return inline(held), starts_like_formula(first), held
        made = inline(value), starts_like_formula(value), value
        if len(value) <= _CACHED_LENGTH and len(self._cache) < _CACHED_TEXTS:
            self._cache[value] = made
        return made

    def _figure(self, slot: _Slot, value: str | float | date, number: int) -> str | None:
        """The start of a cell with a number or date and the number itself; None if it must stand as text."""
        if isinstance(value, str | date):
            day = self._day(value)
            if day is None:
                return None
            self._note(slot, day)
            return f"{slot.dated()}{day}"
        if slot.is_money:
            if not isinstance(value, int):
                raise TypeError(f"{self._layout.sheet}!{slot.column.letters}{number}: money is an int of fen")
            exact = Decimal(value) / _FEN_IN_WAN
            self._note(slot, exact)
            return f"{slot.figure}{_digits(exact)}"
        if isinstance(value, int) and abs(value) >= _LARGEST_EXACT:
            return None
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError(f"{self._layout.sheet}!{slot.column.letters}{number}: no finite number")
        self._note(slot, value)
        return f"{slot.figure}{value!r}"

    def _note(self, slot: _Slot, value: Decimal | float) -> None:
        if slot.kept is not None:
            slot.kept.append(value if isinstance(value, Decimal) else number(value))
        slot.mark(number_mark(float(value)))

    def _day(self, value: str | date) -> int | None:
        """The serial number Excel keeps for a day; None for what is no full date or too early for Excel."""
        if isinstance(value, str):
            if not _ISO_DATE.fullmatch(value):
                return None
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return None
        if isinstance(value, datetime):
            value = value.date()
        serial = (value - self._epoch).days
        # Excel believes that 29 February 1900 existed: serial numbers before it are a day off.
        return serial if value >= date(1904, 1, 2) or (serial > 60 and self._epoch.year == 1899) else None

    def _repeats(self, values: Mapping[str, Value]) -> list[_Slot]:
        """The grouped columns that say the same as the row above, up to the first that does not."""
        row = tuple(values.get(slot.key) for slot in self._grouped)
        same = takewhile(lambda pair: pair[0] == pair[1], zip(row, self._above, strict=False))
        self._above = row
        return self._grouped[: len(list(same))]


def _digits(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
