"""What a field may hold, decided when it enters."""

from typing import Any

import pytest

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.model.field import EMPTY, Field, Kind
from xuncha_desktop.store.values import LONGEST_TEXT, check

CHOICES = {"a": "甲", "b": "乙"}
GOOD: list[tuple[Kind, Any]] = [
    (Kind.TEXT, ""),
    (Kind.TEXT, "生僻字 𠮷 与\t制表"),
    (Kind.LONGTEXT, "一\n二"),
    (Kind.LONGTEXT, "字" * LONGEST_TEXT),
    (Kind.RICHTEXT, "一\n二"),
    (Kind.RICHTEXT, "\x1c一\n\x1e二\x1f\x02三\x03"),
    (Kind.AUTO, "临-ZJY-0001"),
    (Kind.INT, None),
    (Kind.INT, 0),
    (Kind.INT, -(2**53) + 1),
    (Kind.MONEY, 2**53 - 1),
    (Kind.YUAN, -(2**53) + 1),
    (Kind.MOMENT, 1_700_000_000_000),
    (Kind.DATE, None),
    (Kind.DATE, "2032-02-29"),
    (Kind.BOOL, True),
    (Kind.ENUM, ""),
    (Kind.ENUM, "a"),
    (Kind.ENUMS, ()),
    (Kind.ENUMS, ("a", "b")),
    (Kind.REF, None),
    (Kind.REF, "01890000-0000-7000-8000-0000000000aa"),
]
BAD: list[tuple[Kind, Any, str]] = [
    (Kind.TEXT, None, "应为文字"),
    (Kind.TEXT, 3, "应为文字"),
    (Kind.TEXT, "a\x00b", "控制字符"),
    (Kind.TEXT, "a\x0bb", "控制字符"),
    (Kind.LONGTEXT, "a\r\nb", "控制字符"),
    (Kind.LONGTEXT, "a\ud800b", "控制字符"),
    (Kind.LONGTEXT, "字" * (LONGEST_TEXT + 1), "1,000,000 字"),
    (Kind.LONGTEXT, "\x1c一", "控制字符"),
    (Kind.RICHTEXT, "一\x1c", "控制字符"),
    (Kind.RICHTEXT, "\x02一", "控制字符"),
    (Kind.RICHTEXT, "a\x00b", "控制字符"),
    (Kind.INT, 2**53, "太大"),
    (Kind.INT, 1.5, "应为整数"),
    (Kind.INT, "3", "应为整数"),
    (Kind.INT, True, "应为整数"),
    (Kind.MONEY, 0.1, "应为整数"),
    (Kind.DATE, "2031-02-29", "内容类型不对"),
    (Kind.DATE, "2031-2-9", "应为日期"),
    (Kind.DATE, "２０３１-０２-０９", "内容类型不对"),
    (Kind.DATE, "", "应为日期"),
    (Kind.DATE, 20310209, "应为日期"),
    (Kind.BOOL, 1, "应为是或否"),
    (Kind.BOOL, None, "应为是或否"),
    (Kind.ENUM, "c", "可选：甲、乙"),
    (Kind.ENUM, None, "可选：甲、乙"),
    (Kind.ENUMS, ["a"], "若干选项"),
    (Kind.ENUMS, ("a", "c"), "可选：甲、乙"),
    (Kind.REF, "", "没有指向"),
    (Kind.REF, 7, "没有指向"),
]


def field(kind: Kind) -> Field:
    """A field of a kind."""
    return Field("某项", kind, name="some", column="some", choices=CHOICES)


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_good_value_passes(kind: Kind, value: Any) -> None:
    check("paper", field(kind), value)


@pytest.mark.parametrize(("kind", "value", "words"), BAD)
def test_a_bad_value_is_refused_with_the_fields_label(kind: Kind, value: Any, words: str) -> None:
    with pytest.raises(UserError, match="“某项”.*" + words):
        check("paper", field(kind), value)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.REFS, Kind.ROWS)])
def test_the_empty_value_of_every_kind_passes(kind: Kind) -> None:
    check("paper", field(kind), EMPTY[kind])


def test_every_stored_field_of_a_paper_has_a_rule() -> None:
    for described in fields("paper").values():
        if described.stored:
            with pytest.raises(UserError):
                check("paper", described, object())
