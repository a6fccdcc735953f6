"""Files put into the small case as evidence."""

from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence, records
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.store.store import Store


def add_evidence(store: Store, name: str, content: bytes) -> str:
    """A file as evidence of the small case's inspection; its id."""
    inspection = next(iter(records.options(store, "inspection")))
    stored = evidence.store_files(store, [Incoming(name, content)], Progress())
    [record] = evidence.register(store, stored, inspection)
    return record
