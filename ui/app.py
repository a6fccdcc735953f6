"""The program from its first line to its last: application, start window, main window, and back at every lock."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from ui import style, window_place
from ui.garbage import Garbage
from ui.start.doors import Doors
from ui.start.start_window import StartWindow
from xuncha_desktop import paths, settings
from xuncha_desktop.errors import UserError

if TYPE_CHECKING:
    from ui.crash_dialog import CrashGuard
    from ui.main_window import MainWindow
    from xuncha_desktop.store.opening import OpenCase

WRONG_USAGE, NO_DISPLAY = 2, 3
_WITHOUT_DISPLAY = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
_log = logging.getLogger(__name__)


class Program(QObject):
    """Holds the two windows; the one shows when the other has gone."""

    def __init__(self, app: QApplication, folder: Path, doors: Doors) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._settings = settings.load(folder)
        self._main: MainWindow | None = None
        self._log_handler: logging.Handler | None = None
        self._case_folder: Path | None = None
        self._leaving = False
        self.guard: CrashGuard | None = None
        self._garbage = Garbage(self, self._at_rest)
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.start_window = StartWindow(self._settings, doors)
        self.start_window.seen.connect(self._after_first_paint)
        self.start_window.looks_changed.connect(self._dress)
        self.start_window.settings_changed.connect(self._save_settings)
        self.start_window.opened.connect(self._show_main)
        self.start_window.left.connect(self._end)

    @property
    def settings(self) -> settings.Settings:
        """This user's settings, saved when they change and at the end."""
        return self._settings

    @property
    def main_window(self) -> "MainWindow | None":
        """The window of the open case, if one is open."""
        return self._main

    def begin(self, case_folder: Path | None, password: str | None) -> None:
        """Show the first window: at the case named or used last, else at the choice of cases."""
        last = Path(self._settings.last_case) if self._settings.last_case else None
        folder = case_folder or (last if last and (last / "vault.json").exists() else None)
        if folder and password is not None:
            self.start_window.open(folder, password)
        elif folder:
            self.start_window.show_unlock(folder)
        self.start_window.show()

    def end_watch(self) -> None:
        """Give the collector and the crash hooks back and close the log file, if it came to that."""
        self._garbage.stop()
        if self.guard is not None:
            self.guard.remove()
            self.guard = None
        if self._log_handler is not None:
            logging.getLogger().removeHandler(self._log_handler)
            self._log_handler.close()
            self._log_handler = None

    def _after_first_paint(self) -> None:
        """What can wait until the person sees the window."""
        from ui.crash_dialog import CrashGuard
        from xuncha_desktop import logs

        self._garbage.start()
        self.guard = CrashGuard(self._folder / "crashes", self._save_drafts)
        self.guard.install()
        self.start_window.setWindowIcon(style.icon("workbench", "accent"))
        self._log_handler = logs.start_logging(self._folder)
        _log.info("started")

    def _show_main(self, case: "OpenCase") -> None:
        # Here and not above: it brings the store and every screen with it.
        from ui.main_window import MainWindow

        self._case_folder = case.store.folder
        self._main = MainWindow(case, self._settings)
        self._main.setWindowIcon(self.start_window.windowIcon())
        self._main.locking.connect(self._lock)
        self._main.locked.connect(self._let_in)
        self._main.ended.connect(self._end)
        self._main.settled.connect(self._garbage.start)  # its screens stay as well
        window_place.restore(self._main, self._settings)
        self._garbage.start()  # once more: all that was loaded for the window stays
        self._main.show()
        self.start_window.hide()

    def _lock(self) -> None:
        """Ask for the password at once; nobody is let in before the case is backed up and closed."""
        self._remember_place()
        self.start_window.hold()
        if self._case_folder:
            self.start_window.show_unlock(self._case_folder)
        self.start_window.show()
        self.start_window.activateWindow()

    def _at_rest(self) -> bool:
        return self._main is None or self._main.at_rest()

    def _let_in(self) -> None:
        self._main = None
        self._garbage.thaw()
        if self._leaving:
            self._end()
        else:
            self.start_window.release()

    def _end(self) -> None:
        if self._main is not None and self.start_window.held:
            self._leaving = True  # the backup of the case just locked goes first
            return
        self._remember_place()
        self._main = None
        self._save_settings()
        self._app.quit()

    def _remember_place(self) -> None:
        if self._main is not None:
            window_place.remember(self._main, self._settings)

    def _save_drafts(self) -> None:
        if self._main and not self._main.context.flush_drafts():
            raise UserError("草稿没有写进去")

    def _save_settings(self) -> None:
        settings.save(self._settings, self._folder)

    def _follow_system(self) -> None:
        if self._settings.theme == "system":
            self._dress()

    def _dress(self) -> None:
        style.apply(self._app, self._settings.theme, self._settings.text_size)


def main(argv: list[str]) -> int:
    """Start the program with the arguments after its name; its exit code."""
    # By hand: argparse takes 7 ms, before the first paint.
    options = {argument for argument in argv if argument.startswith("-")}
    folders = [Path(argument) for argument in argv if argument not in options]
    if not options and len(folders) <= 1:
        return run(folders[0] if folders else None)
    if options in ({"--smoke"}, {"--smoke", "--json"}) and len(folders) == 1:
        from ui import smoke

        return smoke.run(folders[0], as_json="--json" in options)
    sys.stderr.write(
        "用法不对：打开窗口时只能写一个案卷文件夹，试运行再加 --smoke 或 --smoke --json；子命令见 xuncha --help。\n"
    )
    return WRONG_USAGE


def run(case_folder: Path | None = None, password: str | None = None, doors: Doors | None = None) -> int:
    """Show the program until it is closed; with a password the case opens without typing."""
    if not _has_display():
        sys.stderr.write("没有可用的图形界面：请在桌面会话里启动，或在命令行使用 xuncha --help 列出的子命令。\n")
        return NO_DISPLAY
    app = make_application(sys.argv[:1])
    folder = paths.settings_folder()
    program = Program(app, folder, doors or Doors())
    try:
        program.begin(case_folder, password)
        return app.exec()
    finally:
        program.end_watch()


def make_application(argv: Sequence[str]) -> QApplication:
    """The application: its name, Chinese for what Qt itself says."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication([*argv, *style.ARGUMENTS])
    app.setApplicationName("xuncha-desktop")
    app.setApplicationDisplayName("巡察桌面")
    app.setDesktopFileName("xuncha-desktop")
    # The start window takes over at every lock: between the two no window is open for a moment.
    app.setQuitOnLastWindowClosed(False)
    app.installTranslator(chinese(app))
    return app


def chinese(app: QApplication) -> QTranslator:
    """Qt's own words in Chinese; empty where the translation is missing."""
    translator = QTranslator(app)
    translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator


def _has_display() -> bool:
    """Qt aborts the process where it finds no display; better to say it first."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return named or platform in _WITHOUT_DISPLAY
