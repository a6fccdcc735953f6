"""What goes through the pipes between the program and the helper: a length, a header as JSON, then plain bytes."""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTH = struct.Struct("!I")
_LONGEST_HEADER = 1 << 20


def send(stream: BinaryIO, header: Mapping[str, Any], payload: bytes = b"") -> None:
    """Write one message; its header should tell how long the payload is."""
    content = json.dumps(header).encode()
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.write(payload)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any]:
    """Read a header; EOFError when the other side has gone, ValueError when it talks nonsense."""
    [length] = _LENGTH.unpack(read(stream, _LENGTH.size))
    if length > _LONGEST_HEADER:
        raise ValueError("header too long")
    header = json.loads(read(stream, length))
    if not isinstance(header, dict):
        raise ValueError("header is no object")
    return header


def read(stream: BinaryIO, size: int) -> bytes:
    """Exactly so many bytes."""
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content
