"""Ids that need no server: ordered in time for records, computed from both ends for links."""

import os
import time
import uuid
from threading import Lock

_LINKS = uuid.UUID("6f0d6c86-5d0e-5d53-9a5e-2b0c0f6f3c11")
_TURNS = 1 << 12  # how many follow each other within a millisecond
_lock = Lock()
_last = 0  # millisecond and turn of the newest id


def new_id() -> str:
    """A UUIDv7 (RFC 9562: milliseconds, a count that keeps the order within one, then 62 random bits), as text.

    Lists without an order of their own go by id: members pasted at once stand as they were pasted.
    """
    global _last
    with _lock:
        _last = max(_last + 1, time.time_ns() // 1_000_000 * _TURNS)
        stamp, turn = divmod(_last, _TURNS)
    tail = int.from_bytes(os.urandom(8), "big") >> 2
    return str(uuid.UUID(int=stamp << 80 | 0x7 << 76 | turn << 64 | 0x2 << 62 | tail))


def pair_id(kind: str, source: str, target: str) -> str:
    """The id of a link, the same on every laptop that makes it (UUIDv5 of its ends)."""
    return str(uuid.uuid5(_LINKS, f"{kind}|{source}|{target}"))
