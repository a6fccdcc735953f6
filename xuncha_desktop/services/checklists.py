"""清单: the items of an inspection with what came of each, and the papers each one led to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem, CheckResult, Link, Paper
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store

NEED_REASON = frozenset({"not_applicable", "not_checked"})
_BLANK = " \t\n\u00a0\u3000"  # spaces as typed here; one rule for SQL and Python
_FOUND_OUT = ("clean", "found")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items a list shows; empty means all."""

    states: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    must: bool = False
    text: str = ""
    sort: str = ""  # code, area, text, state or must; "" is the order of the checklist
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One item of an inspection's checklist."""

    result: str
    item: str
    code: str
    focus: str
    area: str
    text: str
    how: str
    basis: str
    must: bool
    problem_type: str | None
    state: str
    note: str
    member: str  # name of who checked it
    papers: tuple[tuple[str, str], ...]  # id and title of the papers that name the item

    @property
    def lacks_reason(self) -> bool:
        """Whether it was set aside without saying why."""
        return self.state in NEED_REASON and not self.note.strip(_BLANK)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state in _FOUND_OUT or (self.state in NEED_REASON and not self.lacks_reason)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a checklist is."""

    total: int = 0
    done: int = 0
    must_left: int = 0
    areas: tuple[str, ...] = field(default=())  # in the order of the checklist

    @property
    def left(self) -> int:
        """Items that still want something."""
        return self.total - self.done


def lines(store: Store, inspection: str, wanted: Wanted | None = None) -> list[Line]:
    """The items of an inspection that are wanted, in the order of the checklist."""
    wanted = wanted or Wanted()
    query = (
        select(CheckResult, CheckItem)
        .join(CheckItem, CheckItem.id == CheckResult.item)
        .where(CheckResult.inspection == inspection, CheckResult.deleted.is_(False), *_conditions(wanted))
        .order_by(*_order(wanted), CheckItem.position, CheckItem.id)
    )
    with store.read() as session:
        rows = [(row[0], row[1]) for row in session.execute(query)]
        linked = _papers(session, inspection)
        members = records.names(session, "member", {result.member for result, _ in rows if result.member})
    return [
        Line(
            result.id,
            item.id,
            item.code,
            item.focus,
            item.area,
            result.text,
            item.how,
            item.basis,
            item.must,
            item.problem_type,
            result.state,
            result.note,
            members.get(result.member or "", ""),
            tuple(linked.get(item.id, ())),
        )
        for result, item in rows
    ]


def tally(store: Store, inspection: str) -> Tally:
    """How many items there are, are done, and must still be checked."""
    done = or_(
        CheckResult.state.in_(_FOUND_OUT),
        and_(CheckResult.state.in_(NEED_REASON), func.trim(CheckResult.note, _BLANK) != ""),
    )
    rows = (
        select(CheckItem.must, CheckItem.area, done)
        .join(CheckResult, CheckItem.id == CheckResult.item)
        .where(CheckResult.inspection == inspection, CheckResult.deleted.is_(False))
        .order_by(CheckItem.position, CheckItem.id)
    )
    with store.read() as session:
        found = session.execute(rows).all()
    return Tally(
        len(found),
        sum(bool(finished) for _, _, finished in found),
        sum(must and not finished for must, _, finished in found),
        tuple(dict.fromkeys(area for _, area, _ in found if area)),
    )


def set_state(store: Store, results: Sequence[str], state: str) -> None:
    """Say what came of items (one batch); whoever works here has checked them."""
    if state not in RESULT_STATES:
        raise UserError(f"没有“{state}”这种核查状态，可用：{'、'.join(RESULT_STATES.values())}。")
    with store.write(f"{len(results)} 项清单事项标为“{RESULT_STATES[state]}”") as session:
        for record in results:
            result: CheckResult = records.find(session, "check_result", record)
            result.state = state
            result.member = None if state == "open" else store.actor or result.member


def inspection_of(store: Store, result: str) -> str:
    """The inspection an item belongs to; UserError if there is no such item."""
    with store.read() as session:
        return records.find(session, "check_result", result).inspection or ""


def paper_values(line: Line) -> Mapping[str, Any]:
    """What a paper about this item begins with."""
    return {"problem_type": line.problem_type, "check_items": (line.item,)}


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(CheckResult.state.in_(wanted.states))
    if wanted.areas:
        found.append(CheckItem.area.in_(wanted.areas))
    if wanted.must:
        found.append(CheckItem.must.is_(True))
    searched = (CheckResult.text, CheckResult.note, CheckItem.code, CheckItem.area, CheckItem.how, CheckItem.basis)
    found += [or_(*(column.icontains(word, autoescape=True) for column in searched)) for word in wanted.text.split()]
    return found


def _order(wanted: Wanted) -> list[ColumnElement[Any]]:
    keys: Mapping[str, Any] = {
        "code": CheckItem.code,
        "area": CheckItem.area,
        "text": CheckResult.sort_key,
        "must": CheckItem.must,
        "state": case({code: place for place, code in enumerate(RESULT_STATES)}, value=CheckResult.state, else_=99),
    }
    key = keys.get(wanted.sort)
    return [] if key is None else [key.desc() if wanted.descending else key.asc()]


def _papers(session: Session, inspection: str) -> dict[str, list[tuple[str, str]]]:
    """Papers of the inspection by the item they name."""
    linked = (
        select(Link.target, Paper.id, Paper.title)
        .join(Paper, Paper.id == Link.source)
        .where(
            Link.field == "paper.check_items",
            Link.deleted.is_(False),
            Paper.deleted.is_(False),
            Paper.inspection == inspection,
        )
        .order_by(Paper.id)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for target, paper, title in session.execute(linked):
        found.setdefault(target, []).append((paper, title or "（未命名）"))
    return found
