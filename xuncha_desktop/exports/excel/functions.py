"""The functions whose value we can tell, each as Excel computes it over ranges and single values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from xuncha_desktop.exports.excel.criteria import places, test_of
from xuncha_desktop.exports.excel.expressions import Refused
from xuncha_desktop.exports.excel.values import (
    DIVISION,
    Area,
    ErrorValue,
    Value,
    rounded,
    to_number,
    to_truth,
)

Argument = Area | Value
_SHAPES = Refused("几个区域的大小不同", "请让它们在同一张表、起止行相同、列数相同")
_SUBTOTALS = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 9: "SUM"}


@dataclass(frozen=True, slots=True)
class Function:
    """What a function takes: v a value, r a range, e either; the last `again` kinds may come any number of times."""

    run: Callable[[Sequence[Argument], date], Value]
    takes: str
    least: int
    again: int = 0

    def kind(self, place: int) -> str:
        """What the argument at a place is to be, from 0; "" for one too many."""
        if place < len(self.takes):
            return self.takes[place]
        return self.takes[-self.again + (place - len(self.takes)) % self.again] if self.again else ""

    def fits(self, count: int) -> bool:
        """Whether it takes so many arguments."""
        if count < self.least:
            return False
        return (count - len(self.takes)) % self.again == 0 if self.again else count <= len(self.takes)


def _numbers(arguments: Sequence[Argument]) -> list[Decimal] | ErrorValue:
    """The numbers of ranges, where texts do not count, and of single values, where they must be numbers."""
    found = list[Decimal]()
    for one in arguments:
        for value in one.values if isinstance(one, Area) else [to_number(one)]:
            if isinstance(value, ErrorValue):
                return value
            if isinstance(value, Decimal):
                found.append(value)
    return found


def _of_numbers(compute: Callable[[list[Decimal]], Value]) -> Callable[[Sequence[Argument], date], Value]:
    def run(arguments: Sequence[Argument], epoch: date) -> Value:
        found = _numbers(arguments)
        return found if isinstance(found, ErrorValue) else compute(found)

    return run


def _mean(found: list[Decimal]) -> Value:
    return sum(found, Decimal()) / len(found) if found else DIVISION


def _total(found: list[Decimal]) -> Value:
    return sum(found, Decimal())


_average, _sum = _of_numbers(_mean), _of_numbers(_total)
_max = _of_numbers(lambda found: max(found, default=Decimal()))
_min = _of_numbers(lambda found: min(found, default=Decimal()))


def _each(arguments: Sequence[Argument]) -> Iterator[Value]:
    for one in arguments:
        yield from one.values if isinstance(one, Area) else (one,)


def _count(arguments: Sequence[Argument], epoch: date) -> Value:
    single = [to_number(one) for one in arguments if not isinstance(one, Area)]
    found = [*_each([one for one in arguments if isinstance(one, Area)]), *single]
    return Decimal(sum(isinstance(value, Decimal) for value in found))


def _counta(arguments: Sequence[Argument], epoch: date) -> Value:
    return Decimal(sum(value is not None for value in _each(arguments)))


def _countblank(arguments: Sequence[Argument], epoch: date) -> Value:
    area = _area(arguments[0])
    return Decimal(area.more + sum(value is None or value == "" for value in area.values))


def _rows(arguments: Sequence[Argument], epoch: date) -> Value:
    area = _area(arguments[0])
    return Decimal((len(area.values) + area.more) // area.width)


def _subtotal(arguments: Sequence[Argument], epoch: date) -> Value:
    code = int(arguments[0]) if isinstance(arguments[0], Decimal) else 0
    name = _SUBTOTALS.get(code % 100) if code < 200 else None
    if name is None:
        raise Refused("SUBTOTAL 的第一项不是 1、2、3、4、5、9 或 101、102、103、104、105、109", "请改用其中一个")
    return FUNCTIONS[name].run(arguments[1:], epoch)


def _round(arguments: Sequence[Argument], epoch: date) -> Value:
    value, digits = (to_number(_single(one)) for one in arguments)
    if isinstance(value, ErrorValue) or isinstance(digits, ErrorValue):
        return value if isinstance(value, ErrorValue) else digits
    places_ = int(digits)
    return rounded(value).scaleb(places_).to_integral_value(ROUND_HALF_UP).scaleb(-places_)


def _all(arguments: Sequence[Argument], epoch: date) -> Value:
    found = [to_truth(_single(one)) for one in arguments]
    return next((one for one in found if isinstance(one, ErrorValue)), all(found))


def _any(arguments: Sequence[Argument], epoch: date) -> Value:
    found = [to_truth(_single(one)) for one in arguments]
    return next((one for one in found if isinstance(one, ErrorValue)), any(found))


def _sumproduct(arguments: Sequence[Argument], epoch: date) -> Value:
    areas = [_area(one) for one in arguments]
    _refuse_other_shapes(areas)
    total = Decimal()
    for row in zip(*(area.values for area in areas), strict=True):
        product = Decimal(1)
        for value in row:
            if isinstance(value, ErrorValue):
                return value
            product *= value if isinstance(value, Decimal) else 0
        total += product
    return total


def _meeting(arguments: Sequence[Argument], epoch: date) -> tuple[list[int], int] | ErrorValue:
    """Where all pairs of range and criterion hold, and how many cells beside the used ones do."""
    areas = [_area(one) for one in arguments[::2]]
    _refuse_other_shapes(areas)
    found, more = range(len(areas[0].values)), areas[0].more
    for area, criterion in zip(areas, arguments[1::2], strict=True):
        test = test_of(_single(criterion), area, epoch)
        if isinstance(test, ErrorValue):
            return test
        taken = set(places(test, area))
        found, more = [place for place in found if place in taken], more if test(None) else 0
    return list(found), more


def _countifs(arguments: Sequence[Argument], epoch: date) -> Value:
    found = _meeting(arguments, epoch)
    if isinstance(found, ErrorValue):
        return found
    return Decimal(len(found[0]) + found[1])


def _chosen(
    values: Argument, pairs: Sequence[Argument], epoch: date, compute: Callable[[list[Decimal]], Value]
) -> Value:
    """A function of the numbers of one area at the places where the criteria hold."""
    area = _area(values)
    _refuse_other_shapes([area, _area(pairs[0])])
    found = _meeting(pairs, epoch)
    if isinstance(found, ErrorValue):
        return found
    chosen = _numbers([Area([area.values[place] for place in found[0]], 1)])
    return chosen if isinstance(chosen, ErrorValue) else compute(chosen)


def _if_of(compute: Callable[[list[Decimal]], Value]) -> Callable[[Sequence[Argument], date], Value]:
    """SUMIF and AVERAGEIF: what is added up comes last, and is the range itself where it is left out."""
    return lambda arguments, epoch: _chosen(arguments[-1 if len(arguments) > 2 else 0], arguments[:2], epoch, compute)


def _ifs_of(compute: Callable[[list[Decimal]], Value]) -> Callable[[Sequence[Argument], date], Value]:
    return lambda arguments, epoch: _chosen(arguments[0], arguments[1:], epoch, compute)


def _area(argument: Argument) -> Area:
    assert isinstance(argument, Area)  # the kinds were looked at before
    return argument


def _single(argument: Argument) -> Value:
    assert not isinstance(argument, Area)
    return argument


def _refuse_other_shapes(areas: Sequence[Area]) -> None:
    if len({(len(area.values), area.width, area.more) for area in areas}) > 1:
        raise _SHAPES


# IF and IFERROR look at one branch only; whoever evaluates knows them.
FUNCTIONS = {
    "SUM": Function(_sum, "e", 1, 1),
    "COUNT": Function(_count, "e", 1, 1),
    "COUNTA": Function(_counta, "e", 1, 1),
    "COUNTBLANK": Function(_countblank, "r", 1),
    "ROWS": Function(_rows, "r", 1),
    "SUBTOTAL": Function(_subtotal, "vr", 2, 1),
    "AVERAGE": Function(_average, "e", 1, 1),
    "MAX": Function(_max, "e", 1, 1),
    "MIN": Function(_min, "e", 1, 1),
    "ROUND": Function(_round, "vv", 2),
    "COUNTIF": Function(_countifs, "rv", 2),
    "COUNTIFS": Function(_countifs, "rv", 2, 2),
    "SUMIF": Function(_if_of(_total), "rvr", 2),
    "SUMIFS": Function(_ifs_of(_total), "rrv", 3, 2),
    "AVERAGEIF": Function(_if_of(_mean), "rvr", 2),
    "AVERAGEIFS": Function(_ifs_of(_mean), "rrv", 3, 2),
    "SUMPRODUCT": Function(_sumproduct, "r", 1, 1),
    "AND": Function(_all, "v", 1, 1),
    "OR": Function(_any, "v", 1, 1),
    "IF": Function(_all, "vvv", 2),
    "IFERROR": Function(_all, "vv", 2),
}
