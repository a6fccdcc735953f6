"""How long reports of 300 and 2,000 problems take, against plain docxtpl and python-docx in the same run.

The program's way fills the template with hidden bookmarks and reads the file back; docxtpl fills the same template and
python-docx writes the same paragraphs and rows without any template, neither looking at the result. Limits: 2 s for
300, 3 s for 2,000, and no more than 4.6 times as long for four times as many: `python -m tests.bench.report`.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any

from docx import Document
from docxtpl import DocxTemplate

from tests.exports.sample_documents import sample_report
from tests.pages.test_bookmarks import traced
from xuncha_desktop.exports.report import TEMPLATE
from xuncha_desktop.exports.report_data import ALIASES
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

FEW, MANY, RUNS = 300, 2000, 3
FEW_LIMIT, MANY_LIMIT, GROWTH = 2.0, 3.0, 4.6


def main() -> int:
    """Measure; 1 if a limit is passed."""
    gc.disable()  # as the window does while it is open (ui/garbage.py); for all of them
    ways: dict[str, Callable[[int, Path], object]] = {
        "ours": lambda problems, target: export(problems, target, Progress()),
        "docxtpl": _fill_with_docxtpl,
        "python_docx": _write_with_python_docx,
    }
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "报告.docx"
        figures = {
            f"{name}_{problems}_s": _seconds(partial(way, problems, target))
            for problems in (FEW, MANY // 4, MANY)
            for name, way in ways.items()
        }
    few, quarter, many = (figures[f"ours_{problems}_s"] for problems in (FEW, MANY // 4, MANY))
    ok = few <= FEW_LIMIT and many <= MANY_LIMIT and many / quarter <= GROWTH
    limits = {"growth": round(many / quarter, 2), "limits": [FEW_LIMIT, MANY_LIMIT, GROWTH], "ok": ok}
    print(json.dumps({name: round(taken, 3) for name, taken in figures.items()} | limits))
    return 0 if ok else 1


def export(problems: int, target: Path, progress: Progress) -> None:
    """The program's way, bookmarks and read-back included."""
    render(word_template(TEMPLATE), _data(problems), target, progress, unprinted=frozenset(ALIASES))


@cache
def _data(problems: int) -> dict[str, Any]:
    """A report whose every text comes from a record."""
    return {name: traced(value, name) for name, value in sample_report(problems).to_template().items()}


def _fill_with_docxtpl(problems: int, target: Path) -> None:
    document = DocxTemplate(word_template(TEMPLATE))
    document.render(_data(problems), autoescape=True)
    document.save(target)


def _write_with_python_docx(problems: int, target: Path) -> None:
    document = Document()
    data = _data(problems)
    for text in _paragraphs(data):
        document.add_paragraph(text)
    rows = data["problem_list"]["rows"]
    table = document.add_table(len(rows), len(rows[0]))
    cells = iter(table._cells)  # asked for once: python-docx counts the whole table at every question
    for row in rows:
        for text in row.values():
            next(cells).text = text
    document.save(str(target))


def _paragraphs(data: dict[str, Any]) -> Iterator[str]:
    for part in ("opening", "evaluation", "leadership", "suggestions"):
        yield from data[part]["paragraphs"]
    for heading in data["findings"]["headings"]:
        yield heading["title"]
        for problem in heading["problems"]:
            yield problem["title"]
            yield from problem["paragraphs"]
            yield from problem["case_paragraphs"]


def _seconds(work: Callable[[], object]) -> float:
    """The median of three runs."""

    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return median(once() for _ in range(RUNS))


if __name__ == "__main__":
    sys.exit(main())
