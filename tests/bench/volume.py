"""How long a volume of papers with 400 pictures takes, in step with their number: `python -m tests.bench.volume`."""

import json
import tempfile
import time
import tracemalloc
from io import BytesIO
from pathlib import Path
from random import Random

from tests.exports.sample_documents import sample_paper
from xuncha_desktop.exports.document import WordFile, write
from xuncha_desktop.exports.paper_data import ALIASES, UNPRINTED
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.volume import NAMES
from xuncha_desktop.jobs import Progress
from xuncha_desktop.sample_pictures import photo

PICTURES, A_PAPER, LIMIT, GROWTH = 400, 4, 3.0, 4.6
_BYTES = 450_000


def measure() -> dict[str, object]:
    """Seconds for a quarter and for all of it, and the memory that peaks with a quarter and with all pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _seconds(folder, PICTURES // 40 // A_PAPER)  # what is loaded once is not measured
        quarter, whole = _seconds(folder, PICTURES // 4 // A_PAPER), _seconds(folder, PICTURES // A_PAPER)
        peaks = [_peak(folder, PICTURES // A_PAPER, pictures) for pictures in (1, A_PAPER)]
    return {
        "bench": "word_volume",
        "pictures": PICTURES,
        "seconds": round(whole, 3),
        "growth": round(whole / quarter, 2),
        "peak_mb": [round(peak / 1e6, 1) for peak in peaks],
        "limit": LIMIT,
        "ok": whole <= LIMIT and whole / quarter <= GROWTH,
    }


def _file(count: int, pictures: int = A_PAPER) -> WordFile:
    """A volume of so many papers with so many pictures each; every picture is another."""
    papers: list[dict[str, object]] = []
    index: list[dict[str, str]] = []
    for number in range(count):
        content = sample_paper(6, pictures).to_template()
        for page in content["picture_pages"]:  # pyright: ignore[reportGeneralTypeIssues]
            for picture in page["pictures"]:
                picture["key"] = f"{number}-{picture['key']}"
        papers.append(content)
        index.append({"order": str(number), "number": "", "title": "", "amount": "", "pictures": str(A_PAPER)})
    content = {"unit": "虚构镇党委", "round": "第一轮", "index": index, "papers": papers}
    base = _picture()

    def read(key: str) -> bytes:
        # Behind the end mark nothing counts; a comment before it makes every picture a file of its own.
        return base[:2] + b"\xff\xe0" + (2 + len(key)).to_bytes(2) + key.encode() + base[2:]

    return WordFile(
        "", len(papers), word_template("volume.docx"), content, frozenset({*NAMES, *ALIASES, *UNPRINTED}), read
    )


def _picture() -> bytes:
    out = BytesIO()
    photo(("现场照片（虚构）",), Random(1)).resize((1600, 1200)).save(out, "JPEG", quality=95)
    content = out.getvalue()
    return content[:-2] + b"\0" * max(0, _BYTES - len(content)) + content[-2:]


def _seconds(folder: Path, count: int) -> float:
    file = _file(count)
    start = time.perf_counter()
    write(file, folder / "汇编.docx", Progress())
    return time.perf_counter() - start


def _peak(folder: Path, count: int, pictures: int) -> int:
    """The most Python holds while the volume is written."""
    file = _file(count, pictures)
    tracemalloc.start()
    write(file, folder / "汇编.docx", Progress())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False))
