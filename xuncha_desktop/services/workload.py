"""Who has how much on the table, and how far each unit is: one line a member, one line an inspection."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import CheckItem, CheckResult, Inspection, Member, entities
from xuncha_desktop.model.choices import COUNTED_STATES, PAPER_STATES, ROLES, in_words
from xuncha_desktop.services import figures, records, taking_part
from xuncha_desktop.services.due import Due
from xuncha_desktop.services.figures import Figure
from xuncha_desktop.services.headline import headline
from xuncha_desktop.services.paper_facts import PaperFacts
from xuncha_desktop.store.store import Store

_KINDS: Mapping[str, str] = {
    "interview": "谈话",
    "borrowing": "调阅",
    "petition": "信访",
    "visit": "走访",
    "poll": "测评",
    "voucher": "抽凭",
    "quick_fix": "立行立改",
    "fact_check": "事实确认",
    "meeting": "组务会",
}
_NOBODY = "没有指定"


@dataclass(frozen=True, slots=True)
class Line:
    """A member or an inspection with its numbers, one for each column."""

    key: str
    name: str
    detail: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers to compare; columns in which nobody has anything are left out."""

    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


def kept(session: Session, inspections: Collection[str]) -> dict[str, dict[str, list[str]]]:
    """Ids of the field records of inspections, by kind and inspection."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind in _KINDS:
        cls: Any = entities()[kind]
        query = select(cls.inspection, cls.id).where(cls.inspection.in_(inspections), ~cls.deleted).order_by(cls.id)
        for inspection, record in session.execute(query):
            found.setdefault(kind, {}).setdefault(inspection, []).append(record)
    return found


def by_member(
    store: Store,
    inspection: str,
    facts: Iterable[PaperFacts],
    field_records: Mapping[str, Mapping[str, Sequence[str]]],
    due: Iterable[Due],
) -> Table:
    """What each member has to do with in an inspection; what nobody is in charge of has a line of its own."""
    with store.read() as session:
        found = session.scalars(select(Member).where(~Member.deleted)).all()
        members = {member.id: member for member in sorted(found, key=_rank)}
        names = records.names(session, "member", members)
        checking = _checking(session, inspection)
    own = _Shares(members)
    for paper in facts:
        own.give("paper", paper.handlers, paper)
        own.give(f"paper:{paper.state}", paper.handlers, paper)
    for result, member in checking:
        own.give("checking", [member] if member else [], result)
    for kind, worked_on in taking_part.WORKED_ON.items():
        ids = field_records.get(kind, {}).get(inspection, ())
        with store.read() as session:
            by_record = taking_part.members(session, kind, worked_on, ids)
        for record in ids:
            own.give(kind, by_record.get(record, ()), record)
    for each in due:
        if each.late:
            own.give("late", each.members, each)

    def line(member: str, name: str, detail: str) -> Line:
        of = own.shares.get(member, {})
        numbers = [figures.of_due("逾期", of.get("late", ())), figures.of_papers("底稿", of.get("paper", ()))]
        numbers += [figures.of_papers(words, of.get(f"paper:{state}", ())) for state, words in PAPER_STATES.items()]
        numbers.append(figures.of_records("核查中事项", "check_result", of.get("checking", ())))
        numbers += [figures.of_records(words, kind, of.get(kind, ())) for kind, words in _KINDS.items()]
        return Line(member, name, detail, tuple(numbers))

    lines = [line(member.id, names[member.id], in_words(ROLES, member.role)) for member in members.values()]
    if "" in own.shares:
        lines.append(line("", _NOBODY, "没有写明成员的"))
    return _without_empty_columns(lines, always=("逾期", "底稿"))


def by_unit(
    store: Store,
    units: Mapping[str, str],
    facts: Iterable[PaperFacts],
    field_records: Mapping[str, Mapping[str, Sequence[str]]],
    due: Iterable[Due],
    today: date,
) -> Table:
    """How far each inspection is, in the order of the names."""
    papers: dict[str, list[PaperFacts]] = {}
    late: dict[str, list[Due]] = {}
    for paper in facts:
        papers.setdefault(paper.inspection, []).append(paper)
    for each in due:
        if each.late:
            late.setdefault(each.inspection, []).append(each)
    with store.read() as session:
        untouched = _untouched(session, units)
        told = {
            inspection.id: headline(inspection, today)
            for inspection in session.scalars(select(Inspection).where(Inspection.id.in_(units)))
        }
    lines: list[Line] = []
    for unit, name in units.items():
        here = papers.get(unit, ())
        approved = (paper for paper in here if paper.state in COUNTED_STATES)
        numbers = [
            figures.of_due("逾期", late.get(unit, ())),
            figures.of_papers("底稿", here, inspection=unit),
            figures.of_papers("已审签", approved, inspection=unit),
            figures.of_papers("缺内容", (paper for paper in here if paper.lacks), inspection=unit),
            figures.of_records("必查未开始", "check_result", untouched.get(unit, ()), inspection=unit),
            *(
                figures.of_records(words, kind, field_records.get(kind, {}).get(unit, ()), inspection=unit)
                for kind, words in _KINDS.items()
            ),
        ]
        lines.append(Line(unit, name, told[unit].words or told[unit].ask, tuple(numbers)))
    return _without_empty_columns(lines, always=("逾期", "底稿", "已审签", "缺内容", "必查未开始"))


class _Shares:
    """What each member has of each kind; members that are gone count as nobody."""

    def __init__(self, members: Collection[str]) -> None:
        self._members = members
        self.shares: dict[str, dict[str, list[Any]]] = {}

    def give(self, kind: str, members: Iterable[str], share: Any) -> None:
        for member in [member for member in members if member in self._members] or [""]:
            self.shares.setdefault(member, {}).setdefault(kind, []).append(share)


def _rank(member: Member) -> tuple[int, str]:
    """The leader first, then by what each does in the team; members made at the same moment have no other order."""
    roles = list(ROLES)
    return (roles.index(member.role) if member.role in roles else len(roles), member.code)


def _checking(session: Session, inspection: str) -> list[tuple[str, str | None]]:
    query = select(CheckResult.id, CheckResult.member).where(
        CheckResult.inspection == inspection, ~CheckResult.deleted, CheckResult.state == "checking"
    )
    return [(result, member) for result, member in session.execute(query)]


def _untouched(session: Session, inspections: Collection[str]) -> dict[str, list[str]]:
    query = (
        select(CheckResult.inspection, CheckResult.id)
        .join(CheckItem, CheckItem.id == CheckResult.item)
        .where(CheckResult.inspection.in_(inspections), ~CheckResult.deleted)
        .where(CheckResult.state == "open", CheckItem.must)
        .order_by(CheckItem.position, CheckItem.id)
    )
    found: dict[str, list[str]] = {}
    for inspection, result in session.execute(query):
        found.setdefault(inspection or "", []).append(result)
    return found


def _without_empty_columns(lines: Sequence[Line], always: Collection[str]) -> Table:
    if not lines:
        return Table()
    places = [
        place
        for place, figure in enumerate(lines[0].figures)
        if figure.label in always or any(line.figures[place].count for line in lines)
    ]
    return Table(
        tuple(lines[0].figures[place].label for place in places),
        tuple(Line(x.key, x.name, x.detail, tuple(x.figures[place] for place in places)) for x in lines),
    )
