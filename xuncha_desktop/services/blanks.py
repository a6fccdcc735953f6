"""What a text still waits for: blanks of a sentence pattern, and the mark of a text taken in from another paper.

Braces around a few Chinese words are a blank, whatever pattern they came from: a team writes patterns of its own and
changes them, and what stands unfilled in a paper must not become text by that. Other braces are text.
"""

import re

from xuncha_desktop import rich

_HAN = "\u4e00-\u9fff"
_BRACED = re.compile(rf"(?<!\{{)\{{(?=[^{{}}]*[{_HAN}])([{_HAN}A-Za-z0-9（）、·/-]{{1,20}})\}}(?!\}})")
_TAKEN_IN = re.compile(r"【并入[^】\n]*】")


def unfilled(text: str) -> list[str]:
    """The words of the blanks nobody has filled, each once, in order."""
    return list(dict.fromkeys(_BRACED.findall(rich.plain(text))))


def mark(number: str) -> str:
    """What stands before a text that was taken in from the paper of this number, until somebody has worked it in."""
    return f"【并入{number}】"


def is_marked(text: str) -> bool:
    """Whether a text taken in still stands as it came."""
    return _TAKEN_IN.search(rich.plain(text)) is not None
