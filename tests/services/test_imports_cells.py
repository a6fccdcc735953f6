"""What single cells mean: days, amounts, counts, words, names; and what is refused rather than guessed."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.importing import TODAY, first, look, look_at, problems, workbook
from xuncha_desktop.decoding.lists.grid import Dated, Shown, Value
from xuncha_desktop.decoding.lists.number_formats import format_of, formatted
from xuncha_desktop.model import fields
from xuncha_desktop.services.imports import values
from xuncha_desktop.services.imports.values import Read, Unreadable
from xuncha_desktop.store.store import Store


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020.4.16", "2020-04-16"),
        ("2020-04-16", "2020-04-16"),
        ("2020/4/16", "2020-04-16"),
        ("２０２０．４．１６", "2020-04-16"),
        ("2020年4月16日", "2020-04-16"),
        ("2020 年 4 月 6 日", "2020-04-06"),
        ("二〇二〇年四月十六日", "2020-04-16"),
        ("二○二○年十一月二十日", "2020-11-20"),
        ("二零二零年十月三十一日", "2020-10-31"),
        ("20200416", "2020-04-16"),
        ("2020-04-16 00:00:00", "2020-04-16"),
        ("2020年4月16日（星期四）", "2020-04-16"),
        (Decimal(43937), "2020-04-16"),
        (Decimal(20200416), "2020-04-16"),
        ("43937", "2020-04-16"),
        (Dated(date(2020, 4, 16), "2020年4月16日"), "2020-04-16"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: Value, day: str) -> None:
    assert values.day_of(written, TODAY) == Read(day)


@pytest.mark.parametrize(
    ("written", "day", "remark"),
    [
        ("2020年4月", "2020-04-01", "只写到月，按 1 日"),
        ("二〇二〇年四月", "2020-04-01", "只写到月，按 1 日"),
        ("2020.12", "2020-12-01", "只写到月，按 1 日"),
        ("202004", "2020-04-01", "只写到月，按 1 日"),
        ("4.16", "2031-04-16", "没有写年份，按 2031 年"),
        ("12月30日", "2030-12-30", "没有写年份，按 2030 年"),
        ("30.4.16", "2030-04-16", "年份按 2030 年"),
        ("99.4.16", "1999-04-16", "年份按 1999 年"),
        ("2020-4-16 10:30", "2020-04-16", "时刻没有导入"),
        (Dated(date(2020, 4, 16), "2020年4月16日 10:30", "10:30"), "2020-04-16", "时刻 10:30 没有导入"),
    ],
)
def test_what_a_day_leaves_open_is_filled_in_and_said(written: Value, day: str, remark: str) -> None:
    assert values.day_of(written, TODAY) == Read(day, remark)


@pytest.mark.parametrize(
    "written",
    [
        "待定",
        "2020年13月5日",
        "2020.2.30",
        "4月31日",
        "十几号",
        "2020",
        Decimal("2020.1"),
        Decimal("4.1"),
        Decimal(7),
        "上旬",
    ],
)
def test_what_may_be_another_day_or_none_is_refused(written: Value) -> None:
    with pytest.raises(Unreadable):
        values.day_of(written, TODAY)


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("2019年3月至2020年5月", ("2019-03-01", "2020-05-31")),
        ("2019年3月—5月", ("2019-03-01", "2019-05-31")),
        ("2019.3-2020.2", ("2019-03-01", "2020-02-29")),
        ("2019-2021", ("2019-01-01", "2021-12-31")),
        ("2019年", ("2019-01-01", "2019-12-31")),
        ("2019年度", ("2019-01-01", "2019-12-31")),
        ("2019年3月5日", ("2019-03-05", "2019-03-05")),
        ("2019年3月至今", ("2019-03-01", None)),
        ("2019年3月1日至2019年4月15日", ("2019-03-01", "2019-04-15")),
        (Decimal(2019), ("2019-01-01", "2019-12-31")),
    ],
)
def test_a_stretch_of_time_gets_its_first_and_last_day(written: Value, ends: tuple[str, str | None]) -> None:
    assert values.period_of(written, TODAY) == ends


@pytest.mark.parametrize("written", ["近三年", "2020年5月至2019年3月", "2019年13月", "2019、2020、2021"])
def test_no_stretch_of_time_is_made_of_other_words(written: str) -> None:
    with pytest.raises(Unreadable):
        values.period_of(written, TODAY)


@pytest.mark.parametrize(
    ("written", "cents", "stored"),
    [
        ("1,286.40", None, 128640),
        ("￥1,286.4元", None, 128640),
        ("１２８６．４０", None, 128640),
        ("12.5万元", None, 12_500_000),
        ("12.5万", 100, 12_500_000),
        ("0.5亿元", None, 5_000_000_000),
        (Decimal("12.5"), 1_000_000, 12_500_000),
        (Decimal("12.5"), 100_000, 1_250_000),
        (Decimal("0.30000"), 1_000_000, 300_000),
        ("(1,200.00)", None, -120_000),
        ("-1200", None, -120_000),
        ("人民币 1200 元整", None, 120_000),
        (Shown(Decimal(12), "12笔"), 100, 1200),
    ],
)
def test_an_amount_is_read_in_its_own_unit_or_that_of_its_heading(
    written: Value, cents: int | None, stored: int
) -> None:
    assert values.read(fields("voucher")["amount"], "voucher", written, cents, TODAY) == Read(stored)


@pytest.mark.parametrize(
    "written", ["若干", "12.345元", "约12", "12—15", "USD 12", "$12", "1.2.3", Decimal("33.33333")]
)
def test_an_amount_that_is_not_exact_to_the_cent_is_refused(written: Value) -> None:
    with pytest.raises(Unreadable):
        values.read(fields("voucher")["amount"], "voucher", written, 100, TODAY)


@pytest.mark.parametrize("written", [Decimal("-1.5"), "-1.5万元", "(1.5)"])
def test_a_problem_involves_no_negative_amount_a_voucher_may(written: Value) -> None:
    with pytest.raises(values.Unreadable, match="不能是负数"):
        values.read(fields("paper")["amount"], "paper", written, None, TODAY)
    assert values.read(fields("voucher")["amount"], "voucher", written, 1_000_000, TODAY) == Read(-1_500_000)


def test_an_amount_without_unit_is_in_that_of_its_field_and_the_page_says_so(store: Store) -> None:
    plan = look_at(store, "paper", text="问题标题\t金额\n虚构问题\t12.5\n")
    assert first(plan, "amount") == 12_500_000
    assert "B列“金额”没有写金额单位，没有带单位的数按万元。" in plan.notes


@pytest.mark.parametrize(
    ("written", "count"), [("1,204户", 1204), ("１２", 12), ("3.0", 3), (Decimal(7), 7), ("12人次", 12)]
)
def test_a_count_is_read_with_its_counter(written: Value, count: int) -> None:
    assert values.read(fields("unit")["households"], "unit", written, None, TODAY) == Read(count)


@pytest.mark.parametrize(
    ("number", "code", "written", "value"),
    [
        (43937, "", "31", "2020年4月16日"),
        (43937, "", "57", "2020年4月"),
        (43937, 'yyyy"年"', "164", "2020年"),
        (43937, "[$-804]yyyy/m/d;@", "164", "2020年4月16日"),
        ("43937.4375", "yyyy-mm-dd hh:mm", "164", "2020年4月16日 10:30"),
        ("0.604166666666667", "h:mm", "164", "14:30"),
        (128, "0000", "164", "0128"),
        (128, '"记-"0000', "164", "记-0128"),
        (12, '0"人"', "164", "12人"),
        ("0.15", "", "9", "15%"),
    ],
)
def test_a_text_takes_from_a_number_what_its_cell_shows(number: Any, code: str, written: str, value: str) -> None:
    shown = formatted(Decimal(number), format_of(int(written), code))
    assert values.text_of(shown) == value


def test_the_leap_day_that_excel_invented_shifts_no_date() -> None:
    assert values.text_of(formatted(Decimal(59), format_of(14))) == "1900年2月28日"
    assert values.text_of(formatted(Decimal(61), format_of(14))) == "1900年3月1日"
    assert values.text_of(formatted(Decimal(42475), format_of(14), from_1904=True)) == "2020年4月16日"


def test_a_long_number_that_excel_has_cut_is_refused_as_text(store: Store, tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["姓名", "电话"], ["丙虚构", 110105194912310021]])
    plan = look(store, "member", tmp_path / "a.xlsx")
    assert len(problems(plan)) == 1
    assert problems(plan)[0].startswith("第2行 B列“电话”：是超过 15 位的数")


def test_lines_within_a_name_are_joined_and_within_a_text_are_kept(store: Store, tmp_path: Path) -> None:
    rows = [["单位名称", "备注"], ["中共虚构镇\n东山村支部委员会", "第一行\n第二行"], ["Level\nTwo 虚构局党组", ""]]
    workbook(tmp_path / "a.xlsx", rows)
    plan = look(store, "unit", tmp_path / "a.xlsx")
    assert [item.values["name"] for item in plan.items] == ["中共虚构镇东山村支部委员会", "Level Two 虚构局党组"]
    assert first(plan, "note") == "第一行\n第二行"


@pytest.mark.parametrize("nothing", ["/", "—", "——", "无", "暂无", "-"])
def test_a_sign_for_nothing_is_nothing_where_a_day_or_amount_belongs(store: Store, nothing: str) -> None:
    plan = look_at(
        store, "voucher", text=f"摘要\t凭证日期\t金额（元）\t抽查人\n虚构\t{nothing}\t{nothing}\t{nothing}\n"
    )
    assert problems(plan) == []
    assert set(plan.items[0].values) == {"summary", "inspection"}


def test_names_are_found_by_title_short_name_and_code_and_told_apart(store: Store) -> None:
    text = "事项\t责任单位\n甲\t中共虚构镇委员会\n乙\t虚构镇党委\n丙\txgz\n丁\t虚构镇 党委\n"
    plan = look_at(store, "quick_fix", text=text)
    assert len({item.values["to_unit"] for item in plan.items}) == 1
    assert problems(look_at(store, "quick_fix", text="事项\t责任单位\n甲\t虚构县党委\n")) == [
        "第2行 B列“责任单位”：案卷里没有名为“虚构县党委”的被巡察党组织"
    ]


def test_a_name_that_two_records_share_is_refused(store: Store) -> None:
    from xuncha_desktop.services import members

    members.create(store, {"name": "甲虚构"}, "JXG")
    plan = look_at(store, "borrowing", text="资料名称\t调阅人\n会议记录\t甲虚构\n账簿\tJXG\n")
    assert problems(plan) == ["第2行 B列“调阅人”：案卷里名为“甲虚构”的成员有 2 条，分不清是哪一条"]


def test_several_names_are_parted_by_any_sign_and_by_blanks_where_all_are_known(store: Store) -> None:
    text = "地点\t走访人\n一组\t甲虚构、乙虚构\n二组\t甲虚构 乙虚构\n三组\tJXG，yxg\n四组\t甲　虚构\n"
    plan = look_at(store, "visit", text=text)
    assert [len(item.values["visitors"]) for item in plan.items] == [2, 2, 2, 1]


def test_a_unit_may_be_under_another_one_of_the_same_list_but_not_under_itself(store: Store) -> None:
    plan = look_at(store, "unit", text="单位名称\t上级\n中共甲县委员会\t\n中共甲县乙局党组\t中共甲县委员会\n")
    assert problems(plan) == []
    assert plan.items[1].values["parent_unit"] == plan.items[0].id
    alone = look_at(store, "unit", text="单位名称\t上级\n中共甲县委员会\t中共甲县委员会\n")
    assert problems(alone) == ["第2行 B列“上级”：不能是它自己"]


def test_who_bears_which_responsibility_is_read_out_of_one_cell(store: Store) -> None:
    lines = (
        "问题标题\t责任主体",
        "甲\t主体责任：镇党委、镇政府；监督责任：镇纪委",
        "乙\t镇党委（主体责任）、村书记（直接责任）",
        "丙\t镇党委、财政所",
    )
    plan = look_at(store, "paper", text="\n".join(lines))
    assert [item.values["parties"] for item in plan.items] == [
        [
            {"kind": "main", "name": "镇党委"},
            {"kind": "main", "name": "镇政府"},
            {"kind": "supervising", "name": "镇纪委"},
        ],
        [{"kind": "main", "name": "镇党委"}, {"kind": "direct", "name": "村书记"}],
        [{"name": "镇党委"}, {"name": "财政所"}],
    ]


def test_a_date_cell_is_a_date_whatever_its_format(store: Store, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "a.xlsx", [["摘要", "凭证日期"], ["虚构", datetime(2020, 4, 16)]])
    for code in ("yyyy-mm-dd", 'm"月"d"日"', "dd/mm/yy", "General"):
        sheet["B2"].number_format = code
        assert sheet.parent is not None
        sheet.parent.save(tmp_path / "a.xlsx")
        assert first(look(store, "voucher", tmp_path / "a.xlsx"), "voucher_on") == "2020-04-16"
