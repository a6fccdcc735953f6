"""Chinese order in SQL: the pinyin of a record's title, stored beside it and never journaled."""

import os
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

_LONGEST = 60


def of_record(title_field: str, value: Callable[[str], Any]) -> str:
    """The key of a record whose title is in `title_field`; none where the title is an id or another record's."""
    return "" if "." in title_field or title_field == "id" else sort_key(str(value(title_field) or ""))


def sort_key(title: str) -> str:
    """Lower-case pinyin of the first characters, then the characters themselves to part homophones."""
    head = title[:_LONGEST]
    return " ".join(_pinyin()(head)).lower() + "\t" + head if head else ""


@lru_cache(4096)
def initials(title: str) -> str:
    """The first letters of a title's pinyin, for finding 平湖镇 by phz."""
    return "".join(syllable[0] for syllable in _pinyin()(title) if syllable.strip()).lower()


@cache
def _pinyin():
    # Single characters suffice for sorting; the phrase dictionary would cost 200 ms and 30 MB.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    return lazy_pinyin
