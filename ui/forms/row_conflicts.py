"""Conflicts inside the rows of a record: every cell of a row has versions of its own."""

from dataclasses import dataclass

from xuncha_desktop.model import Kind, fields
from xuncha_desktop.services import conflicts
from xuncha_desktop.services.conflicts import Conflict
from xuncha_desktop.services.records import Snapshot
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A cell with more than one value that nobody has superseded."""

    entity: str  # of the row
    row: str  # its id
    place: int  # 1 is the first row
    conflict: Conflict


def of_rows(store: Store, snapshot: Snapshot) -> dict[str, list[RowConflict]]:
    """The open conflicts of a record's rows by the field they stand in."""
    disputed = {key[:2] for key, refs in snapshot.heads.items() if len(refs) > 1}
    found: dict[str, list[RowConflict]] = {}
    for described in fields(snapshot.entity).values():
        if described.kind is not Kind.ROWS:
            continue
        for place, row in enumerate(snapshot.values[described.name], 1):
            if (described.target, row["id"]) in disputed:
                found.setdefault(described.name, []).extend(
                    RowConflict(described.target, row["id"], place, conflict)
                    for conflict in conflicts.of_record(store, described.target, row["id"])
                )
    return found
