"""Asks the questions every screen asks, once, beside the window: the first time, building each statement takes longer
than running it, and the window would be deaf for all of them together."""

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.services import choosing, conflicts, evidence, field_records, lists, papers, record_states, records
from xuncha_desktop.store.sort_keys import initials
from xuncha_desktop.store.store import Store

_LISTED = ("paper", "evidence", "inspection", "unit", "member")


def warm_up(store: Store, inspection: str) -> None:
    """Read a little of everything; what cannot be read now is told when somebody asks for it."""
    initials("巡")  # loads the table of pinyin
    try:
        for entity in _LISTED:
            where = {"inspection": inspection} if "inspection" in fields(entity) else {}
            ids = lists.ids(store, lists.Query(entity, where, sort="title"))[:2]
            lists.page(store, entity, ids, list(lists.listed(entity)))
            choosing.options(store, entity, inspection)
            for record in ids[:1]:
                records.load(store, entity, record)
                conflicts.of_record(store, entity, record)
        for entity in field_records.NUMBER_WORDS:
            _read_register(store, entity, lists.Query(entity, {"inspection": inspection}))
        for entity in ("problem_type", "heading", "check_item"):
            choosing.options(store, entity, inspection)
        chosen = lists.ids(store, lists.Query("paper", {"inspection": inspection}))[:1]
        papers.gap_words(store, chosen)
        lists.totals(store, lists.Query("paper"), ("amount", "people"))
        for record in lists.ids(store, lists.Query("evidence"))[:1]:
            evidence.cited_in(store, record)
    except UserError:
        return


def _read_register(store: Store, entity: str, query: lists.Query) -> None:
    ids = lists.ids(store, query)[:2]
    lists.page(store, entity, ids, list(lists.listed(entity)))
    lists.counted(store, query, record_states.STATE)
    field_records.gap_words(store, entity, ids)
    for record in ids[:1]:
        records.load(store, entity, record)
        field_records.state(store, entity, record)
        field_records.used_in(store, entity, record)
