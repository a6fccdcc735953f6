"""Writes what was planned: all of it as one batch, or nothing."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Inspection, Inspector, Member, Team, entities
from xuncha_desktop.model.ids import pair_id
from xuncha_desktop.services import check_results, own_items, papers, records
from xuncha_desktop.services.field_records import NUMBER_WORDS
from xuncha_desktop.services.imports.headings import bare
from xuncha_desktop.services.imports.plan import Item, Plan
from xuncha_desktop.services.numbers import next_number
from xuncha_desktop.store import backup
from xuncha_desktop.store.store import Store

_EVERY = 100
_OF_MEMBER = ("role", "code", "duty", "joined_on", "left_on")


def write(store: Store, plan: Plan, progress: Progress) -> list[str]:
    """Back up, then make the records (one batch); their ids. Refuses a plan with problems."""
    if plan.problems:
        more = f"（共 {len(plan.problems)} 处）" if len(plan.problems) > 1 else ""
        raise UserError(f"没有导入{more}：{plan.problems[0].sentence}。")
    if not plan.items:
        raise UserError(f"表里没有可以导入的{plan.kind.title}；请核对表头和各列的用途。")
    backup.make_before(store, "before-import", progress)
    maker = _MAKERS.get(plan.kind.name, _make_record)
    with store.write(f"导入 {len(plan.items)} 条{plan.kind.title}") as session:
        make = maker(session, store, plan)
        made: list[str] = []
        for number, item in enumerate(plan.items):
            if number % _EVERY == 0:
                progress.step(number, len(plan.items), "写入案卷")
            made.append(make(item))
        progress.step(len(plan.items), len(plan.items), "写入案卷")
        return made


def first_of(plan: Plan, made: Sequence[str]) -> tuple[str, str]:
    """What to open to see the records just made: entity and id of the first."""
    if plan.kind.name == "previous":
        return "check_result", pair_id("check_result", plan.items[0].values["inspection"], made[0])
    return plan.kind.entity, made[0]


Make = Callable[[Item], str]


def _make_record(session: Session, store: Store, plan: Plan) -> Make:
    """Plain records; what belongs to an inspection gets a number. Nothing that the table does not say is filled in."""
    entity, cls = plan.kind.entity, entities()[plan.kind.entity]
    word = NUMBER_WORDS.get(entity)

    def make(item: Item) -> str:
        number = {"number": next_number(session, cls, word, store.actor)} if word else {}
        return records.add(session, entity, {**number, **item.values}, record=item.id).id

    return make


def _make_paper(session: Session, store: Store, plan: Plan) -> Make:
    """Drafts, whatever they were elsewhere: approval is given here."""

    def make(item: Item) -> str:
        values = {"dated": None, **item.values}
        return papers.add(session, store, values.pop("inspection"), values, record=item.id).id

    return make


def _make_member(session: Session, store: Store, plan: Plan) -> Make:
    """A person and the place in the team; who is in the talent pool already is taken from there."""
    team = session.scalars(select(Team).where(Team.deleted.is_(False)).order_by(Team.id)).first()
    if team is None:
        raise UserError("案卷里还没有巡察组，不能导入成员；请先到“轮次”填写巡察组。")
    pool = {
        bare(person.name): person
        for person in session.scalars(select(Inspector).where(Inspector.deleted.is_(False)).order_by(Inspector.id))
    }

    def make(item: Item) -> str:
        of_person = {name: value for name, value in item.values.items() if name not in _OF_MEMBER}
        of_member = {name: value for name, value in item.values.items() if name in _OF_MEMBER}
        person = pool.get(bare(of_person["name"]))
        if person is None:
            person = records.add(session, "inspector", of_person)
        else:
            records.apply(session, person, {n: v for n, v in of_person.items() if v and not getattr(person, n)})
        values = {**of_member, "inspector": person.id, "team": team.id}
        member: Member = records.add(session, "member", values, record=item.id)
        return member.id

    return make


def _make_previous(session: Session, store: Store, plan: Plan) -> Make:
    """Last round's problems become the items of a look-back, one to one, each to be checked."""

    def make(item: Item) -> str:
        values = dict(item.values)
        inspection: Inspection = records.find(session, "inspection", values.pop("inspection"))
        found = own_items.add(session, inspection, values.pop("item"))
        values["how"] = "\n".join(filter(None, (found.how, values.get("how"))))
        records.apply(session, found, values)
        check_results.take(session, inspection.id, [found])
        return found.id

    return make


_MAKERS: Mapping[str, Callable[[Session, Store, Plan], Make]] = {
    "paper": _make_paper,
    "member": _make_member,
    "previous": _make_previous,
}
