"""Locking as tests need it: to its very end."""

from tests.support.waiting import wait
from ui.main_window import MainWindow


def lock(window: MainWindow) -> None:
    """Lock the window and wait until its case is backed up and closed."""
    case = window.context.case
    window.lock()
    while not case.closed:
        wait(10)
