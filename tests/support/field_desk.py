"""Field records of the small case: one of each kind as a test needs it, and another member at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from tests.support.ready_papers import the_inspection
from xuncha_desktop.services import cases, field_records, records
from xuncha_desktop.store.store import Store

KINDS = tuple(field_records.NUMBER_WORDS)
NAMES = ("赵某虚构", "钱某虚构", "李某虚构 13800000000")  # of who talked, was visited, reported


def day(offset: int) -> str:
    """So many days from today."""
    return (date.today() + timedelta(days=offset)).isoformat()


def members(store: Store) -> list[str]:
    """The leader and the handler."""
    return [member.id for member, _ in cases.members(store)]


@contextmanager
def working(store: Store, member: str) -> Iterator[None]:
    """Somebody else at the laptop."""
    before, store.actor = store.actor, member
    yield
    store.actor = before


def new_record(store: Store, entity: str, **values: Any) -> str:
    """A record of the small case's inspection."""
    return field_records.create(store, entity, the_inspection(store), values)


def values_of(store: Store, entity: str, record: str) -> dict[str, Any]:
    """The record as the case has it."""
    return records.load(store, entity, record).values


def named(store: Store) -> dict[str, str]:
    """A talk, a petition and a visit whose persons are written down; ids by entity."""
    talk, visited, reporter = NAMES
    return {
        "interview": new_record(store, "interview", persons=[{"name": talk, "unit": "虚构所", "post": "出纳"}]),
        "visit": new_record(store, "visit", place="青石村三组", who=visited),
        "petition": new_record(store, "petition", subject="反映承包费未入账", reporter=reporter),
    }
