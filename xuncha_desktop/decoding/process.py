"""The program's end of the pipes: starts the helper, watches it while it works, ends it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import SEEK_END
from pathlib import Path
from threading import Event, Thread
from typing import Any, BinaryIO, Self, cast

from xuncha_desktop.decoding import FLAG, protocol
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress

DIED = "使解码程序停止工作（文件可能已损坏，或被有意做坏）"
_SLOW = "在规定的时间内没有解开"
_UNSTARTED = "暂时打不开（解码程序启动不了，请关闭本程序再打开）"
_ROOT = Path(__file__).resolve().parents[2]
_PRIVATE = "XUNCHA_"  # the helper needs neither our folders nor a password
_LARGEST_ANSWER = 1 << 29
_PIECE = 1 << 20
_LOOK_SECONDS = 0.05
_GRACE_SECONDS = 1.0  # an answer that is nearly there costs less than a new helper


class Lost(Exception):
    """The helper died or had to be ended; its text is the middle of a sentence."""


class Process:
    """One running helper; but for `kill`, only the thread whose turn it is touches it."""

    def __init__(self) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith(_PRIVATE)}
        frozen = getattr(sys, "frozen", False)
        try:
            self._process = subprocess.Popen(
                [sys.executable, FLAG] if frozen else [sys.executable, "-m", "xuncha_desktop", FLAG],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=None if frozen else _ROOT,  # where `-m` looks for us
                env={**env, "PYTHONUTF8": "1"},
                start_new_session=True,
                creationflags=subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except OSError as error:
            raise Lost(_UNSTARTED) from error
        self._in = cast(BinaryIO, self._process.stdin)
        self._out = cast(BinaryIO, self._process.stdout)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it is still there."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it at once; safe from any thread."""
        with suppress(OSError):
            self._process.kill()

    def bury(self) -> None:
        """End it, wait for its end, close the pipes."""
        self.kill()
        self._process.wait()
        for pipe in (self._in, self._out):
            with suppress(OSError):
                pipe.close()

    def take(self, name: str, file: BinaryIO, watch: "Watch") -> None:
        """Send the file that the next questions are about."""
        size = file.seek(0, SEEK_END)
        file.seek(0)
        with watch.telling():
            protocol.send(self._in, {"do": "take", "name": name, "size": size, "seconds": watch.longest})
        while size:
            piece = file.read(min(_PIECE, size))
            if not piece:
                raise EOFError("the file is shorter than it said")
            size -= len(piece)
            with watch.telling():
                self._in.write(piece)
            watch.hear()

    def ask(
        self, request: Mapping[str, Any], watch: "Watch", step: Callable[[int, int], None] | None = None
    ) -> tuple[dict[str, Any], bytes]:
        """Put a question; the answer's header and its bytes. Steps on the way go to `step`."""
        with watch.telling():
            protocol.send(self._in, {**request, "seconds": watch.longest})
            while "step" in (header := protocol.receive(self._out)):
                watch.hear()
                done, total = header["step"]
                if step:
                    step(int(done), int(total))
            size = int(header.get("size", 0))
            if not 0 <= size <= _LARGEST_ANSWER:
                raise ValueError("answer too large")
            return header, protocol.read(self._out, size)


class Watch:
    """Ends a helper that is silent for too long, works for too long, or whose answer nobody wants any more."""

    def __init__(self, process: Process, progress: Progress, silence: float, longest: int) -> None:
        self.longest = longest
        self._process = process
        self._progress = progress
        self._silence = silence
        self._begun = self._heard = time.monotonic()
        self._over = Event()
        self._verdict = ""
        self._thread = Thread(target=self._look, name="decoding watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()
        if self._progress.cancelled:
            raise Cancelled

    def hear(self) -> None:
        """The helper lives."""
        self._heard = time.monotonic()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Around whatever touches the pipes: what breaks there means that the helper is lost."""
        try:
            yield
        except (EOFError, OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise Lost(self._verdict or DIED) from error

    def _look(self) -> None:
        unwanted = 0.0
        while not self._over.wait(_LOOK_SECONDS):
            now = time.monotonic()
            if self._progress.cancelled:
                unwanted = unwanted or now
            if now - self._heard > self._silence or now - self._begun > self.longest:
                self._verdict = _SLOW
            elif not unwanted or now - unwanted < _GRACE_SECONDS:
                continue
            self._process.kill()
            return
