"""The recovery key as people see it: eight groups of five characters, each with its own check character.

Crockford's base 32 (no I, L, O, U). The last character of a group is a checksum over the group's number and
its four others, linear over GF(32): any one wrong character, any two swapped, any two groups swapped are found,
and the message names the group, so that nobody retypes forty characters for one.
"""

import re
import unicodedata

from xuncha_desktop.errors import UserError

SECRET_LENGTH = 20
GROUPS = 8

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"O": 0, "I": 1, "L": 1}
_DATA = 4
_GROUP = _DATA + 1
_PRIMITIVE = 0b100101  # x⁵ + x² + 1


class RecoveryKeyMistyped(UserError):
    """The recovery key was typed wrongly in the groups `groups` (counted from 1; empty: the number of groups)."""

    def __init__(self, sentence: str, groups: tuple[int, ...] = ()) -> None:
        super().__init__(sentence)
        self.groups = groups


def show(secret: bytes) -> str:
    """Write 160 bits as groups for print and screen."""
    if len(secret) != SECRET_LENGTH:
        raise ValueError(f"a recovery key has {SECRET_LENGTH} bytes")
    number = int.from_bytes(secret, "big")
    values = [number >> shift & 31 for shift in range(5 * (GROUPS * _DATA - 1), -1, -5)]
    groups = [values[start : start + _DATA] for start in range(0, len(values), _DATA)]
    return "-".join(
        "".join(_DIGITS[value] for value in [*group, _check(place, group)]) for place, group in enumerate(groups, 1)
    )


def parse(text: str) -> bytes:
    """Read a typed recovery key; case, width, separators and the look-alikes O, I, L do not matter."""
    groups = re.findall(r"[0-9A-Z]+", unicodedata.normalize("NFKC", text).upper())
    if len(groups) != GROUPS and len(typed := "".join(groups)) == GROUPS * _GROUP:
        groups = [typed[start : start + _GROUP] for start in range(0, len(typed), _GROUP)]
    if len(groups) != GROUPS:
        raise RecoveryKeyMistyped(
            f"恢复密钥应有{GROUPS}组、每组{_GROUP}个字符，现在读到{len(groups)}组；请对照原件补全。"
        )
    wrong = tuple(place for place, group in enumerate(groups, 1) if not _holds(place, group))
    if wrong:
        named = "、".join(f"第{place}组" for place in wrong)
        raise RecoveryKeyMistyped(f"恢复密钥的{named}有误；请对照原件重新输入（每组{_GROUP}个字符）。", wrong)
    number = 0
    for digit in (digit for group in groups for digit in group[:_DATA]):
        number = number << 5 | _VALUES[digit]
    return number.to_bytes(SECRET_LENGTH, "big")


def _holds(place: int, group: str) -> bool:
    if len(group) != _GROUP or any(digit not in _VALUES for digit in group):
        return False
    *data, check = (_VALUES[digit] for digit in group)
    return _check(place, data) == check


def _check(place: int, values: list[int]) -> int:
    total = place
    for value in values:
        total = _double(total) ^ value
    # Doubled once more, so that the last character and the check character do not weigh the same.
    return _double(total)


def _double(value: int) -> int:
    value <<= 1
    return value ^ _PRIMITIVE if value & 32 else value
