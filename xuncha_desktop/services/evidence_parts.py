"""What the parts of a file are called: PDFs and pictures have pages, workbooks sheets, other texts only pieces."""

import re
from pathlib import PurePath

_SHEET = re.compile(r"【(.*?)】\n")
_NUMBER = re.compile(r"(?:第)?(\d+)")
_TEXTS = frozenset({".docx", ".xlsx", ".txt", ".csv", ".tsv", ".md"})


def unit(file_name: str) -> str:
    """The word for a part: 页 or 段."""
    return "段" if PurePath(file_name.lower()).suffix in _TEXTS else "页"


def part(file_name: str, number: int, text: str = "") -> str:
    """A part as people call it: 第3页, 第2段, 工作表“收支”; the text of a part of a workbook begins with its sheet."""
    sheet = _SHEET.match(text) if PurePath(file_name.lower()).suffix == ".xlsx" else None
    return f"工作表“{sheet[1]}”" if sheet else f"第{number}{unit(file_name)}"


def place(file_name: str, pages: str) -> str:
    """Where a citation points, out of what stands in its 页码: a number or range, or the words of `part`."""
    return f"第{pages}{unit(file_name)}" if pages[:1].isdigit() else pages


def number(pages: str) -> int:
    """The part that is shown first for what stands in 页码."""
    found = _NUMBER.match(pages)
    return int(found[1]) if found else 1
