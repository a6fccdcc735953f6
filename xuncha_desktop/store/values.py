"""What a field may hold: refused at entry, since PostgreSQL and XML would refuse it weeks later."""

import re
from datetime import date
from typing import Any

from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.field import Field, Kind
from xuncha_desktop.text import clean_text

LONGEST_TEXT = 1_000_000
_LARGEST_INT = 2**53 - 1
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(entity: str, field: Field, value: Any) -> None:
    """Raise UserError if `value` cannot be kept in `field` of `entity`."""
    try:
        problem = _PROBLEMS[field.kind](field, value)
    except (TypeError, ValueError):
        problem = "的内容类型不对，请重新填写"
    if problem:
        raise UserError(f"“{field.label}”{problem}。（{entity}.{field.name}）")


def unknown_codes(field: Field, value: Any) -> set[str]:
    """The codes in a value that this version of the program has no words for."""
    if field.kind not in (Kind.ENUM, Kind.ENUMS):
        return set()
    codes = value if isinstance(value, tuple) else (value,)
    return {code for code in codes if isinstance(code, str) and code} - set(field.choices or {})


def _text(field: Field, value: Any) -> str | None:
    if not isinstance(value, str):
        return "应为文字，请重新填写"
    if len(value) > LONGEST_TEXT:
        return f"超过 {LONGEST_TEXT:,} 字，请分成几份材料"
    clean = rich.clean if field.kind is Kind.RICHTEXT else clean_text
    return None if clean(value) == value else "含有不能保存的控制字符，请删去后再存"


def _integer(field: Field, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        return "应为整数，请重新填写"
    return None if abs(value) <= _LARGEST_INT else "的数值太大，请核对单位"


def _date(field: Field, value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        return "应为日期，如 2020-04-16"
    date.fromisoformat(value)
    return None


def _bool(field: Field, value: Any) -> str | None:
    return None if isinstance(value, bool) else "应为是或否"


def _enum(field: Field, value: Any) -> str | None:
    if value == "" or (isinstance(value, str) and value in (field.choices or {})):
        return None
    return f"没有“{value}”这一项，可选：{'、'.join((field.choices or {}).values())}"


def _enums(field: Field, value: Any) -> str | None:
    if not isinstance(value, tuple):
        return "应为若干选项，请重新选择"
    return next((problem for code in value if (problem := _enum(field, code))), None)


def _ref(field: Field, value: Any) -> str | None:
    return None if value is None or (isinstance(value, str) and value) else "没有指向一条记录，请重新选择"


_PROBLEMS = {
    Kind.TEXT: _text,
    Kind.LONGTEXT: _text,
    Kind.RICHTEXT: _text,
    Kind.AUTO: _text,
    Kind.INT: _integer,
    Kind.MONEY: _integer,
    Kind.YUAN: _integer,
    Kind.MOMENT: _integer,
    Kind.DATE: _date,
    Kind.BOOL: _bool,
    Kind.ENUM: _enum,
    Kind.ENUMS: _enums,
    Kind.REF: _ref,
}
