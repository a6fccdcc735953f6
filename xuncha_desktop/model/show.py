"""How values read to people: one wording for lists, forms, Word and Excel."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xuncha_desktop import rich
from xuncha_desktop.model.choices import in_words
from xuncha_desktop.model.field import Field, Kind

Names = Mapping[str, str]  # id -> title of records referred to


def show(field: Field, value: Any, names: Names | None = None) -> str:
    """The value as a person reads it; empty text where nothing was entered."""
    if value is None or value == "" or value == ():
        return ""
    known = names or {}
    match field.kind:
        case Kind.MONEY:
            return money(value)
        case Kind.YUAN:
            return f"{Decimal(value) / 100:,.2f}"
        case Kind.INT:
            return f"{value:,}"
        case Kind.DATE:
            return long_date(value)
        case Kind.MOMENT:
            return moment(value)
        case Kind.BOOL:
            return "是" if value else "否"
        case Kind.ENUM:
            return words(field, value)
        case Kind.ENUMS:
            return "、".join(words(field, code) for code in value)
        case Kind.REF:
            return known.get(value, "")
        case Kind.REFS:
            return "、".join(known.get(item, "") for item in value)
        case Kind.ROWS:
            return f"{len(value)} 条"
        case Kind.RICHTEXT:
            return rich.plain(value)
        case _:
            return value


def words(field: Field, code: str) -> str:
    """The words for a code of a field's closed list."""
    return in_words(field.choices or {}, code)


def money(cents: int, decimals: int = 2) -> str:
    """分 as 万元 with two decimals, more where asked for or needed: 128640000 is 128.64, 98400 is 0.0984."""
    return f"{Decimal(cents) / 1_000_000:,.{max(decimals, decimals_of((cents,)))}f}"


def decimals_of(amounts: Collection[int]) -> int:
    """How many decimals of 万元 a column needs so that every amount of it, and their sum, is exact: two at least."""
    return next(most for most in range(2, 7) if most == 6 or not any(cents % 10 ** (6 - most) for cents in amounts))


def yuan(cents: int) -> str:
    """分 as 元: the exact amount beside the rounded one."""
    return f"{Decimal(cents) / 100:,.2f}".removesuffix(".00")


def long_date(iso: str) -> str:
    """2020-04-06 as 2020年4月6日, without zero padding."""
    year, month, day = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def dotted_date(iso: str) -> str:
    """2020-04-06 as 2020.4.6, for the narrow columns of tables: it is never broken over lines."""
    year, month, day = iso.split("-")
    return f"{int(year)}.{int(month)}.{int(day)}"


def short_date(iso: str) -> str:
    """2020-04-06 as 4月6日, for lists."""
    _, month, day = iso.split("-")
    return f"{int(month)}月{int(day)}日"


def moment(epoch_ms: int) -> str:
    """A moment in local time: 2020-04-06 14:32."""
    return datetime.fromtimestamp(epoch_ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
