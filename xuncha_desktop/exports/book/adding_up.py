"""What a number was added up from, written so that a reader can do it again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from xuncha_desktop.model.show import decimals_of, money

_SERIAL = re.compile(r"(.*?)(\d+)$", re.DOTALL)
_NAMELESS = "（无编号）"


@dataclass(frozen=True, slots=True)
class Part:
    """A record by its number, and what it adds."""

    number: str
    amount: int


def count(parts: Iterable[Part]) -> str:
    """Records that count one each: 临-ZJY-0001—0012（12）、临-LJK-0001，共 13; others are left out."""
    counted = sorted((part.number for part in parts if part.amount), key=_order)
    runs: list[list[str]] = []
    for number in counted:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return f"{'、'.join(map(_run, runs))}，共 {len(counted):,}"


def total(parts: Iterable[Part]) -> str:
    """Records with what each adds: 测-ZJY-0001 计 120＋0002 计 30＝150; those that add nothing are left out."""
    every = [part for part in parts if part.amount]
    return f"{_terms(every, [f'{part.amount:,}' for part in every])}＝{sum(part.amount for part in every):,}"


def paid(parts: Iterable[Part]) -> str:
    """Amounts in 万元 as printed, all with the decimals that the longest needs."""
    every = [part for part in parts if part.amount]
    decimals = decimals_of([part.amount for part in every])
    terms = _terms(every, [money(part.amount, decimals) for part in every])
    return f"{terms}＝{money(sum(part.amount for part in every), decimals)}（万元）"


def _terms(parts: Sequence[Part], amounts: Sequence[str]) -> str:
    """Numbers that begin alike say the beginning once."""
    said: list[str] = []
    ordered = sorted(zip(parts, amounts, strict=True), key=lambda each: _order(each[0].number))
    for beginning, group in groupby(ordered, key=lambda each: _order(each[0].number)[0]):
        for place, (part, amount) in enumerate(group):
            short = part.number[len(beginning) :] if place else part.number
            said.append(f"{short or _NAMELESS} 计 {amount}")
    return "＋".join(said)


def _order(number: str) -> tuple[str, int, str]:
    found = _SERIAL.match(number)
    return (found[1], int(found[2]), found[2]) if found else (number, 0, "")


def _follows(before: str, number: str) -> bool:
    (beginning, last, _), (start, serial, _) = _order(before), _order(number)
    return beginning == start and serial == last + 1


def _run(numbers: list[str]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"{first}—{_order(last)[2]}（{len(numbers):,}）" if len(numbers) > 1 else first or _NAMELESS
