"""What a save costs: alone among 300 papers, and while a backup of a 150 MB case runs; and opening a list of 3,000.

`python -m tests.bench.saving` prints one line of JSON; fsyncs are counted where strace is there.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from tests.support import power_loss
from tests.support.cheap_keys import CHEAP, PASSWORD
from tests.support.small_case import PLAN
from xuncha_desktop import paths
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, lists, records
from xuncha_desktop.services.lists import Query
from xuncha_desktop.store import backup, opening
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import Store, StoreBusy

PAPERS, MANY, SAVES = 300, 3000, 100
SAVE_LIMIT = 50.0  # milliseconds, the slowest save included
LARGE = 150_000_000
COLUMNS = ("title", "official_number", "state", "problem_type", "handlers", "amount", "people", "dated")


def begin(folder: Path, papers: int) -> tuple[OpenCase, list[str]]:
    """An open case with so many papers."""
    opened, _ = opening.create(folder, PASSWORD, argon=CHEAP)
    cases.begin(opened.store, PLAN)
    return opened, add_papers(opened.store, papers)


def add_papers(store: Store, papers: int) -> list[str]:
    """Fictitious papers, each with its handlers; their ids."""
    inspection = next(iter(records.options(store, "inspection")))
    members = list(records.options(store, "member"))
    kinds = list(records.options(store, "problem_type"))
    with store.write("虚构底稿") as session:
        made = [
            records.add(
                session,
                "paper",
                {
                    "title": f"虚构问题第{number * 7919 % papers}号",
                    "inspection": inspection,
                    "problem_type": kinds[number % len(kinds)],
                    "overview": f"第{number}个虚构的问题。" * 20,
                    "handlers": members,
                    "amount": number * 10_000,
                    "state": "draft",
                },
            )
            for number in range(papers)
        ]
    return [paper.id for paper in made]


def save_once(store: Store, paper: str, number: int) -> float:
    """Milliseconds from leaving a field to the commit; a busy store is tried again at once."""
    form = records.load(store, "paper", paper)
    begun = time.perf_counter()
    while True:
        try:
            records.edit(store, "paper", paper, {"overview": f"第{number}次改写的虚构概述。" * 20}, seen=form.heads)
        except StoreBusy:
            continue
        return (time.perf_counter() - begun) * 1000


def summary(name: str, found: list[float]) -> dict[str, float]:
    """Median, the slowest of twenty, and the worst."""
    ordered = sorted(found)
    last = ordered[int(len(ordered) * 0.95)]
    return {
        f"{name}_median_ms": round(median(found), 1),
        f"{name}_p95_ms": round(last, 1),
        f"{name}_max_ms": round(ordered[-1], 1),
    }


def while_backing_up(case: OpenCase, papers: list[str]) -> dict[str, float]:
    """Ten saves a second for three seconds, then a pause of five, and so on until the backup is there."""
    chapters = {"inspection": None, "kind": "document"}
    with case.store.write("虚构材料") as session:
        # Each text is kept twice, in the table and in the journal.
        for number in range(LARGE // 2_000_000):
            note = os.urandom(500_000).hex()
            records.add(session, "evidence", {**chapters, "name": f"虚构材料{number}", "note": note})
    size = (case.store.folder / "case.db").stat().st_size
    begun, done, found = time.perf_counter(), threading.Event(), list[float]()

    def make() -> None:
        backup.make(case.store.folder, case.store.keys, "timed", Progress())
        done.set()

    worker = threading.Thread(target=make)
    worker.start()
    while not done.wait(0.1 if len(found) % 30 else 5 * bool(found)):
        found.append(save_once(case.store, papers[len(found) % len(papers)], SAVES + len(found)))
    worker.join()
    times = {"case_mb": round(size / 1e6), "backup_s": round(time.perf_counter() - begun, 1), "saves": len(found)}
    return times | summary("save_during_backup", found)


def fsyncs_per_save(folder: Path) -> float | None:
    """Counted by running twenty saves more under strace."""
    if not power_loss.can_record():
        return None
    counts: list[int] = []
    for saves in (10, 30):
        trace = folder / f"trace{saves}"
        strace = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
        own = [sys.executable, "-m", "tests.bench.saving", str(folder / f"case{saves}"), str(saves)]
        subprocess.run([*strace, *own], check=True)
        counts.append(len(re.findall("sync\\(", trace.read_text(encoding="ascii"))))
    return (counts[1] - counts[0]) / 20


def main() -> int:
    if len(sys.argv) == 3:
        case, papers = begin(Path(sys.argv[1]), 1)
        for number in range(int(sys.argv[2])):
            save_once(case.store, papers[0], number)
        return 0
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ[paths.HOME_VARIABLE] = str(folder / "home")
        found["fsyncs_per_save"] = fsyncs_per_save(folder)
        case, papers = begin(folder / "case", PAPERS)
        save_once(case.store, papers[0], 0)
        found |= summary("save", [save_once(case.store, papers[n % PAPERS], n) for n in range(SAVES)])
        add_papers(case.store, MANY - PAPERS)
        for name, query in (("list", Query("paper")), ("list_by_title", Query("paper", sort="title"))):
            begun = time.perf_counter()
            chosen = lists.ids(case.store, query)
            lists.page(case.store, "paper", chosen[:200], COLUMNS)
            found[f"{name}_{len(chosen)}_ms"] = round((time.perf_counter() - begun) * 1000, 1)
        found |= while_backing_up(case, papers)
        case.close()
        begun = time.perf_counter()
        opening.open_case(folder / "case", PASSWORD).close()
        found["open_and_close_ms"] = round((time.perf_counter() - begun) * 1000, 1)
    ok = all(ms is not None and ms <= SAVE_LIMIT for name, ms in found.items() if name.endswith("_max_ms"))
    sys.stdout.write(json.dumps(found | {"save_limit": SAVE_LIMIT, "ok": ok}) + "\n")
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
