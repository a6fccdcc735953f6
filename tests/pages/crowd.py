"""Fictitious records by the hundred, ordinary and odd in turn: what every document has to bear on paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pages.crowd_words import (
    CASES,
    FACTS,
    FEN,
    LONGEST_TITLE,
    NOTES,
    PEOPLE,
    PERIODS,
    PLACES,
    PLAN,
    QUANTITIES,
    REPORT,
    TITLES,
)
from tests.support.cheap_keys import CHEAP, PASSWORD
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import fields
from xuncha_desktop.services import cases, intake, records, reports
from xuncha_desktop.store import opening
from xuncha_desktop.store.store import Store

Values = dict[str, Any]


@dataclass
class Crowd:
    """A case with three inspections of one team: without records, with one of each kind, and with many."""

    case: opening.OpenCase
    folder: Path
    nothing: str
    one: str
    many: str

    @property
    def store(self) -> Store:
        """The open case."""
        return self.case.store


def make_case(folder: Path, many: int) -> Crowd:
    """A new case with its three inspections filled."""
    case, _ = opening.create(folder / "案卷", PASSWORD, argon=CHEAP)
    cases.begin(case.store, PLAN)
    called = {name: record for record, name in records.options(case.store, "inspection").items()}
    crowd = Crowd(case, folder, called["无人镇党委"], called["平湖镇党委"], called["青石街道党工委"])
    _Filling(crowd, crowd.one).add(1, first=1)
    _Filling(crowd, crowd.many).add(many)
    return crowd


class _Filling:
    """Records for one inspection; the number of each decides what it says."""

    def __init__(self, crowd: Crowd, inspection: str) -> None:
        self.crowd, self.inspection = crowd, inspection
        self.members = list(records.options(crowd.store, "member"))
        self.types = list(records.options(crowd.store, "problem_type"))
        self.items = list(records.options(crowd.store, "check_item"))
        self.unit = records.load(crowd.store, "inspection", inspection).values["unit"]
        self.evidence: list[str] = []
        self.papers: list[str] = []

    def add(self, count: int, first: int = 0) -> None:
        """As many of each kind, and the report's texts."""
        store, numbers = self.crowd.store, range(first, first + count)
        self.evidence = self._kind("evidence", self._evidence, numbers)
        self.papers = self._kind("paper", self._paper, numbers)
        for entity, make in (
            ("interview", self._interview),
            ("borrowing", self._borrowing),
            ("petition", self._petition),
            ("visit", self._visit),
            ("poll", self._poll),
            ("voucher", self._voucher),
            ("quick_fix", self._quick_fix),
            ("fact_check", self._fact_check),
            ("meeting", self._meeting),
            ("hearing", self._hearing),
        ):
            self._kind(entity, make, numbers)
        records.edit(store, "report", reports.of_inspection(store, self.inspection), REPORT)

    def _kind(self, entity: str, make: Callable[[int], Values], numbers: range) -> list[str]:
        given = [{"inspection": self.inspection, **make(number)} for number in numbers]
        return intake.add(self.crowd.store, entity, given, self.crowd.folder, Progress())

    def _pair(self, number: int) -> list[str]:
        return [self.members[number % len(self.members)], self.members[(number + 1) % len(self.members)]]

    def _evidence(self, number: int) -> Values:
        return {
            "name": _turn(("2023年耕地地力保护补贴发放花名册", "与村会计的谈话记录", "会议记录"), number),
            "kind": _code("evidence", "kind", number),
            "pages": number % 40 or None,
            "dated": _day(number),
            "source": _turn(PLACES, number),
            "original": _code("evidence", "original", number),
        }

    def _paper(self, number: int) -> Values:
        kinds = fields("paper_party")["kind"].choices or {}
        return {
            "title": _turn(TITLES, number),
            "problem_type": _turn(self.types, number * 7),
            "overview": _turn(FACTS, number),
            "typical_case": _turn(CASES, number),
            "place": _turn(PLACES, number),
            "level": _code("paper", "level", number),
            "sources": [_code("paper", "sources", number), _code("paper", "sources", number + 3)],
            "verified_facts": _turn(FACTS, number + 1),
            "amount": _turn(FEN, number),
            "people": number % 7 or None,
            "pieces": number % 5 or None,
            "period_from": "2021-01-01",
            "period_to": "2024-06-30",
            "basis": "《青禾市乡镇财务管理暂行办法》（青财发〔2021〕15号）第八条",
            "check_items": self.items[number % 20 : number % 20 + 2],
            "causes": [_code("paper", "causes", number)],
            "cause": _turn(FACTS, number + 2),
            "parties": [
                {"kind": kind, "name": _turn((*PEOPLE, "镇党委"), number + place), "note": _turn(NOTES, number)}
                for place, kind in enumerate(list(kinds)[: 1 + number % 5])
            ],
            "leader_in_charge": _turn(PEOPLE, number),
            "department": _turn(PLACES, number),
            "citations": [
                {"evidence": _turn(self.evidence, number + place), "pages": "3-5"} for place in range(1 + number % 4)
            ],
            "communication": "2031年4月26日与党委副书记、分管领导沟通，对事实无异议。",
            "quick_fix": number % 5 == 0,
            "destination": "report",
            "suggestion": _turn(("由镇党委牵头追缴多领资金。", "", "修订补贴核查办法。"), number),
            "handlers": self._pair(number),
            "dated": _day(number),
            "state": "approved",
            "note": _turn(NOTES, number),
        }

    def _interview(self, number: int) -> Values:
        asked = "问：请谈谈班子执行民主集中制的情况。\n答："
        return {
            "person_kind": _code("interview", "person_kind", number),
            "held_on": _day(number),
            "from_time": "14:30",
            "to_time": "16:00",
            "place": _turn(PLACES, number) or "镇政府三楼",
            "talkers": self._pair(number),
            "recorder": self.members[0],
            "informed": ["identity", "purpose", "secrecy", "truth"],
            "text": "\n".join(asked + _turn(FACTS, number + place) for place in range(1 + number % 12)),
            "summaries": [
                {"topic": _code("interview_summary", "topic", number + place), "summary": _turn(FACTS, number + place)}
                for place in range(number % 4)
            ],
            "on_leadership": _code("interview", "on_leadership", number),
            "on_principal": _code("interview", "on_principal", number + 1),
            "check_items": self.items[:1],
            "confirmation": "signed",
            "secrecy": "normal",
            "persons": [{"name": _turn(PEOPLE, number), "unit": "平湖镇", "post": "干部"}],
        }

    def _borrowing(self, number: int) -> Values:
        return {
            "name": _turn(("党委会议记录", "财政所会计凭证及附件、银行对账单、往来款明细账", LONGEST_TITLE), number),
            "batch": f"第{'一二三四五六七八九'[number // 10 % 9]}批",
            "period": _turn(PERIODS, number),
            "quantity": _turn(QUANTITIES, number),
            "department": _turn(PLACES, number),
            "due_on": _day(number),
            "received_on": _day(number + 2),
            "borrower": self.members[number % len(self.members)],
            "returned_on": _day(number + 9) if number % 2 else None,
            "taker": _turn(PEOPLE, number),
            "missing": _turn(NOTES, number),
            "conclusion": _turn(CASES, number),
            "check_items": self.items[:1],
        }

    def _petition(self, number: int) -> Values:
        return {
            "subject": _turn(TITLES, number),
            "received_on": _day(number),
            "channel": _code("petition", "channel", number),
            "signature": _code("petition", "signature", number),
            "reporter": f"{_turn(PEOPLE, number)}，东禾村村民",
            "accused": f"{_turn(PEOPLE, number)}，平湖镇农业农村办公室主任",
            "text": _turn(FACTS, number),
            "problem_type": _turn(self.types, number),
            "in_scope": True,
            "handling": _code("petition", "handling", number),
            "leader_note": "请核实。",
            "handler": self.members[0],
            "due_on": _day(number + 10),
            "outcome": _turn(CASES, number),
            "note": _turn(NOTES, number),
        }

    def _visit(self, number: int) -> Values:
        return {
            "place": f"东禾村{number + 1}组",
            "visited_on": _day(number),
            "person_group": _code("visit", "person_group", number),
            "way": _code("visit", "way", number),
            "who": _turn(PEOPLE, number),
            "households": 1,
            "visitors": self._pair(number),
            "text": _turn(FACTS, number),
            "requests": [
                {"request": _turn(FACTS, number + place), "route": _code("visit_request", "route", place),
                 "due_on": _day(place), "answer": _turn(NOTES, place)}
                for place in range(number % 30)
            ],
        }  # fmt: skip

    def _poll(self, number: int) -> Values:
        questions = ("政治素质", "对镇党委选人用人工作的总体评价，包括程序规范、条件把关和公道正派等方面", "作风建设")
        return {
            "name": f"第{number + 1}次民主测评（全体中层以上干部）",
            "held_on": _day(number),
            "scope": "全体中层以上干部",
            "object": _code("poll", "object", number),
            "scale": "grade",
            "issued": 120,
            "returned": 118,
            "valid": 117,
            "questions": [
                {"question": question, "first": 90, "second": 20, "third": 5, "fourth": 1, "unknown": 1}
                for question in questions * (1 + number % 3)
            ],
        }

    def _voucher(self, number: int) -> Values:
        return {
            "summary": _turn(TITLES, number),
            "book": _turn(PLACES, number) or "镇财政所",
            "period": "2023年",
            "voucher_on": _day(number),
            "voucher_no": f"记-{number:04}",
            "account": "管理费用—办公费",
            "amount": _turn(FEN, number) or 100,
            "doubts": ["round", "vague"],
            "attachments": _turn(NOTES, number),
            "result": _turn(FACTS, number),
            "checker": self.members[0],
            "reviewer": self.members[1],
        }

    def _quick_fix(self, number: int) -> Values:
        return {
            "title": _turn(TITLES, number),
            "to_unit": self.unit,
            "facts": _turn(FACTS, number),
            "demand": _turn(FACTS, number + 1),
            "due_on": _day(number + 20),
            "approval": "组长同意",
            "signer": self.members[0],
            "issued_on": _day(number),
            "progress": _turn(FACTS, number + 2),
            "result": _code("quick_fix", "result", number),
            "closed_on": _day(number + 30) if number % 2 else None,
            "papers": self.papers[:1],
        }

    def _fact_check(self, number: int) -> Values:
        return {
            "title": _turn(TITLES, number),
            "papers": self.papers[:1],
            "overview": _turn(FACTS, number),
            "facts": "\n".join(_turn(FACTS, number + place) for place in range(1 + number % 8)),
            "sent_on": _day(number),
            "due_on": _day(number + 3),
            "handlers": self._pair(number),
        }

    def _meeting(self, number: int) -> Values:
        few = 1 + number % 25
        return {
            "name": f"第{number + 1}次组务会",
            "held_on": _day(number),
            "time": "19:30—21:00",
            "place": "驻地二楼会议室",
            "chair": self.members[0],
            "recorder": self.members[1],
            "present": self.members,
            "agenda": [
                {"topic": _code("agenda_item", "topic", place), "subject": _turn(TITLES, place),
                 "discussion": _turn(FACTS, place)}
                for place in range(few)
            ],
            "conclusions": [
                {"paper": _turn(self.papers, place), "conclusion": _code("paper_conclusion", "conclusion", place),
                 "reason": _turn(NOTES, place)}
                for place in range(few)
            ],
            "decisions": [
                {"text": _turn(TITLES, place), "member": self.members[0], "due_on": _day(place)}
                for place in range(few)
            ],
        }  # fmt: skip

    def _hearing(self, number: int) -> Values:
        return {
            "layer": _code("hearing", "layer", number),
            "way": _code("hearing", "way", number),
            "held_on": _day(number),
            "listeners": "市委书记、市纪委书记",
            "opinions": _turn(FACTS, number),
            "outcome": _turn(FACTS, number + 1),
        }


def _turn(choices: Sequence[Any], number: int) -> Any:
    return choices[number % len(choices)]


def _code(entity: str, name: str, number: int) -> str:
    return _turn(list(fields(entity)[name].choices or {}), number)


def _day(number: int) -> str:
    return f"2031-{3 + number % 60 // 30:02}-{1 + number % 28:02}"
