"""The report as its file says it: sentences and table rows in order, each piece and number with its source."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from xuncha_desktop.exports.traces import Source

if TYPE_CHECKING:
    from xuncha_desktop.exports.word.printed import Paragraph

# A number is a run of digits, with thousands, decimals and percent; year, month and day are one each.
NUMBER = re.compile(r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?[%％‰]?")
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]+[”’」』）》\s]*|[^。；！？]+")
_LONGEST = 300  # characters of a sentence that still go into one row
_SOFT_ENDS = "，、：,"
_CELLS = "｜"
_ROOT = re.compile(r"[.[]")
_SECTION = re.compile(r"findings\.headings\[(\d+)\]")
_BANDS = {
    "title": "标题、称谓",
    "addressee": "标题、称谓",
    "attachments": "附件说明、落款",
    "signature": "附件说明、落款",
    "date": "附件说明、落款",
    "problem_list": "附件",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage that came from the report's data: where it stands there, and the record it is from."""

    start: int
    end: int
    path: str
    source: Source | None  # None: the program wrote it


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a passage; without a piece the template itself says it."""

    start: int
    end: int
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a row of the attached table, under the heading it stands under."""

    band: str
    text: str
    pieces: tuple[Piece, ...]
    numbers: tuple[Number, ...]
    in_table: bool = False

    @property
    def section(self) -> int:
        """The heading of the problems it stands under, from 1; 0 where it speaks of the whole report."""
        found = (_SECTION.match(piece.path) for piece in self.pieces)
        return next((int(match[1]) + 1 for match in found if match), 0)

    def within(self, start: int, end: int) -> "Passage":
        """The part from one place to another."""
        pieces = tuple(
            replace(piece, start=max(piece.start, start) - start, end=min(piece.end, end) - start)
            for piece in self.pieces
            if piece.start < end and piece.end > start
        )
        numbers = tuple(
            replace(number, start=number.start - start, end=number.end - start)
            for number in self.numbers
            if start <= number.start < end
        )
        return replace(self, text=self.text[start:end], pieces=pieces, numbers=numbers)


Origins = Mapping[str, tuple[str, Source | None]]  # path in the data and source of each token


def read(paragraphs: Iterable["Paragraph"], origins: Origins) -> Iterator[Passage]:
    """Every passage of a file; empty lines, and words of the template without a number, are none."""
    band = chapter = ""
    for row, found in groupby(paragraphs, key=lambda paragraph: paragraph.row):
        for passage, style in _whole(list(found), origins, in_table=row > 0):
            if style == "heading 1":
                band = chapter = passage.text
            elif style == "heading 2":
                band = f"{chapter}　{passage.text}" if chapter else passage.text
            elif passage.pieces and (here := _BANDS.get(_ROOT.split(passage.pieces[0].path)[0])):
                band = here
            named = replace(passage, band=band)
            if named.numbers or (named.pieces and style not in ("heading 1", "heading 2")):
                yield from _cut(named)


def _whole(found: list["Paragraph"], origins: Origins, *, in_table: bool) -> Iterator[tuple[Passage, str]]:
    """Each paragraph, or all cells of a table row as one, with the style."""
    if not in_table:
        yield from ((_passage([paragraph], origins, in_table=False), paragraph.style) for paragraph in found)
    elif cells := [paragraph for paragraph in found if paragraph.text.strip()]:
        yield _passage(cells, origins, in_table=True), ""


def _passage(found: list["Paragraph"], origins: Origins, *, in_table: bool) -> Passage:
    text = ""
    pieces: list[Piece] = []
    edges = [0]
    for place, paragraph in enumerate(found):
        if place:
            text += "\n" if paragraph.cell == found[place - 1].cell else _CELLS
        begin = len(text)
        text += paragraph.text
        edges.append(begin)
        for marked in paragraph.pieces:
            path, source = origins[marked.token]
            pieces.append(Piece(begin + marked.start, begin + marked.end, path, source))
    edges += [edge for piece in pieces for edge in (piece.start, piece.end)]
    numbers = tuple(_numbers(text, pieces, sorted({*edges, len(text)})))
    return Passage("", text, tuple(pieces), numbers, in_table)


def _numbers(text: str, pieces: list[Piece], edges: list[int]) -> Iterator[Number]:
    """A number never goes over the edge of a piece: behind “1.” a title may begin with a year."""
    waiting = iter(pieces)
    piece = next(waiting, None)
    for start, end in pairwise(edges):
        while piece and piece.end <= start:
            piece = next(waiting, None)
        mine = piece if piece and piece.start <= start else None
        for match in NUMBER.finditer(text, start, end):
            yield Number(match.start(), match.end(), mine)


def _cut(passage: Passage) -> Iterator[Passage]:
    """Sentences, those too long for a row in pieces; a table row stays together if it can."""
    bounds = [(0, len(passage.text))]
    if not passage.in_table:
        bounds = [match.span() for match in _SENTENCE.finditer(passage.text)]
    inside = {place for number in passage.numbers for place in range(number.start + 1, number.end)}
    for start, end in bounds:
        while end - start > _LONGEST:
            middle = _soft_end(passage.text, start, inside)
            yield passage.within(start, middle)
            start = middle
        if start < end and passage.text[start:end].strip():
            yield passage.within(start, end)


def _soft_end(text: str, start: int, inside: set[int]) -> int:
    """Behind a comma near the end of the room, else where the room ends; never inside a number."""
    limit = start + _LONGEST
    for place in range(limit, start + _LONGEST // 2, -1):
        if text[place - 1] in _SOFT_ENDS and place not in inside:
            return place
    while limit in inside:
        limit += 1
    return limit
