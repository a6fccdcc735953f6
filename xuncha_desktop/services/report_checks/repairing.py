"""Mends what the checks found in the texts written for the report: exactly the words found, in one step of undo."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.model import Entity, entities
from xuncha_desktop.services import records, reports
from xuncha_desktop.services.report_checks.passages import Fault, Passage
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many places were mended, and how many not: the text had changed meanwhile, or two places overlap."""

    done: int
    left: int


def can_repair(fault: Fault) -> bool:
    """Whether it is certain what should stand there, in a text of the report; papers in a report are locked."""
    return fault.repair is not None and fault.passage is not None and fault.passage.entity != "paper"


def by_rule(fault: Fault) -> bool:
    """Whether it may be mended together with others unseen: words by a rule; a number somebody looks at."""
    return fault.kind == "wording" and can_repair(fault)


def repair(store: Store, inspection: str, faults: Sequence[Fault]) -> Repaired:
    """Write what should stand there instead."""
    by_passage: dict[Passage, list[Fault]] = {}
    for fault in faults:
        if fault.passage is not None and can_repair(fault):
            by_passage.setdefault(fault.passage, []).append(fault)
    total = sum(map(len, by_passage.values()))
    done = 0
    with store.write(f"改正 {total} 处用语" if total > 1 else "改正一处") as session:
        for passage, found in by_passage.items():
            holder = _holder(session, inspection, passage)
            text = getattr(holder, passage.field, "")
            if holder is not None and rich.plain(text) == passage.text:
                mended, text = _mended(text, found)
                done += mended
                records.apply(session, holder, {passage.field: text})
    return Repaired(done, total - done)


def _mended(text: str, faults: Sequence[Fault]) -> tuple[int, str]:
    """From the last to the first, so that places stay right; of two that overlap the first."""
    chosen: list[Fault] = []
    end = 0
    for fault in sorted(faults, key=lambda fault: (fault.start, -fault.length)):
        if fault.start >= end:
            chosen.append(fault)
            end = fault.start + fault.length
    done = 0
    for fault in reversed(chosen):
        mended = rich.replaced(text, fault.start, fault.start + fault.length, fault.repair or "")
        if mended is not None:
            done, text = done + 1, mended
    return done, text


def _holder(session: Session, inspection: str, passage: Passage) -> Entity | None:
    """The record whose field the passage is."""
    if passage.entity == "report_text":
        return reports.text_row(session, inspection, passage.record)
    return session.get(entities()[passage.entity], passage.record)
