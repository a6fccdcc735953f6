"""Killing a process with kill -9 at a chosen instant of an action."""

import os
import signal
import sys
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

needs_fork = pytest.mark.skipif(os.name == "nt", reason="kill -9 of a forked process")


def count_instants(action: Callable[[], object]) -> int:
    """How many calls and returns, of Python and of C functions, the action has: the instants to kill at."""
    reading, writing = os.pipe()
    if (child := _fork()) == 0:
        seen = _watch(action, -1)
        os.write(writing, str(seen).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        count = told.read()
    os.waitpid(child, 0)
    return int(count)


def kill_at(instant: int, action: Callable[[], object]) -> bool:
    """Run the action in a process that kills itself at an instant; whether it came to that."""
    if (child := _fork()) == 0:
        _watch(action, instant)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        assert os.WEXITSTATUS(status) == 0, "the action failed instead of being killed"
    return os.WIFSIGNALED(status)


def _watch(action: Callable[[], object], instant: int) -> int:
    seen = 0

    def profile(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal seen
        if seen == instant:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    try:
        sys.setprofile(profile)
        action()
        sys.setprofile(None)
    except BaseException:  # noqa: BLE001 - nothing of the child may run on into the tests
        os._exit(1)
    return seen


def _fork() -> int:
    with warnings.catch_warnings():
        # Later Pythons warn of threads; the child only runs the action and dies.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()
