"""自拟事项: what a team adds to a checklist for 专项 and 机动式, and last round's problems that 回头看 goes through."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem, Checklist, CheckResult, Inspection, Paper
from xuncha_desktop.model.choices import COUNTED_STATES
from xuncha_desktop.model.ids import new_id, pair_id
from xuncha_desktop.services import check_results, records
from xuncha_desktop.services.checklist_copies import items, pending, revived
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text, search_key

LISTS: Mapping[str, str] = {"special": "专项自拟事项", "mobile": "机动式自拟事项", "lookback": "上一轮反馈问题"}
AREAS = {"special": "专项自拟", "mobile": "机动自拟", "lookback": "上轮反馈"}
_SIGNS = {"special": "专", "mobile": "机", "lookback": "回"}
_FED_BACK = ("report", "feedback")
_HOW = "对材料、对现场、对当事人，看问题是否真改、改到位，有无虚假整改、反弹回潮。"
_NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,3}[）).．、，,：:\s]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[①-⑳])\s*")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem fed back last round, as the item that it makes."""

    item: str  # id of the item, whether it exists or not
    values: Mapping[str, Any]


def list_id(inspection: Inspection, mode: str) -> str:
    """Id of the list of own items: the round's for 专项, the inspection's otherwise."""
    return pair_id("checklist", mode, (inspection.round if mode == "special" else None) or inspection.id)


def known(session: Session, inspection: Inspection) -> list[CheckItem]:
    """The items of the inspection's own list."""
    return items(session, list_id(inspection, inspection.mode)) if inspection.mode in LISTS else []


def add(session: Session, inspection: Inspection, text: str) -> CheckItem:
    """An item of one's own; typed alike on two laptops it is the same one."""
    words = clean_text(text).strip()
    owner = _list(session, inspection)
    there, made = known(session, inspection), pending(session, CheckItem)
    record = pair_id("check_item", owner, search_key(words))
    before = made.get(record) or session.get(CheckItem, record)
    if before is not None and search_key(before.item) != search_key(words):
        record = new_id()  # the item once typed so has been worded anew
    number = max((item.position for item in there), default=-1) + 1
    lookback = inspection.mode == "lookback"
    return revived(
        session,
        CheckItem,
        record,
        made,
        parent=owner,
        position=number,
        code=f"{_SIGNS[inspection.mode]}-{number + 1:02}",
        area=AREAS[inspection.mode],
        item=words,
        how=_HOW if lookback else "",
        must=lookback,
    )


def rewrite(store: Store, item: str, text: str) -> None:
    """Word an own item anew; a result that was begun under the old words keeps them."""
    with store.write("修改自拟事项") as session:
        found: CheckItem = records.find(session, "check_item", item)
        owner: Checklist = records.find(session, "checklist", found.parent or "")
        if owner.mode not in LISTS:
            raise UserError(f"“{found.code}”是清单模板里的事项，请在“清单模板”里修订。")
        if not (words := clean_text(text).strip()):
            raise UserError("事项不能为空；不需要这一项时取消选取。")
        found.item = words
        for result in session.scalars(select(CheckResult).where(CheckResult.item == item)):
            if not check_results.begun(result):
                result.text = words


def problems(session: Session, inspection: Inspection) -> list[Problem]:
    """What was fed back to the unit of a 回头看 last round: the papers of the inspection before, one to one."""
    if inspection.mode != "lookback" or not inspection.previous:
        return []
    query = select(Paper).where(
        Paper.inspection == inspection.previous,
        Paper.state.in_((*COUNTED_STATES, "archived")),
        Paper.destination.in_(_FED_BACK),
        ~Paper.deleted,
    )
    owner = list_id(inspection, "lookback")
    papers = session.scalars(query.order_by(Paper.official_number, Paper.number, Paper.id))
    return [
        Problem(pair_id("check_item", owner, paper.id), _said_by(paper, owner, place))
        for place, paper in enumerate(papers)
    ]


def take_problem(session: Session, inspection: Inspection, problem: Problem) -> CheckItem:
    """The item of a problem."""
    _list(session, inspection)
    return revived(session, CheckItem, problem.item, pending(session, CheckItem), **problem.values)


def split(text: str) -> list[str]:
    """Items out of a pasted list, one a line; of a table's cells the longest, without its number."""
    lines = (max(line.split("\t"), key=len) for line in clean_text(text).splitlines())
    return list(dict.fromkeys(words for line in lines if (words := _NUMBERING.sub("", line).strip())))


def _list(session: Session, inspection: Inspection) -> str:
    mode = inspection.mode
    record, made = list_id(inspection, mode), pending(session, Checklist)
    return revived(session, Checklist, record, made, name=LISTS[mode], mode=mode, source="本组自拟").id


def _said_by(paper: Paper, owner: str, place: int) -> dict[str, Any]:
    number, overview = paper.official_number or paper.number, rich.plain(paper.overview)
    return {
        "parent": owner,
        "position": place,
        "code": f"{_SIGNS['lookback']}-{place + 1:02}",
        "area": AREAS["lookback"],
        "item": paper.title or overview,
        "how": f"{_HOW}\n上一轮反馈：{overview}" if overview else _HOW,
        "must": True,
        "basis": f"上一轮底稿{number}" if number else "",
        "problem_type": paper.problem_type,
        "problem": paper.id,
    }
