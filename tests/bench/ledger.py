"""10,000 ledger rows: our writer with read-back against openpyxl filling the same template, in one run.

Beside them XlsxWriter, which cannot fill a template: how long the bare rows take it. `python -m tests.bench.ledger`.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import copy
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from resources.ledgers.make_problem_ledger import DATA, TARGET
from xuncha_desktop.exports.excel.fill import SheetRows, Value, fill
from xuncha_desktop.jobs import Progress

SHEET = "问题台账"
MONEY, DAY = "涉及金额（万元）", "审签日期"
TITLES = [title.text for title in DATA]
LIMIT = 0.5


def sample(count: int) -> Iterator[dict[str, Value]]:
    """Fictitious rows: every column filled, long texts all different."""
    for number in range(1, count + 1):
        row: dict[str, Value] = dict.fromkeys(TITLES, f"虚构内容{number % 40}")
        row |= {
            "序号": number,
            "底稿编号": f"示例〔2024〕{number:05d}号",
            MONEY: number * 12_345,
            "涉及人次": number % 9,
        }
        row |= {DAY: f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"}
        row["问题表述（与报告一致）"] = f"第{number}个虚构的问题，" * 8
        row["典型事例"] = f"第{number}个虚构的事例，\n分两段写。" * 4
        yield row


def fill_with_openpyxl(target: Path, count: int) -> None:
    """The usual way: load the template, copy the model row's shared style to each cell."""
    workbook = load_workbook(TARGET)
    sheet = workbook[SHEET]
    assert isinstance(sheet, Worksheet)
    styles = [sheet.cell(4, column)._style for column in range(1, len(TITLES) + 1)]
    for index, row in enumerate(sample(count)):
        for column, title in enumerate(TITLES, start=1):
            value = row[title]
            if title == MONEY and isinstance(value, int):
                value = value / 1_000_000
            elif title == DAY:
                value = date.fromisoformat(str(value))
            cell = sheet.cell(4 + index, column, value)
            cell._style = copy(styles[column - 1])
    workbook.save(target)


def fill_with_ours(target: Path, count: int, progress: Progress | None = None) -> None:
    """The program's way, read-back included."""
    sheets = [SheetRows(SHEET, TITLES, sample(count), money=[MONEY], dates=[DAY])]
    fill(TARGET, target, sheets, progress or Progress())


def write_with_xlsxwriter(target: Path, count: int) -> None:
    """As a bare new workbook in constant memory: no template, no styles but two formats."""
    workbook = Workbook(target, {"constant_memory": True})
    sheet = workbook.add_worksheet(SHEET)
    plain, day = workbook.add_format({"text_wrap": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, TITLES)
    for number, row in enumerate(sample(count), start=1):
        for column, title in enumerate(TITLES):
            value = row[title]
            if title == MONEY and isinstance(value, int):
                sheet.write_number(number, column, value / 1_000_000, plain)
            elif title == DAY:
                sheet.write_datetime(number, column, datetime.fromisoformat(str(value)), day)
            else:
                sheet.write(number, column, value, plain)
    workbook.close()


def main(count: int = 10_000) -> int:
    """Seconds of each way, the best of two, taken by turns; 1 if ours is not fast enough."""
    ways = {"ours": fill_with_ours, "openpyxl": fill_with_openpyxl, "xlsxwriter": write_with_xlsxwriter}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            for name, way in ways.items():
                start = time.perf_counter()
                way(Path(folder) / "ledger.xlsx", count)
                seconds[name].append(time.perf_counter() - start)
    best = {name: min(taken) for name, taken in seconds.items()}
    ratio = best["ours"] / best["openpyxl"]
    figures = {f"{name}_s": round(taken, 3) for name, taken in best.items()}
    print(json.dumps({"rows": count, **figures, "ratio": round(ratio, 3), "limit": LIMIT, "ok": ratio <= LIMIT}))
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
