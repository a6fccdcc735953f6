"""Values as people write them: 4.16 for a day, 1,286.40 for 万元. The other direction of show.py."""

import re
from datetime import date, timedelta
from decimal import Decimal

from xuncha_desktop.errors import UserError
from xuncha_desktop.text import search_key

_DAYS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1}


def read_int(label: str, text: str) -> int | None:
    """A whole number; thousands separators and full-width digits are fine."""
    plain = search_key(text).replace(",", "").strip()
    if not plain:
        return None
    if not re.fullmatch(r"[+-]?\d{1,15}", plain):
        raise UserError(f"“{label}”应为整数，如 12；现在写的是“{text.strip()[:20]}”。")
    return int(plain)


def read_money(label: str, text: str) -> int | None:
    """An amount in 万元 as 分, never below nothing; 元 at the end is understood too."""
    plain = search_key(text).replace(",", "").strip()
    if not plain:
        return None
    found = re.fullmatch(r"([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)\s*(万元|万|元)?", plain)
    if found is None:
        raise UserError(f"“{label}”应为金额，如 12.5 或 125000元；现在写的是“{text.strip()[:20]}”。")
    if found[1].startswith("-"):
        raise UserError(f"“{label}”不能是负数，请写问题涉及的金额；现在写的是“{text.strip()[:20]}”。")
    return _cents(label, text, Decimal(found[1]) * (100 if found[2] == "元" else 1_000_000))


def read_yuan(label: str, text: str) -> int | None:
    """An amount in 元 as 分; 万元 at the end is understood too."""
    plain = search_key(text).replace(",", "").removeprefix("¥").strip()
    if not plain:
        return None
    found = re.fullmatch(r"([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)\s*(万元|万|元)?", plain)
    if found is None:
        raise UserError(f"“{label}”应为金额，如 1286.40 或 12.5万元；现在写的是“{text.strip()[:20]}”。")
    return _cents(label, text, Decimal(found[1]) * (1_000_000 if (found[2] or "").startswith("万") else 100))


def _cents(label: str, text: str, cents: Decimal) -> int:
    if abs(cents) > 2**53 - 1:
        raise UserError(f"“{label}”的数值太大，请核对单位。")
    if cents != cents.to_integral_value():
        raise UserError(f"“{label}”精确到分为止，请核对“{text.strip()[:20]}”。")
    return int(cents)


def read_date(label: str, text: str, today: date) -> str | None:
    """A day as ISO text: 2020-4-16, 2020年4月16日, 20200416, 4.16, 16 (of this month), 今天."""
    plain = search_key(text).strip()
    if not plain:
        return None
    if plain in _DAYS:
        return (today + timedelta(days=_DAYS[plain])).isoformat()
    parts = [int(part) for part in re.findall(r"\d+", plain)]
    if re.fullmatch(r"\d{8}", plain):
        parts = [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    unread = re.sub(r"[\d年月日号./\-\s]", "", plain)
    try:
        if unread or not 1 <= len(parts) <= 3:
            raise ValueError(plain)
        year, month, day = [today.year, today.month][: 3 - len(parts)] + parts
        if year < 100:
            century = today.year - today.year % 100
            year += century if century + year <= today.year + 20 else century - 100
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise UserError(f"“{label}”应为日期，如 2020-4-16、4.16、今天；现在写的是“{text.strip()[:20]}”。") from error
