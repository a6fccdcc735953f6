"""What a text still waits for: blanks of a sentence pattern, and the mark of a text taken in from another paper.

A brace is a blank only where its words are those of our phrase library; braces typed for other reasons are text.
"""

import re
from functools import cache

from xuncha_desktop import resources, rich

_BRACED = re.compile(r"\{([^{}\n]{1,20})\}")
_TAKEN_IN = re.compile(r"【并入[^】\n]*】")


def unfilled(text: str) -> list[str]:
    """The words of the blanks nobody has filled, each once, in order."""
    return list(dict.fromkeys(word for word in _BRACED.findall(rich.plain(text)) if word in _known()))


def mark(number: str) -> str:
    """What stands before a text that was taken in from the paper of this number, until somebody has worked it in."""
    return f"【并入{number}】"


def is_marked(text: str) -> bool:
    """Whether a text taken in still stands as it came."""
    return _TAKEN_IN.search(rich.plain(text)) is not None


@cache
def _known() -> frozenset[str]:
    library = resources.phrases()
    return frozenset(slot for phrase in (*library.problems, *library.suggestions) for slot in phrase.slots)
