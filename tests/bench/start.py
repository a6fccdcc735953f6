"""Start-up against what no program of this kind can do without, in one run.

unlock: our unlock window painted, against the whole process of a bare PySide6 window (limit 1.5).
usable: our window with 300 papers painted and a key press handled, against a script that imports PySide6,
SQLAlchemy and sqlcipher3, derives the key, opens the case, reads 300 rows and paints them (limit 1.5).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, sample
from xuncha_desktop.store import opening

RUNS = 7
PAPERS = 300
LIMIT = 1.5

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(960, 680)
window.show()
app.exec()
"""

_FLOOR = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem
import sqlalchemy.orm
import sqlcipher3.dbapi2 as dbapi2
from sqlalchemy import create_engine, text
from xuncha_desktop.store.vault import Vault
class Table(QTableWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
folder = Path(sys.argv[1])
keys = Vault.read(folder).unlock(os.environ["XUNCHA_PASSWORD"])
def connect():
    conn = dbapi2.connect(str(folder / "case.db"))
    conn.execute(f"PRAGMA key=\\"x'{keys.raw48.hex()}'\\"")
    return conn
engine = create_engine("sqlite://", module=dbapi2, creator=connect)
with engine.connect() as conn:
    rows = conn.execute(text("SELECT * FROM paper LIMIT 300")).all()
table = Table(len(rows), 8)
for line, row in enumerate(rows):
    for column in range(8):
        table.setItem(line, column, QTableWidgetItem(str(row[column])))
table.resize(1366, 728)
table.show()
app.exec()
"""


def main() -> int:
    """Measure in turn, so that a drift of the machine touches all alike; 1 if a limit is passed."""
    home = tempfile.mkdtemp(prefix="bench-home-")
    os.environ.update(XUNCHA_HOME=home, XUNCHA_PASSWORD=sample.PASSWORD)
    # As on a user's machine, where Python keeps what it compiled; the first turn compiles.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    case = Path(home) / "case"
    _make_case(case)
    figures: dict[str, list[float]] = {"bare": [], "unlock": [], "floor": [], "usable": []}
    rss: list[float] = []
    for turn in range(RUNS + 1):
        bare, floor = _whole(_BARE), _whole(_FLOOR, str(case))
        smoke = _smoke(case)
        if turn:  # the first run warms the disk
            for name, value in zip(figures, (bare, smoke["unlock_ms"], floor, smoke["usable_ms"]), strict=True):
                figures[name].append(value)
            rss.append(smoke["rss_mb"])
    median = {name: round(statistics.median(values), 1) for name, values in figures.items()}
    ratios = {
        "unlock_ratio": round(statistics.median(map(_ratio, figures["unlock"], figures["bare"])), 2),
        "usable_ratio": round(statistics.median(map(_ratio, figures["usable"], figures["floor"])), 2),
    }
    ok = all(ratio <= LIMIT for ratio in ratios.values())
    figures_ms = {f"{name}_ms": value for name, value in median.items()}
    print(json.dumps(figures_ms | ratios | {"rss_mb": max(rss), "limit": LIMIT, "ok": ok}))
    return 0 if ok else 1


def _make_case(folder: Path) -> None:
    case, _ = opening.create(folder, sample.PASSWORD)
    with case:
        sample.fill(case.store, count=PAPERS, progress=Progress())
        cases.remember_member(case.store, cases.members(case.store)[0][0].id)


def _whole(script: str, *arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", script, *arguments], check=True, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def _smoke(case: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "xuncha_desktop", str(case), "--smoke", "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(done.stdout)


def _ratio(ours: float, theirs: float) -> float:
    return ours / theirs


if __name__ == "__main__":
    sys.exit(main())
