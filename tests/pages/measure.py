"""Reading lines, faces and places off a PDF, in points from the lower left corner of the sheet."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

MM = 72 / 25.4
LEFT, RIGHT = 28 * MM, (210 - 26) * MM
BOTTOM, TOP = 35 * MM, (297 - 37) * MM
_SAME_LINE = 2.0
# A face that stands in may put Latin letters on a slightly other line; Han text tells where the line is.
_FIRST_HAN = "\u3400"


@dataclass(frozen=True)
class Line:
    """One line of upright text as it stands on the page."""

    text: str
    baseline: float
    left: float
    right: float
    face: str
    size: float


@dataclass(frozen=True)
class Page:
    """A page with its lines from top to bottom and its turned characters."""

    width: float
    height: float
    lines: list[Line]
    turned: list[dict[str, Any]]

    @property
    def body(self) -> list[Line]:
        """The lines inside the type area."""
        return [line for line in self.lines if line.baseline > BOTTOM]

    @property
    def foot(self) -> list[Line]:
        """The lines below the type area."""
        return [line for line in self.lines if line.baseline <= BOTTOM]


def read_pages(pdf: Path) -> list[Page]:
    """All pages of a PDF."""
    with pdfplumber.open(pdf) as document:
        return [_page(page) for page in document.pages]


def ink_below(pdf: Path, number: int, height: float) -> float:
    """The distance from `height` (points from the bottom of the sheet) down to the next ink on a page."""
    scale = 8
    document = pypdfium2.PdfDocument(pdf)
    page = document[number]
    picture = page.render(scale=scale, grayscale=True).to_pil()
    first = round((page.get_height() - height) * scale)
    page.close()
    document.close()
    for row in range(first, picture.height):
        if min(picture.crop((0, row, picture.width, row + 1)).tobytes()) < 128:
            return (row - first) / scale
    raise AssertionError("no ink below")


def _page(page: Any) -> Page:
    rows: list[list[dict[str, Any]]] = []
    chars = [char for char in page.chars if char["text"].strip()]
    for char in sorted((char for char in chars if char["upright"]), key=lambda char: -char["matrix"][5]):
        if rows and abs(rows[-1][0]["matrix"][5] - char["matrix"][5]) < _SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    turned = [char for char in chars if not char["upright"]]
    return Page(float(page.width), float(page.height), [_line(row) for row in rows], turned)


def _line(row: list[dict[str, Any]]) -> Line:
    row = sorted(row, key=lambda char: char["x0"])
    han = [char for char in row if char["text"] >= _FIRST_HAN] or row
    return Line(
        "".join(char["text"] for char in row),
        float(han[0]["matrix"][5]),
        float(row[0]["x0"]),
        float(row[-1]["x1"]),
        Counter(char["fontname"].split("+")[-1] for char in han).most_common(1)[0][0],
        float(han[0]["size"]),
    )
