"""Totals of a template: formulas over the model row, stretched over the data, with the value Excel would compute."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.formula.tokenizer import Token
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.ranges import (
    Block,
    Stretch,
    column_letters,
    names_whole_lines,
    parse_block,
    tokens_of,
)
from xuncha_desktop.exports.templates import TemplateFault

Total = int | float | str
_ADVICE = "合计只能用 SUM、COUNTA、COUNT、ROWS、SUBTOTAL 加样板行的区域（可用 & 连接文字），请修改模板中的公式。"
_SUBTOTALS = {"9": "SUM", "109": "SUM", "3": "COUNTA", "103": "COUNTA", "2": "COUNT", "102": "COUNT"}


@dataclass
class Tally:
    """What Excel's counting functions see in one column."""

    numbers: int = 0
    filled: int = 0
    total: Decimal = field(default_factory=Decimal)

    def add(self, value: object) -> None:
        """Take one cell's value into account, as it was written (Decimal, int, float or text)."""
        self.filled += 1
        if isinstance(value, Decimal | int):
            self.numbers += 1
            self.total += value
        elif isinstance(value, float):
            self.numbers += 1
            self.total += Decimal(repr(value))


@dataclass(frozen=True)
class _Term:
    function: str
    blocks: tuple[Block, ...]


class Totals:
    """The formulas of one sheet that depend on the data."""

    def __init__(self, template: str, worksheet: Worksheet, stretch: Stretch, names: dict[str, str]) -> None:
        self._template, self._worksheet, self._stretch, self._names = template, worksheet, stretch, names
        self._parsed = dict[tuple[int, int], list[str | _Term]]()
        formulas = dict(formulas_of(worksheet))
        touching = [at for at, text in formulas.items() if self._depends(text, at, [])]
        for at in touching:
            self._parsed[at] = self._parse(formulas[at], at)
        for at, text in formulas.items():
            if at not in self._parsed and self._depends(text, at, touching):
                raise self._fault(at, text)

    def values(self, tallies: dict[int, Tally], stretch: Stretch) -> dict[tuple[int, int], Total]:
        """Each total's value, given what was written into each column."""
        return {at: _joined([self._value(part, tallies, stretch) for part in self._parsed[at]]) for at in self._parsed}

    def _value(self, part: str | _Term, tallies: dict[int, Tally], stretch: Stretch) -> Total:
        if isinstance(part, str):
            return part
        if part.function == "ROWS":
            top, bottom = stretch.spread(part.blocks[0].top, part.blocks[0].bottom)
            return bottom - top + 1
        seen = Tally()
        for block in part.blocks:
            for column in range(block.left, block.right + 1):
                tally = tallies.get(column, Tally())
                if stretch.touches(block):
                    seen.numbers += tally.numbers
                    seen.filled += tally.filled
                    seen.total += tally.total
                self._add_fixed(seen, block, column)
        if part.function == "COUNTA":
            return seen.filled
        return seen.numbers if part.function == "COUNT" else _plain(seen.total)

    def _add_fixed(self, seen: Tally, block: Block, column: int) -> None:
        """Add the cells of a range that belong to the template itself."""
        for row in range(block.top, block.bottom + 1):
            if not self._stretch.first <= row <= self._stretch.last:
                value = self._worksheet.cell(row, column).value
                if value is not None:
                    seen.add(value)

    def _depends(self, formula: str, at: tuple[int, int], others: list[tuple[int, int]]) -> bool:
        """Whether a formula looks at the data, or at a cell that does."""
        for token in tokens_of(formula):
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                reference = _resolved(token, self._names)
                if looks_at(reference, self._stretch, self._stretch.sheet):
                    return True
                block = parse_block(reference)
                if block and (block.sheet or self._stretch.sheet) == self._stretch.sheet:
                    inside = [
                        (row, column)
                        for row, column in others
                        if block.top <= row <= block.bottom and block.left <= column <= block.right
                    ]
                    if any(cell != at for cell in inside):
                        return True
        return False

    def _parse(self, formula: str, at: tuple[int, int]) -> list[str | _Term]:
        """Read TERM & TERM & ... where a term is a literal text or one supported function of ranges."""
        tokens = [token for token in tokens_of(formula) if token.type != Token.WSPACE]
        parts = list[str | _Term]()
        while tokens:
            token = tokens.pop(0)
            if token.type == Token.OPERAND and token.subtype == Token.TEXT:
                parts.append(token.value[1:-1].replace('""', '"'))
            elif token.type == Token.FUNC and token.subtype == Token.OPEN:
                parts.append(self._parse_call(token.value[:-1].upper(), tokens, at, formula))
            else:
                raise self._fault(at, formula)
            if tokens and tokens.pop(0).value != "&":
                raise self._fault(at, formula)
        return parts

    def _parse_call(self, function: str, tokens: list[Token], at: tuple[int, int], formula: str) -> _Term:
        arguments = list[Token]()
        while tokens and tokens[0].subtype != Token.CLOSE:
            token = tokens.pop(0)
            if token.type == Token.OPERAND:
                arguments.append(token)
            elif token.type != Token.SEP:
                raise self._fault(at, formula)
        if tokens:
            tokens.pop(0)
        if function == "SUBTOTAL" and arguments:
            function = _SUBTOTALS.get(arguments.pop(0).value, function)
        blocks = [parse_block(_resolved(token, self._names)) for token in arguments]
        ours = [block for block in blocks if block and (block.sheet or self._stretch.sheet) == self._stretch.sheet]
        known = function in ("SUM", "COUNTA", "COUNT") or (function == "ROWS" and len(blocks) == 1)
        if not known or not blocks or len(ours) != len(blocks) or any(self._has_formula(block, at) for block in ours):
            raise self._fault(at, formula)
        return _Term(function, tuple(ours))

    def _has_formula(self, block: Block, at: tuple[int, int]) -> bool:
        """Whether a range holds other formulas (subtotals), or the total itself."""
        if block.top <= at[0] <= block.bottom and block.left <= at[1] <= block.right:
            return True
        return any(
            block.top <= row <= block.bottom and block.left <= column <= block.right
            for (row, column), _ in formulas_of(self._worksheet)
        )

    def _fault(self, at: tuple[int, int], formula: str) -> TemplateFault:
        where = f"模板“{self._template}”的表“{self._worksheet.title}”{column_letters(at[1])}{at[0]}"
        return TemplateFault(f"{where} 的公式“={formula}”不能随数据计算；{_ADVICE}")


def looks_at(reference: str, stretch: Stretch, home: str) -> bool:
    """Whether a reference written on sheet `home` covers cells of the data."""
    block = parse_block(reference)
    if block:
        return (block.sheet or home) == stretch.sheet and stretch.touches(block)
    sheet = names_whole_lines(reference)
    return sheet is not None and (sheet or home) == stretch.sheet


def formulas_of(worksheet: Worksheet) -> Iterable[tuple[tuple[int, int], str]]:
    """Row, column and text (without =) of every formula of a sheet."""
    for row in worksheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and cell.column is not None and cell.row is not None:
                value = cell.value
                text = value.text if isinstance(value, ArrayFormula) else value
                if not isinstance(text, DataTableFormula):
                    yield (cell.row, cell.column), str(text).removeprefix("=")


def refuse_foreign(template: str, workbook: Workbook, stretch: Stretch, names: dict[str, str]) -> None:
    """Refuse formulas on other sheets that look at the data: their values would be out of date."""
    for worksheet in workbook.worksheets:
        if worksheet.title == stretch.sheet:
            continue
        for (row, column), formula in formulas_of(worksheet):
            tokens = [token for token in tokens_of(formula) if token.subtype == Token.RANGE]
            if any(looks_at(_resolved(token, names), stretch, worksheet.title) for token in tokens):
                raise TemplateFault(
                    f"模板“{template}”的表“{worksheet.title}”{column_letters(column)}{row} "
                    f"的公式引用了表“{stretch.sheet}”的数据区，导出时无法算出它的值；请把这个合计移到数据所在的表，或删去该公式。"
                )


def _resolved(token: Token, names: dict[str, str]) -> str:
    """What a reference of a formula stands for; a defined name for its area."""
    return names.get(str(token.value).upper(), str(token.value))


def _joined(parts: list[Total]) -> Total:
    if len(parts) == 1:
        return parts[0]
    return "".join(part if isinstance(part, str) else format(part, ".15g") for part in parts)


def _plain(total: Decimal) -> int | float:
    return int(total) if total == total.to_integral_value() else float(total)
