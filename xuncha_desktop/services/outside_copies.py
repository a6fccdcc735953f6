"""Whether a copy of the case lies outside this computer, and since when not."""

from datetime import date

from sqlalchemy import select

from xuncha_desktop.model import Case
from xuncha_desktop.store.opening import last_seq
from xuncha_desktop.store.store import Store

_KEY = "copied_out"
_DAYS = 3


def note(store: Store, today: date) -> None:
    """Remember that a copy holding everything of now was made on a stick."""
    store.set_meta(_KEY, f"{today.isoformat()} {last_seq(store)}")


def overdue(store: Store, today: date) -> str:
    """A sentence once the work of three days lies on this computer only; empty for a sample."""
    with store.read() as session:
        case = session.scalars(select(Case).where(Case.deleted.is_(False)).order_by(Case.id)).first()
    if case is None or case.sample:
        return ""
    copied = store.meta(_KEY)
    day, _, seq = copied.partition(" ") if copied else (case.created_on, "", "")
    if not day or seq == str(last_seq(store)):
        return ""
    days = (today - date.fromisoformat(day)).days
    if days < _DAYS:
        return ""
    return f"已有 {days} 天没有备份到U盘" if copied else "案卷还没有备份到U盘"
