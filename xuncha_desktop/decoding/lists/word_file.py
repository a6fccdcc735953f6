"""A Word document as it was found outside: paragraphs and tables of cells, before anybody knows what they mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, the first column it stands over and how many, and whether it only goes on from above."""

    text: str
    column: int
    span: int
    goes_on: bool


Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class WordFile:
    """A document from top to bottom: paragraphs as text, tables as rows; and what is in it besides."""

    name: str
    blocks: tuple[str | Rows, ...]
    unread: tuple[str, ...]
