"""How long exports take from the case to the file, reading and traces included: `python -m tests.bench.whole`.

A case whose report has 300 papers, then one of 2,000; each document is prepared, written, read back and noted as the
window does it. Limits: 2 s for the report of 300, 3 s for that of 2,000.
"""

import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["XUNCHA_HOME"] = tempfile.mkdtemp(prefix="bench-home-")

from tests.support.cheap_keys import CHEAP, PASSWORD
from tests.support.ready_papers import add_paper, the_inspection, write_report
from tests.support.small_case import PLAN
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, records
from xuncha_desktop.store import opening
from xuncha_desktop.store.store import Store

LIMITS = {300: 2.0, 2000: 3.0}
_KINDS = ("report", "ledger")


def main() -> int:
    """Measure; 1 if a report takes too long."""
    gc.disable()  # as the window does while it is open (ui/garbage.py)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in LIMITS:
            case, _ = opening.create(folder / str(count), PASSWORD, argon=CHEAP)
            with case:
                cases.begin(case.store, PLAN)
                _fill(case.store, count)
                for kind in _KINDS:
                    figures |= _export(case.store, kind, folder, count)
    ok = all(figures[f"report_{count}_s"] <= limit for count, limit in LIMITS.items())
    print(
        json.dumps(
            {name: round(taken, 2) for name, taken in figures.items()} | {"limits": [*LIMITS.values()], "ok": ok}
        )
    )
    return 0 if ok else 1


def _export(store: Store, kind: str, folder: Path, count: int) -> dict[str, float]:
    """The seconds of the second time, when all code is loaded: in all, and those of the preparing alone."""
    document = catalog.BY_KIND[kind]
    taken: dict[str, float] = {}
    for _ in range(2):
        begun = time.perf_counter()
        prepared = catalog.prepare(store, document, the_inspection(store), draft=False)
        ready = time.perf_counter()
        catalog.note(store, prepared.write(folder / f"{kind}{document.suffix}", Progress()))
        taken = {f"{kind}_{count}_s": time.perf_counter() - begun, f"{kind}_{count}_prepared_s": ready - begun}
    return taken


def _fill(store: Store, count: int) -> None:
    """Complete papers with an amount, a case and a proof each."""
    write_report(store)
    first = records.load(store, "paper", add_paper(store, "虚构问题")).values
    plain = {name: value for name, value in first.items() if name not in ("id", "citations", "parties")}
    proof = first["citations"][0]["evidence"]
    with store.write("虚构底稿") as session:
        for number in range(1, count):
            own = {
                "title": f"第{number}个虚构的问题，制度执行不严",
                "official_number": f"〔2031〕09-01-09-XGZ-DG-{number + 1:04}",
                "overview": f"第{number}个虚构的问题。" + "抽查凭证发现手续不全，涉及金额12.50万元。" * 6,
                "typical_case": f"第{number}个虚构的事例，付款在前、研究在后。" * 3,
                "parties": ({"kind": "main", "name": "虚构镇党委", "note": ""},),
                "citations": ({"evidence": proof, "pages": str(number % 30 + 1)},),
            }
            records.add(session, "paper", plain | own)


if __name__ == "__main__":
    sys.exit(main())
