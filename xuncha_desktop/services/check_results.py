"""核查结果 as rows: an inspection has one of each item it takes; two laptops that begin alike make the same ones."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import CheckItem, CheckResult, Inspection
from xuncha_desktop.model.ids import pair_id
from xuncha_desktop.services.checklist_copies import pending, roots


def of(session: Session, inspection: str) -> dict[str, CheckResult]:
    """Every result of an inspection by id, hidden ones and those made in this session included."""
    made = [row for row in pending(session, CheckResult).values() if row.inspection == inspection]
    new = inspection in pending(session, Inspection)  # then there is nothing to ask for
    known = [] if new else session.scalars(select(CheckResult).where(CheckResult.inspection == inspection))
    return {row.id: row for row in (*known, *made)}


def take(session: Session, inspection: str, chosen: Iterable[CheckItem]) -> set[str]:
    """Give an inspection a result of each item, the one it once had where it had one; their ids.

    What was begun keeps its text, its state and its note.
    """
    every, known = list(chosen), of(session, inspection)
    first = roots(session) if any(item.former for item in every) else {}
    taken: set[str] = set()
    for item in every:
        # By the first version of the item: a result goes along when a later version is taken over.
        record = pair_id("check_result", inspection, first.get(item.id, item.id))
        taken.add(record)
        if (result := known.get(record)) is None:
            session.add(CheckResult(id=record, inspection=inspection, item=item.id, text=item.item, state="open"))
            continue
        result.deleted = False
        if not begun(result):
            result.item, result.text = item.id, item.item
    return taken


def take_only(session: Session, inspection: str, chosen: Iterable[CheckItem]) -> None:
    """Take these items and hide all others, save what was begun."""
    taken = take(session, inspection, chosen)
    for record, result in of(session, inspection).items():
        result.deleted = result.deleted or (record not in taken and not begun(result))


def begun(result: CheckResult) -> bool:
    """Whether somebody has said anything about it."""
    return result.state != "open" or bool(result.note or result.verdict)


def any_begun(session: Session, inspection: str) -> bool:
    """Whether somebody has begun the checklist of an inspection."""
    return any(begun(result) for result in of(session, inspection).values() if not result.deleted)
