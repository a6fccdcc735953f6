"""Numbers as official documents write them: 一、 （一） 1. and dates without zero padding."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Write 1 to 99 as 一 to 九十九."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is not between 1 and 99")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def written_amount(wan: Decimal) -> str:
    """万元 with two decimals, half up, as every document prints them: 1,286.40."""
    return f"{wan.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def written_date(day: date) -> str:
    """2020年4月6日, as GB/T 9704 wants it."""
    return f"{day.year}年{day.month}月{day.day}日"
