"""A record, or a passage of it, carried over to a new paper or 立行立改: text, source and citation in one gesture."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from xuncha_desktop import rich
from xuncha_desktop.model import Citation, Link, entities, fields
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.model.show import long_date, show, yuan
from xuncha_desktop.services import citing, polls, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.services.polls import Share
from xuncha_desktop.store.store import Store

_SOURCES = {"interview": "interview", "borrowing": "documents", "petition": "petition", "visit": "visit",
            "poll": "survey", "voucher": "finance"}  # fmt: skip
_MAIN_TEXT = {"interview": "text", "petition": "text", "visit": "text", "borrowing": "conclusion",
              "voucher": "result", "fact_check": "facts",
              "quick_fix": "facts"}  # fmt: skip


def to_paper(store: Store, place: Place) -> dict[str, Any]:
    """What a new paper about this place begins with."""
    if place.evidence:
        return {"sources": ("documents",), "verified_facts": place.passage, "citations": (_citation(store, place),)}
    values = records.load(store, place.record_kind, place.record).values
    begun: dict[str, Any] = {
        "title": _title(place.record_kind, values),
        "sources": (_SOURCES.get(place.record_kind, "other"),),
        "verified_facts": _text(store, place, values),
        "citations": (_citation(store, place),),
    }
    for name in ("inspection", "problem_type", "check_items"):
        if values.get(name):
            begun[name] = values[name]
    if place.record_kind == "voucher":
        begun["amount"] = values["amount"]
    if place.record_kind == "quick_fix":
        begun |= {"quick_fix": True, "citations": (*begun["citations"], *_copied(values["citations"]))}
    return begun


def to_quick_fix(store: Store, place: Place) -> dict[str, Any]:
    """What a new 立行立改 about this place begins with."""
    if place.evidence:
        return {"facts": place.passage, "citations": (_citation(store, place),)}
    values = records.load(store, place.record_kind, place.record).values
    return {
        "title": _title(place.record_kind, values),
        "inspection": values["inspection"],
        "facts": _text(store, place, values),
        "citations": (_citation(store, place),),
    }


def paper_to_quick_fix(store: Store, paper: str) -> dict[str, Any]:
    """What a 立行立改 that grows out of a paper begins with."""
    values = records.load(store, "paper", paper).values
    return {
        "title": values["title"],
        "inspection": values["inspection"],
        "facts": rich.plain(values["overview"]),
        "papers": (paper,),
        "citations": _copied(values["citations"]),
    }


def paper_to_fact_check(store: Store, paper: str) -> dict[str, Any]:
    """What a 事实确认单 on a paper begins with: what was found, and nothing of what the team makes of it."""
    values = records.load(store, "paper", paper).values
    return {
        "title": values["title"],
        "inspection": values["inspection"],
        "facts": rich.plain(values["verified_facts"]),
        "papers": (paper,),
        "handlers": values["handlers"],
    }


def grown_out_of(store: Store, paper: str, entity: str) -> str:
    """The 立行立改 or 事实确认单 that names a paper, or is cited by it; "" where there is none yet."""
    cls: Any = entities()[entity]
    naming = select(Link.source).where(Link.field == f"{entity}.papers", Link.target == paper, Link.deleted.is_(False))
    cited = select(Citation.record).where(
        Citation.parent == paper, Citation.record_kind == entity, Citation.deleted.is_(False)
    )
    with store.read() as session:
        query = select(cls.id).where(cls.id.in_(naming.union(cited)), cls.deleted.is_(False))
        return session.scalars(query.order_by(cls.id)).first() or ""


def _copied(citations: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The same citations as rows of another record."""
    return tuple({**row, "id": new_id()} for row in citations)


def _citation(store: Store, place: Place) -> dict[str, Any]:
    return {"id": new_id(), **citing.row(store, place)}


def _title(entity: str, values: Mapping[str, Any]) -> str:
    """The record's own title; a code or a place is no title of a problem."""
    title = entities()[entity].TITLE
    return "" if entity in ("interview", "visit", "meeting") else str(values.get(title) or "")


def _text(store: Store, place: Place, values: Mapping[str, Any]) -> str:
    if place.passage:
        return place.passage
    if place.record_kind == "voucher":
        return "\n".join(filter(None, (_voucher(values), values["result"])))
    if place.record_kind == "poll":
        return _poll(store, values)
    if place.record_kind == "meeting":
        return "\n".join("：".join(filter(None, (row["subject"], row["discussion"]))) for row in values["agenda"])
    return str(values.get(_MAIN_TEXT.get(place.record_kind, ""), ""))


def _poll(store: Store, values: Mapping[str, Any]) -> str:
    """What was asked and answered; a group too small for its answers to be told gives its ballots alone."""
    with store.read() as session:
        result = polls.result(values, polls.smallest_group(session, values["inspection"]))
    ballots = f"{values['name']}，有效票{values['valid'] or 0}份"
    if result.withheld:
        return f"{ballots}。"
    answers = (f"“{question.question}”：" + "、".join(map(_share, question.shares)) for question in result.questions)
    return f"{ballots}。" + "；".join(answers)


def _share(share: Share) -> str:
    return f"{share.label}{share.votes}票" + ("" if share.percent == "—" else f"（{share.percent}）")


def _voucher(values: Mapping[str, Any]) -> str:
    day = f"{long_date(values['voucher_on'])}，" if values["voucher_on"] else ""
    amount = f"，金额{yuan(values['amount'])}元" if values["amount"] is not None else ""
    doubts = show(fields("voucher")["doubts"], values["doubts"])
    doubtful = f"，疑点：{doubts}" if doubts else ""
    return f"{day}{values['book']}{values['voucher_no']}号凭证列支“{values['summary']}”{amount}{doubtful}。"
