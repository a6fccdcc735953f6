"""清单与巡察方式: which items an inspection of a mode takes; the rest is hidden, not lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem, CheckResult, Inspection
from xuncha_desktop.services import check_results, own_items, records
from xuncha_desktop.services.checklist_copies import items, pending, roots
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

CHOSEN_MODES = frozenset(own_items.LISTS)  # the modes that look at some items only
_AFTERWARDS = "四"  # 聚焦四: what became of earlier findings


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that an inspection may take."""

    item: str
    code: str
    area: str
    text: str
    must: bool
    tags: tuple[str, ...]
    own: bool  # added by the team, or a problem of the last round
    chosen: bool
    begun: bool
    suspicion: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What may be chosen for an inspection."""

    mode: str
    candidates: tuple[Candidate, ...]
    siblings: tuple[str, ...]  # other special inspections of the round with the same checklist

    @property
    def topics(self) -> tuple[str, ...]:
        """All tags, in the order of the items."""
        return tuple(dict.fromkeys(tag for candidate in self.candidates for tag in candidate.tags))


@dataclass(frozen=True, slots=True)
class Added:
    """An item of one's own, about to be added."""

    text: str
    suspicion: str = ""


def selection(store: Store, inspection: str) -> Selection:
    """The items of the inspection's checklist, its own ones and last round's problems, with what is chosen."""
    with store.read() as session:
        found: Inspection = records.find(session, "inspection", inspection)
        return Selection(found.mode, tuple(_candidates(session, found)), tuple(_siblings(session, found)))


def hidden(store: Store, inspection: str) -> int | None:
    """How many items are not chosen; None where the mode takes them all."""
    with store.read() as session:
        found = session.get(Inspection, inspection)
        if found is None or found.mode not in CHOSEN_MODES:
            return None
        return sum(not candidate.chosen for candidate in _candidates(session, found))


def choose(store: Store, inspections: Sequence[str], chosen: Mapping[str, str], added: Sequence[Added] = ()) -> None:
    """Take these items, each with the suspicion it is tied to, and hide all others (one batch)."""
    with store.write(f"选取清单事项 {len(chosen) + len(added)} 项") as session:
        for record in inspections:
            inspection: Inspection = records.find(session, "inspection", record)
            lacking = sum(not words.strip() for words in (*chosen.values(), *(item.suspicion for item in added)))
            if inspection.mode == "mobile" and lacking:
                raise UserError(f"机动式巡察只查有疑点的事项：还有 {lacking} 项没有写明针对的疑点。")
            _choose(session, inspection, chosen, added)


def advice(mode: str, chosen: int, own: int) -> str:
    """How many are chosen, and how many are usual."""
    if mode == "special":
        return f"已选 {chosen} 项，其中自拟 {own} 项（宜 6—15 项）"
    if mode == "mobile":
        return f"已选 {chosen} 项（宜 8—12 项）"
    return f"上一轮反馈问题 {own} 个" if mode == "lookback" else ""


def lay_out(session: Session, inspection: Inspection) -> None:
    """Give an inspection the items its mode begins with; only what was begun stays besides."""
    check_results.take_only(session, inspection.id, _first_items(session, inspection))


def complete(session: Session, inspection: Inspection) -> None:
    """Add the items the mode begins with to those that are there."""
    check_results.take(session, inspection.id, _first_items(session, inspection))


def carry_over(session: Session, inspection: Inspection) -> None:
    """After another checklist was chosen by hand: its items, in a mode that chooses those chosen before."""
    of_list = _of_list(session, inspection)
    if inspection.mode in CHOSEN_MODES:
        first = roots(session)
        live = [result.item or "" for result in _live(session, inspection)]
        before = {first.get(item, item) for item in live}
        of_list = [item for item in of_list if first.get(item.id, item.id) in before]
        of_list += [item for item in own_items.known(session, inspection) if item.id in live]
    check_results.take_only(session, inspection.id, of_list)


def _first_items(session: Session, inspection: Inspection) -> list[CheckItem]:
    match inspection.mode:
        case "special":
            return _like_sibling(session, inspection)
        case "mobile":
            return []
        case "lookback":
            problems = own_items.problems(session, inspection)
            kept = [item for item in _of_list(session, inspection) if item.focus == _AFTERWARDS]
            return [*(own_items.take_problem(session, inspection, problem) for problem in problems), *kept]
        case _:
            return _of_list(session, inspection)


def _like_sibling(session: Session, inspection: Inspection) -> list[CheckItem]:
    """The items chosen for the special inspection begun last in this round, as far as this one has them."""
    query = select(Inspection).where(
        Inspection.round == inspection.round,
        Inspection.mode == "special",
        Inspection.id != inspection.id,
        ~Inspection.deleted,
    )
    sibling = session.scalars(query.order_by(Inspection.id.desc())).first()
    chosen = {result.item for result in _live(session, sibling)} if sibling else set()
    every = [*_of_list(session, inspection), *own_items.known(session, inspection)]
    return [item for item in every if item.id in chosen]


def _candidates(session: Session, inspection: Inspection) -> list[Candidate]:
    first = roots(session)

    def root(item: str | None) -> str:
        return first.get(item or "", item or "")

    results = {root(result.item): result for result in _live(session, inspection)}
    own = {item.id: item for item in own_items.known(session, inspection)}
    for problem in own_items.problems(session, inspection):
        # Looking makes nothing: what could be an item is described without being put into the session.
        own.setdefault(problem.item, CheckItem(id=problem.item, **problem.values))
    of_list = _of_list(session, inspection)
    there = {root(item.id) for item in (*own.values(), *of_list)}
    elsewhere = [records.find(session, "check_item", row.item or "") for at, row in results.items() if at not in there]
    ours = sorted(own.values(), key=lambda item: (item.position, item.code, item.id))
    every = [*ours, *of_list, *elsewhere] if inspection.mode == "lookback" else [*of_list, *elsewhere, *ours]
    return [_candidate(item, item.id in own, results.get(root(item.id))) for item in every]


def _candidate(item: CheckItem, own: bool, result: CheckResult | None) -> Candidate:
    return Candidate(
        item.id,
        item.code,
        item.area,
        result.text if result else item.item,
        item.must,
        tuple(item.tags.split()),
        own,
        result is not None,
        result is not None and check_results.begun(result),
        result.suspicion if result else "",
    )


def _choose(session: Session, inspection: Inspection, chosen: Mapping[str, str], added: Sequence[Added]) -> None:
    problems = {problem.item: problem for problem in own_items.problems(session, inspection)}
    made = pending(session, CheckItem)
    suspicions: dict[str, str] = {}
    taken: list[CheckItem] = []
    for record, suspicion in chosen.items():
        if record in problems:
            item = own_items.take_problem(session, inspection, problems[record])
        else:
            item = made.get(record) or records.find(session, "check_item", record)
        taken.append(item)
        suspicions[item.id] = suspicion
    for new in added:
        taken.append(own_items.add(session, inspection, new.text))
        suspicions[taken[-1].id] = new.suspicion
    kept = check_results.take(session, inspection.id, taken)
    first = roots(session)
    said = {first.get(item, item): words for item, words in suspicions.items()}
    for record, result in check_results.of(session, inspection.id).items():
        result.deleted = record not in kept
        if record in kept and inspection.mode == "mobile":
            result.suspicion = clean_text(said[first.get(result.item or "", result.item or "")]).strip()


def _siblings(session: Session, inspection: Inspection) -> list[str]:
    if inspection.mode != "special":
        return []
    query = select(Inspection.id).where(
        Inspection.mode == "special",
        Inspection.round == inspection.round,
        Inspection.checklist == inspection.checklist,
        Inspection.id != inspection.id,
        ~Inspection.deleted,
    )
    return list(session.scalars(query.order_by(Inspection.id)))


def _of_list(session: Session, inspection: Inspection) -> list[CheckItem]:
    return items(session, inspection.checklist) if inspection.checklist else []


def _live(session: Session, inspection: Inspection) -> list[CheckResult]:
    return [result for result in check_results.of(session, inspection.id).values() if not result.deleted]
