"""What cells hold as Excel computes with it: numbers, texts, truth values, errors, nothing; and how they compare."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import cached_property

from openpyxl.utils.datetime import to_excel

from xuncha_desktop.exports.excel.expressions import Refused

_AS_EXCEL = Context(prec=15)  # Excel tells numbers apart by fifteen digits
_LARGEST, _SMALLEST = Decimal(10) ** 15, Decimal(10) ** -6
_MOST_DIGITS = 300


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What Excel shows where there is no value."""

    code: str


NOT_A_VALUE, DIVISION = ErrorValue("#VALUE!"), ErrorValue("#DIV/0!")
Value = Decimal | str | bool | ErrorValue | None


@dataclass(frozen=True)
class Area:
    """The values of a rectangle row by row, and how many empty cells whole columns have besides."""

    values: Sequence[Value]
    width: int
    more: int = 0

    @cached_property
    def places(self) -> Mapping[object, tuple[Value, list[int]]]:
        """Where each value stands: criteria look at what differs, not at every cell."""
        found = dict[object, tuple[Value, list[int]]]()
        for place, value in enumerate(self.values):
            found.setdefault(key(value), (value, []))[1].append(place)
        return found


def of_cell(value: object, epoch: datetime) -> Value:
    """A cell of the template; days and times are numbers."""
    if value is None or isinstance(value, bool | Decimal):
        return value
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, date | time | timedelta):
        return number(to_excel(value, epoch))
    return ErrorValue(str(value)) if re.fullmatch(r"#[A-Z/0!?]+", str(value)) else str(value)


def number(value: float) -> Decimal:
    """A number as it is written."""
    return Decimal(value) if isinstance(value, int) else Decimal(repr(value))


def written(value: Value) -> int | float | str | bool | ErrorValue:
    """A value as a cell keeps it; a formula that gives nothing gives zero."""
    if value is None:
        return 0
    if isinstance(value, Decimal):
        if value.adjusted() > _MOST_DIGITS:
            raise Refused("结果太大", "请改正公式")
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def to_number(value: Value) -> Decimal | ErrorValue:
    """What signs and functions calculate with."""
    if isinstance(value, ErrorValue | Decimal):
        return value
    if value is None or isinstance(value, bool):
        return Decimal(bool(value))
    if any(char.isnumeric() for char in value):
        # Which texts Excel takes for numbers, days or times depends on the language of the machine.
        raise Refused(f"文字“{value[:20]}”被当作数来算", "请让公式只取数字列，或改用 SUM、COUNT 等跳过文字的函数")
    return NOT_A_VALUE


def to_text(value: Value) -> str | ErrorValue:
    """What & joins: numbers with at most fifteen digits."""
    if value is None or isinstance(value, ErrorValue | str):
        return "" if value is None else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    short = rounded(value)
    if short and not _SMALLEST <= abs(short) < _LARGEST:
        raise Refused(f"{short} 太大或太小，不能用 & 接在文字里", "请让这个数单独占一格")
    text = format(short, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_truth(value: Value) -> bool | ErrorValue:
    """What IF goes by."""
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            raise Refused(f"文字“{value}”被当作是非值", "请改成比较，如 A4=1")
        return NOT_A_VALUE
    return value if isinstance(value, ErrorValue) else bool(value)


def rounded(value: Decimal) -> Decimal:
    """A number as Excel tells it from others."""
    return _AS_EXCEL.plus(value)


def key(value: Value) -> object:
    """Equal for what Excel takes for the same: texts in either case, numbers to fifteen digits."""
    if isinstance(value, str):
        return "text", value.lower()
    return (type(value), rounded(value) if isinstance(value, Decimal) else value)


def compared(left: Value, right: Value, sign: str) -> bool | ErrorValue:
    """Whether a comparison holds; an empty cell is as good as zero, no text or FALSE."""
    for value in (left, right):
        if isinstance(value, ErrorValue):
            return value
    left, right = _filled(left, right), _filled(right, left)
    if isinstance(left, bool) != isinstance(right, bool):
        raise Refused("拿是非值与数字或文字比较", "请用 IF 分别写出两种情况")
    if sign in ("=", "<>"):
        return (key(left) == key(right)) == (sign == "=")
    if isinstance(left, str) and isinstance(right, str):
        raise Refused("比较两段文字的先后", "请只用 = 或 <> 比较文字")
    # Every text comes behind every number.
    first, second = ((isinstance(one, str), _order(one)) for one in (left, right))
    return {"<": first < second, ">": first > second, "<=": first <= second, ">=": first >= second}[sign]


def _filled(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else Decimal()


def _order(value: Value) -> Decimal:
    return rounded(Decimal(value)) if isinstance(value, Decimal | bool) else Decimal()
