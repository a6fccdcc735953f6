"""The lines of a 核对册 as its file says them, read with nothing of the engine that wrote it."""

from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_CELLS = 6


def lines_of(file: Path) -> list[list[str]]:
    """The cells of each line of the main table: order, text, how many numbers, origin, proof, room to sign."""
    return [row for row in _rows(file, -1)[1:] if len(row) == _CELLS]


def additions_of(file: Path) -> dict[str, str]:
    """What stands over the whole width below a line, by the line's order."""
    found: dict[str, str] = {}
    order = ""
    for row in _rows(file, -1)[1:]:
        order = row[0] if len(row) == _CELLS else order
        if len(row) == 2:
            found[order] = row[1]
    return found


def untraced_of(file: Path) -> list[list[str]]:
    """Order, number, text and reason of each line of 没有出处的数字; none where there is no such table."""
    return [row[:4] for row in _rows(file, 0)[2:]] if len(docx.Document(str(file)).tables) > 1 else []


def squeezed(text: str) -> str:
    """Without white space, so that what stood in several rows is compared with what stood in one."""
    return "".join(text.split())


def _rows(file: Path, table: int) -> list[list[str]]:
    document: Any = docx.Document(str(file))
    rows = document.tables[table]._tbl.iterchildren(qn("w:tr"))
    return [[_text(cell, document) for cell in row.iterchildren(qn("w:tc"))] for row in rows]


def _text(cell: Any, document: Any) -> str:
    return "\n".join(Paragraph(found, document).text for found in cell.iter(qn("w:p")))
