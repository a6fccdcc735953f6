"""Numbers of records: provisional ones never collide between laptops, official ones are given once and never again."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Member

_RULE = "轮次的编号规则写错了：只能用 {year} {term} {round} {team} {unit} {kind} 和一个 {seq}，请到“任务”改正。"


def next_number(session: Session, cls: Any, word: str, member: str | None) -> str:
    """A provisional number with the member's code: 临-ZJY-0012; deleted records keep theirs."""
    found = session.get(Member, member) if member else None
    prefix = f"{word}-{found.code if found and found.code else 'XXX'}-"
    return f"{prefix}{_next(session, cls.number, prefix):04}"


def next_official(session: Session, cls: Any, parts: Mapping[str, Any]) -> str:
    """The next official number by the round's pattern; counts every number ever given, voided ones too."""
    pattern = str(parts["pattern"])
    if pattern.count("{seq}") != 1:
        raise UserError(_RULE)
    start, end = (re.sub(r"\{(\w+)\}", lambda m: _part(parts, m.group(1)), half) for half in pattern.split("{seq}"))
    return f"{start}{_next(session, cls.official_number, start):03}{end}"


def _part(parts: Mapping[str, Any], name: str) -> str:
    if name not in parts or name == "pattern":
        raise UserError(_RULE)
    return str(parts[name])


def _next(session: Session, column: Any, prefix: str) -> int:
    """One more than the highest number with this prefix, those given earlier in this session included."""
    given: dict[str, int] = session.info.setdefault("numbers", {})
    if prefix not in given:
        stored = session.scalars(select(column).where(column.startswith(prefix, autoescape=True)))
        found = (re.match(r"\d+", number[len(prefix) :]) for number in stored)
        given[prefix] = max((int(match.group()) for match in found if match), default=0)
    given[prefix] += 1
    return given[prefix]
