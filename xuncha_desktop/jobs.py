"""How long work reports what it does and learns that it should stop."""

from collections.abc import Callable
from threading import Event

from xuncha_desktop.errors import Cancelled

Report = Callable[[int, int, str], None]


class Progress:
    """Carries news of a job to whoever shows it, and a cancel back into the job."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._cancelled = Event()

    def step(self, done: int, total: int, text: str) -> None:
        """Report `done` of `total` units and what is being done; raise Cancelled if the user stopped it."""
        if self._cancelled.is_set():
            raise Cancelled
        if self._report:
            self._report(done, total, text)

    def cancel(self) -> None:
        """Ask the job to stop at its next step; safe from any thread."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._cancelled.is_set()
