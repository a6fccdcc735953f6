"""The ledger in a workbook that others edited: found by its mark, its name or its titles, its long texts joined."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.decoding.lists.grid import Fault, Sheet, Source, Value
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel.long import LONG_SHEET
from xuncha_desktop.exports.excel.text import plain_title, pointed
from xuncha_desktop.exports.ledger import SHEET
from xuncha_desktop.exports.returned.columns import NUMBER, Column, columns_of, known_titles
from xuncha_desktop.services.imports.headings import bare

_SEARCHED_ROWS = 40
# A table without any of them is some other list.
_OF_PAPERS = frozenset(map(bare, (NUMBER, "问题标题", "问题表述（与报告一致）")))
_TOTAL = re.compile(r"(?:本页|全部)?(?:合计|总计|小计|共计)[:：]?")
_LOST = "余下部分在“长文本”表里没有找到；请把整段文字写到这份底稿里"


@dataclass(frozen=True, slots=True)
class _Piece:
    title: str
    part: int
    text: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The sheet, its columns that the program knows, and those it does not."""

    sheet: Sheet
    header: int
    columns: tuple[Column, ...]
    unknown: tuple[Column, ...]
    notes: tuple[str, ...]
    _covered: Mapping[tuple[int, int], tuple[int, int]]
    _pieces: Mapping[int, _Piece]

    def rows(self) -> Iterator[int]:
        """The rows that may be papers: filtered ones too, totals and empty ones not."""
        for row in sorted(self.sheet.rows):
            words = [value for value in self.sheet.rows[row] if value != ""]
            first = words[0] if words else ""
            total = isinstance(first, str) and _TOTAL.fullmatch("".join(first.split()))
            if row > self.header and words and not total:
                yield row

    def value(self, row: int, column: Column) -> Value:
        """What a cell says: of merged cells one under the other all say the same, a long text is whole."""
        top, left = self._covered.get((row, column.place), (row, column.place))
        if left != column.place or top <= self.header:
            return Fault("", "与旁边的格合并了，分不清；请取消合并后再读")
        value = self.sheet.value(top, left)
        if not isinstance(value, str):
            return value
        first, pointer = pointed(value)
        return self._joined(value, first, pointer, column.title) if pointer else value

    def text(self, row: int) -> str:
        """A row in one line."""
        return " ".join(filter(None, (" ".join(grid.shown(value).split()) for value in self.sheet.rows[row])))

    def _joined(self, value: str, first: str, pointer: int, title: str) -> Value:
        found: list[str] = []
        while (piece := self._pieces.get(pointer + len(found))) and (piece.title, piece.part) == (
            title,
            len(found) + 2,
        ):
            found.append(piece.text)
        return first + "".join(found) if found else Fault(value, _LOST)


def find(source: Source) -> Ledger:
    """The ledger of a workbook; UserError where there is none."""
    sheets = [sheet for sheet in source.sheets if sheet.name != LONG_SHEET]
    found = [(sheet, *_header(sheet)) for sheet in sheets]
    tables = [one for one in found if one[1]]
    if not tables:
        raise UserError(
            f"“{source.name}”里没有问题台账：找不到写有“{NUMBER}”“问题标题”等列名的表头；"
            "请选由本程序导出、别人改过的问题台账（xlsx）。"
        )
    sheet, header, _ = max(tables, key=lambda one: (bool(one[0].mark), one[0].name == SHEET, one[2]))
    covered = grid.origins(sheet)
    columns, unknown = columns_of(dict(_titles(sheet, header, covered)))
    notes = [
        f"“{column.heading}”列按“{column.title}”读" for column in columns if bare(column.heading) != bare(column.title)
    ]
    notes += dict.fromkeys(sheet.unread)
    if others := [other.name for other in sheets if other is not sheet]:
        notes.append(f"这些表没有读，其中的修改不会采用：{'、'.join(others)}")
    return Ledger(sheet, header, columns, unknown, tuple(notes), covered, _pieces(source))


def _header(sheet: Sheet) -> tuple[int, int]:
    """The row with the most known titles, and how many; (0, 0) where it is no table of papers."""
    covered, known = grid.origins(sheet), known_titles()
    best = (0, 0)
    for row in sorted(sheet.rows)[:_SEARCHED_ROWS]:
        titles = {bare(title) for _, title in _titles(sheet, row, covered)}
        hits = len(titles & known.keys())
        if titles & _OF_PAPERS and hits > max(1, best[1]):
            best = (row, hits)
    return best


def _titles(sheet: Sheet, row: int, covered: Mapping[tuple[int, int], tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The words of a row by column; those of a cell merged downwards count in its last row as well."""
    width = max((len(cells) for cells in sheet.rows.values()), default=0)
    for place in range(width):
        top, left = covered.get((row, place), (row, place))
        title = plain_title(grid.shown(sheet.value(top, left))) if left == place else ""
        if title:
            yield place, title


def _pieces(source: Source) -> dict[int, _Piece]:
    """The rows of 长文本 by number, as far as they are pieces of texts."""
    found: dict[int, _Piece] = {}
    for sheet in source.sheets:
        if sheet.name == LONG_SHEET:
            for row in sheet.rows:
                part, title = sheet.value(row, 3), sheet.value(row, 2)
                if isinstance(part, Decimal) and isinstance(title, str):
                    found[row] = _Piece(title, int(part), grid.shown(sheet.value(row, 4)))
    return found
