"""How long a report of 300 papers takes, against plain docxtpl on the same template: `python -m tests.bench.report`."""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from docxtpl import DocxTemplate

from tests.exports.sample_documents import sample_report
from tests.pages.test_bookmarks import traced
from xuncha_desktop.exports.word.check import check, read_text
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

TEMPLATE = Path(__file__).parents[2] / "templates_docx" / "report.docx"
PAPERS, LIMIT, RUNS = 300, 2.0, 3


def measure() -> dict[str, object]:
    """Seconds of render and check (median of three runs each, taken in turn) and their ratio to docxtpl."""
    data = {name: traced(value, name) for name, value in sample_report(PAPERS).to_template().items()}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "报告.docx"

        def ours() -> None:
            render(TEMPLATE, data, target, Progress())
            check(read_text(target), data)

        def plain() -> None:
            document = DocxTemplate(TEMPLATE)
            document.render(data, autoescape=True)
            document.save(target)

        pairs = [(_seconds(ours), _seconds(plain)) for _ in range(RUNS)]
    seconds, docxtpl = (median(values) for values in zip(*pairs, strict=True))
    return {
        "bench": "word_report",
        "papers": PAPERS,
        "seconds": round(seconds, 3),
        "docxtpl_seconds": round(docxtpl, 3),
        "ratio": round(seconds / docxtpl, 2),
        "limit": LIMIT,
        "ok": seconds <= LIMIT,
    }


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
