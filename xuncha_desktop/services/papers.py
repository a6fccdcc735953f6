"""问题底稿: what a handler and the leader do with a paper, and what it still lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Inspection, Paper, Round, Team, Unit, fields
from xuncha_desktop.model.choices import LOCKED_STATES, PAPER_STATES
from xuncha_desktop.services import blanks, citing, records
from xuncha_desktop.services.citing import Cited
from xuncha_desktop.services.numbers import next_number, next_official
from xuncha_desktop.store.journal import Heads
from xuncha_desktop.store.store import Store

KIND = "DG"
_MOST_NUMBERED = 3
_WRITTEN = (
    "title", "overview", "typical_case", "verified_facts", "basis", "cause", "communication", "suggestion",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a paper lacks: the field it belongs to, the words for it, whether it stops approval."""

    field: str
    label: str
    met: bool
    blocking: bool = True
    sentence: str = ""  # where the label alone, after 缺, does not say what to do
    of_citations: bool = False  # something cited is gone or says something else: to be looked at even once approved

    @property
    def missing(self) -> str:
        """What is to be said of it where it is not met."""
        return self.sentence or f"缺{self.label}"


def create(store: Store, inspection: str, values: Mapping[str, Any], *, record: str | None = None) -> str:
    """Begin a paper of an inspection with a provisional number of this member; its id."""
    with store.write("新增底稿") as session:
        return add(session, store, inspection, values, record=record).id


def add(
    session: Session, store: Store, inspection: str, values: Mapping[str, Any], *, record: str | None = None
) -> Any:
    """Put a new paper into a writing session."""
    defaults: dict[str, Any] = {
        "inspection": inspection,
        "number": next_number(session, Paper, "临", store.actor),
        "state": "draft",
        "level": "own",
        "destination": "report",
        "dated": date.today().isoformat(),
        "handlers": [store.actor] if store.actor else [],
    }
    return records.add(session, "paper", {**defaults, **values}, record=record)


def edit(store: Store, record: str, values: Mapping[str, Any], seen: Heads | None = None) -> None:
    """Change fields of a paper; a locked paper refuses."""
    with store.read() as session:
        paper: Paper = records.find(session, "paper", record)
    if is_locked(paper.state):
        raise UserError(f"这份底稿已是“{PAPER_STATES[paper.state]}”，内容已锁定；要修改请先由组长退回修改。")
    records.edit(store, "paper", record, values, seen)


def still_open(store: Store, inspection: str) -> list[tuple[str, str, str]]:
    """Papers of an inspection that can still be written: id, title and number, the latest first."""
    columns = select(Paper.id, Paper.title, Paper.number)
    chosen = columns.where(Paper.inspection == inspection, ~Paper.deleted, Paper.state.not_in(LOCKED_STATES))
    with store.read() as session:
        rows = session.execute(chosen.order_by(Paper.id.desc())).all()
    return [(paper, title or "（未命名）", number) for paper, title, number in rows]


def gap_words(store: Store, chosen: Sequence[str]) -> dict[str, str]:
    """What each paper still lacks, in one line for a list; locked ones only what they cite and is no longer there."""
    with store.read() as session:
        found = list(session.scalars(select(Paper).where(Paper.id.in_(list(chosen)))))
        open_ = [paper for paper in found if not is_locked(paper.state)]
        values = records.plain(session, open_)
        cited = citing.of_each(session, {paper: values[paper]["citations"] for paper in values}, placed=False)
        doubtful = citing.doubtful(session, [paper.id for paper in found if is_locked(paper.state)])
    lacking = {record: [gap.label for gap in blocking(values[record], cited[record])] for record in values}
    lacking |= {
        record: [gap.label for gap in no_longer_held(each) if gap.blocking] for record, each in doubtful.items()
    }
    return {record: f"缺：{'、'.join(words)}" for record, words in lacking.items() if words}


def is_locked(state: str) -> bool:
    """Whether a paper in this state is read-only."""
    return state in LOCKED_STATES


def duplicate(store: Store, record: str) -> str:
    """A new draft with the same content, own number, no citations, signatures or official number; its id."""
    left = {
        "id", "number", "official_number", "earlier_numbers", "merged_into", "state", "citations", "signed_on",
        "deputy_opinion", "meeting_conclusion", "leader_opinion", "return_reason", "office_note", "dated",
    }  # fmt: skip
    with store.write("复制底稿") as session:
        found = records.snapshot(session, "paper", record).values
        values = {name: value for name, value in found.items() if name not in left}
        values["title"] = f"{values['title']}（副本）"
        values["parties"] = [{k: v for k, v in row.items() if k != "id"} for row in values["parties"]]
        return add(session, store, values.pop("inspection"), values).id


def delete(store: Store, chosen: Sequence[str]) -> None:
    """Take papers out of every list; refuses locked ones. Undo brings them back."""
    with store.read() as session:
        found = [records.find(session, "paper", record) for record in chosen]
    if locked := [paper for paper in found if is_locked(paper.state)]:
        title = locked[0].title or locked[0].number
        raise UserError(f"底稿“{title}”已是“{PAPER_STATES[locked[0].state]}”，不能删除；要删除请先由组长退回修改。")
    records.delete(store, "paper", chosen)


def approve(store: Store, chosen: Sequence[str], today: date | None = None) -> None:
    """标为已审签: give each paper its official number and lock it; refuses papers with mandatory gaps."""
    label = f"标为已审签 {len(chosen)} 份" if len(chosen) > 1 else "标为已审签"
    with store.write(label) as session:
        for record in chosen:
            paper: Paper = records.find(session, "paper", record)
            if is_locked(paper.state):
                raise UserError(f"底稿“{paper.title or paper.number}”已是“{PAPER_STATES[paper.state]}”，不用再审签。")
            demand_whole(session, records.plain(session, [paper])[record], "标为已审签")
            if not paper.official_number:
                paper.official_number = next_official(session, Paper, number_parts(session, paper))
            paper.state = "approved"
            paper.signed_on = (today or date.today()).isoformat()


def send_back(store: Store, record: str, reason: str) -> None:
    """退回修改 with a reason: the paper can be edited again and keeps its official number."""
    send_all_back(store, [record], reason)


def send_all_back(store: Store, chosen: Sequence[str], reason: str) -> None:
    """The same for several, as one step."""
    if not reason.strip():
        raise UserError("退回修改要写明原因，承办人才知道改什么。")
    with store.write(f"退回修改 {len(chosen)} 份" if len(chosen) > 1 else "退回修改") as session:
        for record in chosen:
            returned = {"state": "returned", "return_reason": reason, "signed_on": None}
            records.apply(session, records.find(session, "paper", record), returned)


def submit(store: Store, record: str) -> None:
    """Hand a paper in for review."""
    with store.write("提交复核") as session:
        paper: Paper = records.find(session, "paper", record)
        if is_locked(paper.state):
            raise UserError(f"这份底稿已是“{PAPER_STATES[paper.state]}”，不用再提交。")
        demand_whole(session, records.plain(session, [paper])[record], "提交复核", named=False)
        paper.state = "review"


def gaps(values: Mapping[str, Any], cited: Sequence[Cited]) -> list[Gap]:
    """The live list of what a paper needs, met or not, in the order of the form; what has to be worked on at the end.

    `cited` are its citations in words, by which one knows whether they still hold.
    """
    citations = values.get("citations") or ()
    return [
        Gap("title", "底稿名称", bool(values.get("title"))),
        Gap("problem_type", "问题分类", bool(values.get("problem_type"))),
        Gap("overview", "问题概述", bool(values.get("overview"))),
        Gap("citations", "支撑材料", bool(citations)),
        Gap("citations", "材料页码", bool(citations) and all(map(_placed, citations)), blocking=False),
        Gap("sources", "问题来源", bool(values.get("sources"))),
        Gap("verified_facts", "查证事实", bool(values.get("verified_facts"))),
        Gap("basis", "定性依据", bool(values.get("basis"))),
        Gap("parties", "责任主体", bool(values.get("parties"))),
        Gap("handlers", "第二承办人", len(values.get("handlers") or ()) >= 2),
        Gap("communication", "沟通情况", bool(values.get("communication")), blocking=False),
        *_half_done(values),
        *no_longer_held(cited),
    ]


def blocking(values: Mapping[str, Any], cited: Sequence[Cited]) -> list[Gap]:
    """What stops a paper from being handed in or approved."""
    return [gap for gap in gaps(values, cited) if gap.blocking and not gap.met]


def _half_done(values: Mapping[str, Any]) -> Iterator[Gap]:
    """Blanks of sentence patterns nobody filled, and texts of another paper nobody worked in."""
    for name in _WRITTEN:
        text, label = str(values.get(name) or ""), fields("paper")[name].label
        if found := blanks.unfilled(text):
            words = "、".join(found)
            yield Gap(name, f"{label}句式里的“{words}”", False, sentence=f"{label}还有未填的空：{words}")
        if blanks.is_marked(text):
            sentence = f"{label}里有并入的文字还没有理顺：与原文合为一段，再删去“【并入…】”"
            yield Gap(name, f"{label}并入文字的理顺", False, sentence=sentence)


def no_longer_held(cited: Sequence[Cited]) -> Iterator[Gap]:
    """Citations whose place is gone, which nothing can rest on, and those whose record was changed since."""
    if gone := [number for number, each in enumerate(cited, 1) if each.gone]:
        sentence = f"{_numbered(gone)}引用失效，请另引或删去"
        yield Gap("citations", "失效引用的更换", False, sentence=sentence, of_citations=True)
    if changed := [number for number, each in enumerate(cited, 1) if each.stale and not each.gone]:
        sentence = f"{_numbered(changed)}引用后原文有修改，请核对"
        yield Gap("citations", "引用原文的核对", False, blocking=False, sentence=sentence, of_citations=True)


def _numbered(places: Sequence[int]) -> str:
    more = f"等 {len(places)} 条" if len(places) > _MOST_NUMBERED else ""
    return f"支撑材料第{'、'.join(map(str, places[:_MOST_NUMBERED]))}条{more}"


def _placed(citation: Mapping[str, Any]) -> bool:
    """Whether a citation says where: by pages, by words of a text, or by a record, which is a place by itself."""
    return bool(citation.get("pages") or citation.get("record") or citation.get("passage"))


def usual_party(store: Store, inspection: str) -> dict[str, str]:
    """The party organisation inspected, as the one that bears 主体责任: to be looked at, not to be taken unseen."""
    with store.read() as session:
        found = session.get(Inspection, inspection) if inspection else None
        unit = session.get(Unit, found.unit) if found and found.unit else None
        name = (unit.short_name or unit.name) if unit else ""
    return {"kind": "main", "name": name, "note": ""} if name else {}


def number_parts(session: Session, paper: Paper) -> dict[str, Any]:
    """What the round's number pattern may name."""
    inspection = session.get(Inspection, paper.inspection) if paper.inspection else None
    if inspection is None:
        raise UserError(f"底稿“{paper.title or paper.number}”没有选巡察任务，不能编正式编号；请先选择。")
    found_round = session.get(Round, inspection.round) if inspection.round else None
    team = session.get(Team, inspection.team) if inspection.team else None
    unit = session.get(Unit, inspection.unit) if inspection.unit else None
    if found_round is None or team is None or unit is None:
        raise UserError("巡察任务的轮次、巡察组或单位没有填全，不能编正式编号；请到“任务”补齐。")
    return {
        "pattern": found_round.number_pattern,
        "year": found_round.year or "",
        "term": f"{found_round.term or 0:02}",
        "round": f"{found_round.number or 0:02}",
        "team": f"{team.number or 0:02}",
        "unit": unit.code,
        "kind": KIND,
    }


def demand_whole(session: Session, values: Mapping[str, Any], action: str, *, named: bool = True) -> None:
    """Refuse what only a paper without mandatory gaps may become."""
    if found := blocking(values, citing.in_words(session, values.get("citations") or ())):
        lacking = "、".join(gap.label for gap in found)
        called = f"底稿“{values.get('title') or values.get('number') or '（未命名）'}”" if named else ""
        raise UserError(f"{called}还缺 {len(found)} 项：{lacking}；补齐后再{action}，已写的内容都在。")
