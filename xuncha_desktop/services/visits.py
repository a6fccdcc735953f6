"""走访: how much of a place has been visited, and what people asked for."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from xuncha_desktop.model import Inspection, Unit, Visit, VisitRequest
from xuncha_desktop.model.record_choices import TARGET_GROUPS, VISIT_GROUPS
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store

WANTED_PERCENT = 10  # of all households, for a village (domain note 2.2)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the visits of an inspection reached."""

    visited: int  # households
    households: int | None  # of the unit; None where nobody filled it in
    reached: tuple[str, ...]  # words of the six target groups met at least once
    missing: tuple[str, ...]  # words of those not met yet
    requests: int
    answered: int
    overdue: int
    village: bool  # whether the six groups and the part of all households are asked for

    @property
    def percent(self) -> str:
        """Visited of all households, two decimals; empty where the total is unknown."""
        if not self.households:
            return ""
        hundredths = (self.visited * 20_000 + self.households) // (2 * self.households)
        return f"{hundredths // 100}.{hundredths % 100:02}%"

    @property
    def enough(self) -> bool:
        """Whether the wanted part of the households has been visited."""
        return bool(self.households) and self.visited * 100 >= WANTED_PERCENT * (self.households or 0)


def coverage(store: Store, inspection: str, today: date) -> Coverage:
    """Count the visits of an inspection and the requests heard on them."""
    with store.read() as session:
        found: Inspection = records.find(session, "inspection", inspection)
        unit = session.get(Unit, found.unit) if found.unit else None
        of_inspection = (Visit.inspection == inspection, Visit.deleted.is_(False))
        visits = session.execute(select(Visit.person_group, Visit.households).where(*of_inspection)).all()
        asked = session.execute(
            select(VisitRequest.due_on, VisitRequest.done_on)
            .join(Visit, Visit.id == VisitRequest.parent)
            .where(*of_inspection, VisitRequest.deleted.is_(False))
        ).all()
    met = Counter(group for group, _ in visits)
    return Coverage(
        visited=sum(households or 0 for _, households in visits),
        households=unit.households if unit else None,
        reached=tuple(VISIT_GROUPS[group] for group in TARGET_GROUPS if met[group]),
        missing=tuple(VISIT_GROUPS[group] for group in TARGET_GROUPS if not met[group]),
        requests=len(asked),
        answered=sum(bool(done) for _, done in asked),
        village=found.mode == "village" or (unit is not None and unit.kind == "village"),
        overdue=sum(not done and bool(due) and due < today.isoformat() for due, done in asked),
    )
