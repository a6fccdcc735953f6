"""A table as it was found outside: values in rows, before anybody knows what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xuncha_desktop.errors import UserError

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 200, 2_000_000
MARK_NAME = "_xuncha_export"  # the name under which a sheet of ours keeps which export it comes from
_MOST_MERGED = 1_000_000  # cells under merged areas, all areas together


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, and what its cell shows: a year and month alone, perhaps."""

    day: date
    shown: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number whose cell shows more than the number: 0128, 记-0128."""

    number: Decimal
    shown: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell whose value cannot be had, and why."""

    shown: str
    why: str


Value = str | Decimal | bool | Dated | Shown | Fault  # "" where a cell is empty


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; the value is that of the first one."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """Rows by their number from 1, columns from 0; what is hidden, and what was seen and cannot be taken in."""

    name: str
    rows: dict[int, list[Value]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)  # "2 个隐藏的工作表：…"
    places: Sequence[str] = ()  # names of the rows where they have no number of their own: 第2份底稿
    mark: str = ""  # of the export it comes from

    def value(self, row: int, column: int) -> Value:
        """The value of one cell; empty beyond the end of its row."""
        cells = self.rows.get(row, ())
        return cells[column] if column < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Source:
    """All that a file or a clipboard holds."""

    name: str
    sheets: tuple[Sheet, ...]


def shown(value: Value) -> str:
    """What a person sees in the cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value.shown


def plain_number(number: Decimal) -> str:
    """A number without exponent and idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def letters(column: int) -> str:
    """A for 0, AA for 26."""
    text, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        text = chr(ord("A") + place) + text
    return text


def origins(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell under a merged area but the first: the first, which holds the value."""
    last = max(sheet.rows, default=0)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    left = _MOST_MERGED
    for area in sheet.merged:
        bottom, right = min(area.bottom, last), min(area.right, MOST_COLUMNS - 1)
        left -= max(0, bottom - area.top + 1) * max(0, right - area.left + 1)
        if left < 0:
            raise UserError(f"“{sheet.name}”里合并的单元格太多，没有读入；请在 Excel 或 WPS 里取消合并后再试。")
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                found[row, column] = (area.top, area.left)
        found.pop((area.top, area.left), None)
    return found
