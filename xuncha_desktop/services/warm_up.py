"""Asks the questions every screen asks, once: the first time, building each statement takes longer than running it,
and the first visit to a screen would wait for all of its statements together."""

from collections.abc import Iterator

from xuncha_desktop.model import fields
from xuncha_desktop.services import (
    checklists,
    choosing,
    conflicts,
    coverage,
    evidence,
    field_records,
    library,
    lists,
    overlays,
    papers,
    record_states,
    records,
    reports,
    taking_over,
)
from xuncha_desktop.store.sort_keys import initials
from xuncha_desktop.store.store import Store

_LISTED = ("paper", "evidence", "inspection", "unit", "member")
_CHOSEN = ("problem_type", "heading", "check_item")


def questions(store: Store, inspection: str) -> Iterator[None]:
    """Read a little of everything, one question a step."""
    initials("巡")  # loads the table of pinyin
    yield
    for entity in _LISTED:
        where = {"inspection": inspection} if "inspection" in fields(entity) else {}
        yield from _read_list(store, entity, lists.Query(entity, where, sort="title"))
        choosing.options(store, entity, inspection)
        yield
    for entity in field_records.NUMBER_WORDS:
        yield from _read_register(store, entity, lists.Query(entity, {"inspection": inspection}))
    for entity in _CHOSEN:
        choosing.options(store, entity, inspection)
        yield
    library.usual_bases(store, "")
    yield
    chosen = lists.ids(store, lists.Query("paper", {"inspection": inspection}))[:1]
    papers.gap_words(store, chosen)
    yield
    lists.totals(store, lists.Query("paper"), ("amount", "people"))
    yield
    for record in lists.ids(store, lists.Query("evidence"))[:1]:
        evidence.cited_in(store, record)
        yield
    reports.plan(store, inspection)
    yield
    checklists.tally(store, inspection)
    yield
    overlays.hidden(store, inspection)
    yield
    taking_over.newest_version(store, inspection)
    yield
    coverage.matrix(store, inspection)


def _read_list(store: Store, entity: str, query: lists.Query) -> Iterator[None]:
    ids = lists.ids(store, query)[:2]
    yield
    lists.page(store, entity, ids, list(lists.listed(entity)))
    yield
    for record in ids[:1]:
        records.load(store, entity, record)
        yield
        conflicts.of_record(store, entity, record)
        yield


def _read_register(store: Store, entity: str, query: lists.Query) -> Iterator[None]:
    yield from _read_list(store, entity, query)
    lists.counted(store, query, record_states.STATE)
    yield
    for record in lists.ids(store, query)[:1]:
        field_records.gap_words(store, entity, [record])
        field_records.state(store, entity, record)
        yield
        field_records.used_in(store, entity, record)
        yield
