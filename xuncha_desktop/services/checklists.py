"""清单: the items of an inspection with what came of each, and how far it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem, Checklist, CheckResult
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services import checklist_links, records
from xuncha_desktop.services.checklist_links import Linked
from xuncha_desktop.store.sort_keys import sort_key
from xuncha_desktop.store.store import Store

NEED_REASON = frozenset({"not_applicable", "not_checked"})
_BLANK = " \t\n\u00a0\u3000"  # spaces as typed here; one rule for SQL and Python
_FOUND_OUT = ("clean", "found")
LOOKBACK = "lookback"
_NUMERALS = "一二三四五六七八九十"  # of the headings that the items belong to
# Last round's problems, then the checklist, then the team's own items; each in its own order.
_PLACE = (
    case((Checklist.mode == LOOKBACK, 0), (func.coalesce(Checklist.mode, "") == "", 1), else_=2),
    CheckItem.position,
    CheckItem.code,
    CheckItem.id,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items a list shows; empty means all."""

    states: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    must: bool = False
    text: str = ""
    sort: str = ""  # a key of `_order` or `_BESIDES`; "" is the order of the checklist
    descending: bool = False
    members: tuple[str, ...] = ()  # who checked it


@dataclass(frozen=True, slots=True)
class Line:
    """One item of an inspection's checklist."""

    result: str
    item: str
    place: int = field(compare=False)  # among those wanted, in the order of the checklist
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
    verdict: str
    suspicion: str
    asks_verdict: bool  # a problem of the last round: whether it was put right
    member: str  # name of who checked it
    papers: tuple[tuple[str, str], ...]  # id and title of the papers that name the item
    records: tuple[Linked, ...]  # talks, documents, petitions, visits, vouchers that name it

    @property
    def lacks_reason(self) -> bool:
        """Whether it was set aside without saying why."""
        return self.state in NEED_REASON and not self.note.strip(_BLANK)

    @property
    def lacks_paper(self) -> bool:
        """Whether a problem was found that no paper is about."""
        return self.state == "found" and not self.papers

    @property
    def lacks_verdict(self) -> bool:
        """Whether nobody has said yet what became of a problem of the last round."""
        return self.asks_verdict and self.state in _FOUND_OUT and not self.verdict

    @property
    def done(self) -> bool:
        """Whether nothing is left to do about it."""
        return is_done(self.state, self.note, not self.lacks_verdict)


_BESIDES: Mapping[str, Callable[[Line], Any]] = {  # orders that no column of the two tables holds
    "member": lambda line: sort_key(line.member),
    "papers": lambda line: len(line.papers),
    "records": lambda line: len(line.records),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a checklist is."""

    total: int = 0
    done: int = 0
    must_left: int = 0
    areas: tuple[str, ...] = field(default=())  # in the order of the checklist
    verdicts: bool = False  # whether problems of the last round are among them
    suspicions: bool = False  # whether any rests on a suspicion

    @property
    def left(self) -> int:
        """Items that still want something."""
        return self.total - self.done


def lines(store: Store, inspection: str, wanted: Wanted | None = None) -> list[Line]:
    """The items of an inspection that are wanted, in the order of the checklist."""
    wanted = wanted or Wanted()
    query = (
        select(CheckResult, CheckItem, Checklist.mode, func.row_number().over(order_by=_PLACE))
        .join(CheckItem, CheckItem.id == CheckResult.item)
        .outerjoin(Checklist, Checklist.id == CheckItem.parent)
        .where(CheckResult.inspection == inspection, CheckResult.deleted.is_(False), *_conditions(wanted))
        .order_by(*_order(wanted), *_PLACE)
    )
    with store.read() as session:
        rows = [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]
        papers = checklist_links.papers(session, inspection)
        linked = checklist_links.records(session, inspection)
        members = records.names(session, "member", {result.member for result, *_ in rows if result.member})
    found = [
        Line(
            result.id,
            item.id,
            place,
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
            result.verdict,
            result.suspicion,
            mode == LOOKBACK,
            members.get(result.member or "", ""),
            tuple(papers.of(item.id)),
            tuple(linked.of(item.id)),
        )
        for result, item, mode, place in rows
    ]
    if key := _BESIDES.get(wanted.sort):
        found.sort(key=key, reverse=wanted.descending)
    return found


def tally(store: Store, inspection: str) -> Tally:
    """How many items there are, are done, and must still be checked."""
    answered = or_(func.coalesce(Checklist.mode, "") != LOOKBACK, CheckResult.verdict != "")
    done = or_(
        and_(CheckResult.state.in_(_FOUND_OUT), answered),
        and_(CheckResult.state.in_(NEED_REASON), func.trim(CheckResult.note, _BLANK) != ""),
    )
    rows = (
        select(CheckItem.must, CheckItem.area, done, Checklist.mode == LOOKBACK, CheckResult.suspicion != "")
        .join(CheckResult, CheckItem.id == CheckResult.item)
        .outerjoin(Checklist, Checklist.id == CheckItem.parent)
        .where(CheckResult.inspection == inspection, CheckResult.deleted.is_(False))
        .order_by(*_PLACE)
    )
    with store.read() as session:
        found = session.execute(rows).all()
    return Tally(
        len(found),
        sum(bool(finished) for _, _, finished, *_ in found),
        sum(must and not finished for must, _, finished, *_ in found),
        tuple(dict.fromkeys(area for _, area, *_ in found if area)),
        any(asked for *_, asked, _ in found),
        any(suspected for *_, suspected in found),
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


def set_verdict(store: Store, results: Sequence[str], verdict: str) -> None:
    """Say of problems of the last round whether they were put right (one batch); all but 已整改 are problems again."""
    if verdict not in VERDICTS:
        raise UserError(f"没有“{verdict}”这种整改结论，可用：{'、'.join(VERDICTS.values())}。")
    with store.write(f"{len(results)} 个上轮问题核为“{VERDICTS[verdict]}”") as session:
        for record in results:
            result: CheckResult = records.find(session, "check_result", record)
            result.verdict = verdict
            result.state = "clean" if verdict == "done" else "found"
            result.member = store.actor or result.member


def is_done(state: str, note: str, answered: bool) -> bool:
    """Whether nothing is left to do about an item; `answered`: it has the verdict it needs."""
    return (state in _FOUND_OUT and answered) or (state in NEED_REASON and bool(note.strip(_BLANK)))


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
    if wanted.members:
        found.append(CheckResult.member.in_(wanted.members))
    if wanted.must:
        found.append(CheckItem.must.is_(True))
    searched = (
        CheckResult.text, CheckResult.note, CheckResult.suspicion,
        CheckItem.code, CheckItem.area, CheckItem.how, CheckItem.basis,
    )  # fmt: skip
    found += [or_(*(column.icontains(word, autoescape=True) for column in searched)) for word in wanted.text.split()]
    return found


def _order(wanted: Wanted) -> list[ColumnElement[Any]]:
    keys: Mapping[str, Any] = {
        "code": CheckItem.code,
        "focus": _ranked(_NUMERALS, CheckItem.focus),
        "area": CheckItem.area,
        "text": CheckResult.sort_key,
        "must": CheckItem.must,
        "state": _ranked(RESULT_STATES, CheckResult.state),
        "verdict": _ranked(VERDICTS, CheckResult.verdict),
        "suspicion": CheckResult.suspicion,
        "note": CheckResult.note,
        "how": CheckItem.how,
        "basis": CheckItem.basis,
    }
    key = keys.get(wanted.sort)
    return [] if key is None else [key.desc() if wanted.descending else key.asc()]


def _ranked(choices: Iterable[str], column: Any) -> ColumnElement[Any]:
    ranks = {code: rank for rank, code in enumerate(choices)}
    return case(ranks, value=column, else_=len(ranks))
