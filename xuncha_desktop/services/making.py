"""A new case in the making: whole when its maker ends well, gone when not."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha_desktop.store import opening
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.slots import ArgonCost


@contextmanager
def new_case(folder: Path, password: str, argon: ArgonCost | None = None) -> Iterator[tuple[OpenCase, str]]:
    """An empty case to be filled, and its recovery key; a failure takes away what was begun."""
    existed = folder.exists()
    case, recovery = opening.create(folder, password, argon=argon)
    try:
        with case:
            yield case, recovery
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if existed:
            folder.mkdir(exist_ok=True)
        raise
