"""The house rules of wording, and dates that are not written as 2020年4月16日."""

import re
from collections.abc import Iterator
from datetime import date

from xuncha_desktop import wording
from xuncha_desktop.services.report_checks.han_numbers import digit, number
from xuncha_desktop.services.report_checks.passages import Draft, Fault, Passage

_SIGNS = "年月日"
_BY_SIGNS = re.compile(r"(?<![\d.])((?:19|20)\d{2})([.．/\-])(\d{1,2})\2(\d{1,2})(?![\d.．/\-])")
_IN_HAN = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?"
)
_PLAIN = re.compile(r"(?<![\d.])(?:((?:19|20)\d{2})年)?(\d{1,2})月(?:(\d{1,3})日)?")
_LEAP_YEAR = 2000


def faults(draft: Draft) -> Iterator[Fault]:
    """巡视 for 巡察, half-width signs, brackets of document numbers, straight quotes, dates."""
    for passage in draft.passages:
        for found in wording.findings(passage.text):
            yield Fault("wording", found.message, passage, found.position, found.length, found.repair)
        yield from _dates(passage)


def _dates(passage: Passage) -> Iterator[Fault]:
    for match in _BY_SIGNS.finditer(passage.text):
        yield _date(passage, match, [int(match[1]), int(match[3]), int(match[4])])
    for match in _IN_HAN.finditer(passage.text):
        year = int("".join(str(digit(each, 0)) for each in match[1]))
        yield _date(passage, match, [year, *(number(part) for part in match.groups()[1:] if part)])
    for match in _PLAIN.finditer(passage.text):
        year, month, day = (int(part or 0) for part in match.groups())
        if (year or day) and not _exists(year or _LEAP_YEAR, month, day if match[3] else 1):
            yield _no_date(passage, match)


def _date(passage: Passage, match: re.Match[str], parts: list[int]) -> Fault:
    year, month, day = (*parts, 1, 1)[:3]
    if not _exists(year, month, day):
        return _no_date(passage, match)
    wanted = "".join(f"{part}{sign}" for part, sign in zip(parts, _SIGNS, strict=False))
    return Fault("wording", f"日期应写作“{wanted}”", passage, match.start(), len(match[0]), wanted)


def _no_date(passage: Passage, match: re.Match[str]) -> Fault:
    return Fault("wording", f"“{match[0]}”不是一个日期，请核对", passage, match.start(), len(match[0]))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
