"""Which paper each row of an edited ledger is: by its number, else by what it says word for word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.exports.excel.fill import Value
from xuncha_desktop.exports.returned.changes import LeftRow
from xuncha_desktop.exports.returned.columns import NUMBER
from xuncha_desktop.exports.returned.reading import plain, same
from xuncha_desktop.exports.returned.sheet import Ledger
from xuncha_desktop.services import export_records
from xuncha_desktop.services.imports import corrections
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import search_key

Cells = Mapping[str, Value]
_TELLING = ("问题标题", "问题表述（与报告一致）")
_UNKNOWN = "认不出是哪份底稿；新增的问题请到“导入”里导入问题底稿"


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
    known = _Known(store, table, printed)
    others: list[LeftRow] = []
    wanting: dict[str, list[int]] = {}
    for row in table.rows():
        if paper := known.paper(row):
            wanting.setdefault(paper, []).append(row)
        else:
            others.append(LeftRow(row, _UNKNOWN, table.text(row)))
    found: dict[str, int] = {}
    for paper, rows in wanting.items():
        cells = printed.rows.get(paper, {})
        found[paper] = rows[0] if len(rows) == 1 else max(rows, key=lambda row: _likeness(table, row, cells))
        why = f"与第{found[paper]}行是同一份底稿"
        others += [LeftRow(row, why, table.text(row)) for row in rows if row != found[paper]]
    return found, others


class _Known:
    """Papers by number and by what was printed of them."""

    def __init__(self, store: Store, table: Ledger, printed: Printed) -> None:
        self._table = table
        self._number = [column for column in table.columns if column.title == NUMBER]
        self._telling = [column for column in table.columns if column.title in _TELLING]
        numbers = [(str(cells[NUMBER]), paper) for paper, cells in printed.rows.items()] or corrections.numbered(store)
        self._by_number = {_folded(number): paper for number, paper in numbers if number}
        self._by_words: dict[str, set[str]] = {}
        for paper, cells in printed.rows.items():
            for title in _TELLING:
                if words := plain(str(cells.get(title) or "")):
                    self._by_words.setdefault(words, set()).add(paper)

    def paper(self, row: int) -> str:
        """The paper of a row; "" where nobody knows.

        Numbers filled in anew after rows were put in or taken out name other papers than the text beside them does:
        the text is right then.
        """
        numbers = (self._by_number.get(_folded(grid.shown(self._table.value(row, column)))) for column in self._number)
        said: set[str] = set()
        for column in self._telling:
            said |= self._by_words.get(plain(grid.shown(self._table.value(row, column))), set())
        number = next(numbers, None) or ""
        return next(iter(said)) if len(said) == 1 and number not in said else number


def _likeness(table: Ledger, row: int, cells: Cells) -> int:
    return sum(
        same(table.value(row, column), cells[column.title], column.title)
        for column in table.columns
        if column.title in cells
    )


def _folded(number: str) -> str:
    return re.sub(r"\s", "", search_key(number))
