"""A ledger that was given out and what others do with it in Excel, before it is read back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.exports.excel.text import plain_title
from xuncha_desktop.exports.ledger import SHEET
from xuncha_desktop.exports.returned.changes import Change, Plan
from xuncha_desktop.exports.returned.comparing import compare
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.store import Store

HEADER, FIRST = 3, 4  # rows of our own template
TODAY = date(2031, 5, 1)


def edited(file: Path, change: Callable[[Worksheet], object], sheet: str = SHEET) -> Path:
    """The file as somebody saved it who changed one of its sheets."""
    book = load_workbook(file)
    found = book[sheet]
    assert isinstance(found, Worksheet)
    change(found)
    target = file.with_name("改过的台账.xlsx")
    book.save(target)
    return target


def place(sheet: Worksheet, title: str) -> int:
    """The number of a column by its title."""
    titles = [plain_title(str(cell.value or "")) for cell in sheet[HEADER]]
    return titles.index(title) + 1


def cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that can be written."""
    found = sheet.cell(row, column)
    assert isinstance(found, Cell)
    return found


def put(title: str, value: Any, row: int = FIRST) -> Callable[[Worksheet], object]:
    """An edit of one cell."""

    def change(sheet: Worksheet) -> None:
        cell(sheet, row, place(sheet, title)).value = value

    return change


def compared(store: Store, file: Path) -> Plan:
    """What would come of reading it back."""
    return compare(store, file, Progress(), TODAY)


def told(plan: Plan) -> list[tuple[str, str, str, str]]:
    """The changes in short."""
    return [(change.state, change.column, change.now, change.new) for change in plan.changes]


def only(plan: Plan) -> Change:
    """The one change there is."""
    [change] = plan.changes
    return change
