"""One helper for a file of tests, and bytes as if they lay in a case."""

import hashlib
import io
from collections.abc import Callable, Iterator

import pytest

from xuncha_desktop.decoding.decoder import Decoder, Source

Made = Callable[[str, bytes], Source]


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    """A decoder for the tests of a file."""
    with Decoder() as made:
        yield made


@pytest.fixture
def made() -> Made:
    """A source with this name and content."""

    def make(name: str, content: bytes) -> Source:
        return Source(name, hashlib.sha256(content).hexdigest(), lambda: io.BytesIO(content))

    return make
