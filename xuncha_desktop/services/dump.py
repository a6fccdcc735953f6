"""A whole case as plain values, to be compared with what was put in."""

from typing import Any

from sqlalchemy import func, select

from xuncha_desktop.model import Row, entities
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All records by entity, links and rows inside their record, deleted ones left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    with store.read() as session:
        for entity, cls in entities().items():
            if not issubclass(cls, Row):
                query = select(cls).where(cls.deleted.is_(False)).order_by(cls.id)
                values = records.plain(session, list(session.scalars(query)))
                found[entity] = [{"id": record, **row} for record, row in values.items()]
    return found


def counts(store: Store) -> dict[str, int]:
    """How many records of each entity there are, deleted ones left out."""
    with store.read() as session:
        return {
            entity: session.scalar(select(func.count()).select_from(cls).where(cls.deleted.is_(False))) or 0
            for entity, cls in entities().items()
            if not issubclass(cls, Row)
        }
