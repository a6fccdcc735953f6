"""驻点第几天，还有几天: how far a stay is, in words, and which date is missing to say so."""

from dataclasses import dataclass
from datetime import date

from xuncha_desktop.model import Inspection


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands above everything else."""

    words: str
    ask: str = ""  # the words of a link that leads to the missing date
    field: str = ""  # of the inspection: where that date is filled in


def headline(inspection: Inspection, today: date) -> Headline:
    """How far the stay is today."""
    entry = date.fromisoformat(inspection.entry_on) if inspection.entry_on else None
    end = date.fromisoformat(inspection.stay_end_on) if inspection.stay_end_on else None
    if end and end < today:
        return Headline(f"驻点已结束 {(today - end).days} 天")
    if entry is None:
        left = f"离驻点结束还有 {(end - today).days} 天" if end else ""
        return Headline(left, "还没有填进驻日期", "entry_on")
    if today < entry:
        return Headline(f"还有 {(entry - today).days} 天进驻")
    day = f"驻点第 {(today - entry).days + 1} 天"
    if end is None:
        return Headline(day, "还没有填驻点结束日", "stay_end_on")
    left = (end - today).days
    return Headline(f"{day}，还有 {left} 天" if left else f"{day}，今天是最后一天")
