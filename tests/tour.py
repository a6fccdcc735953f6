"""`python dev.py tour`: pictures of every screen with the sample case, light and dark, into build/tour/."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XUNCHA_HOME"] = tempfile.mkdtemp(prefix="tour-home-")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.cheap_keys import CHEAP
from tests.support.locking import lock
from tests.support.waiting import wait
from ui import style
from ui.app import make_application
from ui.main_window import MainWindow
from ui.screens.settings import PAGES, SettingsScreen
from ui.start.doors import Doors
from ui.start.start_window import StartWindow
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, sample
from xuncha_desktop.settings import Settings
from xuncha_desktop.store import opening

SIZE = QSize(1366, 768)
LOW = QSize(1280, 720)
SMALL = QSize(911, 512)  # 1366×768 at 150 %
_SETTLE_MS = 700


def main() -> int:
    """Take the pictures; the folder they are in is printed."""
    parser = argparse.ArgumentParser(description="各屏截图")
    parser.add_argument("--out", type=Path, default=Path("build/tour"))
    out: Path = parser.parse_args().out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    app = make_application(sys.argv[:1])
    folder = Path(tempfile.mkdtemp(prefix="tour-case-")) / "示例案卷"
    sample.build(folder, Progress(), argon=CHEAP)
    for theme in ("light", "dark"):
        _start_pages(app, out, folder, theme)
        _screens(app, out, folder, theme, SIZE, 14)
    for mark, size, text in (
        ("low", LOW, 14),
        ("small", SMALL, 14),
        ("large", SIZE, 18),
        ("low-large", LOW, 18),
        ("small-large", SMALL, 18),
    ):
        _screens(app, out, folder, "light", size, text, mark)
    print(f"{len(list(out.iterdir()))} 张截图在 {out.resolve()}")
    return 0


def _start_pages(app: QApplication, out: Path, folder: Path, theme: str) -> None:
    settings = Settings(theme=theme)
    style.apply(app, theme, settings.text_size)
    window = StartWindow(settings, Doors(), folder.parent)
    window.resize(SIZE)
    window.show()
    _take(window, out / f"start-welcome-{theme}.png")
    window.show_new_case()
    _take(window, out / f"start-new-{theme}.png")
    window.show_unlock(folder)
    _take(window, out / f"start-unlock-{theme}.png")
    window.close()


def _screens(app: QApplication, out: Path, folder: Path, theme: str, size: QSize, text: int, mark: str = "") -> None:
    settings = Settings(theme=theme, text_size=text)
    style.apply(app, theme, text)
    case = opening.open_case(folder, sample.PASSWORD)
    cases.choose_member(case.store)
    window = MainWindow(case, settings)
    window.resize(size)
    window.show()
    wait(_SETTLE_MS)  # until it begins to settle
    while window.settling.busy or window.jobs.busy:
        wait(20)
    for place, name in enumerate(window.screen_names(), 1):
        window.show_screen(name)
        _take(window, out / f"{place:02}-{name}-{mark or theme}.png")
    _settings(window, out, mark or theme)
    lock(window)


def _settings(window: MainWindow, out: Path, mark: str) -> None:
    """Every page of the settings but the first, which is taken with the screens."""
    [screen] = window.findChildren(SettingsScreen)
    window.show_screen(screen.NAME)
    for place, kind in enumerate(PAGES[1:], 2):
        screen.page(kind)
        _take(window, out / f"settings-{place:02}-{kind.TITLE}-{mark}.png")


def _take(widget: QWidget, target: Path) -> None:
    wait(_SETTLE_MS)
    widget.grab().save(str(target))


if __name__ == "__main__":
    sys.exit(main())
