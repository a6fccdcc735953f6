"""What people type into number, money and date fields, and what the case keeps of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_desktop.errors import UserError
from xuncha_desktop.model.read import read_date, read_int, read_money
from xuncha_desktop.model.show import money

TODAY = date(2031, 3, 15)
LARGEST = 2**53 - 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("   ", None),
        ("12", 12),
        ("1,286", 1286),
        ("１２，８６０", 12860),
        ("-3", -3),
        ("+3", 3),
        (" 7 ", 7),
    ],
)
def test_a_whole_number_is_read_as_people_write_it(text: str, expected: int | None) -> None:
    assert read_int("涉及人次", text) == expected


@pytest.mark.parametrize("text", ["1.5", "十二", "1e3", "1_000", "12人", "9" * 16])
def test_what_is_no_whole_number_is_refused_with_the_field_s_name(text: str) -> None:
    with pytest.raises(UserError, match="“涉及人次”应为整数"):
        read_int("涉及人次", text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("", None),
        ("0", 0),
        ("1,286.40", 1_286_400_000),
        ("1，286.40", 1_286_400_000),
        ("１，２８６．４０", 1_286_400_000),
        ("125000元", 12_500_000),
        ("125,000 元", 12_500_000),
        ("12.5万元", 12_500_000),
        ("12.5万", 12_500_000),
        ("0.01元", 1),
        ("0.000001", 1),
        (".5", 500_000),
        ("5.", 5_000_000),
    ],
)
def test_an_amount_is_kept_to_the_cent(text: str, cents: int | None) -> None:
    assert read_money("涉及金额", text) == cents


@pytest.mark.parametrize("text", ["约12", "12.5.1", "1e5", "1_000", "nan", "Infinity", "万元", "12美元", "0x10"])
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match=r"“涉及金额”应为金额，如 12\.5 或 125000元"):
        read_money("涉及金额", text)


@pytest.mark.parametrize(("text", "words"), [("0.0000001", "精确到分"), ("0.001元", "精确到分"), ("9" * 12, "太大")])
def test_an_amount_finer_than_a_cent_or_beyond_reason_is_refused(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_money("涉及金额", text)


@pytest.mark.parametrize("text", ["-3.2", "－3.2万元", "-1元"])
def test_a_problem_involves_no_negative_amount(text: str) -> None:
    with pytest.raises(UserError, match="“涉及金额”不能是负数"):
        read_money("涉及金额", text)


@given(st.integers(0, LARGEST))
def test_every_amount_in_yuan_reads_back_as_itself(cents: int) -> None:
    assert read_money("涉及金额", f"{cents // 100}.{cents % 100:02}元") == cents


@given(st.integers(0, LARGEST))
def test_an_amount_shown_reads_back_as_itself(cents: int) -> None:
    assert read_money("涉及金额", money(cents)) == cents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("今天", "2031-03-15"),
        ("昨天", "2031-03-14"),
        ("前天", "2031-03-13"),
        ("明天", "2031-03-16"),
        ("4.16", "2031-04-16"),
        ("4/16", "2031-04-16"),
        ("4月16日", "2031-04-16"),
        ("4月16号", "2031-04-16"),
        ("16", "2031-03-16"),
        ("2020-4-16", "2020-04-16"),
        ("2020.04.16", "2020-04-16"),
        ("2020/4/16", "2020-04-16"),
        ("2020年4月16日", "2020-04-16"),
        ("20200416", "2020-04-16"),
        ("２０２０．４．１６", "2020-04-16"),
        ("20.4.16", "2020-04-16"),
        ("98.5.1", "1998-05-01"),
        ("2024-2-29", "2024-02-29"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, expected: str | None) -> None:
    assert read_date("发生时间起", text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["下周", "2023-2-29", "13.40", "2020-4", "416", "2020-4-16 10:00", "4月中旬", "-", "2020-4-16-1"]
)
def test_what_is_no_day_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UserError, match=r"“发生时间起”应为日期，如 2020-4-16、4.16、今天"):
        read_date("发生时间起", text, TODAY)
