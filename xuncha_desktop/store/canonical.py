"""The bytes the journal hashes (journal.md, Bytes). Test vectors in tests/data/journal fix them."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

VERSION = 1
GENESIS = bytes(32)


def dumps(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no NaN, text as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def value_digest(salt: bytes, value: str) -> bytes:
    """What the chain knows of a value, so that the value itself can be sealed away later."""
    return hashlib.sha256(salt + value.encode()).digest()


def change_bytes(
    replica: str,
    seq: int,
    batch: str,
    hlc: int,
    entity: str,
    record: str,
    field: str,
    digest: bytes,
    parents: Sequence[str],
) -> bytes:
    """One change as the bytes that enter the chain."""
    return dumps([VERSION, replica, seq, batch, hlc, entity, record, field, digest.hex(), sorted(parents)]).encode()


def link(previous: bytes, change: bytes) -> bytes:
    """The chain value after `change`."""
    return hashlib.sha256(previous + change).digest()
