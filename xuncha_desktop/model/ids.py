"""Ids that need no server: ordered in time for records, computed from both ends for links."""

import os
import time
import uuid

_LINKS = uuid.UUID("6f0d6c86-5d0e-5d53-9a5e-2b0c0f6f3c11")


def new_id() -> str:
    """A UUIDv7 (RFC 9562: 48 bits of milliseconds, then random), as text."""
    bits = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=bits))


def pair_id(kind: str, source: str, target: str) -> str:
    """The id of a link, the same on every laptop that makes it (UUIDv5 of its ends)."""
    return str(uuid.uuid5(_LINKS, f"{kind}|{source}|{target}"))
