"""Text with bold words, lists and simple tables, kept as one string: marks that nobody can type among the words.

A text without marks is a rich text as it stands. The marks are control characters that cleaning takes out of all that
is typed or pasted, and that XML refuses: one that got into a document would be noticed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain, groupby

from xuncha_desktop.differences import alike
from xuncha_desktop.text import clean_text

BOLD, UNBOLD = "\x02", "\x03"  # around words of one paragraph
BULLET, NUMBER = "\x1c", "\x1d"  # at the beginning of a line: an item of a list
ROW, CELL = "\x1e", "\x1f"  # at the beginning of a line: a row of a table; between its cells
MOST_COLUMNS = 60  # Word has 63 at most
_MOST_COMPARED = 4_000_000  # character by character

_MARKS = f"{BOLD}{UNBOLD}{BULLET}{NUMBER}{ROW}{CELL}"
_ANY = re.compile(f"[{_MARKS}]")
_KEPT = re.compile(f"([{_MARKS}])")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike."""

    text: str
    bold: bool = False
    start: int = field(default=0, compare=False)  # where they stand in the stored text


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An ordinary paragraph."""

    runs: Runs = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list; those that follow each other are one list."""

    runs: Runs
    number: int  # from 1 in each list; 0 in one with bullets

    @property
    def sign(self) -> str:
        """What stands before its words where a list is read as plain text."""
        return f"{self.number}. " if self.number else "• "


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equally many cells, each one paragraph."""

    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Item | Table


def is_rich(text: str) -> bool:
    """Whether there is more to it than words."""
    return bool(_ANY.search(text))


def blocks(text: str) -> list[Block]:
    """The paragraphs, points and tables of a stored text, in order."""
    found: list[Block] = []
    rows: list[list[Runs]] = []
    number = start = 0
    for line in text.split("\n"):
        mark = line[:1]
        number = number + 1 if mark == NUMBER else 0
        if mark == ROW:
            rows.append(_cells(line, start))
        else:
            if rows:
                found.append(_table(rows))
                rows = []
            runs = _runs(line, start)
            found.append(Item(runs, number) if mark in (BULLET, NUMBER) else Paragraph(runs))
        start += len(line) + 1
    if rows:
        found.append(_table(rows))
    return found


def stored(found: Iterable[Block]) -> str:
    """The one string in which blocks are kept; their words are clean already."""
    return "\n".join(line for block in found for line in _lines(block))


def clean(raw: str) -> str:
    """Text as it enters the case: words cleaned as everywhere, marks kept where they make sense."""
    if not is_rich(raw):
        return clean_text(raw)
    pieces = _KEPT.split(raw)
    found = blocks("".join(piece if _ANY.fullmatch(piece) else clean_text(piece) for piece in pieces))
    # Marks around nothing are nothing: a field with an empty table is an empty field.
    return stored(trimmed(found)) if any(map(words_of, chain.from_iterable(map(parts, found)))) else ""


def trimmed(found: list[Block]) -> list[Block]:
    """Without the empty lines that an editor needs before a table it begins with, and behind one it ends with."""
    first = next((place for place, block in enumerate(found) if block != Paragraph()), 0)
    last = next((place for place, block in enumerate(reversed(found)) if block != Paragraph()), 0)
    begin = first if isinstance(found[first], Table) else 0
    end = len(found) - (last if isinstance(found[-1 - last], Table) else 0)
    return found[begin:end]


def plain(text: str) -> str:
    """The words as people read them where nothing is set off: • and 1. before points, tabs between cells."""
    return "".join(words for words, _ in _spread(blocks(text))) if is_rich(text) else text


def pieces(text: str) -> list[tuple[int, str]]:
    """The words of each paragraph, point and cell that has some, and where they begin in the plain form."""
    if "\n" not in text and not is_rich(text):  # most texts: a report has thousands
        return [(0, text)] if text else []
    return pieces_of(blocks(text))


def pieces_of(every: Sequence[Block]) -> list[tuple[int, str]]:
    """The same of blocks."""
    found: list[tuple[int, str]] = []
    length = 0
    fresh = True
    for words, run in _spread(every):
        if run is None:
            fresh = True
        elif fresh:
            found.append((length, words))
            fresh = False
        else:
            start, before = found[-1]
            found[-1] = (start, before + words)
        length += len(words)
    return found


def parts(block: Block) -> Iterator[Runs]:
    """What of a block is a paragraph by itself: a table has one in each cell."""
    if isinstance(block, Table):
        yield from chain.from_iterable(block.rows)
    else:
        yield block.runs


def words(block: Block) -> str:
    """The plain form of one block."""
    return "".join(piece for piece, _ in _spread([block]))


def words_of(runs: Iterable[Run]) -> str:
    """The words of one paragraph."""
    return "".join(run.text for run in runs)


def bold_spans(found: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """From where to where the plain form of blocks is bold."""
    spans: list[tuple[int, int]] = []
    length = 0
    for words, run in _spread(found):
        if run is not None and run.bold:
            spans.append((length, length + len(words)))
        length += len(words)
    return tuple(spans)


def replaced(text: str, start: int, end: int, instead: str) -> str | None:
    """The stored text with these characters of its plain form changed; None where they are not its own words."""
    places = [place for words, run in _spread(blocks(text)) for place in _places(words, run)]
    changes: list[tuple[int, list[int], str]] = []
    for old_from, old_to, new_from, new_to in _changed(plain(text)[start:end], instead):
        gone = places[start + old_from : start + old_to]
        beside = start + old_from - 1
        at = gone[0] if gone else places[beside] + 1 if beside >= 0 and places[beside] >= 0 else -1
        if at < 0 or -1 in gone:
            return None
        changes.append((at, gone, instead[new_from:new_to]))
    signs = list(text)
    for at, gone, new in reversed(changes):
        for place in gone:
            signs[place] = ""
        signs.insert(at, new)
    return clean("".join(signs))


def reworded(text: str, words: str) -> str:
    """A stored text that says these words now, set as it was as far as they allow."""
    before = plain(text)
    start, end = len(before) - len(before.lstrip()), len(before.rstrip())
    mended = replaced(text, start, end, clean_text(words).strip()) if is_rich(text) else None
    return clean_text(words) if mended is None else mended


def _changed(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """The pieces that differ, from and to in the one and in the other."""
    head = alike((old, new))
    tail = alike((old[head:][::-1], new[head:][::-1]))
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(one) * len(other) > _MOST_COMPARED:
        yield head, head + len(one), head, head + len(other)
        return
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, one, other, False).get_opcodes():
        if kind != "equal":
            yield head + old_from, head + old_to, head + new_from, head + new_to


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs):
            yield _marked(runs)
        case Item(runs, number):
            yield f"{NUMBER if number else BULLET}{_marked(runs)}"
        case Table(rows):
            for row in rows:
                yield ROW + CELL.join(map(_marked, row))


def _marked(runs: Runs) -> str:
    looks = ((bold, words_of(group)) for bold, group in groupby(runs, lambda run: run.bold))
    return "".join(f"{BOLD}{words}{UNBOLD}" if bold else words for bold, words in looks)


def _runs(line: str, start: int) -> Runs:
    """The words of a paragraph; bold ends with it at the latest."""
    found: list[Run] = []
    bold = False
    for piece in _KEPT.split(line):
        if piece in (BOLD, UNBOLD):
            bold = piece == BOLD
        elif piece and not _ANY.fullmatch(piece):
            if found and found[-1].bold == bold and found[-1].start + len(found[-1].text) == start:
                found[-1] = Run(found[-1].text + piece, bold, found[-1].start)
            else:
                found.append(Run(piece, bold, start))
        start += len(piece)
    return tuple(found)


def _cells(line: str, start: int) -> list[Runs]:
    parts = line.split(CELL)
    if len(parts) > MOST_COLUMNS:
        parts[MOST_COLUMNS - 1 :] = [CELL.join(parts[MOST_COLUMNS - 1 :])]
    cells: list[Runs] = []
    for part in parts:
        cells.append(_runs(part, start))
        start += len(part) + 1
    return cells


def _table(rows: Sequence[Sequence[Runs]]) -> Table:
    width = max(map(len, rows))
    return Table(tuple((*row, *[()] * (width - len(row))) for row in rows))


def _spread(every: Sequence[Block]) -> Iterator[tuple[str, Run | None]]:
    """The pieces of the plain form of blocks, each with the run it is; None for what stands in no run."""
    for place, block in enumerate(every):
        if place:
            yield "\n", None
        if isinstance(block, Table):
            for line, row in enumerate(block.rows):
                if line:
                    yield "\n", None
                for column, cell in enumerate(row):
                    if column:
                        yield "\t", None
                    yield from ((run.text, run) for run in cell)
        else:
            if isinstance(block, Item):
                yield block.sign, None
            yield from ((run.text, run) for run in block.runs)


def _places(words: str, run: Run | None) -> Iterable[int]:
    return [-1] * len(words) if run is None else range(run.start, run.start + len(words))
