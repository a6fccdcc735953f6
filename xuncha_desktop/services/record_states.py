"""What has become of a field record: one word computed from its dates, the same in lists, filters and forms."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from xuncha_desktop.model import (
    Borrowing,
    Decision,
    FactCheck,
    Interview,
    Kind,
    Meeting,
    Petition,
    Poll,
    PollQuestion,
    QuickFix,
    Visit,
    VisitRequest,
    Voucher,
    entities,
)
from xuncha_desktop.model.choices import Choices
from xuncha_desktop.model.field import Field
from xuncha_desktop.services.polls import NOT_OFFERED, VOTES

STATE = "state"  # its name among the columns of a list

# What asks for somebody's attention first stands first.
STATES: Mapping[str, Choices] = {
    "interview": {"writing": "待整理", "confirming": "待确认", "unsigned": "未签名", "confirmed": "已确认"},
    "borrowing": {
        "overdue": "逾期",
        "asked": "未提供",
        "missing": "无法提供",
        "received": "已提供",
        "returned": "已归还",
    },
    "petition": {
        "overdue": "逾期",
        "waiting": "待批示",
        "handling": "办理中",
        "handed": "已移交",
        "filed": "存查",
        "done": "已办结",
    },
    "visit": {"overdue": "诉求逾期", "open": "诉求待办", "answered": "诉求办结", "none": "无诉求"},
    "poll": {"wrong": "票数不符", "counting": "待计票", "counted": "已计票"},
    "voucher": {"checking": "待核查", "checked": "已核查"},
    "quick_fix": {
        "overdue": "逾期",
        "unissued": "未签发",
        "waiting": "待反馈",
        "replied": "待核实",
        "closed": "已销号",
    },
    "fact_check": {"overdue": "逾期", "unsent": "未送达", "waiting": "待答复", "answered": "已答复"},
    "meeting": {"overdue": "事项逾期", "unsigned": "待签名", "open": "事项待办", "done": "已办结"},
}


def column(entity: str) -> Field:
    """The state as lists describe a column."""
    return Field("状态", Kind.ENUM, name=STATE, choices=STATES[entity])


def expression(entity: str, today: date) -> ColumnElement[str]:
    """The code of a record's state, for queries."""
    return _CASES[entity](today.isoformat())


def words(session: Session, entity: str, record: str) -> str:
    """What to call a record's state today."""
    cls: Any = entities()[entity]
    code = session.scalar(select(expression(entity, date.today())).where(cls.id == record))
    return STATES[entity].get(code or "", "")


def _interview(_: str) -> ColumnElement[str]:
    return case(
        (Interview.text == "", "writing"),
        (Interview.confirmation == "", "confirming"),
        (Interview.confirmation == "unsigned", "unsigned"),
        else_="confirmed",
    )


def _borrowing(today: str) -> ColumnElement[str]:
    return case(
        (Borrowing.returned_on.is_not(None), "returned"),
        (Borrowing.received_on.is_not(None), "received"),
        (Borrowing.missing != "", "missing"),
        (Borrowing.due_on < today, "overdue"),
        else_="asked",
    )


def _petition(today: str) -> ColumnElement[str]:
    return case(
        (Petition.done_on.is_not(None), "done"),
        (Petition.handling == "filed", "filed"),
        (Petition.due_on < today, "overdue"),
        (Petition.handed_on.is_not(None), "handed"),
        (or_(Petition.handling == "", Petition.leader_note == ""), "waiting"),
        else_="handling",
    )


def _visit(today: str) -> ColumnElement[str]:
    asked = and_(VisitRequest.parent == Visit.id, VisitRequest.deleted.is_(False))
    unanswered = and_(asked, VisitRequest.done_on.is_(None))
    return case(
        (exists().where(unanswered, VisitRequest.due_on < today), "overdue"),
        (exists().where(unanswered), "open"),
        (exists().where(asked), "answered"),
        else_="none",
    )


def _poll(_: str) -> ColumnElement[str]:
    """Votes that cannot be right (services/polls.py says why) are no result."""
    votes = {name: func.coalesce(getattr(PollQuestion, name), 0) for name in VOTES}
    foreign = (and_(Poll.scale == scale, votes[name] != 0) for scale, name in NOT_OFFERED)
    negative = (count < 0 for count in votes.values())
    total: Any = sum(votes.values())
    question = and_(PollQuestion.parent == Poll.id, PollQuestion.deleted.is_(False))
    wrong = exists().where(question, or_(and_(total != 0, total != Poll.valid), *foreign, *negative))
    open_ = exists().where(question, total != Poll.valid)
    return case(
        (or_(Poll.returned > Poll.issued, Poll.valid > Poll.returned, wrong), "wrong"),
        (and_(Poll.valid.is_not(None), exists().where(question), ~open_), "counted"),
        else_="counting",
    )


def _voucher(_: str) -> ColumnElement[str]:
    return case((Voucher.result == "", "checking"), else_="checked")


def _quick_fix(today: str) -> ColumnElement[str]:
    return case(
        (QuickFix.closed_on.is_not(None), "closed"),
        (QuickFix.issued_on.is_(None), "unissued"),
        (or_(QuickFix.progress != "", QuickFix.result != ""), "replied"),
        (QuickFix.due_on < today, "overdue"),
        else_="waiting",
    )


def _fact_check(today: str) -> ColumnElement[str]:
    return case(
        (or_(FactCheck.answered_on.is_not(None), FactCheck.answer != ""), "answered"),
        (FactCheck.sent_on.is_(None), "unsent"),
        (FactCheck.due_on < today, "overdue"),
        else_="waiting",
    )


def _meeting(today: str) -> ColumnElement[str]:
    decided = and_(Decision.parent == Meeting.id, Decision.deleted.is_(False), Decision.done_on.is_(None))
    return case(
        (exists().where(decided, Decision.due_on < today), "overdue"),
        (Meeting.signed.is_(False), "unsigned"),
        (exists().where(decided), "open"),
        else_="done",
    )


_CASES: Mapping[str, Callable[[str], ColumnElement[str]]] = {
    "interview": _interview,
    "borrowing": _borrowing,
    "petition": _petition,
    "visit": _visit,
    "poll": _poll,
    "voucher": _voucher,
    "quick_fix": _quick_fix,
    "fact_check": _fact_check,
    "meeting": _meeting,
}
