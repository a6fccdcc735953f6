"""Tells records from the other rows under a heading: totals, notes, signatures, groups, hidden rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.model import Kind
from xuncha_desktop.services.imports.headings import COUNTING, bare
from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.layout import Line, Table
from xuncha_desktop.text import search_key

_BLANKS = re.compile(r"\s")
_TOTAL = re.compile(r".{0,8}?(?:合计|总计|小计|共计|累计)(?:[(（].{0,10}[)）])?[:：]?")
_OF_BOOKS = frozenset(
    ["承前页", "过次页", "本月合计", "本年累计", "本期合计", "期初余额", "期末余额", "上年结转", "结转下年", "上月结转"]
)
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|填报说明|附注|提示)\d*[:：.、]|[※*＊]")
_SIGNED = re.compile(
    r"(?:制表|填表|填报|编制|审核|复核|审批|负责|经办|联系|盖章|签字|签名|日期|时间|电话|领导|分管|单位|主管|会计|出纳)"
    r"[^:：]{0,8}[:：].*"
)
_NUMBERED = re.compile(r"\(?(\d{1,3})\)?")
_LETTERED = frozenset(("栏次", "甲", "乙", "丙", "丁"))
_NUMBER = re.compile(r"[\d,.%¥￥+-]+")
_LONG = 30


@dataclass(frozen=True, slots=True)
class _Shape:
    counting: frozenset[int]  # columns that only count the rows
    names: frozenset[int]  # columns that say what a record is about
    headings: Mapping[int, frozenset[str]]


def lines(table: Table, kind: ImportKind) -> list[Line]:
    """The rows under the heading, each with what it is."""
    shape = _Shape(
        frozenset(column.place for column in table.columns if bare(column.heading) in COUNTING),
        _names(table, kind),
        {c.place: frozenset(map(bare, (*c.parts, c.heading))) for c in table.columns if c.parts},
    )
    return list(_lines(table, kind, shape))


def _lines(table: Table, kind: ImportKind, shape: _Shape) -> Iterator[Line]:
    places = {column.place for column in table.columns}
    begun: set[int] = set()
    for row in table.below():
        values = table.sheet.rows[row]
        cells = {place: _words(value) for place, value in enumerate(values) if value != "" and place in places}
        if not cells:
            continue
        if row in table.sheet.hidden_rows:
            yield Line(row, "隐藏的行")
        elif (above := _continues(table, shape, row)) in begun:
            yield Line(row, of=above)
        else:
            why = _why_not(table, kind, shape, row, cells, first=not begun)
            if not why:
                begun.add(row)
            yield Line(row, why)


def _names(table: Table, kind: ImportKind) -> frozenset[int]:
    """The columns of what every record must name; where there is none, of the text it is taken from."""
    for wanted in (kind.must, kind.instead):
        found = {c.place for c in table.columns if any(kind.words.get(f, ("",))[0] == wanted for f in c.forms())}
        if found and wanted:
            return frozenset(found)
    return frozenset()


def _continues(table: Table, shape: _Shape, row: int) -> int:
    """The row whose record goes on here: what the record is about stands in one cell over both."""
    tops = {table.covered[row, place][0] for place in shape.names if (row, place) in table.covered}
    own = any(table.sheet.value(row, place) != "" for place in shape.names)
    return 0 if own or not tops else min(tops)


def _why_not(table: Table, kind: ImportKind, shape: _Shape, row: int, cells: Mapping[int, str], *, first: bool) -> str:
    """Why a row is no record; empty if it is one."""
    own = {place: text for place, text in cells.items() if place not in shape.counting or not _is_number(text)}
    if not own:
        return "只有序号"
    if sum(bare(text) in shape.headings.get(place, ()) for place, text in cells.items()) >= max(2, len(cells) // 2):
        return "重复的表头"
    if first and _numbers_columns(list(cells.values())):
        return "栏次"
    squeezed = [_BLANKS.sub("", text) for text in own.values()]
    words = [text for text in squeezed if not _is_number(text)]
    if any(text in _OF_BOOKS for text in words):
        return "账页的结转和合计"
    if len(words) <= 2 and _TOTAL.fullmatch(squeezed[0]):
        return "合计"
    if _SIGNED.fullmatch(squeezed[0]) and all(_SIGNED.fullmatch(text) or len(text) < 9 for text in squeezed):
        return "落款"
    if len(own) == 1 and len(table.columns) >= 3:
        return _why_not_alone(table, kind, shape, row, *own.popitem())
    return ""


def _why_not_alone(table: Table, kind: ImportKind, shape: _Shape, row: int, place: int, text: str) -> str:
    """The same for a row with words in one cell only."""
    wide = any(area.top == row and area.left == place and area.right - area.left >= 2 for area in table.sheet.merged)
    is_name = place in shape.names and not wide
    long = len(text) > _LONG and kind.targets[kind.must].field.kind is Kind.TEXT
    if _NOTE.match(text) or (long and not is_name):
        return "表中的说明"
    return "" if is_name and not long else "只有一格有文字"


def _words(value: grid.Value) -> str:
    """What a cell shows; a formula without its result is most likely a number."""
    return "0" if isinstance(value, grid.Fault) else grid.shown(value)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(search_key(text)))


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether the cells say 甲, 1, 2, 3 …, as forms number their columns."""
    found = [_NUMBERED.fullmatch(search_key(text)) for text in texts if text not in _LETTERED]
    numbers = [int(match[1]) for match in found if match]
    return len(numbers) == len(found) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
