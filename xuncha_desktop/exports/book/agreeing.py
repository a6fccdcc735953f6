"""A number in a paper's text beside the paper's own fields, and a percentage beside the numbers it was made of."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations
from unicodedata import normalize

from xuncha_desktop import rich
from xuncha_desktop.exports.book.passages import NUMBER, Passage
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import long_date, show
from xuncha_desktop.services.export_data import Values

COMPARED = ("amount", "people", "pieces")
_MEASURES = {"people": "人次", "pieces": "件"}  # what these fields count in; an amount says its own scale
_TEXTS = ("title", "overview", "typical_case")
_UNIT = re.compile(
    r"(?P<amount>(?P<scale>亿|万)?元)|(?P<people>人次|名|人(?!民币))|(?P<pieces>[件份个笔处项宗起张套批台辆本户条次家座间场期块])"
    r"|年(?P<month>1[0-2]|0?[1-9])月"
)
_FEN = {"亿": 10_000_000_000, "万": 1_000_000, None: 100}
_MOST_DECIMALS = 4
_PERIOD = ("period_from", "period_to")


def printed(paper: Values) -> list[str]:
    """The words that the report prints of a paper."""
    return [rich.plain(paper[name]) for name in _TEXTS]


def value(text: str) -> Decimal:
    """What a number of a text says, without its percent sign."""
    return Decimal(normalize("NFKC", text).replace(",", "").rstrip("%‰"))


def agreement(text: str, start: int, end: int, paper: Values) -> tuple[str, str]:
    """The field of the paper that says the same as the number at this place, and that in words; empty if none does."""
    unit = _UNIT.match(text, end)
    if unit is None or text[end - 1] in "%％‰":
        return "", ""
    said, number = value(text[start:end]), text[start:end]
    name = unit.lastgroup if unit.lastgroup in COMPARED else "amount" if unit["amount"] else ""
    if name and paper[name] is not None and _same(name, said, unit, paper[name]):
        label = fields("paper")[name].label
        if unit[0] != _MEASURES.get(name, unit[0]):  # 学习24次 and 24 件: alike, perhaps by chance
            return name, f"{number}{unit[0]}：数值与“{label}”相同，请核对含义"
        return name, f"{number}{unit[0]}：与“{label}”相同"
    if unit["month"]:
        for field in _PERIOD:
            if paper[field] and (said, int(unit["month"])) == (int(paper[field][:4]), int(paper[field][5:7])):
                day = long_date(paper[field])
                return field, f"{number}{unit[0]}：与“{fields('paper')[field].label}”{day}相合"
    return "", ""


def missing(paper: Values) -> Iterator[str]:
    """Each number of the paper's fields that its texts do not give."""
    found = {
        agreement(text, match.start(), match.end(), paper)[0]
        for text in printed(paper)
        for match in NUMBER.finditer(text)
    }
    for name in COMPARED:
        if paper[name] is not None and name not in found:
            described = fields("paper")[name]
            yield f"报告文字中没有“{described.label}”{show(described, paper[name])}"


def share(passage: Passage, at: int) -> str:
    """Which two numbers before it in the sentence a percentage was made of; empty where none give it."""
    said = _number(passage, at)
    decimals = -int(value(said).as_tuple().exponent)
    if said[-1] not in "%％" or decimals > _MOST_DECIMALS:
        return ""
    step = Decimal(1).scaleb(-decimals)
    before = [_number(passage, place) for place in range(at) if _counts(passage, place)]
    for of, has in permutations(before, 2):
        if 0 < value(has) < value(of) and (value(has) / value(of) * 100).quantize(step, ROUND_HALF_UP) == value(said):
            return f"{said}：即 {has}÷{of}"
    return ""


def _counts(passage: Passage, at: int) -> bool:
    """Whether it may be a part or a whole: neither a percentage nor a date."""
    end = passage.numbers[at].end
    return passage.text[end - 1] not in "%％‰" and passage.text[end : end + 1] not in tuple("年月日")


def _number(passage: Passage, at: int) -> str:
    return passage.text[passage.numbers[at].start : passage.numbers[at].end]


def _same(name: str, said: Decimal, unit: re.Match[str], kept: int) -> bool:
    if name != "amount":
        return said == kept
    fen = Decimal(_FEN[unit["scale"]])
    return said * fen == kept or said == (kept / fen).quantize(Decimal("0.01"), ROUND_HALF_UP)
