"""`--smoke`: opens the window on a case, visits every screen, tells how long each took, and leaves."""

import json
import os
import re
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMessageLogContext, QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.start.doors import Doors, Opened, open_quickly

if TYPE_CHECKING:
    from ui.app import Program
    from ui.main_window import MainWindow

_WARNED, _TOO_LONG, _SENTENCE = 1, 1, 3
_LIMIT_MS = 60_000
_ROWS = "papers"  # the screen whose rows must be painted before the window counts as usable
_HARMLESS = "This plugin does not support propagateSizeHints"


class Smoke(QObject):
    """Watches the start of the program from outside; the program itself runs as for a user."""

    def __init__(self, app: QApplication, case: Path, password: str) -> None:
        super().__init__()
        self._app = app
        self._case, self._password = case, password
        self._program: Program | None = None
        self._window: MainWindow | None = None
        self._rows: QWidget | None = None
        self._pressed = False
        self.warned: list[str] = []
        self.figures: dict[str, Any] = {"screens": {}}
        qInstallMessageHandler(self._take_message)
        warnings.showwarning = self._take_warning
        QTimer.singleShot(_LIMIT_MS, self, self._give_up)

    def start(self, program: "Program") -> None:
        """Show the unlock page; the rest follows from what gets painted."""
        self._program = program
        # Not on the whole application: Python would see every event, and be timed for it.
        program.start_window.installEventFilter(self)
        program.start_window.opened.connect(self._watch_main)
        program.settings.window_layouts["screen"] = _ROWS
        program.begin(self._case, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the first paints and the key press that show the program alive."""
        if event.type() == QEvent.Type.Paint:
            if watched is self._rows and not self._pressed:
                self._pressed = True
                QTimer.singleShot(0, self, self._press_key)
            elif "unlock_ms" not in self.figures:
                QTimer.singleShot(0, self, self._unlock_painted)
        elif event.type() == QEvent.Type.KeyRelease and self._pressed and "usable_ms" not in self.figures:
            self.figures["usable_ms"] = since_start_ms()
            QTimer.singleShot(0, self, self._visit_screens)
        return False

    def _unlock_painted(self) -> None:
        assert self._program is not None
        self.figures["unlock_ms"] = since_start_ms()
        self._program.start_window.open(self._case, self._password)

    def _watch_main(self) -> None:
        assert self._program is not None
        self._window = self._program.main_window
        assert self._window is not None
        self._rows = self._window.rows_of(_ROWS)
        assert self._rows is not None
        self._rows.installEventFilter(self)

    def _press_key(self) -> None:
        assert self._rows is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
            QApplication.postEvent(self._rows, key)

    def _visit_screens(self) -> None:
        assert self._window is not None
        for name in self._window.screen_names():
            began = time.perf_counter()
            self._window.show_screen(name)
            self._app.processEvents()
            self.figures["screens"][name] = round((time.perf_counter() - began) * 1000, 1)
        self.figures["rss_mb"] = _peak_mb()
        self._window.close()

    def _give_up(self) -> None:
        self.warned.append(f"not usable after {_LIMIT_MS} ms")
        self._app.exit(_TOO_LONG)

    def _take_warning(self, message: Warning | str, *where: object, **more: object) -> None:
        self.warned.append(str(message))

    def _take_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and _HARMLESS not in message:
            self.warned.append(message)


class _AsLeader(Doors):
    """Opens without asking who works here."""

    def open(self, folder: Path, password: str, take_over: bool) -> Opened:
        """Open with the password, as the member remembered or the leader."""
        case = open_quickly(folder, password, take_over=take_over)
        from xuncha_desktop.services import cases

        cases.choose_member(case.store)
        return Opened(case)


def run(case: Path, *, as_json: bool) -> int:
    """Run the program on a case by itself; 0 if it came through without a warning."""
    # Not through cli.given: it brings the store with it, which must not load before the first paint.
    password = os.environ.get("XUNCHA_PASSWORD", "")
    if not password:
        sys.stderr.write("没有给出口令；请设环境变量 XUNCHA_PASSWORD。\n")
        return _SENTENCE
    from ui import app as application
    from xuncha_desktop import paths

    app = application.make_application(sys.argv[:1])
    smoke = Smoke(app, case, password)
    program = application.Program(app, paths.settings_folder(), _AsLeader())
    QTimer.singleShot(0, lambda: smoke.start(program))
    code = app.exec()
    if as_json:
        sys.stdout.write(json.dumps(smoke.figures) + "\n")
    else:
        screens = "，".join(f"{name} {ms} 毫秒" for name, ms in smoke.figures["screens"].items())
        sys.stdout.write(
            f"解锁页 {smoke.figures.get('unlock_ms')} 毫秒，可用 {smoke.figures.get('usable_ms')} 毫秒；{screens}\n"
        )
    for message in smoke.warned:
        sys.stderr.write(f"警告：{message}\n")
    return _WARNED if smoke.warned else code


def since_start_ms() -> float:
    """Milliseconds since the operating system started this process."""
    return round((time.clock_gettime(time.CLOCK_BOOTTIME) - _started()) * 1000, 1) if _LINUX else _since_import()


_LINUX = sys.platform.startswith("linux")
_imported = time.perf_counter()


def _since_import() -> float:
    """Elsewhere: since Python had read this file, some 50 ms later."""
    return round((time.perf_counter() - _imported) * 1000, 1)


def _started() -> float:
    fields = Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[19]) / os.sysconf("SC_CLK_TCK")


def _peak_mb() -> float | None:
    """The most memory this process held; not getrusage's figure, which begins with the parent's."""
    if not _LINUX:
        return None
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return round(int(found[1]) / 1024, 1) if found else None
