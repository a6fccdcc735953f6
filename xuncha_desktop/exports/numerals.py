"""Numbers as official documents write them: 一、 （一） 1. and dates without zero padding."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from xuncha_desktop.model.show import money

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write 1 to 99 as 一 to 九十九."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def written_amount(wan: Decimal, decimals: int = 2) -> str:
    """万元 with two decimals, more where the column or the amount needs them to be exact: 1,286.40, 0.0984."""
    return money(in_fen(wan), decimals)


def in_fen(wan: Decimal) -> int:
    """万元 as 分."""
    return int((wan * 1_000_000).to_integral_value(ROUND_HALF_UP))


def written_date(day: date) -> str:
    """2020年4月6日, as GB/T 9704 wants it."""
    return f"{day.year}年{day.month}月{day.day}日"
