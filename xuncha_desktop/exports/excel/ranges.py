"""Cell ranges of a template moved and stretched to where the data ends up."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from xuncha_desktop.exports.templates import TemplateFault

if TYPE_CHECKING:
    from openpyxl.formula.tokenizer import Token

_REFERENCE = re.compile(r"^(?P<sheet>.*!)?(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?$")
_CELL = re.compile(r"^(\$?)([A-Z]{1,3})(\$?)(\d+)$")
_ROWS = re.compile(r"^(?P<sheet>.*!)?(?P<first>\$?\d+):(?P<last>\$?\d+)$")
_COLUMNS = re.compile(r"^(?P<sheet>.*!)?\$?(?P<first>[A-Z]{1,3}):\$?(?P<last>[A-Z]{1,3})$")
_ROW_MARK = "\0"  # stands for a row's number; no formula can hold it
LAST_ROW = 1_048_576  # of a sheet


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, counted from 1; `sheet` is empty where the reference names none."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Stretch:
    """The model rows first..last of a template become `count` rows; what lies below moves along."""

    sheet: str
    header: int
    first: int
    last: int
    count: int

    @classmethod
    def nowhere(cls, sheet: str) -> "Stretch":
        """Of a sheet without data: nothing moves."""
        return cls(sheet, 0, LAST_ROW + 1, LAST_ROW + 1, 1)

    @property
    def end(self) -> int:
        """The last row of the data."""
        return self.first + self.count - 1

    def moved(self, row: int) -> int:
        """Where a row outside the model rows ends up (a row inside: the first row of the data)."""
        if row < self.first:
            return row
        return self.first if row <= self.last else row + self.end - self.last

    def touches(self, block: Block) -> bool:
        """Whether a block of this sheet overlaps the model rows."""
        return block.top <= self.last and block.bottom >= self.first

    def spread(self, top: int, bottom: int) -> tuple[int, int]:
        """Where a run of rows ends up: what covers a model row covers all of the data."""
        return self.moved(top), self.end if self.first <= bottom <= self.last else self.moved(bottom)


def column_number(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_block(reference: str) -> Block | None:
    """Read A1, $A$1:B2 or 表!A1:B2; None for anything else."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    _, left, _, top = _split(match["first"])
    _, right, _, bottom = _split(match["last"] or match["first"])
    return Block(_sheet_name(match["sheet"]), column_number(left), top, column_number(right), bottom)


def parse_place(reference: str) -> tuple[Block, bool | None] | None:
    """The same, and whether filling down moves its rows; None where it moves one end only."""
    match, block = _REFERENCE.match(reference), parse_block(reference)
    if match is None or block is None:
        return None
    fixed = {bool(_split(cell)[2]) for cell in (match["first"], match["last"]) if cell}
    return block, None if len(fixed) > 1 else not fixed.pop()


def parse_columns(reference: str) -> Block | None:
    """Read A:B or 表!$A:$A as a block from the first row to the last."""
    match = _COLUMNS.match(reference)
    if match is None:
        return None
    left, right = sorted((column_number(match["first"]), column_number(match["last"])))
    return Block(_sheet_name(match["sheet"]), left, 1, right, LAST_ROW)


def names_whole_lines(reference: str) -> str | None:
    """The sheet that a reference to whole columns or rows names ("" for its own); None for other references."""
    match = _COLUMNS.match(reference) or _ROWS.match(reference)
    return _sheet_name(match["sheet"]) if match else None


def move_reference(reference: str, stretch: Stretch, *, anchored: bool = False) -> str:
    """Move one reference; with `anchored`, rows without $ are relative to a cell of the data and stay."""
    match = _REFERENCE.match(reference)
    if match is None:
        return _move_rows(reference, stretch)
    first, last = _split(match["first"]), _split(match["last"] or match["first"])
    if anchored and not (first[2] and last[2]):
        return reference
    top, bottom = stretch.spread(first[3], last[3])
    start, end = f"{first[0]}{first[1]}{first[2]}{top}", f"{last[0]}{last[1]}{last[2]}{bottom}"
    single = match["last"] is None and start == end
    return (match["sheet"] or "") + (start if single else f"{start}:{end}")


def move_list(references: str, stretch: Stretch) -> str:
    """Move a list of references parted by blanks (sqref)."""
    return " ".join(move_reference(reference, stretch) for reference in references.split())


def move_formula(formula: str, stretch: Stretch, home: str, *, anchored: bool = False) -> str:
    """Move every reference of a formula that stands on sheet `home` and points to the stretched sheet."""

    def move(reference: str) -> str:
        block = parse_block(reference)
        sheet = block.sheet if block else names_whole_lines(reference)
        if sheet is None or (sheet or home) != stretch.sheet:
            return reference
        return move_reference(reference, stretch, anchored=anchored and not sheet)

    return map_references(formula, move)


def map_references(formula: str, change: Callable[[str], str]) -> str:
    """Apply a function to every reference or name of a formula (given without its leading =)."""
    from openpyxl.formula.tokenizer import Token

    parts = list[str]()
    for token in tokens_of(formula):
        is_range = token.type == Token.OPERAND and token.subtype == Token.RANGE
        parts.append(change(token.value) if is_range else token.value)
    return "".join(parts)


def tokens_of(formula: str) -> "list[Token]":
    """The pieces of a formula (given without its leading =)."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import TokenizerError

    try:
        return Tokenizer("=" + formula).items
    except (TokenizerError, IndexError) as error:
        raise TemplateFault(f"模板里有不能读取的公式“={formula[:40]}”；请改正或删去这个公式或名称。") from error


def move_formulas(formula: str, stretches: Iterable[Stretch], home: str) -> str:
    """Move what a formula of sheet `home` says of any of the stretched sheets."""
    for stretch in stretches:
        formula = move_formula(formula, stretch, home)
    return formula


def filled_down(formula: str, stretches: Collection[Stretch], own: Stretch) -> Callable[[int], str]:
    """A formula of the model row for any row of the data: what names its own row follows, all else covers the data."""

    def move(reference: str) -> str:
        place = parse_place(reference)
        if place and place[1] and (place[0].sheet or own.sheet) == own.sheet:
            return re.sub(r"\d+(?=$|:)", _ROW_MARK, reference)
        return move_formulas(reference, stretches, own.sheet)

    text = map_references(formula, move)
    return lambda row: text.replace(_ROW_MARK, str(row))


def move_xml_formula(text: str, stretch: Stretch, home: str, *, anchored: bool = False) -> str:
    """The same for a formula as it stands in XML."""
    plain = unescape(text)
    moved = move_formula(plain, stretch, home, anchored=anchored)
    return text if moved == plain else escape(moved, quote=False)


def _move_rows(reference: str, stretch: Stretch) -> str:
    match = _ROWS.match(reference)
    if match is None:
        return reference
    first, last = match["first"], match["last"]
    top, bottom = stretch.spread(int(first.lstrip("$")), int(last.lstrip("$")))
    return f"{match['sheet'] or ''}{'$' * first.startswith('$')}{top}:{'$' * last.startswith('$')}{bottom}"


def _split(cell: str) -> tuple[str, str, str, int]:
    match = _CELL.match(cell)
    if match is None:
        raise ValueError(cell)
    return match[1], match[2], match[3], int(match[4])


def _sheet_name(prefix: str | None) -> str:
    name = (prefix or "").removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
