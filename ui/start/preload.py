"""Imports on a thread of its own: the store and the first screen while the person reads the first page.

Whoever is quick waits for the window alone: the screens not shown yet and the documents are loaded once it stands.
"""

import logging
import threading
from collections.abc import Callable
from importlib import import_module

from ui.screens.catalog import SCREENS

_FIRST = (
    "xuncha_desktop.store.opening",
    "xuncha_desktop.services.cases",
    "ui.main_window",
    "ui.screens.papers",
)
_REST = (*(f"ui.screens.{entry.name}" for entry in SCREENS), "xuncha_desktop.exports.catalog")
_log = logging.getLogger(__name__)
_hurried = threading.Event()


def start() -> threading.Thread:
    """Begin to import; whoever needs a module earlier simply waits for it."""
    _hurried.clear()
    return _begin(_load)


def hurry() -> None:
    """Leave what the first window can do without: its case is being opened."""
    _hurried.set()


def finish() -> threading.Thread:
    """Import the rest, now that the window stands: in the window's own time each screen would be a pause."""
    return _begin(_load_rest)


def _begin(load: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=load, name="preload", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    for module in _FIRST:
        _import(module)
    from xuncha_desktop.services import opened_outside

    opened_outside.wipe()  # plain copies that a crash left behind
    for module in _REST:
        if _hurried.is_set():
            return
        _import(module)


def _load_rest() -> None:
    for module in _REST:
        _import(module)


def _import(module: str) -> None:
    try:
        import_module(module)
    except ImportError as error:
        # Whoever opens a case meets it again, where a person can be told.
        _log.error("preloading %s failed", module, exc_info=error)
