"""The closed room a template runs in: plain data, a short list of filters, nothing that leads outside or has no end."""

from collections.abc import Callable, Iterable, Iterator

from jinja2 import DictLoader, StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup

from xuncha_desktop import rich
from xuncha_desktop.exports.word.limits import BOUNDED_FILTERS, LONGEST, MOST_ROWS, MOST_TURNS, bounded_tree
from xuncha_desktop.exports.word.text import Traced, mark

_NUMBERS = ("abs", "int", "max", "min", "round", "sum")
_LISTS = ("count", "length", "first", "last", "batch", "slice", "list", "reverse", "sort", "unique")
_CHOICES = ("map", "select", "reject", "selectattr", "rejectattr")
_TEXTS = ("d", "default", "join", "lower", "upper", "replace", "string", "trim", "truncate")
_LARGEST = 10**12

Notice = Callable[[str], None]


class Sandbox(ImmutableSandboxedEnvironment):
    """Sees keys of dicts, items of lists and the loop counter; no attribute of anything else."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, printed: Notice) -> None:
        """`printed` hears of every text the template prints, before it stands in the file."""
        super().__init__(autoescape=True, undefined=StrictUndefined, loader=DictLoader({}), finalize=_printer(printed))
        self.filters = {name: FILTERS[name] for name in (*_NUMBERS, *_LISTS, *_CHOICES, *_TEXTS)}
        self.filters |= {**BOUNDED_FILTERS, "lines": lines}
        self.globals = {"range": _rows}
        self._turns = 0

    def counted(self, rows: Iterable[object]) -> Iterator[object]:
        """What a loop goes through, as long as all loops together stay within reason."""
        for row in rows:
            self._turns += 1
            if self._turns > MOST_TURNS:
                raise SecurityError("too many turns")
            yield row

    def measured(self, text: str) -> str:
        """A text that was put together with ~, unless it grew beyond reason."""
        if len(text) > LONGEST:
            raise SecurityError("text too long")
        return text

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return bounded_tree(super()._parse(source, name, filename))

    def getattr(self, obj: object, attribute: str) -> object:
        """A key of a dict wins over the dict's own methods, which templates never see."""
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        if isinstance(obj, dict | Undefined):
            return self.getitem(obj, attribute)
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """An item by key or number; a missing one is undefined and stops the export when it is used."""
        if isinstance(obj, Undefined):
            return obj[argument]
        if isinstance(obj, dict | list | tuple | str):
            try:
                return obj[argument]  # pyright: ignore[reportArgumentType, reportCallIssue] what the template says
            except (LookupError, TypeError):
                return self.undefined(obj=obj, name=str(argument))
        return self.unsafe_undefined(obj, str(argument))

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Arithmetic on numbers of sane size; `+` also joins texts. `'a' * 10**9` must not fill the memory."""
        if operator == "+" and isinstance(left, str | list) and isinstance(right, str | list):
            if len(left) + len(right) > LONGEST:
                raise SecurityError("sum too long")
            return super().call_binop(context, operator, left, right)
        if operator == "**" or not (_is_small(left) and _is_small(right)):
            raise SecurityError(f"operator {operator} refused")
        return super().call_binop(context, operator, left, right)


def _is_small(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= _LARGEST


def lines(text: str) -> list[str]:
    """Give the lines of a text one by one, a table as one of them, for templates that put something around each."""
    if not isinstance(text, Traced):
        return list(text.split("\n"))
    found: list[str] = []
    start = 0
    parts = [(rich.words(block), (block,)) for block in text.blocks] or [(line, ()) for line in text.split("\n")]
    for words, blocks in parts:
        end = start + len(words)
        spans = (span for span in text.spans if start <= span.start and span.end <= end)
        found.append(Traced.at(text.path, words, tuple(span.moved(-start) for span in spans), blocks))
        start = end + 1
    return found


def _rows(*bounds: int) -> range:
    """Count for empty rows of a form; not far enough to keep the machine busy."""
    rows = range(*bounds)
    if len(rows) > MOST_ROWS:
        raise SecurityError("range too long")
    return rows


def _printer(printed: Notice) -> Callable[[Context, object], str]:
    # pass_context keeps jinja2 from folding constants, so that every printed text comes through here.
    @pass_context
    def finalize(context: Context, value: object) -> str:
        if isinstance(value, Undefined | Markup):
            return str(value) if isinstance(value, Undefined) else value
        if isinstance(value, str):
            printed(value)
            return mark(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise TypeError(f"{type(value).__name__} cannot be printed")

    return finalize
