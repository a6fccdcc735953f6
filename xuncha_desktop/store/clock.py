"""Hybrid logical clock: orders changes for display even when a laptop's clock is wrong."""

import time
from collections.abc import Callable

_DAY_MS = 24 * 3600 * 1000
Wall = Callable[[], int]


def wall_ms() -> int:
    """Now in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def timezone_minutes() -> int:
    """The offset of local time from UTC now, in minutes."""
    return (time.localtime().tm_gmtoff or 0) // 60


def tick(previous: int, now_ms: int, seen: int = 0) -> int:
    """The next clock value (milliseconds shifted left by 16, then a counter), later than `previous`.

    `seen` is the newest value met in other replicas' changes; one more than a day ahead does not drag ours.
    """
    candidates = [previous + 1, now_ms << 16]
    if seen <= (now_ms + _DAY_MS) << 16:
        candidates.append(seen + 1)
    return max(candidates)
