"""Search among 100,000 texts of 400 characters: building the index, its size, 2,000 random words, and the window.

The texts are pages of evidence, put straight into the index; the words are cut out of them anywhere (a sixth each of
one to six characters: words, parts of words, punctuation, Latin, digits), searched like a person would, passages
included, and each is compared with a scan of all texts. Limits: median 50 ms, 99th percentile 200 ms; in
the window the first typed character may hold it up for 100 ms.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from PySide6.QtTest import QTest

from tests.bench.window import Heart, collect_beside
from tests.support.cheap_keys import CHEAP, PASSWORD
from tests.support.locking import lock
from tests.support.small_case import PLAN
from ui import style
from ui.app import make_application
from ui.main_window import MainWindow
from ui.search.panel import SearchPanel
from xuncha_desktop import shipped
from xuncha_desktop.services import cases, records, search
from xuncha_desktop.settings import Settings
from xuncha_desktop.store import opening
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.search_file import FILE_NAME
from xuncha_desktop.store.search_index import SearchIndex, kind_of
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import search_key

TEXTS, LENGTH, PAGES = 100_000, 400, 50
WORDS = 2000
MEDIAN_LIMIT, P99_LIMIT, GAP_LIMIT = 50.0, 200.0, 100.0


def make_texts(count: int, random: Random) -> list[str]:
    """Fictitious texts in the words of what we ship, with numbers, Latin, names of rare characters and punctuation."""
    shipped_text = "".join(file.read_text("utf-8") for file in sorted(shipped.path("").glob("*.json")))
    shipped_text += "".join(file.read_text("utf-8") for file in sorted(shipped.path("checklists").glob("*.json")))
    words = list(dict.fromkeys(re.findall("[\u4e00-\u9fff]{2}", shipped_text)))
    words += dict.fromkeys(re.findall("[\u4e00-\u9fff]{3,4}", shipped_text))
    random.shuffle(words)
    parts: list[tuple[Sequence[str], float]] = [
        (list("的了在是不和有为对与"), 6),
        (list("，，，，。。、；：“”（）《》？"), 18),
        ([str(random.randrange(10 ** random.randrange(1, 7))) for _ in range(3000)], 6),
        (["".join(random.choices("abcdefghijklmnopqrstuvwxyzABCDE", k=random.randrange(1, 7))) for _ in range(800)], 3),
        ([chr(code) for code in range(0x4E00, 0x9FA6)], 4),
        (["𠮷", "𪚥", "😀", "℃", "①", "％"], 0.3),
    ]
    vocabulary, weights = list(words), [60 / (place + 8) for place in range(len(words))]
    scale = sum(weights) / 60
    for some, weight in parts:
        vocabulary += some
        weights += [weight * scale / len(some)] * len(some)
    summed = list(accumulate(weights))
    return ["".join(random.choices(vocabulary, cum_weights=summed, k=LENGTH))[:LENGTH] for _ in range(count)]


def build(store: Store, texts: Sequence[str]) -> dict[str, float]:
    """Records of evidence through the journal, their texts straight into the index."""
    inspection = next(iter(records.options(store, "inspection")))
    hashes = [f"{number:064x}" for number in range(len(texts) // PAGES)]
    with store.write("虚构证据") as session:
        for number, file_hash in enumerate(hashes):
            values = {"name": f"虚构材料{number}", "inspection": inspection, "kind": "document", "file_hash": file_hash}
            records.add(session, "evidence", values)
    begun = time.perf_counter()
    for number, file_hash in enumerate(hashes):
        search.put_evidence_text(store, file_hash, texts[number * PAGES : (number + 1) * PAGES])
    texts_in = time.perf_counter() - begun
    begun = time.perf_counter()
    search.catch_up(store)
    return {
        "texts": len(texts),
        "build_s": round(texts_in, 1),
        "records_s": round(time.perf_counter() - begun, 1),
        "index_mb": round((store.folder / FILE_NAME).stat().st_size / 1e6),
        "texts_mb": round(sum(len(text.encode()) for text in texts) / 1e6),
    }


def cut_words(texts: Sequence[str], random: Random) -> list[str]:
    """Pieces of one to six characters from anywhere."""
    found: list[str] = []
    while len(found) < WORDS:
        text, length = random.choice(texts), 1 + len(found) % 6
        start = random.randrange(len(text) - length)
        found.append(text[start : start + length])
    return found


def look_up(store: Store, words: Sequence[str]) -> tuple[dict[str, float], list[int]]:
    """Milliseconds of the searches, and how many pages each found."""
    took, counts = list[float](), list[int]()
    for word in words:
        begun = time.perf_counter()
        found = search.find(store, search.Query([word]))
        took.append((time.perf_counter() - begun) * 1000)
        counts.append(sum(group.count for group in found.groups if group.kind == search.PAGES))
    ordered = sorted(took)
    figures = {"median_ms": round(median(took), 1), "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1)}
    for length in range(1, 7):
        of_length = [ms for word, ms in zip(words, took, strict=True) if len(word) == length]
        figures[f"median_{length}_ms"] = round(median(of_length), 1)
    return figures | {"max_ms": round(ordered[-1], 1)}, counts


def compare(store: Store, texts: Sequence[str], words: Sequence[str], counts: Sequence[int]) -> int:
    """How many words were found otherwise than by looking through all texts."""
    folded = [search_key(text) for text in texts]
    wrong = 0
    with SearchIndex.reading(store.folder, store.keys) as index:
        for word, count in zip(words, counts, strict=True):
            key = search_key(word)
            truth = [number for number, text in enumerate(folded, 1) if key in text]
            pages = sorted(number for number in index.match(key) if not kind_of(number))
            wrong += pages != truth or count != len(truth)
    return wrong


def in_the_window(case: OpenCase) -> dict[str, float]:
    """The longest time the window is deaf while somebody searches, and while the index is made anew beside it."""
    app = make_application(sys.argv[:1])
    style.apply(app, "light", 14)
    window = MainWindow(case, Settings())
    collect_beside(window)
    window.show()
    QTest.qWaitForWindowExposed(window)
    heart, folder = Heart(), case.store.folder
    heart.watch("settling", lambda: None, 6000, lambda: not window.settling.busy)
    heart.watch("nothing", lambda: None, 2000)  # what the machine itself does to the figures below
    heart.watch("open", window._jump)
    panel = window.findChild(SearchPanel)
    assert panel is not None
    for step, text in (("first_char", "的"), ("second_char", "巡察"), ("comma", "，"), ("rare", "虚构材料 发现")):
        heart.watch(step, lambda text=text: panel.line.setText(text), 20, lambda: panel._current)
        assert panel.model.rowCount() > 1
    (folder / FILE_NAME).unlink()
    heart.watch("index_made_anew", window._jumper._keeper.wake, 8000)
    lock(window)
    return {f"gap_{step}_ms": gap for step, gap in heart.gaps.items() if step != "settling"}


def main() -> int:
    """Measure; 1 if a limit is passed or a word was found wrongly."""
    random = Random(20)
    texts = make_texts(int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS, random)
    with tempfile.TemporaryDirectory() as folder:
        case, _ = opening.create(Path(folder) / "案卷", PASSWORD, argon=CHEAP)
        cases.begin(case.store, PLAN)
        figures: dict[str, Any] = dict(build(case.store, texts))
        words = cut_words(texts, random)
        times, counts = look_up(case.store, words)
        figures |= times | {"compared": len(words), "wrong": compare(case.store, texts, words, counts)}
        gaps = in_the_window(case)
    quick = figures["median_ms"] <= MEDIAN_LIMIT and figures["p99_ms"] <= P99_LIMIT
    ok = quick and not figures["wrong"] and gaps["gap_first_char_ms"] <= GAP_LIMIT
    print(json.dumps(figures | gaps | {"limits_ms": [MEDIAN_LIMIT, P99_LIMIT, GAP_LIMIT], "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
