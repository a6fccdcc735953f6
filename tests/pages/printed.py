"""Forms and tables on paper: the text of a PDF in the order it was written, and the rows its rules make."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

_SAME = 1.5


@dataclass(frozen=True)
class Sheet:
    """One page: its characters in writing order, the heights of its horizontal rules, its pictures."""

    width: float
    height: float
    chars: list[dict[str, Any]]
    rules: list[float]
    pictures: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """All characters but blanks."""
        return "".join(char["text"] for char in self.chars)

    def row(self, height: float) -> int:
        """Which row between the rules a height (from the top of the sheet) lies in."""
        return sum(rule < height for rule in self.rules)

    def places(self, text: str) -> list[list[dict[str, Any]]]:
        """The characters of every place where a text stands."""
        wanted, found, start = squeezed(text), [], 0
        whole = self.text
        while wanted and (start := whole.find(wanted, start)) >= 0:
            found.append(self.chars[start : start + len(wanted)])
            start += len(wanted)
        return found

    def is_in_one_row(self, chars: list[dict[str, Any]]) -> bool:
        """Whether no line of a text leaves its row."""
        return len({self.row((char["top"] + char["bottom"]) / 2) for char in chars}) == 1


def squeezed(text: str) -> str:
    """A text without blanks and line breaks, as it is compared."""
    return "".join(text.split())


def read_sheets(pdf: Path) -> list[Sheet]:
    """All pages of a PDF."""
    with pdfplumber.open(pdf) as document:
        return [_sheet(page) for page in document.pages]


def _sheet(page: Any) -> Sheet:
    heights = sorted(edge["top"] for edge in page.edges if edge["orientation"] == "h")
    rules = [height for number, height in enumerate(heights) if not number or height - heights[number - 1] > _SAME]
    # A ligature or a compatibility form stands as several characters in one place.
    chars = [char | {"text": letter} for char in page.chars for letter in char["text"] if letter.strip()]
    return Sheet(float(page.width), float(page.height), chars, rules, page.images)
