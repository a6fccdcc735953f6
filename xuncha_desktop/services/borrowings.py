"""调阅: start from the base list, and see what has not come, what is late and what was not given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from xuncha_desktop import resources
from xuncha_desktop.model import Borrowing, Inspection, Unit
from xuncha_desktop.model.choices import CHECKLIST_OF
from xuncha_desktop.services import field_records, records
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """How the documents asked for stand."""

    asked: int
    received: int
    overdue: int  # not received, not declared missing, past their day
    missing: int  # the unit said in writing that there is none
    unreturned: int


def base_list(store: Store, inspection: str) -> list[resources.BaseDocument]:
    """The base documents for the inspection's kind of unit that its list does not name yet; all of them for 其他."""
    with store.read() as session:
        found: Inspection = records.find(session, "inspection", inspection)
        unit = session.get(Unit, found.unit) if found.unit else None
        code = CHECKLIST_OF["village"] if found.mode == "village" else CHECKLIST_OF.get(unit.kind if unit else "", "")
        query = select(Borrowing.name).where(Borrowing.inspection == inspection, Borrowing.deleted.is_(False))
        known = set(session.scalars(query))
    return [d for d in resources.base_documents() if (not code or code in d.checklists) and d.name not in known]


def take_base_list(
    store: Store, inspection: str, chosen: Sequence[resources.BaseDocument], batch: str, due_on: str
) -> list[str]:
    """Ask for base documents as one batch of the borrowing list; their ids."""
    with store.write(f"调阅基础清单 {len(chosen)} 项") as session:
        return [
            field_records.add(
                session,
                store,
                "borrowing",
                inspection,
                {
                    "name": document.name,
                    "period": document.period,
                    "purpose": " ".join(document.problem_types),
                    "batch": batch,
                    "due_on": due_on,
                },
            ).id
            for document in chosen
        ]


def standing(store: Store, inspection: str, today: date) -> Standing:
    """Count the documents of an inspection by what became of them."""
    with store.read() as session:
        query = select(Borrowing.due_on, Borrowing.received_on, Borrowing.returned_on, Borrowing.missing)
        rows = session.execute(query.where(Borrowing.inspection == inspection, Borrowing.deleted.is_(False))).all()
    return Standing(
        asked=len(rows),
        received=sum(bool(received) for _, received, _, _ in rows),
        overdue=sum(
            not received and not missing and bool(due) and due < today.isoformat() for due, received, _, missing in rows
        ),
        missing=sum(not received and bool(missing) for _, received, _, missing in rows),
        unreturned=sum(bool(received) and not returned for _, received, returned, _ in rows),
    )
