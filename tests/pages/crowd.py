"""Fictitious records by the hundred, ordinary and odd in turn: what every document has to bear on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.cheap_keys import CHEAP, PASSWORD
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import fields
from xuncha_desktop.services import cases, intake, records, reports
from xuncha_desktop.store import opening
from xuncha_desktop.store.store import Store

LONGEST_TITLE = (
    "镇党委对村级集体“三资”监管责任落实不到位，村集体资产底数不清、资源发包程序不规范、合同管理混乱、"
    "租金长期拖欠未收回，资金使用审批流于形式，财务公开不及时不完整，村务监督委员会作用发挥不明显，"
    "村集体经济组织负责人长期兼任报账员，相关职能办公室指导检查走过场，对上级交办的专项清理任务应付了事，"
    "台账登记与实际情况严重不符，部分资产资源长期闲置流失，群众反映强烈，造成集体利益受损并引发多起信访件"
)
_TITLES = (
    "“第一议题”制度落实不严格",
    "惠农补贴资金审核把关不严",
    "公务用车维修费用报销审批手续不完备，2023年1月至2024年6月先后有46张凭证缺少清单",
    "村级小型工程化整为零规避招标",
    LONGEST_TITLE,
    "党费收缴、使用不规范",
)
_FACTS = (
    "2023年1月至2024年6月，镇党委“第一议题”应学47项，实际学习31项，有16项未按要求及时跟进，"
    "研讨发言多为照抄照搬文件，年度学习计划没有结合本镇实际。",
    "镇农业农村办公室对耕地地力保护补贴面积核实走过场，仅凭村级上报数据汇总拨付。抽查5个村发现，"
    "重复申报、超面积申报共63户，涉及资金128,600.50元，占抽查户数的12.35%。\n"
    "2024年9月18日，巡察组到现场核对，有关人员对上述情况无异议。",
    "财政所没有建账。",
    "镇机关食堂、公务用车维修等支出长期由经办人自行询价、自行验收，原始凭证要素不全。抽查凭证320份，"
    "其中46份缺少清单或审批手续，涉及金额38.20万元，最大一笔为2023年11月第27号凭证列支的2.45万元。\n"
    "镇党委没有专题研究过财务管理工作，对上述问题长期失察失管。\n"
    "有关制度见《青禾市乡镇财务管理暂行办法》（青财发〔2021〕15号）第八条、第二十三条第（四）项。",
)
_CASES = ("", "例如：东禾村2023年将已流转的118亩耕地由原承包户和经营主体同时申报。", "有的支部一年未召开组织生活会。")
_PEOPLE = ("周明远", "林　岚", "欧阳𬭎彤", "㐱玥", "阿卜杜热合曼·买买提", "王𠅤")
_FEN = (1_286_050, None, 99_999_999_999, 1_000_000, None, 38_200_000)
_PLACES = ("平湖镇农业农村办公室", "", "东禾村", "青禾市公共资源交易中心平湖分中心（镇便民服务中心二楼）")
_NOTES = ("", "", "另见补充材料。", "原件存镇档案室，因装订无法拆分，只翻拍了涉及的页面，需要时请联系保管人当面查阅。")
_QUANTITIES = ("12册", "1份", "约3,600页（含附件、图纸和电子数据光盘2张）", "")
_PERIODS = ("2021—2024年", "近三年", "2023年1月1日至2024年6月30日")
_PLAN: Mapping[str, Any] = {
    "case": {"name": "虚构案卷", "office": "中共青禾市委", "sample": True},
    "round": {"name": "第十五届第六轮", "term": 15, "number": 6, "year": 2031, "name_persons": True},
    "team": {"name": "市委第六巡察组", "number": 6},
    "members": [
        {
            "name": name,
            "code": f"M{chr(65 + number)}G",
            "role": "leader" if number == 0 else "deputy" if number == 1 else "handler",
            "unit": "青禾市纪委监委" if number % 2 else "中共青禾市委巡察工作领导小组办公室",
            "post": "四级调研员" if number % 2 else "副主任、一级主任科员",
            "duty": "财务审计、工程建设领域核查" if number % 2 else "",
            "joined_on": "2031-03-01",
        }
        for number, name in enumerate(_PEOPLE)
    ],
    "units": [
        {"name": "中共青禾市无人镇委员会", "short_name": "无人镇党委", "code": "WRZ", "kind": "township",
         "party_body": "committee", "secretary": "石　远"},
        {"name": "中共青禾市平湖镇委员会", "short_name": "平湖镇党委", "code": "PHZ", "kind": "township",
         "party_body": "committee", "secretary": "石　远"},
        {"name": "中共青禾市青石街道工作委员会", "short_name": "青石街道党工委", "code": "QSJ", "kind": "township",
         "party_body": "work_committee", "secretary": "欧阳𬭎彤"},
    ],
    "inspections": [
        {"unit": code, "entry_on": "2031-03-01", "stay_end_on": "2031-05-01", "feedback_on": "2031-06-10",
         "plan_due_on": "2031-06-30", "rectify_until": "2031-09-10"}
        for code in ("WRZ", "PHZ", "QSJ")
    ],
}  # fmt: skip
_REPORT: Mapping[str, Any] = {
    "opening": "巡察期间，巡察组广泛听取意见，深入查找问题，完成了巡察任务。现将有关情况报告如下。",
    "evaluation": "巡察认为，近年来能够贯彻落实上级决策部署，但对照新要求仍存在一些差距和不足。\n"
    "需要引起高度重视，切实加以解决。",
    "leadership": "班子总体团结，能够较好执行民主集中制。干部群众反映，班子抓落实的闭环意识不强，对基层监督偏软。",
    "suggestions": "强化政治引领，提高政治站位。\n压实管党治党责任，加强权力运行监督。\n抓实巡察整改，做好后半篇文章。",
}  # fmt: skip
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
    cases.begin(case.store, _PLAN)
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
        ):
            self._kind(entity, make, numbers)
        records.edit(store, "report", reports.of_inspection(store, self.inspection), _REPORT)

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
            "source": _turn(_PLACES, number),
            "original": _code("evidence", "original", number),
        }

    def _paper(self, number: int) -> Values:
        kinds = fields("paper_party")["kind"].choices or {}
        return {
            "title": _turn(_TITLES, number),
            "problem_type": _turn(self.types, number * 7),
            "overview": _turn(_FACTS, number),
            "typical_case": _turn(_CASES, number),
            "place": _turn(_PLACES, number),
            "level": _code("paper", "level", number),
            "sources": [_code("paper", "sources", number), _code("paper", "sources", number + 3)],
            "verified_facts": _turn(_FACTS, number + 1),
            "amount": _turn(_FEN, number),
            "people": number % 7 or None,
            "pieces": number % 5 or None,
            "period_from": "2021-01-01",
            "period_to": "2024-06-30",
            "basis": "《青禾市乡镇财务管理暂行办法》（青财发〔2021〕15号）第八条",
            "check_items": self.items[number % 20 : number % 20 + 2],
            "causes": [_code("paper", "causes", number)],
            "cause": _turn(_FACTS, number + 2),
            "parties": [
                {"kind": kind, "name": _turn((*_PEOPLE, "镇党委"), number + place), "note": _turn(_NOTES, number)}
                for place, kind in enumerate(list(kinds)[: 1 + number % 5])
            ],
            "leader_in_charge": _turn(_PEOPLE, number),
            "department": _turn(_PLACES, number),
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
            "note": _turn(_NOTES, number),
        }

    def _interview(self, number: int) -> Values:
        asked = "问：请谈谈班子执行民主集中制的情况。\n答："
        return {
            "person_kind": _code("interview", "person_kind", number),
            "held_on": _day(number),
            "from_time": "14:30",
            "to_time": "16:00",
            "place": _turn(_PLACES, number) or "镇政府三楼",
            "talkers": self._pair(number),
            "recorder": self.members[0],
            "informed": ["identity", "purpose", "secrecy", "truth"],
            "text": "\n".join(asked + _turn(_FACTS, number + place) for place in range(1 + number % 12)),
            "summaries": [
                {"topic": _code("interview_summary", "topic", number + place), "summary": _turn(_FACTS, number + place)}
                for place in range(number % 4)
            ],
            "on_leadership": _code("interview", "on_leadership", number),
            "on_principal": _code("interview", "on_principal", number + 1),
            "check_items": self.items[:1],
            "confirmation": "signed",
            "secrecy": "normal",
            "persons": [{"name": _turn(_PEOPLE, number), "unit": "平湖镇", "post": "干部"}],
        }

    def _borrowing(self, number: int) -> Values:
        return {
            "name": _turn(("党委会议记录", "财政所会计凭证及附件、银行对账单、往来款明细账", LONGEST_TITLE), number),
            "batch": f"第{'一二三四五六七八九'[number // 10 % 9]}批",
            "period": _turn(_PERIODS, number),
            "quantity": _turn(_QUANTITIES, number),
            "department": _turn(_PLACES, number),
            "due_on": _day(number),
            "received_on": _day(number + 2),
            "borrower": self.members[number % len(self.members)],
            "returned_on": _day(number + 9) if number % 2 else None,
            "taker": _turn(_PEOPLE, number),
            "missing": _turn(_NOTES, number),
            "conclusion": _turn(_CASES, number),
            "check_items": self.items[:1],
        }

    def _petition(self, number: int) -> Values:
        return {
            "subject": _turn(_TITLES, number),
            "received_on": _day(number),
            "channel": _code("petition", "channel", number),
            "signature": _code("petition", "signature", number),
            "reporter": f"{_turn(_PEOPLE, number)}，东禾村村民",
            "accused": f"{_turn(_PEOPLE, number)}，平湖镇农业农村办公室主任",
            "text": _turn(_FACTS, number),
            "problem_type": _turn(self.types, number),
            "in_scope": True,
            "handling": _code("petition", "handling", number),
            "leader_note": "请核实。",
            "handler": self.members[0],
            "due_on": _day(number + 10),
            "outcome": _turn(_CASES, number),
            "note": _turn(_NOTES, number),
        }

    def _visit(self, number: int) -> Values:
        return {
            "place": f"东禾村{number + 1}组",
            "visited_on": _day(number),
            "person_group": _code("visit", "person_group", number),
            "way": _code("visit", "way", number),
            "who": _turn(_PEOPLE, number),
            "households": 1,
            "visitors": self._pair(number),
            "text": _turn(_FACTS, number),
            "requests": [
                {"request": _turn(_FACTS, number + place), "route": _code("visit_request", "route", place),
                 "due_on": _day(place), "answer": _turn(_NOTES, place)}
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
            "summary": _turn(_TITLES, number),
            "book": _turn(_PLACES, number) or "镇财政所",
            "period": "2023年",
            "voucher_on": _day(number),
            "voucher_no": f"记-{number:04}",
            "account": "管理费用—办公费",
            "amount": _turn(_FEN, number) or 100,
            "doubts": ["round", "vague"],
            "attachments": _turn(_NOTES, number),
            "result": _turn(_FACTS, number),
            "checker": self.members[0],
            "reviewer": self.members[1],
        }

    def _quick_fix(self, number: int) -> Values:
        return {
            "title": _turn(_TITLES, number),
            "to_unit": self.unit,
            "facts": _turn(_FACTS, number),
            "demand": _turn(_FACTS, number + 1),
            "due_on": _day(number + 20),
            "approval": "组长同意",
            "signer": self.members[0],
            "issued_on": _day(number),
            "progress": _turn(_FACTS, number + 2),
            "result": _code("quick_fix", "result", number),
            "closed_on": _day(number + 30) if number % 2 else None,
            "papers": self.papers[:1],
        }

    def _fact_check(self, number: int) -> Values:
        return {
            "title": _turn(_TITLES, number),
            "papers": self.papers[:1],
            "overview": _turn(_FACTS, number),
            "facts": "\n".join(_turn(_FACTS, number + place) for place in range(1 + number % 8)),
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
                {"topic": _code("agenda_item", "topic", place), "subject": _turn(_TITLES, place),
                 "discussion": _turn(_FACTS, place)}
                for place in range(few)
            ],
            "conclusions": [
                {"paper": _turn(self.papers, place), "conclusion": _code("paper_conclusion", "conclusion", place),
                 "reason": _turn(_NOTES, place)}
                for place in range(few)
            ],
            "decisions": [
                {"text": _turn(_TITLES, place), "member": self.members[0], "due_on": _day(place)}
                for place in range(few)
            ],
        }  # fmt: skip


def _turn(choices: Sequence[Any], number: int) -> Any:
    return choices[number % len(choices)]


def _code(entity: str, name: str, number: int) -> str:
    return _turn(list(fields(entity)[name].choices or {}), number)


def _day(number: int) -> str:
    return f"2031-{3 + number % 60 // 30:02}-{1 + number % 28:02}"
