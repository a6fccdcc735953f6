"""The criteria of COUNTIF and its kin (">=10", "*资金*", a value), as Excel reads them."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from xuncha_desktop.exports.excel.expressions import Refused
from xuncha_desktop.exports.excel.values import NOT_A_VALUE, Area, ErrorValue, Value, key, rounded

Test = Callable[[Value], bool]
_LONGEST = 255
_PARTS = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
# What Excel may take for a number, a day or a truth value, depending on the language of the machine.
_DOUBTFUL = re.compile(r"(?=.*\d)[\d\s.,，%/:：eE+\-¥￥$()年月日时分秒上下午第百千万]+|true|false|#.*", re.IGNORECASE)
_ADVICE = "请改成数字、2024-05-16 这样的日期，或用 * 和 ? 的文字条件"


def test_of(criterion: Value, area: Area, epoch: date) -> Test | ErrorValue:
    """What a criterion asks of each value of an area."""
    if criterion is None:
        criterion = Decimal()  # a criterion taken from an empty cell
    if isinstance(criterion, ErrorValue):
        raise Refused(f"条件是错误值 {criterion.code}", "请先改正条件所在的格，或用 IFERROR 包住它")
    if isinstance(criterion, bool):
        raise Refused("用是非值作条件", "请改用“是”“否”等文字")
    if isinstance(criterion, Decimal):
        return _equals(criterion)
    if len(criterion) > _LONGEST:
        return NOT_A_VALUE
    return _of_text(criterion, area, epoch)


def means_itself(value: Value) -> bool:
    """Whether a value taken as a criterion asks for just this value: no sign in front, no wildcard, no number."""
    if not isinstance(value, str):
        return isinstance(value, Decimal)
    is_plain = len(value) <= _LONGEST and value[:1] not in ("", "=", "<", ">") and not set(value) & set("*?~")
    return is_plain and not _DOUBTFUL.fullmatch(value)


def places(test: Test, area: Area) -> Iterable[int]:
    """Where in an area the values stand that meet a criterion, in order."""
    return sorted(place for value, found in area.places.values() if test(value) for place in found)


def _of_text(criterion: str, area: Area, epoch: date) -> Test:
    match = _PARTS.fullmatch(criterion)
    assert match is not None  # it takes every text
    sign, operand = match[1] or "", match[2]
    if not operand:
        return _of_nothing(sign, criterion)
    value = _number(operand, epoch)
    if sign in ("", "=", "<>"):
        if value is None and _DOUBTFUL.fullmatch(operand) and _has_others(area):
            raise Refused(f"条件“{criterion}”既像文字又像数字或日期", _ADVICE)
        test = _equals(value) if value is not None else _like(operand)
        return test if sign != "<>" else lambda one: not test(one)
    if value is None:
        raise Refused(f"条件“{criterion}”比较文字的先后", _ADVICE)
    limit = rounded(value)
    compare: dict[str, Callable[[Decimal], bool]] = {
        "<": lambda one: one < limit,
        ">": lambda one: one > limit,
        "<=": lambda one: one <= limit,
        ">=": lambda one: one >= limit,
    }
    holds = compare[sign]
    return lambda one: isinstance(one, Decimal) and holds(rounded(one))


def _of_nothing(sign: str, criterion: str) -> Test:
    if sign == "":
        return lambda one: one is None or one == ""
    if sign == "=":
        return lambda one: one is None
    if sign == "<>":
        return lambda one: one is not None
    raise Refused(f"条件“{criterion}”没有写完", _ADVICE)


def _equals(wanted: Decimal) -> Test:
    """A number; texts that say the same number meet it, too."""
    same = key(wanted)

    def test(one: Value) -> bool:
        if isinstance(one, str):
            return bool(_PLAIN.fullmatch(one)) and key(Decimal(one)) == same
        return key(one) == same

    return test


def _like(pattern: str) -> Test:
    """A text in either case: * is any text, ? any character, ~ makes the next sign plain. Numbers are no texts."""
    found, at = "", 0
    while at < len(pattern):
        char = pattern[at]
        if char == "~" and at + 1 < len(pattern):
            at += 1
            found += re.escape(pattern[at].lower())
        else:
            found += {"*": ".*", "?": "."}.get(char) or re.escape(char.lower())
        at += 1
    made = re.compile(found, re.DOTALL)
    return lambda one: isinstance(one, str) and made.fullmatch(one.lower()) is not None


def _number(operand: str, epoch: date) -> Decimal | None:
    if _PLAIN.fullmatch(operand):
        return Decimal(operand)
    day = _DAY.fullmatch(operand)
    if day is None:
        return None
    try:
        return Decimal((date(int(day[1]), int(day[2]), int(day[3])) - epoch).days)
    except ValueError:
        return None


def _has_others(area: Area) -> bool:
    """Whether some values are no texts: then it matters what a doubtful criterion means."""
    return any(not isinstance(value, str | None) for value, _ in area.places.values())
