"""Lists and documents on their way through the pipe: lines of JSON, read back value by value and nothing else."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from xuncha_desktop.decoding.lists.grid import Area, Dated, Fault, Sheet, Shown, Source, Value
from xuncha_desktop.decoding.lists.word_file import Cell, WordFile

_LINE = b"\n"


def of_source(source: Source) -> bytes:
    """A workbook: for each sheet a line about it, then a line a row."""
    return _LINE.join(line for sheet in source.sheets for line in _of_sheet(sheet))


def to_source(name: str, content: bytes) -> Source:
    """The workbook again; ValueError, TypeError or the like for anything else."""
    lines = iter(content.split(_LINE))
    sheets: list[Sheet] = []
    for line in lines:
        said = json.loads(line)
        sheet = Sheet(
            _text(said["name"]),
            merged=[Area(*map(int, corners)) for corners in said["merged"]],
            hidden_rows=set(map(int, said["hidden_rows"])),
            hidden_columns=set(map(int, said["hidden_columns"])),
            unread=list(map(_text, said["unread"])),
            mark=_text(said["mark"]),
        )
        for _ in range(int(said["rows"])):
            number, values = json.loads(next(lines))
            sheet.rows[int(number)] = [value if type(value) is str else _value(value) for value in values]
        sheets.append(sheet)
    return Source(name, tuple(sheets))


def of_document(document: WordFile) -> bytes:
    """A document in one line."""
    blocks = [
        block if isinstance(block, str) else [[[c.text, c.column, c.span, c.goes_on] for c in row] for row in block]
        for block in document.blocks
    ]
    return _dumped({"blocks": blocks, "unread": document.unread})


def to_document(name: str, content: bytes) -> WordFile:
    """The document again; ValueError, TypeError or the like for anything else."""
    said = json.loads(content)
    blocks = tuple(
        block if isinstance(block, str) else [[_cell(*cell) for cell in row] for row in block]
        for block in said["blocks"]
    )
    return WordFile(name, blocks, tuple(map(_text, said["unread"])))


def _of_sheet(sheet: Sheet) -> Iterator[bytes]:
    yield _dumped(
        {
            "name": sheet.name,
            "merged": [[area.top, area.left, area.bottom, area.right] for area in sheet.merged],
            "hidden_rows": sorted(sheet.hidden_rows),
            "hidden_columns": sorted(sheet.hidden_columns),
            "unread": sheet.unread,
            "mark": sheet.mark,
            "rows": len(sheet.rows),
        }
    )
    for number, values in sheet.rows.items():
        yield _dumped([number, [value if isinstance(value, str) else _plain(value) for value in values]])


def _plain(value: Value) -> Any:
    match value:
        case bool() | str():
            return value
        case Decimal():
            return ["number", str(value)]
        case Dated():
            return ["day", value.day.isoformat(), value.shown, value.time]
        case Shown():
            return ["shown", str(value.number), value.shown]
        case Fault():
            return ["fault", value.shown, value.why]


def _value(said: Any) -> Value:
    match said:
        case bool():
            return said
        case ["number", str(number)]:
            return Decimal(number)
        case ["day", str(day), str(shown), str(time)]:
            return Dated(date.fromisoformat(day), shown, time)
        case ["shown", str(number), str(shown)]:
            return Shown(Decimal(number), shown)
        case ["fault", str(shown), str(why)]:
            return Fault(shown, why)
        case _:
            raise ValueError("no such value")


def _cell(text: str, column: int, span: int, goes_on: bool) -> Cell:
    return Cell(_text(text), int(column), int(span), bool(goes_on))


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("no text")
    return said


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
