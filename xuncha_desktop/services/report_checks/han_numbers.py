"""Numbers written in Chinese numerals, as reports write counts, sums and dates."""

import re

_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "○": 0, "零": 0, "两": 2}
HAN = "〇○零一二两三四五六七八九十百"
_LARGE = (("亿", 100_000_000), ("万", 10_000))
_SERIAL = re.compile(rf"第?(\d+)|(?:第|^)([{HAN}]+)")


def number(han: str) -> int:
    """十二 is 12, 一百零五 is 105, 一千二百万 is 12,000,000."""
    for sign, of in _LARGE:
        before, large, rest = han.rpartition(sign)
        if large:
            return number(before) * of + number(rest)
    thousands, thousand, rest = han.rpartition("千")
    hundreds, hundred, rest = rest.rpartition("百")
    tens, ten, ones = rest.strip("零〇○").rpartition("十")
    whole = digit(thousands, 1) * 1000 if thousand else 0
    whole += digit(hundreds.strip("零〇○"), 1) * 100 if hundred else 0
    return whole + (digit(tens, 1) * 10 if ten else 0) + digit(ones, 0)


def digit(han: str, otherwise: int) -> int:
    """One numeral; `otherwise` where it is none."""
    return _DIGITS.get(han, otherwise)


def in_order(text: str) -> tuple[tuple[str, int], ...]:
    """A key to sort by that puts 第二批 before 第十批 and 3 before 12."""
    key: list[tuple[str, int]] = []
    end = 0
    for match in _SERIAL.finditer(text):
        key.append((text[end : match.start()], int(match[1]) if match[1] else number(match[2])))
        end = match.end()
    return (*key, (text[end:], 0))
