"""Which paper each row of an edited ledger is: by its number, else by what it says word for word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.exports.excel.fill import Value
from xuncha_desktop.exports.returned.changes import LeftRow
from xuncha_desktop.exports.returned.columns import NUMBER
from xuncha_desktop.exports.returned.reading import same
from xuncha_desktop.exports.returned.sheet import Ledger
from xuncha_desktop.services import export_records
from xuncha_desktop.services.imports import corrections
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import search_key

Cells = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Printed:
    """What stood in the ledger when it was exported, by paper; nothing where the export is not known."""

    inspection: str
    exported_at: int | None
    rows: Mapping[str, Cells]


def printed_by(store: Store, mark: str) -> Printed:
    """The export a file comes from, by the mark it bears."""
    found = export_records.ledger(store, mark) if mark else None
    if found is None:
        return Printed("", None, {})
    record, kept = found
    rows = {paper: dict(zip(kept["titles"], cells, strict=True)) for paper, *cells in kept["rows"]}
    return Printed(record.inspection or "", record.exported_at, rows)


def match(store: Store, table: Ledger, printed: Printed) -> tuple[dict[str, int], list[LeftRow]]:
    """The row of each paper, and the rows that are none's, with the reason."""
    others: list[LeftRow] = []
    column = next((column for column in table.columns if column.title == NUMBER), None)
    numbers = [(str(cells[NUMBER]), paper) for paper, cells in printed.rows.items()] or corrections.numbered(store)
    known = {_folded(number): paper for number, paper in numbers if number}
    wanting: dict[str, list[int]] = {}
    left: list[int] = []
    for row in table.rows():
        paper = known.get(_folded(grid.shown(table.value(row, column)))) if column else None
        if paper:
            wanting.setdefault(paper, []).append(row)
        else:
            left.append(row)
    found: dict[str, int] = {}
    for paper, rows in wanting.items():
        cells = printed.rows.get(paper, {})
        likest = rows[0] if len(rows) == 1 else max(rows, key=lambda row: _likeness(table, row, cells))
        found[paper] = likest
        why = f"底稿编号与第{likest}行相同"
        others += [LeftRow(row, why, table.text(row)) for row in rows if row != likest]
    for row in left:
        alike = [
            paper for paper, cells in printed.rows.items() if paper not in found and _says_the_same(table, row, cells)
        ]
        if len(alike) == 1:
            found[alike[0]] = row
        else:
            why = "认不出是哪份底稿；新增的问题请到“导入”里导入问题底稿"
            others.append(LeftRow(row, why, table.text(row)))
    return found, others


def _likeness(table: Ledger, row: int, cells: Cells) -> int:
    return sum(
        same(table.value(row, column), cells[column.title], column.title)
        for column in table.columns
        if column.title in cells
    )


def _says_the_same(table: Ledger, row: int, cells: Cells) -> bool:
    """Whether title or text of a row are those of a paper."""
    return any(
        cells.get(column.title) and same(table.value(row, column), cells[column.title], column.title)
        for column in table.columns
        if column.title in ("问题标题", "问题表述（与报告一致）")
    )


def _folded(number: str) -> str:
    return re.sub(r"\s", "", search_key(number))
