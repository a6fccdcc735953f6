"""What a number format makes of a number: a day, a time, 0128, 15%."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from xuncha_desktop.decoding.lists.grid import Dated, Shown, Value, plain_number

# Chinese Excel keeps its own date formats (27 to 36, 50 to 58) by number alone, without writing what they look like.
_BUILT_IN = {
    1: "0", 9: "0%", 10: "0.00%", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_WITH_WORDS = re.compile(r'(?:"([^"]*)"|)(0+|#|General|)(?:"([^"]*)"|)', re.IGNORECASE)
_LAST_DAY = 2_958_465  # of the year 9999


@dataclass(frozen=True, slots=True)
class Format:
    """What is in a format: years, months, days, hours; or words and zeros around a number."""

    year: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    percent: bool = False
    before: str = ""
    zeros: int = 0
    after: str = ""


PLAIN = Format()


def format_of(number: int, code: str = "") -> Format:
    """A format by its number and what it looks like; `code` is empty for the ones every program knows."""
    first = _BRACKETS.sub("", (code or _BUILT_IN.get(number, "")).split(";")[0])
    bare = _WORDS.sub("", first).lower()
    if "general" not in bare and re.search(r"[ymdhs]|^e", bare):
        time = "h" in bare or "s" in bare
        year, day = "y" in bare or bare.startswith("e"), "d" in bare
        return Format(year=year, month="m" in bare and (year or day or not time), day=day, time=time)
    if "%" in bare:
        return Format(percent=True)
    around = _WITH_WORDS.fullmatch(first.strip())
    if around and (around[1] or around[3] or len(around[2]) > 1):
        return Format(
            before=around[1] or "", zeros=len(around[2]) if around[2].startswith("0") else 0, after=around[3] or ""
        )
    return PLAIN


def formatted(number: Decimal, how: Format, *, from_1904: bool = False) -> Value:
    """A number as its format means it."""
    if how.year or how.month or how.day or how.time:
        return _moment(number, how, from_1904)
    if how.percent:
        return f"{plain_number(number * 100)}%"
    if (how.before or how.after or how.zeros) and number == number.to_integral_value():
        return Shown(number, f"{how.before}{int(number):0{how.zeros}}{how.after}")
    return number


def serial_day(serial: int, *, from_1904: bool = False) -> date | None:
    """The day Excel counts as `serial`; None where it counts none."""
    if not 0 < serial <= _LAST_DAY:
        return None
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    # Excel believes in 29 February 1900, number 60.
    return date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)


def dated(moment: datetime, how: Format = Format(year=True, month=True, day=True)) -> Dated:
    """A day as its cell shows it."""
    day = moment.date()
    time = f"{moment:%H:%M}" if (moment.hour or moment.minute) else ""
    parts = ((how.year, f"{day.year}年"), (how.month or how.day, f"{day.month}月"), (how.day, f"{day.day}日"))
    words = "".join(text for wanted, text in parts if wanted)
    return Dated(day, f"{words} {time}".rstrip() if how.time or time else words, time)


def _moment(number: Decimal, how: Format, from_1904: bool) -> Value:
    whole = int(number // 1)
    minutes = round((number - whole) * 24 * 60)
    time = f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    if how.time and not (how.year or how.day or how.month) and whole == 0:
        return time
    day = serial_day(whole, from_1904=from_1904)
    if day is None:
        return number
    moment = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    full = Format(year=True, month=True, day=True, time=how.time) if how.time else how
    return dated(moment, full)
