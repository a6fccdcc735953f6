"""What to call the field a traced text came from, where to look at it, and how a number of it changed."""

import re
from collections.abc import Mapping

from xuncha_desktop.exports.traces import Source
from xuncha_desktop.model import Kind, entities, fields

_UNIT = "万元"
_COUNTED = re.compile(r"(\D*)(\d+)(\D*)")  # 开展个别谈话86人次


def paper_of(source: Source) -> str:
    """The paper to open; of a number counted from papers, the first; "" where there is none."""
    if source.entity == "paper" and source.record:
        return source.record
    counted = source.counted
    return counted.records[0] if counted and counted.entity == "paper" and counted.records else ""


def way(source: Source) -> tuple[str, str, str]:
    """Entity, record and field to show; the record is "" where there is none."""
    if paper := paper_of(source):
        return "paper", paper, "" if source.counted else source.field
    return source.entity, source.record, source.field


def label(source: Source, named: Mapping[str, str]) -> str:
    """底稿“…”的涉及金额; `named` gives the titles of papers."""
    described = fields(source.entity).get(source.field)
    words = described.label if described else "统计数字"
    if source.counted:
        counted = entities()[source.counted.entity].LABEL
        return f"{words}（由 {len(source.counted.records)} 条{counted}算出）"
    if source.entity == "paper":
        return f"底稿“{named.get(source.record, '（未命名）')}”的{words}"
    return f"{entities()[source.entity].LABEL}的{words}"


def is_number(source: Source) -> bool:
    """Whether what was printed is a count or an amount, not a text that may hold some."""
    described = fields(source.entity).get(source.field)
    return source.counted is not None or (described is not None and described.kind in (Kind.INT, Kind.MONEY))


def number_change(source: Source, old: str, new: str, named: Mapping[str, str]) -> tuple[str, str]:
    """What the number counts, and how it changed: 开展个别谈话, 86 → 92 人次."""
    found = [_COUNTED.fullmatch(text) for text in (old, new)]
    if one := next(filter(None, reversed(found)), None):
        first, second = (match[2] if match else "无" for match in found)
        return one[1], f"{first} → {second} {one[3]}".rstrip()
    amounts = (text or "无" for text in (old, new))
    what = fields(source.entity)[source.field].label if source.counted else label(source, named)
    return what.removesuffix(f"（{_UNIT}）") + ("合计" if source.counted else ""), f"{' → '.join(amounts)} {_UNIT}"
