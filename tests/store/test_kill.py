"""kill -9 at any instant of the work: what was called saved is there, nothing is half there, the case opens."""

import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.killing import needs_fork
from tests.support.saving import number_saved, prepare, run
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store import backup, opening, rebuild
from xuncha_desktop.store.checks import full_check
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import DATABASE
from xuncha_desktop.store.vault import Vault

KILLS = 200
LONGEST = 0.06  # seconds until the kill: four to six saves

pytestmark = [pytest.mark.crash, needs_fork]


def killed_while(folder: Path, work: Callable[[OpenCase, Callable[[int], object]], object], after: float) -> int:
    """Let a process open the case and work, kill it so many seconds after it told a number; the last one it told."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # later Pythons warn of threads
        child = os.fork()
    if child == 0:
        try:
            case = opening.open_case(folder, PASSWORD)
            work(case, lambda number: os.write(writing, f"{number}\n".encode()))
        finally:
            os._exit(1)
    os.close(writing)
    try:
        assert select.select([reading], [], [], 20)[0], "nothing was done"
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the work ended by itself"
        with os.fdopen(reading, closefd=False) as told:
            return max(int(line) for line in told.read().split())
    finally:
        os.close(reading)


def test_every_acknowledged_save_survives_kill_9(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    prepare(folder)
    keys = Vault.read(folder).unlock(PASSWORD)
    random = Random(2031)
    saved, slowest, interrupted = 0, 0.0, 0
    for _ in range(KILLS):
        first = saved + 1
        told = killed_while(folder, lambda case, tell, first=first: run(case, first, tell), random.uniform(0, LONGEST))
        interrupted += (folder / f"{DATABASE}-journal").stat().st_size > 0
        begun = time.perf_counter()
        conn = connect(folder / DATABASE, keys)
        slowest = max(slowest, time.perf_counter() - begun)
        saved = number_saved(conn)
        assert full_check(conn) == []
        conn.close()
        # The save under way may have come through without having been acknowledged.
        assert told <= saved <= told + 1
    with opening.open_case(folder, PASSWORD) as case:
        assert case.unclean
        assert rebuild.broken_chain(case.store) == []
        assert rebuild.differences(case.store) == []
    assert saved > KILLS
    assert interrupted > KILLS / 10, "hardly any kill came in the middle of a save"
    assert slowest < 2


def test_a_backup_broken_off_is_none_and_leaves_the_last_one(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    prepare(folder)
    with opening.open_case(folder, PASSWORD) as case:
        good = backup.make(folder, case.store.keys, "timed", Progress())

    def keep_making(case: OpenCase, tell: Callable[[int], object]) -> None:
        tell(0)
        while True:
            backup.make(folder, case.store.keys, "close", Progress())

    random = Random(2031)
    for _ in range(30):
        killed_while(folder, keep_making, random.uniform(0, 0.15))
        with opening.open_case(folder, PASSWORD) as case:
            assert list((folder / "backups").glob("*.part")) == []
            for found in backup.listing(folder):
                conn = connect(found.path / DATABASE, case.store.keys, readonly=True)
                assert full_check(conn) == []
                conn.close()
                assert (found.path / "blobs.json").is_file()
    assert good in [found.path for found in backup.listing(folder)]
