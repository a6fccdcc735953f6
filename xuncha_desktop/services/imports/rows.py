"""Reads the cells of one record for the fields their columns go to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.decoding.lists.grid import Value
from xuncha_desktop.model import LONG_TEXTS, Kind, entities
from xuncha_desktop.services.imports import values
from xuncha_desktop.services.imports.choice_words import PARTY_WORDS
from xuncha_desktop.services.imports.complete import person
from xuncha_desktop.services.imports.headings import bare
from xuncha_desktop.services.imports.kinds import PERIOD, ImportKind, Target, needs_label
from xuncha_desktop.services.imports.layout import Column, Table
from xuncha_desktop.services.imports.mapping import Columns
from xuncha_desktop.services.imports.names import Names
from xuncha_desktop.services.imports.values import Unreadable

_NUMBERS = frozenset((Kind.INT, Kind.MONEY, Kind.YUAN))
_TEXTS = frozenset((Kind.TEXT, *LONG_TEXTS, Kind.ROWS))
_DITTO = frozenset(("同上", "同前", "〃", "″", '"', "''", "”"))
_NOTHING = re.compile(r"[/\\∕／—–―－-]+|无|暂无|空")
_PARTY = re.compile(r"([^:：()（）]+)[:：](.+)|(.+)[(（]([^)）]+)[)）]")
_ENDED = re.compile(r"([^（(]+)[（(]([^）)]+)[）)]")
_GROUPS = re.compile(r"[;；\n]+")

Told = tuple[int, int, str]  # row, column, words


@dataclass(slots=True)
class Row:
    """What the cells say, and what is to be said of them."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Told] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)


class RowReader:
    """Reads records from top to bottom: a ditto mark means what stands above it."""

    def __init__(
        self,
        kind: ImportKind,
        table: Table,
        columns: Columns,
        names: Names,
        corrected: Mapping[tuple[int, int], str],
        today: date,
    ) -> None:
        self._kind = kind
        self._table = table
        self._names = names
        self._corrected = corrected
        self._today = today
        self._columns = [(c, kind.targets[columns[c.place]]) for c in table.columns if c.place in columns]
        self._alone = {name: list(columns.values()).count(name) == 1 for name in columns.values()}
        self._above: dict[int, Value] = {}

    def read(self, rows: Sequence[int], record: str) -> Row:
        """A record that stands in these rows: in the first, and where it goes on, in further ones."""
        found = Row()
        for column, target in self._columns:
            for row in rows:
                try:
                    value = self._value(found, row, column, target, rows[0])
                    if value == "":
                        continue
                    if row != rows[0] and target.field.kind not in LONG_TEXTS:
                        raise Unreadable("与上面合并成一条，这一格的内容放不下；请取消合并，或把内容并到第一行")
                    self._take(found, target, column, row, value, record)
                except Unreadable as reason:
                    found.problems.append((row, column.place, str(reason)))
        return found

    def words(self, row: int, names: Sequence[str]) -> list[str]:
        """What the columns that go to these fields say, before it is understood."""
        wanted = [column for column, target in self._columns if target.name in names]
        return [
            self._corrected.get((row, column.place), grid.shown(self._table.sheet.value(row, column.place)))
            for column in wanted
        ]

    def _value(self, found: Row, row: int, column: Column, target: Target, first: int) -> Value:
        place = column.place
        if (row, place) in self._corrected:
            value: Value = self._corrected[row, place].strip()
        else:
            value = self._stored(found, row, column, target, first)
        if isinstance(value, str) and value in _DITTO:
            if place not in self._above:
                raise Unreadable(f"写着“{value}”，上面却没有内容")
            value = self._above[place]
        elif value != "":
            self._above[place] = value
        nothing = isinstance(value, str) and target.field.kind not in _TEXTS and _NOTHING.fullmatch(value)
        return "" if nothing and target.field.kind is not Kind.BOOL else value

    def _stored(self, found: Row, row: int, column: Column, target: Target, first: int) -> Value:
        """What the file says: cells of one column that are merged say the same, numbers count once."""
        top, left = self._table.covered.get((row, column.place), (row, column.place))
        goes_on = top != row and row != first  # a part of a record says nothing new by the cell it shares
        if left != column.place or top <= self._table.heading[1] or goes_on:
            return ""
        if top != row and target.field.kind in _NUMBERS:
            found.remarks.append((row, column.place, f"合并的数只记在第{top}行"))
            return ""
        return self._table.sheet.value(top, left)

    def _take(self, found: Row, target: Target, column: Column, row: int, value: Value, record: str) -> None:
        name, kind = target.name, target.field.kind
        if kind in LONG_TEXTS:
            self._take_text(found, target, column, values.text_of(_whole(value)))
        elif kind is Kind.REF:
            found.values[name] = self._names.find(target.field.target, values.text_of(_whole(value)))
            if found.values[name] == record:
                raise Unreadable("不能是它自己")
        elif kind is Kind.REFS:
            found.values[name] = self._all(target.field.target, values.text_of(_whole(value)))
        elif name == PERIOD:
            found.values["period_from"], found.values["period_to"] = values.period_of(value, self._today)
        elif name == "place" and (level := _level(values.text_of(_whole(value)), self._kind)):
            found.values |= level
        elif kind is Kind.ROWS:
            found.values[name] = _child_rows(target, values.text_of(_whole(value)))
        else:
            read = values.read(target.field, target.entity, value, column.cents, self._today)
            found.values[name] = person(read.value) if self._is_person(target) else read.value
            if read.remark:
                found.remarks.append((row, column.place, read.remark))

    def _take_text(self, found: Row, target: Target, column: Column, text: str) -> None:
        labelled = needs_label(target, self._kind, column.heading, alone=self._alone[target.name])
        line = f"{column.heading}：{text}" if labelled and column.heading else text
        before = found.values.get(target.name, "")
        found.values[target.name] = f"{before}\n{line}" if before and line != before else line

    def _all(self, entity: str, text: str) -> tuple[str, ...]:
        if self._names.has(entity, text):
            return (self._names.find(entity, text),)
        return tuple(dict.fromkeys(self._names.find(entity, part) for part in self._parts(entity, text)))

    def _parts(self, entity: str, text: str) -> list[str]:
        """The names in a list; blanks part them, too, where they do not only widen short names."""
        found: list[str] = []
        for part in values.parts(text):
            pieces = part.split()
            known = all(self._names.has(entity, piece) for piece in pieces)
            found += pieces if known and not self._names.has(entity, part) else [part]
        return found

    def _is_person(self, target: Target) -> bool:
        return self._kind.name in ("member", "inspector") and target.name == "name"


def _whole(value: Value) -> Value:
    """The value, unless it is a fault."""
    if isinstance(value, grid.Fault):
        raise Unreadable(value.why)
    return value


def _level(text: str, kind: ImportKind) -> dict[str, str]:
    """财政所（内设机构）: where a problem arose, and on which level; empty where no level is named."""
    found, level = _ENDED.fullmatch(text), kind.targets.get("level")
    if not found or level is None:
        return {}
    try:
        code = values.code_of(level.field, level.entity, found[2])
    except Unreadable:
        return {}
    return {"place": "" if code == "own" else found[1].strip(), "level": code}


def _child_rows(target: Target, text: str) -> list[dict[str, str]]:
    title = entities()[target.field.target].TITLE
    if target.name != "parties":
        return [{title: text}]
    return [row for group in _GROUPS.split(text) if group.strip() for row in _parties(group.strip(), title)]


def _parties(group: str, title: str) -> list[dict[str, str]]:
    """主体责任：镇党委、镇政府, or 镇党委（主体责任）, or names alone."""
    found = _PARTY.fullmatch(group)
    if found and (kind := PARTY_WORDS.get(bare(found[1] or ""))):
        return [{"kind": kind, title: name} for name in values.parts(found[2])]
    rows: list[dict[str, str]] = []
    for part in values.parts(group):
        ended = _PARTY.fullmatch(part)
        kind = PARTY_WORDS.get(bare(ended[4] or "")) if ended else None
        rows.append({"kind": kind, title: ended[3].strip()} if ended and kind else {title: part})
    return rows
