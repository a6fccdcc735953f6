"""The values of formulas over what is written, each as Excel computes it on opening the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.expressions import Call, Literal, Node, Operation, Reference, Refused
from xuncha_desktop.exports.excel.formulas import Cell, FormulaFault, Formulas
from xuncha_desktop.exports.excel.functions import FUNCTIONS, Argument
from xuncha_desktop.exports.excel.ranges import LAST_ROW, Block, Stretch
from xuncha_desktop.exports.excel.values import (
    DIVISION,
    Area,
    ErrorValue,
    Value,
    compared,
    of_cell,
    to_number,
    to_text,
    to_truth,
)


@dataclass(frozen=True)
class Data:
    """The rows of one sheet: where they end up, and the values of the columns that formulas and charts look at."""

    stretch: Stretch
    columns: Mapping[int, Sequence[Value]]
    count: int  # of the rows; a table without any keeps the model row


class Calculation:
    """Every value that depends on the data."""

    def __init__(self, formulas: Formulas, workbook: Workbook, data: Mapping[str, Data]) -> None:
        self._formulas, self._workbook, self._data = formulas, workbook, data
        self._epoch = date(workbook.epoch.year, workbook.epoch.month, workbook.epoch.day)
        self._values = dict[Cell, Value]()
        self._columns = dict[tuple[str, int], list[Value]]()
        self._areas = dict[Block, Area]()
        self._own = ""  # the sheet whose model row is being filled down
        for cell in formulas.order:
            self._compute(cell)

    def fixed(self, sheet: str) -> dict[tuple[int, int], Value]:
        """The values beside the rows of a sheet, by row and column of the template."""
        valued = self._formulas.valued
        return {(row, column): value for (name, row, column), value in self._values.items()
                if name == sheet and (name, row, column) in valued}  # fmt: skip

    def columns(self, sheet: str) -> dict[int, list[Value]]:
        """The values of the formulas that are filled down, by column."""
        return {column: values for (name, column), values in self._columns.items() if name == sheet}

    def _compute(self, cell: Cell) -> None:
        tree, (sheet, _, column) = self._formulas.trees[cell], cell
        try:
            if not self._formulas.is_model(cell):
                self._own = ""
                self._values[cell] = self._value(tree, 0)
                return
            self._own, values = sheet, list[Value]()
            self._columns[sheet, column] = values
            values += [self._value(tree, row) for row in range(self._data[sheet].count)]
        except Refused as reason:
            raise FormulaFault(self._formulas.template, cell, self._formulas.texts[cell], reason) from reason

    def _value(self, node: Node | None, row: int) -> Value:
        """What a node gives where one value is wanted; `row` counts the data's rows from 0."""
        match node:
            case Literal():
                return Decimal(node.value) if isinstance(node.value, Decimal) else node.value
            case Reference():
                return self._area(node, row).values[0]
            case Operation():
                return self._signed(node.sign, [self._value(part, row) for part in node.parts])
            case Call():
                return self._called(node, row)
            case None:
                raise AssertionError  # judged before

    def _called(self, node: Call, row: int) -> Value:
        if node.name == "IF":
            truth = to_truth(self._value(node.arguments[0], row))
            if isinstance(truth, ErrorValue):
                return truth
            chosen = node.arguments[1] if truth else (*node.arguments, None)[2]
            return self._value(chosen, row) if chosen is not None else False
        if node.name == "IFERROR":
            found = self._value(node.arguments[0], row)
            return self._value(node.arguments[1], row) if isinstance(found, ErrorValue) else found
        function, arguments = FUNCTIONS[node.name], list[Argument]()
        for place, one in enumerate(node.arguments):
            is_area = isinstance(one, Reference) and function.kind(place) != "v"
            arguments.append(self._area(one, row) if is_area and isinstance(one, Reference) else self._value(one, row))
        return function.run(arguments, self._epoch)

    def _signed(self, sign: str, parts: Sequence[Value]) -> Value:
        if sign == "&":
            texts = [to_text(part) for part in parts]
            return next((one for one in texts if isinstance(one, ErrorValue)), "".join(map(str, texts)))
        if sign in ("=", "<>", "<", ">", "<=", ">="):
            return compared(parts[0], parts[1], sign)
        numbers = [to_number(part) for part in parts]
        for one in numbers:
            if isinstance(one, ErrorValue):
                return one
        first, *rest = [one for one in numbers if isinstance(one, Decimal)]
        if not rest:
            return -first if sign == "-" else first / 100
        second = rest[0]
        match sign:
            case "+":
                return first + second
            case "-":
                return first - second
            case "*":
                return first * second
            case _:
                return first / second if second else DIVISION

    def _area(self, reference: Reference, row: int) -> Area:
        block = reference.block
        if reference.relative and block.sheet == self._own:
            data, columns = self._data[self._own], range(block.left, block.right + 1)
            return Area([self._of_row(data, column, row) for column in columns], len(columns))
        if block not in self._areas:
            self._areas[block] = self._read(block)
        return self._areas[block]

    def _read(self, block: Block) -> Area:
        """The values of a block of the template at the size it gets."""
        worksheet, data = self._workbook[block.sheet], self._data.get(block.sheet)
        assert isinstance(worksheet, Worksheet)
        stretch = data.stretch if data and data.stretch.touches(block) else None
        bottom = min(block.bottom, max(worksheet.max_row, stretch.last if stretch else block.top))
        columns, values, row = range(block.left, block.right + 1), list[Value](), block.top
        while row <= bottom:
            if data and stretch and stretch.first <= row <= stretch.last:
                for at in range(stretch.count):
                    values += [self._of_row(data, column, at) for column in columns]
                row = stretch.last + 1
                continue
            values += [self._of_cell(worksheet, row, column) for column in columns]
            row += 1
        if (block.top, block.bottom) == (1, LAST_ROW):  # whole columns stay as long as they are
            return Area(values, len(columns), LAST_ROW * len(columns) - len(values))
        return Area(values, len(columns), (block.bottom - bottom) * len(columns))

    def _of_row(self, data: Data, column: int, row: int) -> Value:
        values = self._columns.get((data.stretch.sheet, column)) or data.columns.get(column, ())
        return values[row] if row < len(values) else None

    def _of_cell(self, worksheet: Worksheet, row: int, column: int) -> Value:
        cell = (worksheet.title, row, column)
        if cell in self._formulas.texts:
            return self._values[cell]
        return of_cell(worksheet.cell(row, column).value, self._workbook.epoch)
