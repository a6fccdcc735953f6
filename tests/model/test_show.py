"""How values read to people."""

from typing import Any

import pytest

from xuncha_desktop.model import Field, Kind
from xuncha_desktop.model.show import decimals_of, dotted_date, long_date, money, short_date, show, yuan

CHOICES = {"draft": "草稿", "review": "待复核"}
NAMES = {"a": "甲", "b": "乙"}


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.TEXT, "一句话", "一句话"),
        (Kind.LONGTEXT, "两\n段", "两\n段"),
        (Kind.RICHTEXT, "\x02两\x03\n\x1d段\n\x1e甲\x1f乙", "两\n1. 段\n甲\t乙"),
        (Kind.INT, 12860, "12,860"),
        (Kind.INT, 0, "0"),
        (Kind.MONEY, 1_286_400_000, "1,286.40"),
        (Kind.MONEY, 0, "0.00"),
        (Kind.DATE, "2020-04-06", "2020年4月6日"),
        (Kind.BOOL, True, "是"),
        (Kind.BOOL, False, "否"),
        (Kind.ENUM, "review", "待复核"),
        (Kind.ENUM, "newer", "未知（newer）"),
        (Kind.ENUMS, ("draft", "newer"), "草稿、未知（newer）"),
        (Kind.REF, "a", "甲"),
        (Kind.REF, "gone", ""),
        (Kind.REFS, ("b", "a"), "乙、甲"),
        (Kind.ROWS, ({"id": "1"}, {"id": "2"}), "2 条"),
        (Kind.AUTO, "临-JXG-0001", "临-JXG-0001"),
    ],
)
def test_a_value_reads_as_people_write_it(kind: Kind, value: Any, words: str) -> None:
    assert show(Field("栏", kind, choices=CHOICES), value, NAMES) == words


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_entered_reads_as_nothing(kind: Kind) -> None:
    assert [show(Field("栏", kind), value) for value in (None, "", ())] == ["", "", ""]


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (128_640_000, "128.64"),
        (1_005_000, "1.005"),
        (0, "0.00"),
        (4_000, "0.004"),
        (98_400, "0.0984"),
        (1, "0.000001"),
        (123_456_789_000_000, "123,456,789.00"),
    ],
)
def test_an_amount_has_two_decimals_and_more_where_it_needs_them(cents: int, words: str) -> None:
    assert money(cents) == words


@pytest.mark.parametrize(
    ("column", "decimals"),
    [([], 2), ([0], 2), ([12_500_000, 10_000], 2), ([12_500_000, 98_400], 4), ([1_004_950, 98_400], 5), ([1], 6)],
)
def test_a_column_of_amounts_has_the_decimals_of_its_longest(column: list[int], decimals: int) -> None:
    assert decimals_of(column) == decimals
    assert {len(money(cents, decimals).partition(".")[2]) for cents in [*column, sum(column)]} == {decimals}


@pytest.mark.parametrize(
    ("cents", "words"), [(12_500_000, "125,000"), (1, "0.01"), (2**53 - 1, "90,071,992,547,409.91")]
)
def test_the_amount_in_yuan_is_exact(cents: int, words: str) -> None:
    assert yuan(cents) == words


def test_dates_lose_their_padding() -> None:
    assert (long_date("2020-04-06"), short_date("2020-04-06")) == ("2020年4月6日", "4月6日")
    assert dotted_date("2020-04-06") == "2020.4.6"
