"""What GB/T 9704-2012 asks of every page of a report: each function lists what breaks its rule."""

import re
from collections.abc import Iterable
from itertools import pairwise

import pytest

from tests.pages.measure import BOTTOM, LEFT, MM, RIGHT, TOP, Line, Page
from tests.pages.printed import Sheet

PITCH, CHARACTER = 28.95, 15.75
FANG, KAI, HEI, SONG = "FandolFang-Regular", "FandolKai-Regular", "FandolHei-Regular", "FandolSong-Regular"
BODY_SIZE, NUMBER_SIZE = 16, 14
TITLE_SIZE, TITLE_FACE = 22, "NotoSerifCJK"
_ENOUGH = 6  # Han characters that tell a line's face; names may hold characters that no face of ours has
# LibreOffice 7.4 lets these hang out of the line and cannot be told otherwise; Word is told (overflowPunct).
HANGING = "，。、；：！？”）》"
# The type area of a sheet that was turned a quarter to the right.
_TURNED_LEFT, _TURNED_RIGHT, _TURNED_BOTTOM, _TURNED_TOP = 35 * MM, (297 - 37) * MM, 26 * MM, (210 - 28) * MM


def portrait(pages: list[Page]) -> list[Page]:
    """The upright pages."""
    return [page for page in pages if page.width < page.height]


def landscape(pages: list[Page]) -> list[Page]:
    """The turned pages."""
    return [page for page in pages if page.width > page.height]


def of_other_size(pages: list[Page]) -> list[Page]:
    """Pages that are not A4."""
    return [
        page
        for page in pages
        if sorted((page.width / MM, page.height / MM)) != [pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2)]
    ]


def body_steps(pages: list[Page]) -> list[float]:
    """How many line pitches lie between body lines next to each other, no table between; whole where all is well."""
    return [
        (above.baseline - below.baseline) / PITCH
        for page in portrait(pages)
        for above, below in pairwise(page.body)
        if above.size == pytest.approx(BODY_SIZE) == below.size
    ]


def behind_blank_lines(pages: list[Page]) -> list[str]:
    """Lines with room for another one before them."""
    return [
        below.text
        for page in portrait(pages)
        for above, below in pairwise(page.body)
        if (above.baseline - below.baseline) / PITCH > 1.5
    ]


def off_pitch(steps: Iterable[float]) -> list[float]:
    """Steps that miss the grid by more than a tenth of a point."""
    return [step for step in steps if abs(step - round(step)) * PITCH > 0.1]


def outside(pages: list[Page]) -> list[str]:
    """Lines that leave the type area; a hanging punctuation mark is let through."""
    return [line.text for page in pages for line in page.body if not _inside(line, page.width > page.height)]


def _inside(line: Line, turned: bool) -> bool:
    left, right = (_TURNED_LEFT, _TURNED_RIGHT) if turned else (LEFT, RIGHT)
    bottom, top = (_TURNED_BOTTOM, _TURNED_TOP) if turned else (BOTTOM, TOP)
    hangs = line.text[-1] in HANGING
    return (
        line.left >= left - 0.5
        and line.right - (CHARACTER if hangs else 0) <= right + 0.5
        and bottom - 0.5 <= line.baseline - 0.2 * line.size
        and line.baseline < top
    )


def misnumbered(pages: list[Page]) -> list[int]:
    """Pages whose number is wrong, or does not stand one character in from the outer edge."""
    return [number for number, page in enumerate(pages, 1) if not _numbered(page, number)]


def _numbered(page: Page, number: int) -> bool:
    if page.width > page.height:
        return "".join(char["text"] for char in page.turned) == f"—{number}—"
    if [foot.text for foot in page.foot] != [f"—{number}—"]:
        return False
    foot = page.foot[0]
    if number % 2:
        return foot.right == pytest.approx(RIGHT - NUMBER_SIZE, abs=1)
    return foot.left == pytest.approx(LEFT + NUMBER_SIZE, abs=1)


def headings_at_the_foot(pages: list[Page]) -> list[str]:
    """Headings of the two upper levels with nothing below them on their page."""
    return [page.body[-1].text for page in portrait(pages) if page.body and page.body[-1].face in (HEI, KAI)]


def of_other_face(pages: list[Page]) -> list[str]:
    """Lines whose face is not the one of their part: title, headings, text, table, page number."""
    return [line.text for page in pages for line in page.lines if not _has_its_face(line)]


def _has_its_face(line: Line) -> bool:
    if len(re.findall("[\u4e00-\u9fa5]", line.text)) < _ENOUGH:
        return True
    if line.size == pytest.approx(TITLE_SIZE):
        return TITLE_FACE in line.face
    if line.size == pytest.approx(BODY_SIZE):
        if re.match("[一二三四五六七八九十]+、", line.text):
            return line.face == HEI
        return line.face == FANG or (line.face == KAI and line.text[-1] != "。")
    return line.face in (FANG, HEI, SONG)


def tables_without_head(sheets: list[Sheet], head: str) -> list[int]:
    """Pages with the rows of a table, but without its head."""
    return [number for number, sheet in enumerate(sheets, 1) if len(sheet.rules) > 1 and not sheet.places(head)]
