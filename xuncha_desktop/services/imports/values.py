"""What a cell means for a field: amounts, days in any writing, words of closed lists; or why it means nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.decoding.lists.grid import Dated, Fault, Shown, Value
from xuncha_desktop.decoding.lists.number_formats import serial_day
from xuncha_desktop.model import Field, Kind
from xuncha_desktop.services.imports.choice_words import NO, WORDS, YES
from xuncha_desktop.services.imports.headings import bare
from xuncha_desktop.text import search_key

_UNITS = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
_SHORT = {"万": "万元", "亿": "亿元"}
_AMOUNT = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(元|千元|万元|万|百万元|千万元|亿元|亿)?整?")
_COUNT = re.compile(r"([+-]?\d+(?:\.0*)?)(?:人次|人|名|户|件次|件|份|票|个|项|条|次|起|页|册|轮|轮次)?")
_LARGEST = 2**53 - 1
_DIGITS = 15  # as many as Excel keeps of a number
_CHINESE = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_WRITTEN = re.compile(r"[〇○零一二三四五六七八九十廿卅]+")
_DAY = re.compile(r"(\d{4})(?:年|[-/.,])(\d{1,2})(?:月|[-/.,])(\d{1,2})(?:日|号)?")
_SHORT_YEAR = re.compile(r"(\d{2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?")
_MONTH = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月(?:份)?)?")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?")
_CUT_OFF = re.compile(r"\d{4}\.1|\d{1,2}\.[123]")  # may have been 2020.10 or 4.20
_TIME = re.compile(r"(?<=[\d日号])[ t]*(?:[上下中]午)?[ ]*\d{1,2}[:时点]\d{0,2}(?::\d{2}(?:\.\d+)?|分)?z?$")
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")
_HAN = "\u2e80-\u9fff\uf900-\ufaff"
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 73_050  # 1940 to 2099: other numbers are no days


class Unreadable(Exception):
    """A cell that says nothing a field can keep; the words follow the cell's name."""


@dataclass(frozen=True, slots=True)
class Read:
    """A value, and what a person should know of how it was understood."""

    value: Any
    remark: str = ""


def read(field: Field, entity: str, value: Value, cents: int | None, today: date) -> Read:
    """The value of a cell for a field that names no other records; `cents` is the unit its heading names."""
    if isinstance(value, Fault):
        raise Unreadable(value.why)
    match field.kind:
        case Kind.TEXT:
            return Read(_line(text_of(value), field))
        case Kind.LONGTEXT | Kind.RICHTEXT:
            return Read(text_of(value))
        case Kind.INT:
            return Read(_whole(value))
        case Kind.MONEY | Kind.YUAN:
            return _money(field, value, cents)
        case Kind.DATE:
            return day_of(value, today)
        case Kind.BOOL:
            return Read(_yes(value))
        case Kind.ENUM:
            return Read(code_of(field, entity, text_of(value)))
        case Kind.ENUMS:
            return Read(_codes(field, entity, text_of(value)))
        case _:
            raise AssertionError(field.kind)


def text_of(value: Value) -> str:
    """The text of a cell; a number of which Excel has lost digits is refused."""
    number = value.number if isinstance(value, Shown) else value
    if isinstance(number, Decimal) and number.adjusted() >= _DIGITS:
        raise Unreadable("是超过 15 位的数，末尾几位已被 Excel 丢失；请在表里把该格设为文本，重新填写")
    return grid.shown(value).strip()


def parts(text: str) -> list[str]:
    """The names in a cell that lists several."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def code_of(field: Field, entity: str, text: str) -> str:
    """The code of a word of a closed list."""
    known = _words(entity, field.name, tuple((field.choices or {}).items()))
    for form in (text, re.sub(r"[(（].*?[)）]", "", text)):
        if (found := known.get(bare(form))) is not None:
            return found
    raise Unreadable(f"没有“{_cut(text)}”这一项，可用：{'、'.join((field.choices or {}).values())}")


def day_of(value: Value, today: date) -> Read:
    """A day in any of the ways people write it."""
    if isinstance(value, Dated):
        return Read(value.day.isoformat(), f"时刻 {value.time} 没有导入" if value.time else "")
    number = _number(value)
    if number is not None and _CUT_OFF.fullmatch(grid.plain_number(number)):
        raise Unreadable(f"写成了数 {grid.plain_number(number)}，末尾的 0 可能已丢失；请把该格设为文本，重新填写日期")
    text = _WEEKDAY.sub("", search_key(text_of(value)).strip()).strip()
    time = _TIME.search(text)
    squeezed = re.sub(r"\s+", "", text[: time.start()] if time else text)
    remark = "时刻没有导入" if time and re.search(r"[1-9]", time[0]) else ""
    plain = _WRITTEN.sub(lambda found: _arabic(found[0]), squeezed)
    for pattern, read_as in ((_DAY, _full), (_SHORT_YEAR, _in_century), (_MONTH, _first), (_NO_YEAR, _nearest)):
        if found := pattern.fullmatch(plain):
            return _with(read_as(value, [int(part) for part in found.groups()], today), remark)
    if re.fullmatch(r"\d{8}", plain):
        return _full(value, [int(plain[:4]), int(plain[4:6]), int(plain[6:])], today)
    if re.fullmatch(r"\d{6}", plain) and 1900 < int(plain[:4]) < 2100:
        return _first(value, [int(plain[:4]), int(plain[4:])], today)
    if re.fullmatch(r"\d{5}(\.\d+)?", plain) and _FIRST_SERIAL <= float(plain) <= _LAST_SERIAL:
        day = serial_day(int(float(plain)))
        return Read(day.isoformat() if day else None)
    raise Unreadable(f"应为日期，如 2020-4-16；现在写的是“{_cut(grid.shown(value))}”")


def period_of(value: Value, today: date) -> tuple[str | None, str | None]:
    """From when to when: 2019年3月至2020年5月, 2019年, one day."""
    if isinstance(value, Dated):
        return value.day.isoformat(), value.day.isoformat()
    text = _WRITTEN.sub(lambda found: _arabic(found[0]), re.sub(r"\s+", "", search_key(text_of(value))))
    dashes = "-" if re.search(r"[年./]", text) else r"-(?=\d{4}(?!\d))"
    ends = re.split(rf"至今|至|到|~|—+|–|{dashes}", text)
    ends = [end for end in ends if end] or [text]
    if len(ends) == 2 and not re.match(r"\d{4}", ends[1]):
        ends[1] = f"{ends[0][:4]}年{ends[1]}"
    bounds = [_bounds(end) for end in ends]
    if len(bounds) > 2 or None in bounds:
        raise Unreadable(f"应为一段时间，如“2019年3月至2020年5月”；现在写的是“{_cut(grid.shown(value))}”")
    known = [bound for bound in bounds if bound]
    until = None if text.endswith("至今") else known[-1][1].isoformat()
    if until and until < known[0][0].isoformat():
        raise Unreadable(f"止在起之前：“{_cut(grid.shown(value))}”")
    return known[0][0].isoformat(), until


def _line(text: str, field: Field) -> str:
    """Text of one line; codes, which stand in numbers, in plain letters and digits."""
    joined = _BREAK.sub(lambda found: _joint(text, found), text)
    return re.sub(r"\s", "", search_key(joined)).upper() if field.name == "code" and joined.isascii() else joined


def _joint(text: str, found: re.Match[str]) -> str:
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    return " " if re.fullmatch(r"[A-Za-z0-9]{2}", before + after) else ""


def _whole(value: Value) -> int:
    number = _number(value)
    if number is None:
        found = _COUNT.fullmatch(_figure(text_of(value)))
        number = Decimal(found[1]) if found else None
    if number is None or number != number.to_integral_value():
        raise Unreadable(f"应为整数，如 12；现在写的是“{_cut(grid.shown(value))}”")
    if abs(number) > _LARGEST:
        raise Unreadable("数值太大，请核对")
    return int(number)


def _money(field: Field, value: Value, cents: int | None) -> Read:
    number, unit = _number(value), None
    if number is None:
        found = _AMOUNT.fullmatch(_figure(text_of(value)))
        if found is None:
            raise Unreadable(f"应为金额，如 12.5；现在写的是“{_cut(grid.shown(value))}”")
        number, unit = Decimal(found[1]), found[2]
    if number < 0 and field.kind is Kind.MONEY:
        raise Unreadable(f"不能是负数；现在写的是“{_cut(grid.shown(value))}”")
    if unit:
        cents = 100 * _UNITS[_SHORT.get(unit, unit)]
    elif cents is None:
        cents = 1_000_000 if field.kind is Kind.MONEY else 100
    exact = number * cents
    whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if abs(whole) > _LARGEST:
        raise Unreadable("数值太大，请核对单位")
    if abs(exact - whole) > Decimal("0.001"):
        raise Unreadable(f"不足一分的尾数放不下：“{_cut(grid.shown(value))}”；请先在表里四舍五入")
    return Read(int(whole))


def _number(value: Value) -> Decimal | None:
    if isinstance(value, Shown):
        return value.number
    return value if isinstance(value, Decimal) else None


def _figure(text: str) -> str:
    plain = re.sub(r"[\s,¥]|人民币|(?:rmb|cny)", "", search_key(text))
    negative = re.fullmatch(r"\(([\d.]+)\)", plain)  # as accountants write it
    return f"-{negative[1]}" if negative else plain


def _yes(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    text = re.sub(r"\s", "", search_key(text_of(value)))
    if text in YES or text in NO:
        return text in YES
    raise Unreadable(f"应为“是”或“否”；现在写的是“{_cut(text)}”")


def _codes(field: Field, entity: str, text: str) -> tuple[str, ...]:
    try:
        return (code_of(field, entity, text),)
    except Unreadable:
        found = [code_of(field, entity, part) for part in parts(text)]
    return tuple(dict.fromkeys(found))


@cache
def _words(entity: str, name: str, choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, words in choices:
        for form in (words, re.sub(r"[(（].*?[)）]", "", words)):
            found.setdefault(bare(form), code)
    for code, words in WORDS.get(f"{entity}.{name}", {}).items():
        for word in words.split():
            found.setdefault(bare(word), code)
    return found


def _full(value: Value, numbers: list[int], today: date) -> Read:
    try:
        return Read(date(*numbers).isoformat())
    except ValueError:
        raise Unreadable(f"没有这一天：“{_cut(grid.shown(value))}”") from None


def _in_century(value: Value, numbers: list[int], today: date) -> Read:
    century = today.year - today.year % 100
    year = numbers[0] + (century if century + numbers[0] <= today.year + 20 else century - 100)
    return _with(_full(value, [year, *numbers[1:]], today), f"年份按 {year} 年")


def _first(value: Value, numbers: list[int], today: date) -> Read:
    return _with(_full(value, [*numbers, 1], today), "只写到月，按 1 日")


def _nearest(value: Value, numbers: list[int], today: date) -> Read:
    """A day without a year is the one nearest to today."""
    found: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, *numbers))
        except ValueError:
            continue
    if not found:
        raise Unreadable(f"没有这一天：“{_cut(grid.shown(value))}”")
    day = min(found, key=lambda one: abs(one - today))
    return Read(day.isoformat(), f"没有写年份，按 {day.year} 年")


def _bounds(text: str) -> tuple[date, date] | None:
    """The first and last day of a day, month or year."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if not re.fullmatch(r"\d{4}(?:年度?|[-/.])?(?:\d{1,2}(?:月份?|[-/.])?(?:\d{1,2}[日号]?)?)?", text):
        return None
    try:
        if len(numbers) == 3:
            return date(*numbers), date(*numbers)
        first = date(numbers[0], numbers[1] if len(numbers) > 1 else 1, 1)
    except ValueError:
        return None
    months = 12 if len(numbers) == 1 else first.month
    return first, date(first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _arabic(written: str) -> str:
    """二〇二〇 as 2020, 十六 as 16."""
    written = written.replace("廿", "二十").replace("卅", "三十")
    if "十" not in written:
        return "".join(_CHINESE[sign] for sign in written)
    tens, _, ones = written.rpartition("十")
    return str((int(_CHINESE.get(tens, "1")) if tens else 1) * 10 + (int(_CHINESE.get(ones, "0")) if ones else 0))


def _with(read: Read, remark: str) -> Read:
    return Read(read.value, "；".join(part for part in (read.remark, remark) if part))


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return f"{plain[:20]}…" if len(plain) > 20 else plain
