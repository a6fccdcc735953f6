"""How long lists take that have 20,000 pieces of evidence and 3,000 papers: opening each screen, scrolling, sorting.

A screen is open when its list has been read and painted (limit 300 ms); scrolling goes a page at a time through the
whole list, and no page may hold the window up for more than 100 ms: `python -m tests.bench.lists`.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XUNCHA_HOME"] = tempfile.mkdtemp(prefix="bench-home-")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.window import collect_beside, photo_bytes
from tests.support.cheap_keys import CHEAP
from tests.support.locking import lock
from tests.support.waiting import wait
from ui import style
from ui.app import make_application
from ui.main_window import MainWindow
from ui.tables.list_panel import ListPanel
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, evidence, records, sample
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.settings import Settings
from xuncha_desktop.store import opening
from xuncha_desktop.store.store import Store

EVIDENCE, PHOTOS, PAPERS = 20_000, 500, 5_400
ROWS = {"evidence": 20_000, "papers": 3_000}  # the other papers are of the sample's other units
OPEN_LIMIT, SCROLL_LIMIT = 300.0, 100.0
_KINDS = ("document", "voucher", "photo", "minutes")
_AT_ONCE, _PAGES = 2_000, 60


def main() -> int:
    """Measure; 1 if a list opens too late or a page stalls."""
    app = make_application(sys.argv[:1])
    style.apply(app, "light", 14)
    case, _ = opening.create(Path(tempfile.mkdtemp(prefix="bench-lists-")) / "案卷", sample.PASSWORD, argon=CHEAP)
    sample.fill(case.store, count=PAPERS)
    cases.choose_member(case.store)
    window = MainWindow(case, Settings())
    _add_evidence(case.store, window.context.inspection)
    collect_beside(window)
    window.resize(1366, 728)
    window.show()
    QTest.qWaitForWindowExposed(window)
    wait(3000)  # until it begins to settle
    while window.settling.busy or window.jobs.busy:
        wait(50)
    figures: dict[str, float] = {}
    for name in ROWS:
        figures |= _measure(window, name)
    lock(window)
    took = {name: ms for name, ms in figures.items() if name.endswith("_ms")}
    ok = all(ms <= (SCROLL_LIMIT if "page" in name else OPEN_LIMIT) for name, ms in took.items())
    print(json.dumps(figures | {"open_limit": OPEN_LIMIT, "scroll_limit": SCROLL_LIMIT, "ok": ok}))
    return 0 if ok else 1


def _measure(window: MainWindow, name: str) -> dict[str, float]:
    """Open the screen after a record has gone and after other news, sort it, and page through it."""
    screen = window.show_screen(name)
    panel: ListPanel = screen.panel  # pyright: ignore[reportAttributeAccessIssue]
    took: list[float] = []
    for gone in (True, False):
        window.show_screen("tasks")
        wait(200)
        if gone:
            records.delete(window.context.store, panel.setup.entity, panel.model.ids()[-1:])
            wait(2000)  # until the search has heard of it
        screen._stale = True
        took.append(_painted_ms(panel, lambda: window.show_screen(name)))
        wait(200)
    rows, anywhere = len(panel.model.ids()), Random(1)
    assert rows >= ROWS[name]
    wait(300)
    by_column = _painted_ms(panel, lambda: panel.set_state(table=True))
    field = panel.setup.groups[0]
    grouped = _painted_ms(panel, lambda: panel.set_state(group=field))
    panel.set_state(group="")
    other = next(column for column in panel.state["columns"] if column != panel.state["sort"])
    ordered = _painted_ms(panel, lambda: panel.set_state(sort=other, descending=True))
    wait(200)
    assert panel.view().verticalScrollBar().maximum() > panel.view().verticalScrollBar().pageStep()
    pages = [_painted_ms(panel, lambda: _page_down(panel)) for _ in range(_PAGES)]
    jumps = [_painted_ms(panel, partial(_jump, panel, anywhere.random())) for _ in range(_PAGES)]
    return {
        f"{name}_rows": rows,
        f"{name}_opened_ms": took[0],
        f"{name}_opened_again_ms": took[1],
        f"{name}_columns_ms": by_column,
        f"{name}_grouped_ms": grouped,
        f"{name}_sorted_ms": ordered,
        f"{name}_page_worst_ms": max(pages),
        f"{name}_page_far_worst_ms": max(jumps),
    }


def _page_down(panel: ListPanel) -> None:
    bar = panel.view().verticalScrollBar()
    bar.setValue(bar.value() + bar.pageStep())


def _jump(panel: ListPanel, place: float) -> None:
    bar = panel.view().verticalScrollBar()
    bar.setValue(int(bar.maximum() * place))


class _Paint(QObject):
    """Sees whether a widget is painted."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen |= event.type() is QEvent.Type.Paint
        return False


def _painted_ms(panel: ListPanel, work: Callable[[], object]) -> float:
    """How long until the rows are painted that some work leads to; the window paints when it gets to its events."""
    paint = _Paint()
    begun = time.perf_counter()
    work()
    rows = panel.view().viewport()
    rows.installEventFilter(paint)
    rows.update()
    while not paint.seen:
        QApplication.processEvents()
    took = time.perf_counter() - begun
    rows.removeEventFilter(paint)
    return round(took * 1000, 1)


def _add_evidence(store: Store, inspection: str | None) -> None:
    """Photos that are there, each registered many times, so that thumbnails are made as the list is scrolled."""
    photos = [Incoming(f"现场照片{number}.jpg", photo_bytes(number)) for number in range(PHOTOS)]
    stored = evidence.store_files(store, photos, Progress())
    for start in range(0, EVIDENCE, _AT_ONCE):
        with store.write("虚构证据") as session:
            for number in range(start, start + _AT_ONCE):
                file = stored[number % PHOTOS]
                values = {
                    "number": f"证{number + 1:05d}",
                    "name": f"虚构材料{number}　报销凭证及附件",
                    "inspection": inspection,
                    "kind": _KINDS[number % len(_KINDS)],
                    "file_name": file.name,
                    "file_type": file.file_type,
                    "file_size": file.file_size,
                    "file_hash": file.file_hash,
                    "pages": number % 40 + 1,
                }
                records.add(session, "evidence", values)


if __name__ == "__main__":
    sys.exit(main())
