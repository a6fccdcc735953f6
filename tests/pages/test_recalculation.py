"""The values written with formulas are those LibreOffice computes when it finds none."""

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.exports.excel.hard_values import FORMULAS, hard_rows
from tests.exports.excel.own_templates import plain, write
from tests.support.cheap_keys import CHEAP
from xuncha_desktop.exports import ledger
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import sample
from xuncha_desktop.store import opening

pytestmark = pytest.mark.pages

_VALUED = re.compile(rb"(<c\b[^>]*>)(<f>.*?</f>)<v>[^<]*</v>", re.DOTALL)
_KIND = re.compile(rb'\st="(?:str|e|b)"')


def without_values(file: Path) -> Path:
    """A copy in which no formula has a value, so that it must be computed."""
    target = file.with_name(f"{file.stem}-无值.xlsx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = _VALUED.sub(lambda found: _KIND.sub(b"", found[1]) + found[2], data)
            new.writestr(name, data)
    return target


def differing(ours: Path, theirs: Path) -> list[tuple[str, str, Any, Any]]:
    """Every formula whose two values differ: sheet and cell, formula, ours, theirs."""
    formulas, mine = load_workbook(ours), load_workbook(ours, data_only=True)
    other, found, count = load_workbook(theirs, data_only=True), list[tuple[str, str, Any, Any]](), 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    left, right = (book[sheet.title][cell.coordinate].value for book in (mine, other))
                    count += 1
                    if not _same(left, right):
                        found.append((f"{sheet.title}!{cell.coordinate}", str(cell.value), left, right))
    assert count > 0
    return found


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, float) or isinstance(right, float):
        return left == pytest.approx(right, rel=1e-12, abs=1e-9)
    return left == right and isinstance(left, bool) == isinstance(right, bool)


@pytest.mark.parametrize("count", [0, 1, None])
def test_every_function_gives_what_libreoffice_gives(
    tmp_path: Path, recalculated: Callable[[Sequence[Path]], list[Path]], count: int | None
) -> None:
    totals: dict[str, str | int] = {f"H{row}": formula for row, formula in enumerate(FORMULAS, start=10)}
    write(plain(tmp_path, totals=totals), tmp_path / "出.xlsx", hard_rows()[:count])
    [theirs] = recalculated([without_values(tmp_path / "出.xlsx")])
    assert differing(tmp_path / "出.xlsx", theirs) == []


def test_the_sheets_that_count_say_what_libreoffice_counts(
    tmp_path: Path, recalculated: Callable[[Sequence[Path]], list[Path]]
) -> None:
    case, _ = opening.create(tmp_path / "样例", sample.PASSWORD, argon=CHEAP)
    with case:
        file = ledger.DOCUMENT.collected(case.store, sample.fill(case.store, count=300), draft=False)
        ledger.write(file, tmp_path / "台账.xlsx", Progress())
    [theirs] = recalculated([without_values(tmp_path / "台账.xlsx")])
    assert differing(tmp_path / "台账.xlsx", theirs) == []
