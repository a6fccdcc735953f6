"""Who of the team has to do with which field record, and who is in charge of what is due."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.services import records

# The fields by which a record is somebody's work; to have sat in a meeting, or to have signed as the second, is none.
WORKED_ON: Mapping[str, Sequence[str]] = {
    "interview": ("talkers", "recorder"),
    "borrowing": ("borrower",),
    "petition": ("handler",),
    "visit": ("visitors",),
    "voucher": ("checker",),
    "quick_fix": ("signer",),
    "fact_check": ("handlers",),
    "meeting": ("recorder",),
}
IN_CHARGE: Mapping[str, str] = {
    "borrowing": "borrower",
    "petition": "handler",
    "quick_fix": "signer",
    "fact_check": "handlers",
    "visit": "visitors",  # of the requests they heard
    "decision": "member",
}


def members(session: Session, entity: str, names: Sequence[str], ids: Sequence[str]) -> dict[str, list[str]]:
    """Members that these fields of records name, by record, each once."""
    cls: Any = entities()[entity]
    found: dict[str, list[str]] = {}
    for name in names:
        if fields(entity)[name].kind is Kind.REFS:
            for record, several in records.linked(session, f"{entity}.{name}", ids).items():
                found.setdefault(record, []).extend(several)
            continue
        for start in range(0, len(ids), 500):
            query = select(cls.id, getattr(cls, name)).where(cls.id.in_(ids[start : start + 500]))
            for record, member in session.execute(query):
                found.setdefault(record, []).extend([member] if member else [])
    return {record: list(dict.fromkeys(several)) for record, several in found.items()}
