"""What happens when the program itself is at fault: typed text is saved, a report written, and work goes on."""

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from ui.dialogs.base import Dialog
from xuncha_desktop import __version__

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_KEPT_REPORTS = 20
_log = logging.getLogger(__name__)


class CrashGuard(QObject):
    """Catches what nobody caught, on any thread and in Qt, from `install` to `remove`."""

    _caught = Signal(object)
    _reported = Signal(object, bool)

    def __init__(
        self,
        folder: Path,
        save_drafts: Callable[[], None],
        show: Callable[[Path, bool], None] | None = None,
    ) -> None:
        super().__init__()
        self._folder = folder
        self._save_drafts = save_drafts
        self._show = show or show_crash
        self._showing = False
        self._before: tuple[Any, Any, Any] = (sys.excepthook, threading.excepthook, None)
        # A worker thread may not touch widgets: the signal carries its failure to this thread.
        self._caught.connect(self._keep)
        # Later, and never inside the paint event that failed: a dialog there would paint again.
        self._reported.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Begin to catch."""
        self._before = (sys.excepthook, threading.excepthook, qInstallMessageHandler(_of_qt))
        sys.excepthook = self._of_python
        threading.excepthook = self._of_thread

    def remove(self) -> None:
        """Give the hooks back to whoever had them."""
        sys.excepthook, threading.excepthook, of_qt = self._before
        qInstallMessageHandler(of_qt)

    def _of_python(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._caught.emit(error.with_traceback(trace))

    def _of_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._of_python(args.exc_type, args.exc_value, args.exc_traceback)

    def _keep(self, error: BaseException) -> None:
        saved = True
        try:
            # First of all: whatever else goes wrong here, the text is safe.
            self._save_drafts()
        except Exception as failure:  # noqa: BLE001  the excepthook itself must never raise
            saved = False
            _log.error("drafts not saved after a crash", exc_info=failure)
        _log.error("unexpected error", exc_info=error)
        self._reported.emit(_write_report(self._folder, error), saved)

    def _tell(self, report: Path, saved: bool) -> None:
        # One dialog at a time: an error that repeats would otherwise bury the screen in them.
        if self._showing:
            return
        self._showing = True
        try:
            self._show(report, saved)
        finally:
            self._showing = False


class CrashDialog(Dialog):
    """Says calmly that the program made a mistake, what became of the text, and where the report lies."""

    def __init__(self, report: Path, saved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, "程序出错")
        self._report = report
        self.add_sentence("程序内部出了一个错误，刚才这一步没有做完。", "section")
        self.add_sentence(
            "已输入的文字都存成了草稿，可以继续工作；同样的错误再次出现时，请关闭程序重新打开。"
            if saved
            else "没能把未保存的文字存成草稿，请先把正在编辑的文字复制出来，再关闭程序重新打开。"
        )
        where = self.add_sentence(f"错误报告（只有程序位置和版本，不含案卷内容）：{report}", "secondary")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = self.add_verb("复制报告")
        copy.clicked.connect(self._copy)
        go_on = self.add_verb("继续工作", primary=True)
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)

    def _copy(self) -> None:
        with suppress(OSError):
            QApplication.clipboard().setText(self._report.read_text(encoding="utf-8"))


def show_crash(report: Path, saved: bool) -> None:
    """Show the dialog over the window in use."""
    CrashDialog(report, saved, QApplication.activeWindow()).exec()


def _write_report(folder: Path, error: BaseException) -> Path:
    # Here and not above: nobody should wait at the start for what is hardly ever needed.
    import platform

    import PySide6

    from xuncha_desktop import logs

    now = datetime.now()
    file = folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
    told = logs.ContentFree().formatException((type(error), error, error.__traceback__))
    text = "\n".join(
        [
            f"xuncha-desktop {__version__}  {now:%Y-%m-%d %H:%M:%S}",
            f"Python {platform.python_version()}  PySide6 {PySide6.__version__}  {platform.platform()}",
            told,
            "",
        ]
    )
    # A full disk must not keep the person from being told.
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(folder.glob("crash-*.txt"))[: -_KEPT_REPORTS + 1 or None]:
            old.unlink()
        file.write_text(text, encoding="utf-8")
    return file


def _of_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    # Qt's sentences may quote what a widget shows; the log masks everything that is quoted or Chinese.
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", context.category or "default", message or "")
