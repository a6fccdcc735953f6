"""The current fails at any instant of a save: the case is whole, and holds every save that was called saved."""

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support import power_loss
from tests.support.cheap_keys import PASSWORD
from tests.support.saving import number_saved, prepare
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.checks import full_check
from xuncha_desktop.store.connection import DatabaseError, connect
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.vault import Vault

SAVES = 25
FILES = ("case.db", "case.db-journal")
MEMORY = Path("/dev/shm")  # thousands of openings need no real disk

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not power_loss.can_record(), reason="strace is missing or may not trace: nothing to replay"),
]


@pytest.mark.parametrize(
    ("pragmas", "states", "corrupt", "lost"),
    [
        pytest.param((), 3000, False, False, id="as it is"),
        # The replay itself must be able to find harm.
        pytest.param(("synchronous=OFF",), 300, True, True, id="without syncing"),
        pytest.param(("journal_mode=DELETE",), 300, False, True, id="with a journal that is deleted"),
    ],
)
def test_no_state_of_the_disk_is_corrupt_or_lacks_a_save(
    tmp_path: Path, pragmas: tuple[str, ...], states: int, corrupt: bool, lost: bool
) -> None:
    folder = tmp_path / "case"
    prepare(folder)
    before = {str(folder / name): (folder / name).read_bytes() for name in FILES}
    keys = Vault.read(folder).unlock(PASSWORD)
    command = ["-m", "tests.support.saving", str(folder), str(SAVES), *pragmas]
    calls = power_loss.record(folder, FILES, command, tmp_path / "trace")
    assert max(call.place for call in calls if call.kind == "told") == SAVES

    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as place:
        found = Counter(
            judge(files, Path(place) / "after", keys, told)
            for told, files in power_loss.states(before, calls, states, seed=2031)
        )

    assert (found["corrupt"] > 0, found["lost"] > 0) == (corrupt, lost), found
    assert found.total() == states
    assert found["sound"] > 0


def judge(files: dict[str, bytes], place: Path, keys: Keys, told: int) -> str:
    """Whether a state of the disk opens whole, and with all that was told."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for path, content in files.items():
        (place / Path(path).name).write_bytes(content)
    try:
        conn = connect(place / FILES[0], keys)
        try:
            number = number_saved(conn)
            sound = not full_check(conn)
        finally:
            conn.close()
    except (UserError, DatabaseError, ValueError, TypeError):
        return "corrupt"
    return "corrupt" if not sound else "lost" if number < told else "sound"
