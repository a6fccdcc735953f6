"""10,000 ledger rows: our writer with read-back against openpyxl filling the same template, in one run.

`python -m tests.bench.ledger` prints one line of JSON.
"""

import json
import tempfile
import time
from collections.abc import Iterator
from copy import copy
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

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


def fill_with_ours(target: Path, count: int) -> None:
    """The program's way, read-back included."""
    sheets = [SheetRows(SHEET, TITLES, sample(count), money=[MONEY], dates=[DAY])]
    fill(TARGET, target, sheets, Progress())


def run(count: int = 10_000) -> dict[str, float]:
    """Seconds of both ways, the best of two each, taken by turns."""
    ours, theirs = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            for seconds, way in ((ours, fill_with_ours), (theirs, fill_with_openpyxl)):
                start = time.perf_counter()
                way(Path(folder) / "ledger.xlsx", count)
                seconds.append(time.perf_counter() - start)
    return {
        "rows": count,
        "ours_s": round(min(ours), 3),
        "openpyxl_s": round(min(theirs), 3),
        "ratio": round(min(ours) / min(theirs), 3),
        "limit": LIMIT,
    }


if __name__ == "__main__":
    print(json.dumps(run()))
