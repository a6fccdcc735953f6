"""The clock that orders changes for display, also on a laptop whose own clock is wrong."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.journal_rows import batches, new_paper
from xuncha_desktop.services import records
from xuncha_desktop.store import rebuild
from xuncha_desktop.store.clock import tick, timezone_minutes, wall_ms
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import Store

DAY = 24 * 3600 * 1000
MOMENTS = st.integers(0, 2**45)


def test_a_tick_holds_the_wall_clock_above_a_counter() -> None:
    assert tick(0, 1_000) == 1_000 << 16
    assert tick(1_000 << 16, 1_000) == (1_000 << 16) + 1
    assert tick(1_000 << 16, 1_001) == 1_001 << 16


def test_a_clock_set_back_does_not_turn_the_order_round() -> None:
    assert tick(2_000 << 16, 1_000) == (2_000 << 16) + 1


def test_a_change_from_elsewhere_pulls_ours_along_by_at_most_a_day() -> None:
    now = 10 * DAY
    assert tick(0, now, (now + 5) << 16) == ((now + 5) << 16) + 1
    assert tick(0, now, (now + DAY) << 16) == ((now + DAY) << 16) + 1
    assert tick(0, now, ((now + DAY) << 16) + 1) == now << 16


@given(previous=MOMENTS.map(lambda ms: ms << 16), now=MOMENTS, seen=MOMENTS.map(lambda ms: ms << 16))
def test_a_tick_is_always_later_and_fits_a_column(previous: int, now: int, seen: int) -> None:
    found = tick(previous, now, seen)
    assert found > previous
    assert found >= now << 16
    assert found < 2**63


def test_now_and_here_are_plausible() -> None:
    assert wall_ms() > 1_700_000_000_000
    assert -12 * 60 <= timezone_minutes() <= 14 * 60


def test_a_laptop_with_a_jumping_clock_keeps_its_own_order(case: OpenCase) -> None:
    moments = iter([5_000_000_000_000, 1_000_000_000_000, 1_000_000_000_000, 6_000_000_000_000, 1])
    store = Store(case.store.folder, case.store.keys, replica=case.store.replica, wall=lambda: next(moments))
    paper = new_paper(store)
    for title in "二三四五":
        records.edit(store, "paper", paper, {"title": title})
    own = batches(store)[-5:]
    assert [batch.label for batch in own] == ["新增问题底稿", *["修改底稿名称"] * 4]
    assert [batch.wall_ms for batch in own] == [
        5_000_000_000_000,
        1_000_000_000_000,
        1_000_000_000_000,
        6_000_000_000_000,
        1,
    ]
    assert records.load(store, "paper", paper).values["title"] == "五"
    assert rebuild.differences(store) == []
    store.close()
