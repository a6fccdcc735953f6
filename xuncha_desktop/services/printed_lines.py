"""Where a character stands when a text is printed in the official grid: 28 characters a line, 22 lines a page."""

import unicodedata

LINE, PAGE = 28, 22  # GB/T 9704: full-width characters a line, lines a page


def position(text: str, start: int) -> tuple[int, int]:
    """Page and line of the character at `start`, both counted from 1."""
    lines = text[:start].split("\n")
    before = sum(_printed(line) for line in lines[:-1])
    paragraph = text[start - len(lines[-1]) :].split("\n", 1)[0]
    line = before + _printed(paragraph[: len(lines[-1]) + 1]) - 1
    return line // PAGE + 1, line % PAGE + 1


def _printed(paragraph: str) -> int:
    """How many lines a paragraph takes; an empty one takes one."""
    lines, used = 1, 0
    for character in paragraph:
        width = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if used + width > 2 * LINE:
            lines, used = lines + 1, 0
        used += width
    return lines
