"""Small Word templates made on the spot, for tests of single rules."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document


def make_template(path: Path, *paragraphs: str, header: str = "", rows: Sequence[Sequence[str]] = ()) -> Path:
    """Write a template of these paragraphs, a header and a table."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(path))
    return path
