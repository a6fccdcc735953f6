"""How long the window is ever deaf: the largest gap between two beats of a 5 ms timer while a member works.

Each step is one thing a person does (go to a screen, choose a paper, type, leave a field, take photographs in,
export, back up); limit 100 ms after the main window's first paint. Long lists are measured by `tests.bench.lists`.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XUNCHA_HOME"] = tempfile.mkdtemp(prefix="bench-home-")

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.bench.ledger import fill_with_ours
from tests.bench.volume import A_PAPER, volume_file
from tests.support.cheap_keys import CHEAP
from tests.support.importing import workbook
from tests.support.waiting import wait
from ui import style
from ui.app import make_application
from ui.garbage import Garbage
from ui.main_window import MainWindow
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.document import write
from xuncha_desktop.jobs import Progress
from xuncha_desktop.sample_pictures import photo
from xuncha_desktop.services import cases, lists, sample
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.settings import Settings
from xuncha_desktop.store import opening

GAP_LIMIT = 100.0
PAPERS, IMPORTED = 300, 1000
MANY_PICTURES, MANY_ROWS = 400, 10_000


class Heart:
    """Beats every 5 ms and remembers the longest pause of each step."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._beat)
        self._last = 0
        self._gap = 0.0
        self.gaps: dict[str, float] = {}

    def watch(
        self, step: str, act: Callable[[], object], wait_ms: int = 400, until: Callable[[], bool] | None = None
    ) -> None:
        """Do one thing as an event of the window would, then let the window go on for a while."""
        self._clock.start()
        self._last, self._gap = 0, 0.0
        self._timer.start()
        QTimer.singleShot(0, act)
        QTest.keyClick(QGuiApplication.focusWindow(), Qt.Key.Key_Shift)  # the program shall know that somebody works
        wait(wait_ms)
        deadline = time.monotonic() + 60
        while until and not until() and time.monotonic() < deadline:
            wait(20)
        self.rest()
        self.gaps[step] = round(self._gap, 1)

    def rest(self) -> None:
        """Watch no longer."""
        if self._timer.isActive():
            self._beat()
            self._timer.stop()

    def _beat(self) -> None:
        now = self._clock.nsecsElapsed()
        self._gap = max(self._gap, (now - self._last) / 1e6)
        self._last = now


class Last(QObject):
    """Sees the window vanish: what is put away after it keeps nobody waiting."""

    def __init__(self, window: MainWindow, heart: Heart) -> None:
        super().__init__()
        self._heart = heart
        self.gone = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rest when it is hidden."""
        if event.type() is QEvent.Type.Hide:
            self._heart.rest()
            self.gone = True
        return False


def main() -> int:
    """Play a member's evening; 1 if the window was ever deaf for too long."""
    app = make_application(sys.argv[:1])
    style.apply(app, "light", 14)
    root = Path(tempfile.mkdtemp(prefix="bench-window-"))
    heart = Heart()
    _evening(heart, root)
    worst = max(heart.gaps.values())
    ok = worst <= GAP_LIMIT
    figures = {"worst_gap_ms": worst, "gap_limit": GAP_LIMIT, "ok": ok}
    print(json.dumps(figures | {f"gap_{step}": gap for step, gap in heart.gaps.items()}))
    return 0 if ok else 1


def _window(folder: Path) -> MainWindow:
    case, _ = opening.create(folder, sample.PASSWORD, argon=CHEAP)
    sample.fill(case.store, count=PAPERS)
    cases.choose_member(case.store)
    window = MainWindow(case, Settings())
    collect_beside(window)
    window.resize(1366, 728)
    window.show()
    QTest.qWaitForWindowExposed(window)
    return window


def _evening(heart: Heart, root: Path) -> None:
    window = _window(root / "evening")
    idle = lambda: not window.jobs.busy and not window.settling.busy  # noqa: E731 -- reads better beside its uses
    heart.watch("settling", lambda: None, 3000, idle)
    for name in window.screen_names():
        heart.watch(f"go_to_{name}", lambda name=name: window.show_screen(name))
    for name in window.screen_names():
        heart.watch(f"return_to_{name}", lambda name=name: window.show_screen(name), 200)
    window.show_screen("papers")
    screen = window.screens["papers"]
    panel, editor = screen.panel, screen.editor  # pyright: ignore[reportAttributeAccessIssue]
    ids = panel.model.ids()
    for step in range(3):
        heart.watch(f"choose_paper_{step}", lambda step=step: panel.select(ids[step + 1]))
    draft = next(i for i in ids if lists.page(window.context.store, "paper", [i], ["state"])[i]["state"] == "草稿")
    heart.watch("choose_draft", lambda: panel.select(draft))
    overview = editor.form.boxes["overview"].editor
    heart.watch("type", lambda: overview.text.insertPlainText("经查，"), 2500)
    heart.watch("leave_field", lambda: editor.form.leave())
    photos = []
    for number in range(10):
        target = root / f"{number}.jpg"
        target.write_bytes(photo_bytes(number))
        photos.append(Incoming(target.name, target))
    heart.watch("take_photos", lambda: editor.take_files(photos), 500, idle)
    for document in (one for one in catalog.DOCUMENTS if one.subject in ("inspection", "paper")):
        subject = draft if document.kind == "paper" else window.context.inspection
        target = root / f"out{document.suffix}"
        act = partial(_export, window, document, subject, target)
        heart.watch(f"export_{document.kind}", act, 300, idle)
    pictures = volume_file(MANY_PICTURES // A_PAPER)
    heavy = {
        "export_many_pictures": lambda progress: write(pictures, root / "汇编.docx", progress),
        "export_many_rows": lambda progress: fill_with_ours(root / "台账.xlsx", MANY_ROWS, progress),
    }
    for step, job in heavy.items():
        heart.watch(step, partial(window.jobs.start, "导出", job, lambda _: None), 300, idle)
    file = root / "抽凭.xlsx"
    workbook(file, [["凭证日期", "摘要", "金额（元）", "情况"], *_vouchers()])
    page = window.show_screen("imports").page  # pyright: ignore[reportAttributeAccessIssue]
    heart.watch("import_choose", lambda: page.begin("voucher"))
    heart.watch("import_read", lambda: page.read_file(file), 500, idle)
    heart.watch("import_take", page._import, 500, idle)
    heart.watch("undo_import", window._undo, 400, idle)
    heart.watch("undo", window._undo)
    last = Last(window, heart)
    heart.watch("close", window.close, 0, lambda: last.gone)


def _export(window: MainWindow, document: catalog.Document, subject: str, target: Path) -> None:
    def job(progress: Progress) -> None:
        catalog.prepare(window.context.store, document, subject, draft=True).write(target, progress)

    window.jobs.start("导出", job, lambda _: None)


def _vouchers() -> list[list[object]]:
    return [
        [f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}", f"虚构支出第{number}笔", number * 1.25, "正常"]
        for number in range(IMPORTED)
    ]


def collect_beside(window: MainWindow) -> None:
    """Collect garbage as the program does beside its window."""
    garbage = Garbage(window, window.at_rest)
    garbage.start()
    window.settled.connect(garbage.start)


def photo_bytes(number: int) -> bytes:
    """A photo as a phone takes it, fictitious and smaller."""
    from io import BytesIO
    from random import Random

    out = BytesIO()
    photo(f"现场照片 {number}（示例，虚构）", Random(number)).save(out, "JPEG", quality=90)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
