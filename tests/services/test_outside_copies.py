"""Work of three days that lies on one computer only is said; a sample, and what is on the stick already, is not."""

from datetime import date, timedelta

import pytest

from tests.support.journal_rows import new_paper
from xuncha_desktop.services import cases, outside_copies, records
from xuncha_desktop.store.store import Store

BEGUN = date(2031, 3, 1)


@pytest.fixture
def real(store: Store) -> Store:
    """The small case as if it were no sample."""
    records.edit(store, "case", cases.current(store).id, {"sample": False, "created_on": BEGUN.isoformat()})
    return store


@pytest.mark.parametrize(("days", "says"), [(0, ""), (2, ""), (3, "案卷还没有备份到U盘"), (90, "案卷还没有备份到U盘")])
def test_a_case_never_copied_out_is_said_after_three_days(real: Store, days: int, says: str) -> None:
    assert outside_copies.overdue(real, BEGUN + timedelta(days=days)) == says


def test_days_are_counted_from_the_last_copy_and_only_if_something_was_written_since(real: Store) -> None:
    outside_copies.note(real, BEGUN)
    assert outside_copies.overdue(real, BEGUN + timedelta(days=90)) == ""
    new_paper(real)
    assert outside_copies.overdue(real, BEGUN + timedelta(days=2)) == ""
    assert outside_copies.overdue(real, BEGUN + timedelta(days=5)) == "已有 5 天没有备份到U盘"


def test_nobody_has_to_carry_a_sample_away(store: Store) -> None:
    records.edit(store, "case", cases.current(store).id, {"created_on": BEGUN.isoformat()})
    assert outside_copies.overdue(store, BEGUN + timedelta(days=90)) == ""
