"""Rectangles on a page in thousandths of it, and how they lie when the page is turned."""

from xuncha_desktop.decoding.decoder import Box

WHOLE = 1000


def turned(box: Box, degrees: int) -> Box:
    """Where a rectangle lies after its page was turned clockwise by quarters."""
    for _ in range(degrees // 90 % 4):
        left, top, width, height = box
        box = (WHOLE - top - height, left, height, width)
    return box


def write(box: Box, degrees: int) -> str:
    """A rectangle of a page seen turned, as a citation keeps it: in whole thousandths of the page as it is stored.

    So the citation stays right however the evidence is turned later.
    """
    left, top, width, height = turned(box, -degrees)
    right, bottom = round(left + width), round(top + height)
    return f"{round(left)},{round(top)},{right - round(left)},{bottom - round(top)}"


def read(region: str, degrees: int) -> Box | None:
    """Where a cited rectangle lies on the page seen turned; None for what is no rectangle."""
    numbers = region.split(",")
    if len(numbers) != 4 or not all(number.strip().isdecimal() for number in numbers):
        return None
    left, top, width, height = map(float, numbers)
    return turned((left, top, width, height), degrees)
