"""A formula read into a tree, as far as its value can be told; anything else is refused in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.formula.tokenizer import Token

from xuncha_desktop.exports.excel.ranges import Block, parse_columns, parse_place, tokens_of

_COMPARED, _JOINED, _ADDED, _MULTIPLIED = ("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/")
_LEVELS = (_COMPARED, _JOINED, _ADDED, _MULTIPLIED)
_DEEPEST = 64


class Refused(Exception):
    """Why the value of a formula cannot be told, and what to do, in words for the user."""

    def __init__(self, why: str, advice: str) -> None:
        super().__init__(f"{why}；{advice}")
        self.why, self.advice = why, advice


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text or a truth value as it stands in the formula."""

    value: Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells of the template, by the sheet's name; `relative` where filling down moves its rows, None where in part."""

    block: Block
    relative: bool | None

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return (self.block.left, self.block.top) == (self.block.right, self.block.bottom)


@dataclass(frozen=True, slots=True)
class Operation:
    """A sign with what stands around it: one part or two."""

    sign: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; None for one left out between commas."""

    name: str
    arguments: tuple["Node | None", ...]


Node = Literal | Reference | Operation | Call


def parse(formula: str, home: str, names: dict[str, str]) -> Node:
    """The tree of a formula (given without =) that stands on sheet `home`."""
    parser = _Parser([token for token in tokens_of(formula) if token.type != Token.WSPACE], home, names)
    tree = parser.expression()
    if parser.left:
        raise parser.odd()
    return tree


def references(node: Node | None) -> Sequence[Reference]:
    """Every reference of a tree."""
    if isinstance(node, Reference):
        return [node]
    parts = node.parts if isinstance(node, Operation) else node.arguments if isinstance(node, Call) else ()
    return [found for part in parts for found in references(part)]


def reference_of(text: str, home: str, names: dict[str, str]) -> Reference | None:
    """The cells an operand names: its own, a defined name's, or whole columns; None for anything else."""
    text = names.get(text.upper(), text)
    if columns := parse_columns(text):
        return Reference(_at_home(columns, home), relative=False)
    place = parse_place(text)
    if place is None or place[0].left > place[0].right or place[0].top > place[0].bottom:
        return None
    return Reference(_at_home(place[0], home), place[1])


def _at_home(block: Block, home: str) -> Block:
    return block if block.sheet else Block(home, block.left, block.top, block.right, block.bottom)


class _Parser:
    """Goes through the tokens once, each level of signs calling the next stronger one."""

    def __init__(self, tokens: list[Token], home: str, names: dict[str, str]) -> None:
        self.left, self._home, self._names, self._depth = tokens, home, names, 0

    def expression(self, level: int = 0) -> Node:
        """What stands between signs weaker than `level`."""
        if level == len(_LEVELS):
            return self._signed()
        if level == 0:
            self._depth += 1
            if self._depth > _DEEPEST:
                raise Refused("嵌套太深", "请把它拆成几个公式")
        node = self.expression(level + 1)
        while self._next(Token.OP_IN) and self.left[0].value in _LEVELS[level]:
            sign = self.left.pop(0).value
            node = Operation(sign, (node, self.expression(level + 1)))
        self._depth -= level == 0
        return node

    def odd(self) -> Refused:
        """What to say of the next token."""
        sign = str(self.left[0].value).strip() if self.left else ""
        if not sign:
            return Refused("公式不完整", "请补全公式")
        return Refused(f"“{sign}”在这里不能计算", "请改用 + - * / & 和比较符号，或列出的函数")

    def _signed(self) -> Node:
        if self._next(Token.OP_PRE):
            sign = self.left.pop(0).value
            inner = self._signed()
            return inner if sign == "+" else Operation("-", (inner,))
        node = self._operand()
        while self._next(Token.OP_POST):
            self.left.pop(0)
            node = Operation("%", (node,))
        return node

    def _operand(self) -> Node:
        if self._next(Token.PAREN, Token.OPEN):
            self.left.pop(0)
            node = self.expression()
            self._close(Token.PAREN)
            return node
        if self._next(Token.FUNC, Token.OPEN):
            return self._call()
        if not self._next(Token.OPERAND):
            raise self.odd()
        token = self.left.pop(0)
        text = str(token.value)
        match token.subtype:
            case Token.TEXT:
                return Literal(text[1:-1].replace('""', '"'))
            case Token.NUMBER:
                return Literal(Decimal(text))
            case Token.LOGICAL:
                return Literal(text.upper() == "TRUE")
            case Token.RANGE:
                found = reference_of(text, self._home, self._names)
                if found is None:
                    raise Refused(
                        f"“{text}”不是能计算的区域", "请写成 A4:A4 或 表名!A:A 这样的区域，不用整行、表格名和别的文件"
                    )
                return found
            case _:
                raise Refused(f"公式里有“{text}”", "请改正公式")

    def _call(self) -> Call:
        name = str(self.left.pop(0).value)[:-1].upper()
        arguments = list[Node | None]()
        if not self._next(Token.FUNC, Token.CLOSE):
            arguments.append(self._argument())
            while self._next(Token.SEP, Token.ARG):
                self.left.pop(0)
                arguments.append(self._argument())
        self._close(Token.FUNC)
        return Call(name, tuple(arguments))

    def _argument(self) -> Node | None:
        ends = self._next(Token.SEP, Token.ARG) or self._next(Token.FUNC, Token.CLOSE)
        return None if ends else self.expression()

    def _close(self, kind: str) -> None:
        if not self._next(kind, Token.CLOSE):
            raise self.odd()
        self.left.pop(0)

    def _next(self, kind: str, subtype: str = "") -> bool:
        return bool(self.left) and self.left[0].type == kind and (not subtype or self.left[0].subtype == subtype)
