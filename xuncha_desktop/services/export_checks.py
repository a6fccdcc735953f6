"""What the check sheet of an export asks the case: fields in conflict, evidence files that are not there."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Head, Link, Row, entities
from xuncha_desktop.services import conflicts
from xuncha_desktop.store.store import Store


def disputed(store: Store, records: Collection[str]) -> dict[str, list[str]]:
    """Labels of the fields in conflict by record, for these records with their rows and links."""
    with store.read() as session:
        query = (
            select(Head.entity, Head.record)
            .group_by(Head.entity, Head.record, Head.field)
            .having(func.count() > 1)
            .distinct()
        )
        owners = [(entity, record, _owner(session, entity, record)) for entity, record in session.execute(query)]
    found: dict[str, list[str]] = {}
    for entity, record, owner in owners:
        if owner in records:
            labels = [conflict.label for conflict in conflicts.of_record(store, entity, record)]
            found.setdefault(owner, []).extend(labels)
    return {owner: labels for owner, labels in found.items() if labels}


def missing_files(store: Store, hashes: Collection[str]) -> set[str]:
    """Which of these evidence files are not in the case's folder."""
    return set(store.blobs.missing(sorted(hashes)))


def _owner(session: Session, entity: str, record: str) -> str:
    """The record a row or link belongs to; any other record is its own."""
    cls = entities().get(entity)
    if cls is None or not issubclass(cls, Row):
        return record
    row = session.get(cls, record)
    return (row.source if isinstance(row, Link) else getattr(row, "parent", None)) or record
