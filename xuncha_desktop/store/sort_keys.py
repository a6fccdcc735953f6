"""Chinese order in SQL: the pinyin of a record's title, stored beside it and never journaled."""

import os
from functools import cache

_LONGEST = 60


def sort_key(title: str) -> str:
    """Lower-case pinyin of the first characters, then the characters themselves to part homophones."""
    head = title[:_LONGEST]
    return " ".join(_pinyin()(head)).lower() + "\t" + head if head else ""


def initials(title: str) -> str:
    """The first letters of a title's pinyin, for finding 平湖镇 by phz."""
    return "".join(syllable[0] for syllable in _pinyin()(title) if syllable.strip()).lower()


@cache
def _pinyin():
    # Single characters suffice for sorting; the phrase dictionary would cost 200 ms and 30 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin
