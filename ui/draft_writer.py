"""Writes drafts beside the window, in order; tells when the disk does not take them, and when it does again."""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from xuncha_desktop.store.drafts import Drafts, DraftsStuck

_RETRY_MS = 3000


class DraftWriter(QObject):
    """Once it has told of a failure it tries again by itself and is silent until it has succeeded."""

    stuck = Signal(str)  # what is wrong and what to do; empty: everything is written
    _done = Signal(object)  # from the worker: the exception a write ended with, or None

    def __init__(self, drafts: Drafts, parent: QObject) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._worker = ThreadPoolExecutor(1, "drafts")
        self._told = ""
        self._retry = QTimer(self, interval=_RETRY_MS)
        self._retry.timeout.connect(lambda: self.run(drafts.write_waiting))
        self._done.connect(self._on_done)

    def run(self, write: Callable[..., object], *args: Any) -> None:
        """Call something of the drafts beside the window, after everything that was asked for before."""
        self._worker.submit(write, *args).add_done_callback(self._note)

    def wait(self) -> bool:
        """Wait until all that was asked for is done; whether no typed text is in memory only."""
        self._worker.submit(lambda: None).result()
        return not self._drafts.text_waits

    def end(self) -> None:
        """Come to rest."""
        self._retry.stop()
        self._done.disconnect(self._on_done)
        self._worker.shutdown(wait=True)

    def _note(self, done: Future[object]) -> None:
        self._done.emit(done.exception())  # on the worker: the signal carries it over

    def _on_done(self, error: BaseException | None) -> None:
        if error is not None and not isinstance(error, DraftsStuck):
            sys.excepthook(type(error), error, error.__traceback__)
            return
        sentence = "" if error is None else str(error)
        if sentence == self._told:
            return
        self._told = sentence
        self.stuck.emit(sentence)
        if sentence:
            self._retry.start()
        else:
            self._retry.stop()
