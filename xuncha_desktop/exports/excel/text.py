"""Text as an Excel cell holds it: escapes, the length limit with its continuation, the space it takes."""

import math
import re

CELL_LIMIT = 32_767
PIECE = 32_000
MIN_HEIGHT, MAX_HEIGHT = 13.5, 409.0

# What XML or the clean text of the case does not allow; it never comes from a record, only from a bug.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPECIAL = re.compile("[&<>]|_x[0-9A-Fa-f]{4}_")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_XML_SPACE = " \t\n"
_POINTER = re.compile("（续见“长文本”表 ([0-9]{1,7}) 行）$")
# Office programs leave this much of a column's width and of a row's height empty.
_SIDE, _ABOVE_AND_BELOW = 4.0, 4.0
# What they give a line of 仿宋 or 宋体, in font sizes.
_LINE = 1.22


def illegal_position(text: str) -> int:
    """Where a character stands that no cell can hold, counted from 1; 0 if there is none."""
    match = _ILLEGAL.search(text)
    return match.start() + 1 if match else 0


def inline(text: str) -> str:
    """The text as the content of an inline string; Excel shows exactly these characters."""
    keep = ' xml:space="preserve"' if text[0] in _XML_SPACE or text[-1] in _XML_SPACE else ""
    return f"<is><t{keep}>{escaped(text)}</t></is>"


def escaped(text: str) -> str:
    """Escape what XML reads as markup and what Excel would decode (_x0041_)."""
    if not _SPECIAL.search(text):
        return text
    plain = _LOOKS_ESCAPED.sub("_x005F_", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def starts_like_formula(text: str) -> bool:
    """Whether Excel would compute the text if somebody edits the cell, so that it needs the text prefix."""
    return text[0] in "=+-@"


def utf16_units(text: str) -> int:
    """The length Excel counts: characters beyond the basic plane count twice."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str) -> list[str]:
    """The text as it is spread over cells: one piece if it fits, else pieces of 32,000 units."""
    if len(text) * 2 <= CELL_LIMIT:
        return [text]
    data = text.encode("utf-16-le")
    if len(data) <= CELL_LIMIT * 2:
        return [text]
    found, start = list[str](), 0
    while start < len(data):
        end = min(start + PIECE * 2, len(data))
        if end < len(data) and 0xD8 <= data[end - 1] <= 0xDB:
            end -= 2
        found.append(data[start:end].decode("utf-16-le"))
        start = end
    return found


def with_pointer(piece: str, row: int) -> str:
    """The first piece with the words that lead a reader to the rest."""
    return f"{piece}（续见“长文本”表 {row} 行）"


def split_pointer(text: str) -> tuple[str, int]:
    """The first piece without its pointer and the row pointed to; row 0 if the text is no first piece."""
    match = _POINTER.search(text) if len(text) > PIECE // 2 else None
    if match is None or utf16_units(text[: match.start()]) not in (PIECE - 1, PIECE):
        return text, 0
    return text[: match.start()], int(match[1])


def pointed(text: str) -> tuple[str, int]:
    """The same of a cell that others may have edited: its first piece may be of any length by now."""
    match = _POINTER.search(text)
    return (text[: match.start()], int(match[1])) if match else (text, 0)


def plain_title(text: str) -> str:
    """A column's title as a key: line breaks inside it only lay it out."""
    return text.replace("\n", "").strip()


def capacity(width: float, size: float) -> int:
    """How many half-width characters of a font size fit beside each other in a column; always even."""
    return max(2, int((width * 5.25 - _SIDE) / size) * 2)


def line_count(text: str, half_widths: int) -> int:
    """How many lines a wrapped text takes; everything that is not ASCII counts as full width."""
    if "\n" not in text and len(text) * 2 <= half_widths:
        return 1
    return sum(
        max(1, math.ceil((2 * len(part) - len(part.encode("ascii", "ignore"))) / half_widths))
        for part in text.split("\n")
    )


def height(lines: int, size: float) -> float:
    """The row height in points for some lines of a font size, as far as Excel allows."""
    if lines == 1:
        # Room to breathe is left to the model row's own height.
        return min(MAX_HEIGHT, size * 1.3)
    return min(MAX_HEIGHT, round(lines * size * _LINE + _ABOVE_AND_BELOW, 1))
