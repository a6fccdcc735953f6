"""How hard a password is to guess, in words a person can act on."""

import re
from typing import NamedTuple

LEAST = 8
_COMMON = re.compile(
    r"(password|passw0rd|qwerty|asdf|zxcv|admin|abc|111|000|666|888|520|1314|123|321|xuncha|巡察)", re.I
)
_YEAR = re.compile(r"(19|20)\d\d")
_KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^\x00-\x7f]", r"[^\w\s]|\s")


class Strength(NamedTuple):
    """A role for the colour and a sentence."""

    role: str
    words: str


def judge(password: str) -> Strength:
    """Judge a new password; the role `error` means that it is not taken."""
    if not password:
        return Strength("hint", f"至少 {LEAST} 个字符，用几个不相干的词连起来。")
    if len(password) < LEAST:
        return Strength("error", f"太短：还差 {LEAST - len(password)} 个字符。")
    guessable = _YEAR.sub("", _COMMON.sub("", password))
    kinds = sum(bool(re.search(kind, password)) for kind in _KINDS)
    if len(set(guessable)) < 4 or password.isdigit():
        return Strength("warning", "较弱：多是常见数字或重复字符，容易被猜到；请再加几个不相干的字词。")
    if len(guessable) >= 14 or (len(guessable) >= 10 and kinds >= 3):
        return Strength("ok", "强：不易被猜到。")
    return Strength("hint", "尚可：再长一些、夹一个符号会更牢。")
