"""A case in which documents can be made."""

from pathlib import Path

import pytest

from tests.support.desk import Desk, begun
from xuncha_desktop.store.store import Store


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return begun(store, tmp_path)
