"""How long the heaviest exports take to obey a cancel, at instants spread over each.

A report of 2,000 problems, a volume with 400 pictures, a ledger of 10,000 rows. Limit: 1 s from the cancel to the end
of the job, and nothing left in the folder: `python -m tests.bench.cancel`.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from tests.bench import ledger, report, volume
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.exports.document import write
from xuncha_desktop.jobs import Progress

LIMIT, INSTANTS = 1.0, 12
Job = Callable[[Path, Progress], object]


def main() -> int:
    """Measure; 1 if a cancel was obeyed too late or left something behind."""
    picture_volume = volume.volume_file(volume.PICTURES // volume.A_PAPER)
    jobs: dict[str, Job] = {
        "report": lambda folder, progress: report.export(report.MANY, folder / "报告.docx", progress),
        "volume": lambda folder, progress: write(picture_volume, folder / "汇编.docx", progress),
        "ledger": lambda folder, progress: ledger.fill_with_ours(folder / "台账.xlsx", 10_000, progress),
    }
    figures: dict[str, object] = {}
    left = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for called, job in jobs.items():
            worst, remains = _cancel(job, folder, _whole(job, folder))
            figures[f"{called}_worst_s"] = round(worst, 3)
            left += remains
    worst = max(value for value in figures.values() if isinstance(value, float))
    ok = worst <= LIMIT and not left
    print(json.dumps(figures | {"files_left": left, "limit": LIMIT, "ok": ok}, ensure_ascii=False))
    return 0 if ok else 1


def _whole(job: Job, folder: Path) -> float:
    """Seconds of the job when nobody stops it, with everything loaded."""
    job(folder, Progress())
    begun = time.perf_counter()
    job(folder, Progress())
    took = time.perf_counter() - begun
    for file in folder.iterdir():
        file.unlink()
    return took


def _cancel(job: Job, folder: Path, whole: float) -> tuple[float, int]:
    """The longest time from a cancel to the end, and how many files were left."""
    worst, left = 0.0, 0
    for instant in range(INSTANTS):
        progress = Progress()
        stopped: list[bool] = []

        def work(progress: Progress = progress, stopped: list[bool] = stopped) -> None:
            try:
                job(folder, progress)
            except Cancelled:
                stopped.append(True)

        thread = Thread(target=work)
        thread.start()
        time.sleep(whole * (instant + 0.5) / INSTANTS)
        begun = time.perf_counter()
        progress.cancel()
        thread.join()
        worst = max(worst, time.perf_counter() - begun)
        for file in folder.iterdir():
            left += bool(stopped)  # a job that was through before the cancel has made its file
            file.unlink()
    return worst, left


if __name__ == "__main__":
    sys.exit(main())
