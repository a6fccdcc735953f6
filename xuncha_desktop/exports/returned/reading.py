"""What the cell of an edited ledger says for the paper, and whether that is anything new."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from typing import Any

from xuncha_desktop import rich
from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.decoding.lists.grid import Dated, Fault, Shown
from xuncha_desktop.exports.excel.fill import Value
from xuncha_desktop.exports.returned.columns import Column, date_titles, money_titles
from xuncha_desktop.model import Kind
from xuncha_desktop.model.show import long_date
from xuncha_desktop.services.imports import values
from xuncha_desktop.services.imports.kinds import PERIOD, Target
from xuncha_desktop.services.imports.names import Names
from xuncha_desktop.services.imports.values import Unreadable

_AS_EXCEL = Context(prec=15)
_FEN_IN_WAN = 1_000_000
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_JOINT = re.compile(r"[、\n]")


def same(cell: grid.Value, printed: Value, title: str) -> bool:
    """Whether a cell says what the program would print there."""
    number = cell.number if isinstance(cell, Shown) else cell
    if printed is None or printed == "":
        return not grid.shown(cell).strip()
    if isinstance(printed, bool):
        return grid.shown(cell) == ("是" if printed else "否")
    if isinstance(number, Decimal) and isinstance(printed, int | float):
        expected = Decimal(printed) / (_FEN_IN_WAN if title in money_titles() else 1)
        return _AS_EXCEL.create_decimal(number) == _AS_EXCEL.create_decimal(expected)
    if isinstance(cell, Dated):
        return not cell.time and cell.day.isoformat() == printed
    return plain(grid.shown(cell)) == plain(str(printed))


def plain(text: str) -> str:
    """A text without what office programs do to signs that look like their escapes (_x0041_), and blanks around it."""
    while (bare := _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)) != text:
        text = bare
    return text.strip()


def as_cell(printed: Value, title: str) -> grid.Value:
    """What the program printed as a cell of the file."""
    if printed is None:
        return ""
    if isinstance(printed, bool):
        return "是" if printed else "否"
    if isinstance(printed, int | float):
        return Decimal(printed) / (_FEN_IN_WAN if title in money_titles() else 1)
    return str(printed)


class Reader:
    """Reads cells for the papers of one case."""

    def __init__(self, names: Names, today: date) -> None:
        self._names, self._today = names, today

    def read(
        self, target: Target, column: Column, cell: grid.Value, now: Mapping[str, Any], levels: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The values of the paper's fields; Unreadable where the cell says nothing they can keep."""
        field, name = target.field, target.name
        if isinstance(cell, Fault):
            raise Unreadable(cell.why)
        text = values.text_of(cell)
        if not text:
            if field.required:
                raise Unreadable("是必填的，不能清空")
            return {"period_from": None, "period_to": None} if name == PERIOD else {name: field.empty}
        if name == PERIOD:
            return dict(zip(("period_from", "period_to"), values.period_of(cell, self._today), strict=True))
        match field.kind:
            case Kind.ROWS:
                return {name: self._parties(text, now[name])}
            case Kind.REF:
                return {name: self._one(field.target, text, levels)}
            case Kind.REFS:
                return {
                    name: tuple(
                        dict.fromkeys(self._names.find(field.target, part) for part in self._parts(target, text))
                    )
                }
            case Kind.RICHTEXT:
                return {name: rich.reworded(now[name], text)}
            case _:
                return {name: values.read(field, "paper", cell, column.cents, self._today).value}

    def _one(self, entity: str, text: str, levels: Sequence[str]) -> str:
        """The record named; of problem types with the same name the one under the levels beside it."""
        longer = ["".join([*levels[start:], text]) for start in range(len(levels))]
        known = next((words for words in longer if self._names.has(entity, words)), text)
        return self._names.find(entity, known)

    def _parts(self, target: Target, text: str) -> list[str]:
        """The names in a cell, as the program joins them; other signs part those that nobody is known by."""
        found: list[str] = []
        for part in filter(None, map(str.strip, _JOINT.split(text))):
            found += [part] if self._names.has(target.field.target, part) else values.parts(part)
        return found

    def _parties(self, text: str, now: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The bodies named: those already there keep their kind, one in place of another takes its kind over."""
        left = [dict(row) for row in now]
        found: list[dict[str, Any] | None] = []
        texts = [part.strip() for part in _JOINT.split(text) if part.strip()]
        for name in texts:
            row = next((row for row in left if row["name"] == name), None)
            if row:
                left.remove(row)
            found.append(row)
        new = found.count(None)
        instead = iter(left if len(left) == new else [{} for _ in range(new)])
        return [{**next(instead), "name": name} if row is None else row for name, row in zip(texts, found, strict=True)]


def differs(read: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether values read from a cell are other than those of the paper."""
    return any(_comparable(value) != _comparable(now[name]) for name, value in read.items())


def _comparable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(row["name"] if isinstance(row, dict) else row for row in value)
    return value.strip() if isinstance(value, str) else value


def in_words(cell: grid.Value, title: str) -> str:
    """A cell, or what the program prints in it, as people read it."""
    if isinstance(cell, Dated):
        return long_date(cell.day.isoformat())
    text = grid.shown(cell)
    return long_date(text) if title in date_titles() and _ISO.fullmatch(text) else text
