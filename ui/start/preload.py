"""Imports the store while the person reads the first page, so that typing a password is all they wait for."""

import logging
import threading
from collections.abc import Sequence
from importlib import import_module

# The last one brings every screen, so that nothing is left to load when the case is open.
_MODULES = (
    "xuncha_desktop.store.opening",
    "xuncha_desktop.services.cases",
    "ui.main_window",
)
_log = logging.getLogger(__name__)


def start(modules: Sequence[str] = _MODULES) -> threading.Thread:
    """Begin to import on a thread of its own; whoever needs a module earlier simply waits for it."""
    thread = threading.Thread(target=_load, args=(modules,), name="preload", daemon=True)
    thread.start()
    return thread


def _load(modules: Sequence[str]) -> None:
    for module in modules:
        try:
            import_module(module)
        except ImportError as error:
            # Whoever opens a case meets it again, where a person can be told.
            _log.error("preloading %s failed", module, exc_info=error)
    from xuncha_desktop.services import opened_outside
    from xuncha_desktop.store.sort_keys import initials

    opened_outside.wipe()  # plain copies that a crash left behind

    initials("巡")  # loads the table of pinyin
