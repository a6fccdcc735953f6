"""Ids of records: as RFC 9562 wants them, in the order they were made even within one millisecond."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from xuncha_desktop.model.ids import new_id


def test_an_id_says_when_it_was_made() -> None:
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert abs((made.int >> 80) - time.time_ns() // 1_000_000) < 60_000


def test_ids_made_at_once_stand_in_the_order_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(made)
    monkeypatch.setattr(time, "time_ns", lambda: now - 3_600_000_000_000)  # the clock is set back
    assert new_id() > made[-1]


def test_workers_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _: new_id(), range(4_000)))
    assert len(set(made)) == len(made)
