"""Largest sizes of what a template computes: filters and loops that could fill the memory or never end."""

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, do_batch, do_round, do_slice
from jinja2.utils import pass_eval_context
from jinja2.visitor import NodeTransformer

MOST_ROWS = 1000
LONGEST = 5_000_000  # characters of one text that a template puts together, items of one list
MOST_TURNS = 5_000_000  # of all loops of one document
_MOST_DIGITS = 12
_REFUSED = (
    *(nodes.Macro, nodes.CallBlock, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block),
    nodes.EvalContextModifier,  # autoescape: what is printed must stay text
)


def bounded_tree(tree: nodes.Template) -> nodes.Template:
    """Refuse what leads to other templates, endless calls or unescaped text; let the sandbox count and measure."""
    for refused in tree.find_all(_REFUSED):
        raise SecurityError(f"{type(refused).__name__} refused")
    bounded = _Bounding().visit(tree)
    assert isinstance(bounded, nodes.Template)
    return bounded


class _Bounding(NodeTransformer):
    def visit_For(self, node: nodes.For) -> nodes.For:
        if node.recursive:
            raise SecurityError("recursive loop refused")
        self.generic_visit(node)
        node.iter = _through("counted", node.iter)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:
        self.generic_visit(node)
        return _through("measured", node)


def _through(method: str, node: nodes.Node) -> nodes.Call:
    line = node.lineno
    return nodes.Call(nodes.EnvironmentAttribute(method, lineno=line), [node], [], None, None, lineno=line)


def _batch(value: Iterable[Any], count: int, fill: Any = None) -> Any:
    return do_batch(value, _small(count, MOST_ROWS), fill)


def _slice(value: Any, count: int, fill: Any = None) -> Any:
    return do_slice(value, _small(count, MOST_ROWS), fill)


def _round(value: float, precision: int = 0, method: Any = "common") -> float:
    return do_round(value, _small(precision, _MOST_DIGITS), method)


@pass_eval_context
def _replace(context: Any, text: str, old: str, new: str, count: int | None = None) -> str:
    _small(len(_flat(text)) + str(text).count(str(old)) * len(str(new)), LONGEST)
    return FILTERS["replace"](context, text, old, new, count)


@pass_eval_context
def _join(context: Any, value: Iterable[Any], between: str = "", attribute: Any = None) -> str:
    parts = list(value)
    _small(sum(len(_flat(part)) for part in parts if attribute is None) + len(parts) * len(between), LONGEST)
    return FILTERS["join"](context, parts, between, attribute)


def _flat(value: Any) -> str:
    """A text or number as text; lists inside lists could be of any size."""
    if isinstance(value, list | tuple | dict):
        raise TypeError("a list is no text")
    return value if isinstance(value, str) else str(value)


def _of_text(name: str) -> Callable[..., Any]:
    plain = FILTERS[name]
    return lambda value, *rest, **named: plain(_flat(value), *rest, **named)


def _small(number: int, most: int) -> int:
    if abs(number) > most:
        raise SecurityError("too much")
    return number


BOUNDED_FILTERS: dict[str, Callable[..., Any]] = {
    "batch": _batch,
    "slice": _slice,
    "round": _round,
    "replace": _replace,
    "join": _join,
    **{name: _of_text(name) for name in ("string", "lower", "upper", "trim")},
}
