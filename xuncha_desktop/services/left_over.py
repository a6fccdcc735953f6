"""What an interrupted session left behind: typing that is in the drafts and not yet in its record."""

from dataclasses import dataclass

from xuncha_desktop.model import entities, fields
from xuncha_desktop.services import lists, records
from xuncha_desktop.store.drafts import Drafts
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class LeftOver:
    """One record with typing left over; `record` is empty where it was never made."""

    entity: str
    record: str
    words: str  # 问题底稿“甲”：问题概述、定性依据
    fields: int


def find(store: Store, drafts: Drafts, before_ms: int) -> list[LeftOver]:
    """The records with drafts older than this moment, the oldest first."""
    by_record: dict[tuple[str, str], list[str]] = {}
    for draft in drafts.every():
        if draft.saved_ms < before_ms and draft.field in fields(draft.entity):
            by_record.setdefault((draft.entity, draft.record), []).append(draft.field)
    return [_described(store, entity, record, names) for (entity, record), names in by_record.items()]


def _described(store: Store, entity: str, record: str, names: list[str]) -> LeftOver:
    label = entities()[entity].LABEL
    made = bool(lists.existing(store, entity, [record]))
    called = f"“{records.titles(store, entity, [record])[record]}”" if made else ""
    where = "、".join(fields(entity)[name].label for name in names)
    return LeftOver(entity, record if made else "", f"{'' if made else '新'}{label}{called}：{where}", len(names))
