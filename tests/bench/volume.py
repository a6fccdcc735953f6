"""How long a volume of papers with 400 pictures of 450 KB takes, in step with their number.

Beside it a quarter of the pictures alone, put in by docxtpl and by python-docx as their manuals say, so that their time
for all (quadratic for docxtpl) need not be waited for: `python -m tests.bench.volume`.
"""

import json
import sys
import tempfile
import time
import tracemalloc
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from docx import Document
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from tests.exports.sample_documents import sample_paper
from xuncha_desktop.exports.document import WordFile, write
from xuncha_desktop.exports.paper_data import ALIASES, UNPRINTED
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.traces import sourced
from xuncha_desktop.exports.volume import NAMES
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.jobs import Progress
from xuncha_desktop.sample_pictures import photo

PICTURES, A_PAPER, LIMIT, GROWTH = 400, 4, 3.0, 4.6
FLAT = 1.25  # memory with four pictures a paper, as often as with one
_BYTES = 450_000


def main() -> int:
    """Seconds for a quarter and for all of it, the memory that peaks with either; 1 if a limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _seconds(folder, PICTURES // 40 // A_PAPER)  # what is loaded once is not measured
        quarter, whole = _seconds(folder, PICTURES // 4 // A_PAPER), _seconds(folder, PICTURES // A_PAPER)
        peaks = [_peak(folder, PICTURES // A_PAPER, pictures) for pictures in (1, A_PAPER)]
        docxtpl, python_docx = _with_docxtpl(folder, PICTURES // 4), _with_python_docx(folder, PICTURES // 4)
    ok = whole <= LIMIT and whole / quarter <= GROWTH and peaks[1] <= peaks[0] * FLAT
    figures: dict[str, object] = {
        "pictures": PICTURES,
        "seconds": round(whole, 3),
        "quarter_s": round(quarter, 3),
        "docxtpl_quarter_s": round(docxtpl, 3),
        "python_docx_quarter_s": round(python_docx, 3),
        "growth": round(whole / quarter, 2),
        "peak_mb": [round(peak / 1e6, 1) for peak in peaks],
        "limits": [LIMIT, GROWTH, FLAT],
        "ok": ok,
    }
    print(json.dumps(figures))
    return 0 if ok else 1


def volume_file(count: int, pictures: int = A_PAPER) -> WordFile:
    """A volume of so many papers with so many pictures each; every picture is another."""
    papers: list[dict[str, object]] = []
    index: list[dict[str, str]] = []
    for number in range(count):
        content = sample_paper(6, pictures).to_template()
        for page in content["picture_pages"]:  # pyright: ignore[reportGeneralTypeIssues]
            for picture in page["pictures"]:
                picture["key"] = f"{number}-{picture['key']}"
        papers.append(traced(content, str(number)))
        index.append({"order": str(number), "number": "", "title": "", "amount": "", "pictures": str(A_PAPER)})
    content = {"unit": "虚构镇党委", "round": "第一轮", "index": index, "papers": papers}
    left_out = frozenset({*NAMES, *ALIASES, *UNPRINTED})
    return WordFile(
        "", len(papers), word_template("volume.docx"), content, left_out, lambda key: Original(_another(key), key)
    )


def traced(value: Any, record: str, name: str = "") -> Any:
    """The same data, every text of it under a bookmark as in a volume of a case."""
    if isinstance(value, str):
        return value if name in UNPRINTED else sourced(value, "paper", record, name)
    if isinstance(value, dict):
        return {key: traced(item, record, key) for key, item in value.items()}
    if isinstance(value, list):
        return [traced(item, record, name) for item in value]
    return value


def _another(key: str) -> bytes:
    """The picture as a file of its own: a comment behind its first block makes it differ from all others."""
    base = _picture()
    first = 4 + int.from_bytes(base[4:6])
    return base[:first] + b"\xff\xfe" + (2 + len(key)).to_bytes(2) + key.encode() + base[first:]


@cache
def _picture() -> bytes:
    out = BytesIO()
    photo(("现场照片（虚构）",), Random(1)).resize((1600, 1200)).save(out, "JPEG", quality=95)
    content = out.getvalue()
    return content[:-2] + b"\0" * max(0, _BYTES - len(content)) + content[-2:]


def _seconds(folder: Path, count: int) -> float:
    file = volume_file(count)
    start = time.perf_counter()
    write(file, folder / "汇编.docx", Progress())
    return time.perf_counter() - start


def _peak(folder: Path, count: int, pictures: int) -> int:
    """The most Python holds while the volume is written."""
    file = volume_file(count, pictures)
    tracemalloc.start()
    write(file, folder / "汇编.docx", Progress())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _with_docxtpl(folder: Path, pictures: int) -> float:
    """Seconds of plain docxtpl with nothing but pictures."""
    template = folder / "图片模板.docx"
    plain = Document()
    for tag in ("{%p for picture in pictures %}", "{{ picture }}", "{%p endfor %}"):
        plain.add_paragraph(tag)
    plain.save(str(template))
    start = time.perf_counter()
    document = DocxTemplate(template)
    files = [BytesIO(_another(str(number))) for number in range(pictures)]
    document.render({"pictures": [InlineImage(document, file, width=Mm(150)) for file in files]})
    document.save(folder / "图片.docx")
    return time.perf_counter() - start


def _with_python_docx(folder: Path, pictures: int) -> float:
    """Seconds of plain python-docx with nothing but pictures."""
    start = time.perf_counter()
    document = Document()
    for number in range(pictures):
        document.add_picture(BytesIO(_another(str(number))), width=Mm(150))
    document.save(str(folder / "图片.docx"))
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
