"""Amounts of money in a text: 128.50万元, 八百七十五万元, 25万余元."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xuncha_desktop.services.report_checks.han_numbers import HAN, digit, number

AMOUNT = (
    r"(?:人民币)?(?P<about>约|近|超过|超出|超|逾|不足)?\s?"
    rf"(?:(?P<number>\d[\d,，]{{0,18}}(?:\.\d{{1,9}})?)|(?P<han>[{HAN}千]{{1,12}}(?:[万亿点][{HAN}千]{{1,12}}){{0,3}}))"
    r"\s?(?P<more>余|多)?\s?(?P<unit>亿|万)?(?P<more_2>余|多)?元"
)
_ANY = re.compile(rf"(?<![\d.,，{HAN}千万亿]){AMOUNT}")
_NEAR = {"约": "about", "近": "under", "不足": "under"}
_FEN = {"亿": 10_000_000_000, "万": 1_000_000, None: 100}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at its place; a rough one stands for all that is near it."""

    start: int
    end: int  # of the number, without 万元
    words: str
    exact: Decimal  # in its unit
    unit: str | None
    near: str  # over, under or about: a rough one
    in_digits: bool

    @property
    def fen(self) -> int:
        """In 分."""
        return int(self.exact * _FEN[self.unit])

    def stands_for(self, fen: int) -> bool:
        """Whether it is this amount, to the 分 or rounded to two decimals."""
        true = Decimal(fen) / _FEN[self.unit]
        if self.near:
            below, above = self._step * (self.near != "over"), self._step * (self.near != "under")
            return self.exact - below <= true <= self.exact + above
        return true == self.exact or true.quantize(Decimal("0.01"), ROUND_HALF_UP) == self.exact

    @property
    def _step(self) -> Decimal:
        """To the next round one: 100 for 800, 1 for 25, 0.1 for 38.2."""
        step = Decimal(1).scaleb(int(self.exact.as_tuple().exponent))
        while self.exact and self.exact % (step * 10) == 0:
            step *= 10
        return step


def read(text: str) -> Iterator[Amount]:
    """Every amount of a text."""
    return map(of_match, _ANY.finditer(text))


def of_match(match: re.Match[str]) -> Amount:
    """The amount that a match of AMOUNT holds."""
    near = "over" if match["more"] or match["more_2"] else _NEAR.get(match["about"], "over" if match["about"] else "")
    if match["number"]:
        exact, unit = Decimal(match["number"].replace(",", "").replace("，", "")), match["unit"]
    elif re.search("[万亿]", match["han"]):  # 三亿五千万
        exact, unit = Decimal(number(match["han"] + (match["unit"] or ""))), None
    else:  # 十二点五万
        whole, _, decimals = match["han"].partition("点")
        after = "".join(str(digit(each, 0)) for each in decimals)
        exact, unit = Decimal(f"{number(whole)}.{after or 0}").normalize(), match["unit"]
    start, end = match.span("number" if match["number"] else "han")
    return Amount(start, end, match.string[start : match.end()], exact, unit, near, bool(match["number"]))
