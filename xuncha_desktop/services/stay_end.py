"""驻点结束: a stay does not end while a must-check item of its checklist is unfinished."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem, Checklist, Inspection
from xuncha_desktop.model.choices import INSPECTION_STATES
from xuncha_desktop.services import check_results
from xuncha_desktop.services.checklist_copies import pending
from xuncha_desktop.services.checklists import LOOKBACK, is_done

_ENDED = ("reporting", "feedback", "rectifying", "archived")
_NAMED = 5  # items named in the sentence


def demand_finished(session: Session, inspection: Inspection, before: str) -> None:
    """Refuse to end a stay, or to archive it, while a must-check item is unfinished; the sentence names the items."""
    ends = inspection.state in _ENDED and before not in _ENDED
    if not ends and (inspection.state != "archived" or before == "archived"):
        return
    if left := _unfinished(session, inspection.id):
        codes = f"{'、'.join(left[:_NAMED])}{'等' if len(left) > _NAMED else ''}"
        raise UserError(
            f"还有 {len(left)} 项必查事项没有核查完（{codes}），不能转入“{INSPECTION_STATES[inspection.state]}”；"
            "请先在“清单”里核查，或写明不适用、未能核查的原因。"
        )


def _unfinished(session: Session, inspection: str) -> list[str]:
    """Codes of the must-check items that still want something."""
    results = [result for result in check_results.of(session, inspection).values() if not result.deleted]
    query = select(CheckItem).where(CheckItem.id.in_([result.item or "" for result in results]))
    items = {item.id: item for item in session.scalars(query)} | pending(session, CheckItem)
    lookback = set(session.scalars(select(Checklist.id).where(Checklist.mode == LOOKBACK)))
    found: list[str] = []
    for result in results:
        item: CheckItem = items[result.item or ""]
        answered = item.parent not in lookback or bool(result.verdict)
        if item.must and not is_done(result.state, result.note, answered):
            found.append(item.code)
    return sorted(found)
