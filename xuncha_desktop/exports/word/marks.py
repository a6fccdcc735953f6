"""Characters that stand in for others, and for the setting of a text, while a template runs: U+10FFFD and a letter.

docxtpl and jinja2 read some characters of the data as commands (braces, line breaks, tabs). Data that holds U+10FFFD
itself is marked the same way, so that no data reads like a mark.
"""

import re
from collections.abc import Sequence

from xuncha_desktop.exports.traces import Sourced, Span
from xuncha_desktop.rich import Item, Run, Table

MARK = "\U0010fffd"
_LETTERS = {MARK: "e", "\n": "n", "\t": "t", "{": "o", "}": "c"}
_TO_MARKS = {char: MARK + letter for char, letter in _LETTERS.items()}
_FROM_MARKS = {MARK + letter: char for char, letter in _LETTERS.items()}
_READ = re.compile(f"[{''.join(_LETTERS)}]")
_ANY = re.compile(f"{MARK}[{''.join(_LETTERS.values())}]")
NEW_LINE, TAB = MARK + "n", MARK + "t"

_BEGIN, _FINISH = MARK + "s", MARK + "f"  # a bookmark
BOLD, UNBOLD = MARK + "b", MARK + "d"
# At the beginning of a line: a point of a list, a row of a table, its next cell, what stands behind the table.
_BULLET, _ROW, _CELL, _BEHIND = MARK + "i", MARK + "r", MARK + "x", MARK + "z"
OF_LINE = re.compile(f"{MARK}(i|m[0-9]+;|r|x|z)")
LINES = re.compile(f"{NEW_LINE}|(?<!{NEW_LINE})(?={MARK}[imrxz])")
_CELL_IN_LINE = re.compile(f"(?:{NEW_LINE})?{_CELL}")
_POINT = re.compile(f"{MARK}m([0-9]+);")
_UNSEEN = re.compile(f"{NEW_LINE}{_BEHIND}|{_ROW}|{BOLD}|{UNBOLD}")


def begin(token: str) -> str:
    """What stands where a bookmark begins."""
    return _BEGIN + token


def finish(token: str) -> str:
    """What stands where it ends."""
    return _FINISH + token


def hide(text: str) -> str:
    """Put marks for what would be read as commands."""
    return _READ.sub(lambda found: _TO_MARKS[found.group()], text)


def show(text: str) -> str:
    """Put the characters back."""
    return _ANY.sub(lambda found: _FROM_MARKS[found.group()], text)


def unset(text: str) -> str:
    """The text without its setting, in plain words, for places that can bear none."""
    text = _CELL_IN_LINE.sub(TAB, _UNSEEN.sub("", text))
    return _POINT.sub(r"\1. ", text.replace(_BULLET, "• "))


def of_setting(text: Sourced) -> str:
    """A text with its bookmarks, and the marks of how it is set."""
    spans = {span.start: span for span in text.spans}
    lines: list[str] = []
    start = 0
    for block in text.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for column, cell in enumerate(row):
                    lines.append(f"{_CELL if column else _ROW}{_words(cell, spans.get(start))}")
                    start += _length(cell) + 1
        else:
            if isinstance(block, Item):
                start += len(block.sign)
            sign = (f"{MARK}m{block.number};" if block.number else _BULLET) if isinstance(block, Item) else ""
            lines.append(f"{sign}{_words(block.runs, spans.get(start))}")
            start += _length(block.runs) + 1
    if text.blocks and isinstance(text.blocks[-1], Table):
        lines.append(_BEHIND)
    return NEW_LINE.join(lines)


def _words(runs: Sequence[Run], span: Span | None) -> str:
    words = "".join(f"{BOLD}{hide(run.text)}{UNBOLD}" if run.bold else hide(run.text) for run in runs)
    return f"{begin(span.token)}{words}{finish(span.token)}" if span and words else words


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.text) for run in runs)
