"""The formulas of a template that look at the data: found, read, and judged before anything is written."""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from openpyxl import Workbook
from openpyxl.formula.tokenizer import Token
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.expressions import (
    Call,
    Node,
    Operation,
    Reference,
    Refused,
    parse,
    reference_of,
    references,
)
from xuncha_desktop.exports.excel.functions import FUNCTIONS
from xuncha_desktop.exports.excel.ranges import Stretch, column_letters, names_whole_lines, tokens_of
from xuncha_desktop.exports.templates import TemplateFault

Cell = tuple[str, int, int]  # sheet, row, column of the template
_SAME_SHAPE = {"COUNTIFS", "SUMIF", "SUMIFS", "AVERAGEIF", "AVERAGEIFS", "SUMPRODUCT"}
_WIDEST = 500
_KNOWN = f"能计算的函数有 {'、'.join(FUNCTIONS)}，请改用它们或删去该公式"


class FormulaFault(TemplateFault):
    """A formula whose value cannot be told, with its cell."""

    def __init__(self, template: str, cell: Cell, formula: str, reason: Refused) -> None:
        self.sheet, self.cell = cell[0], f"{column_letters(cell[2])}{cell[1]}"
        self.cause = f"公式“={formula}”不能随数据计算：{reason.why}"
        self.advice = f"{reason.advice}。"
        super().__init__(f"模板“{template}”的表“{self.sheet}”{self.cell} 的{self.cause}；{self.advice}")


class Formulas:
    """All formulas of a workbook; those that depend on the data are read, and faults told."""

    def __init__(self, template: str, workbook: Workbook, stretches: Iterable[Stretch], names: dict[str, str]) -> None:
        self.template, self._names = template, names
        self.stretches = {stretch.sheet: stretch for stretch in stretches}
        self._tables = dict[str, str]()  # by name, the sheet
        self.texts = dict[Cell, str]()
        for worksheet in workbook.worksheets:
            self._tables |= {name.upper(): worksheet.title for name in worksheet.tables}
            for (row, column), text in formulas_of(worksheet):
                if not self._is_spare(worksheet.title, row):
                    self.texts[worksheet.title, row, column] = text
        self._by_column = dict[tuple[str, int], list[Cell]]()
        for cell in self.texts:
            self._by_column.setdefault((cell[0], cell[2]), []).append(cell)
        self._looks = {cell: self._references(cell) for cell in self.texts}
        self.valued = self._depending()
        self.trees = dict[Cell, Node]()
        self.faults = list[FormulaFault]()
        self._read()
        self.order = self._ordered()

    def is_model(self, cell: Cell) -> bool:
        """Whether a cell stands in a model row, so that its formula is filled down."""
        stretch = self.stretches.get(cell[0])
        return stretch is not None and cell[1] == stretch.first

    def columns(self, sheet: str) -> set[int]:
        """The columns whose data some formula looks at."""
        stretch, found = self.stretches[sheet], set[int]()
        for tree in self.trees.values():
            for one in references(tree):
                if one.block.sheet == sheet and stretch.touches(one.block):
                    found.update(range(one.block.left, one.block.right + 1))
        return found

    def within(self, reference: Reference) -> Iterable[Cell]:
        """The formulas that stand in the cells named."""
        block, stretch = reference.block, self.stretches.get(reference.block.sheet)
        is_data = stretch is not None and stretch.touches(block)
        for column in range(block.left, min(block.right, _WIDEST) + 1):
            for cell in self._by_column.get((block.sheet, column), ()):
                if block.top <= cell[1] <= block.bottom or (is_data and self.is_model(cell)):
                    yield cell

    def refuse(self) -> None:
        """Raise the first fault."""
        for fault in self.faults:
            raise fault

    def _is_spare(self, sheet: str, row: int) -> bool:
        stretch = self.stretches.get(sheet)
        return stretch is not None and stretch.first < row <= stretch.last

    def _references(self, cell: Cell) -> Sequence[Reference | str]:
        """What a formula looks at; of whole rows and of tables their sheet."""
        found = list[Reference | str]()
        for token in tokens_of(self.texts[cell]):
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                text = str(token.value)
                one = reference_of(text, cell[0], self._names)
                sheet = names_whole_lines(self._names.get(text.upper(), text)) if one is None else None
                sheet = self._tables.get(text.partition("[")[0].upper(), sheet) if one is None else None
                found += [one] if one else [sheet or cell[0]] if sheet is not None else []
        return found

    def _touches_data(self, look: Reference | str) -> bool:
        if isinstance(look, str):
            return look in self.stretches
        stretch = self.stretches.get(look.block.sheet)
        return stretch is not None and stretch.touches(look.block)

    def _depending(self) -> set[Cell]:
        """The formulas that look at the data, at one that does, and so on; and those of model rows."""
        found = {cell for cell in self.texts if self.is_model(cell) or any(map(self._touches_data, self._looks[cell]))}
        users = dict[Cell, list[Cell]]()
        for cell, looks in self._looks.items():
            for look in looks:
                for used in self.within(look) if isinstance(look, Reference) else ():
                    users.setdefault(used, []).append(cell)
        new = list(found)
        while new:
            for cell in users.get(new.pop(), ()):
                if cell not in found:
                    found.add(cell)
                    new.append(cell)
        return found

    def _read(self) -> None:
        """Read what depends on the data, and whatever else that is computed from."""
        waiting, seen = sorted(self.valued), set(self.valued)
        while waiting:
            cell = waiting.pop(0)
            try:
                tree = parse(self.texts[cell], cell[0], self._names)
                self._judge(tree, "v", cell)
            except Refused as reason:
                self.faults.append(FormulaFault(self.template, cell, self.texts[cell], reason))
                continue
            self.trees[cell] = tree
            new = {used for one in references(tree) for used in self.within(one)} - seen
            waiting += sorted(new)
            seen |= new

    def _ordered(self) -> list[Cell]:
        """The formulas read, each after those it is computed from."""
        graph = {cell: {used for one in references(tree) for used in self.within(one)} & self.trees.keys()
                 for cell, tree in self.trees.items()}  # fmt: skip
        for cell, used in graph.items():
            if cell in used:
                self._refuse_circle(graph, cell)
        while True:
            try:
                return list(TopologicalSorter(graph).static_order())
            except CycleError as error:
                self._refuse_circle(graph, error.args[1][0])

    def _refuse_circle(self, graph: dict[Cell, set[Cell]], cell: Cell) -> None:
        reason = Refused("直接或间接引用了自己", "请把引用的区域改到不含这一格")
        self.faults.append(FormulaFault(self.template, cell, self.texts[cell], reason))
        graph[cell] = set()

    def _judge(self, node: Node | None, kind: str, cell: Cell) -> None:
        """Refuse what cannot be computed; `kind` is what is wanted here: v a value, r a range, e either."""
        if node is None:
            raise Refused("函数里省略了一项", "请把这一项写出来")
        if isinstance(node, Reference):
            self._judge_reference(node, kind, cell)
            return
        if kind == "r":
            raise Refused("要写区域的地方不是区域", "请写成 A4:A4 这样的区域")
        if isinstance(node, Operation):
            for part in node.parts:
                self._judge(part, "v", cell)
        elif isinstance(node, Call):
            self._judge_call(node, cell)

    def _judge_reference(self, node: Reference, kind: str, cell: Cell) -> None:
        own = self.is_model(cell) and node.block.sheet == cell[0]
        stretch = self.stretches.get(node.block.sheet)
        name = f"{column_letters(node.block.left)}{node.block.top}"
        if own and node.relative is not False:
            if node.relative is None or {node.block.top, node.block.bottom} != {cell[1]}:
                raise Refused(
                    f"样板行的公式会逐行向下填充，“{name}”会跟着移动",
                    f"引用别的行请在行号前加 $，如 {name[:-1]}${name[-1]}",
                )
        elif kind == "v" and stretch is not None and stretch.touches(node.block):
            raise Refused(f"“{name}”是整列数据，不是一个值", "请用 SUM、MAX 等函数包住它")
        if node.block.right > _WIDEST:
            raise Refused("区域太宽", f"请只写前 {_WIDEST} 列里的区域")
        if kind == "v" and not node.is_single:
            raise Refused("要写一个值的地方写了区域", "请用 SUM、MAX 等函数包住它")

    def _judge_call(self, node: Call, cell: Cell) -> None:
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise Refused(f"不能计算函数 {node.name}", _KNOWN)
        if not function.fits(len(node.arguments)):
            raise Refused(f"函数 {node.name} 的项数不对", "请补上或删去多余的项")
        if node.name in ("AND", "OR") and any(isinstance(one, Reference) for one in node.arguments):
            # A cell without a truth value is passed over there, and none but Excel says which.
            raise Refused(f"{node.name} 里直接写了单元格", "请写成比较，如 A4>0")
        areas = list[Reference]()
        for place, argument in enumerate(node.arguments):
            self._judge(argument, function.kind(place), cell)
            if function.kind(place) == "r" and isinstance(argument, Reference):
                areas.append(argument)
        if node.name == "SUBTOTAL" and any(
            "SUBTOTAL(" in self.texts[used] for one in areas for used in self.within(one)
        ):
            raise Refused("SUBTOTAL 的区域里还有 SUBTOTAL", "请让区域只含数据，或改用 SUM")
        shapes = {(one.block.sheet, one.block.top, one.block.bottom, one.block.right - one.block.left) for one in areas}
        if node.name in _SAME_SHAPE and len(shapes) > 1:
            raise Refused(f"函数 {node.name} 的几个区域大小不同", "请让它们在同一张表、起止行相同、列数相同")


def formulas_of(worksheet: Worksheet) -> Iterable[tuple[tuple[int, int], str]]:
    """Row, column and text (without =) of every formula of a sheet."""
    for row in worksheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and cell.column is not None and cell.row is not None:
                value = cell.value
                text = value.text if isinstance(value, ArrayFormula) else value
                if not isinstance(text, DataTableFormula):
                    yield (cell.row, cell.column), str(text).removeprefix("=")


def names_of(workbook: Workbook) -> dict[str, str]:
    """What each defined name stands for."""
    return {
        name.upper(): str(found.attr_text).lstrip("=")
        for scope in (workbook, *workbook.worksheets)
        for name, found in scope.defined_names.items()
        if found.attr_text
    }
