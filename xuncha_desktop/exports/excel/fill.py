"""Ledgers in Excel: rows written into a template that belongs to the user."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xuncha_desktop.jobs import Progress

MOST_GROUPS = 20  # on a sheet that counts: a chart of more cannot be read
Value = str | int | float | date | None


@dataclass(frozen=True)
class SheetRows:
    """What goes into one sheet: the titles the program knows and the rows by title, read once.

    Titles in `money` hold 分 (int) and print as 万元; titles in `dates` hold ISO days and become Excel dates
    (other text there stays text). A row may bring values for further titles of the template. True and False
    print as 是 and 否. Cells of `lighter_repeats` that say the same as the row above, and so do the titles named before
    theirs, are set in lighter type: groups show, and yet each page says what its rows belong to. Where a sheet of the
    template counts by a title, the values `listed` under it come first, and stand there even if no row has them.
    """

    name: str
    titles: Sequence[str]
    rows: Iterable[Mapping[str, Value]]
    money: Collection[str] = ()
    dates: Collection[str] = ()
    lighter_repeats: Sequence[str] = ()
    listed: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetReport:
    """What a user should hear about one written sheet: columns left empty or left out, long texts, rows too high."""

    name: str
    rows: int
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    long_texts: int
    cut: int  # rows whose text is higher than a row can be: on paper its end is missing
    left_out: int = 0  # groups that a sheet that counts has no row for


def fill(
    template: Path, target: Path, sheets: Sequence[SheetRows], progress: Progress, mark: str = ""
) -> tuple[SheetReport, ...]:
    """Fill a template into a new file and read it back; on any failure the target stays as it was.

    The first sheet keeps `mark` where nobody sees it, for the day the file comes back.
    """
    # openpyxl takes longer to import than the first window to paint.
    from xuncha_desktop.exports.excel.workbook import write

    return write(template, target, sheets, progress, mark)
