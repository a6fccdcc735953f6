"""Numbers written in Chinese numerals, as reports write counts and dates."""

_DIGITS = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "○": 0, "零": 0, "两": 2}
HAN = "〇○零一二两三四五六七八九十百"


def number(han: str) -> int:
    """十二 is 12, 一百零五 is 105; up to 999."""
    hundreds, hundred, rest = han.rpartition("百")
    tens, ten, ones = rest.strip("零〇○").rpartition("十")
    whole = digit(hundreds, 1) * 100 if hundred else 0
    return whole + (digit(tens, 1) * 10 if ten else 0) + digit(ones, 0)


def digit(han: str, otherwise: int) -> int:
    """One numeral; `otherwise` where it is none."""
    return _DIGITS.get(han, otherwise)
