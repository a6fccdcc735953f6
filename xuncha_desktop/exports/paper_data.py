"""What a 问题底稿 (form F01) prints: plain data for the form and its pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from xuncha_desktop.exports.numerals import written_amount, written_date

PICTURES_A_PAGE = 2
FEWEST_HANDLERS = 2
# Names that choose something and are not printed as text; the read-back passes them over.
UNPRINTED = frozenset({"key"})

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "底稿编号": "number",
        "届次轮次巡察组": "round",
        "编制日期": "date",
        "被巡察党组织": "unit",
        "问题发生单位及层级": "place",
        "底稿名称": "title",
        "问题分类": "problem_type",
        "报告章节": "heading",
        "对应清单事项": "check_items",
        "问题来源": "sources",
        "涉及金额": "amount",
        "涉及人次": "persons",
        "涉及件数": "items",
        "问题概述": "overview",
        "查证事实": "facts",
        "定性依据": "basis",
        "原因剖析": "causes",
        "责任主体": "duties",
        "分管领导": "leader",
        "责任科室": "department",
        "支撑材料目录": "evidence",
        "沟通情况": "communication",
        "处理建议": "suggestion",
        "是否立行立改": "quick_fix",
        "是否涉及问题线索": "lead",
        "采用去向": "destination",
        "承办人": "handlers",
        "副组长复核意见": "deputy_opinion",
        "组务会研究结论": "meeting",
        "组长审签意见": "leader_opinion",
        "巡察办审核备注": "office_note",
        "备注": "note",
        "图片页": "picture_pages",
    }
)


@dataclass(frozen=True)
class Duty:
    """Who answers for the problem, and how: 主体责任, 第一责任人责任, 监督责任 ..."""

    kind: str
    party: str
    analysis: str = ""


@dataclass(frozen=True)
class Evidence:
    """One line of 支撑材料目录."""

    number: str
    name: str
    kind: str
    pages: str
    source: str
    original: str  # 原件, 复印件, 翻拍件 or 电子件


@dataclass(frozen=True)
class PaperPicture:
    """A picture behind the form: the key its bytes are asked for by, and what stands under it."""

    key: str
    number: str
    name: str


@dataclass(frozen=True)
class Paper:
    """One working paper; long texts may hold several lines, each becomes a paragraph."""

    number: str
    round: str
    unit: str
    title: str
    day: date | None = None
    place: str = ""
    problem_type: str = ""
    heading: str = ""
    check_items: str = ""
    sources: tuple[str, ...] = ()
    amount: Decimal | None = None
    persons: int | None = None
    items: int | None = None
    overview: str = ""
    facts: str = ""
    basis: str = ""
    causes: str = ""
    duties: tuple[Duty, ...] = ()
    leader: str = ""
    department: str = ""
    evidence: tuple[Evidence, ...] = ()
    communication: str = ""
    suggestion: str = ""
    quick_fix: bool = False
    lead: bool = False
    destination: str = ""
    handlers: tuple[str, ...] = ()
    deputy_opinion: str = ""
    meeting: str = ""
    leader_opinion: str = ""
    office_note: str = ""
    note: str = ""
    pictures: tuple[PaperPicture, ...] = ()

    def to_template(self) -> dict[str, object]:
        """The names a template may use, in English and by their Chinese aliases."""
        boxes = [*self.handlers, *[""] * max(0, FEWEST_HANDLERS - len(self.handlers))]
        data: dict[str, object] = {
            "number": self.number,
            "round": self.round,
            "date": written_date(self.day) if self.day else "",
            "unit": self.unit,
            "place": self.place,
            "title": self.title,
            "problem_type": self.problem_type,
            "heading": self.heading,
            "check_items": self.check_items,
            "sources": "、".join(self.sources),
            "amount": "" if self.amount is None else written_amount(self.amount),
            "persons": _count(self.persons),
            "items": _count(self.items),
            "overview": self.overview,
            "facts": self.facts,
            "basis": self.basis,
            "causes": self.causes,
            "duties": [{"kind": duty.kind, "party": duty.party, "analysis": duty.analysis} for duty in self.duties],
            "leader": self.leader,
            "department": self.department,
            "evidence": [_evidence(order, item) for order, item in enumerate(self.evidence, 1)],
            "communication": self.communication,
            "suggestion": self.suggestion,
            "quick_fix": _yes_or_no(self.quick_fix),
            "lead": _yes_or_no(self.lead),
            "destination": self.destination,
            "handlers": [{"name": name} for name in boxes],
            "deputy_opinion": self.deputy_opinion,
            "meeting": self.meeting,
            "leader_opinion": self.leader_opinion,
            "office_note": self.office_note,
            "note": self.note,
            "picture_pages": _picture_pages(self.pictures),
        }
        return data | {alias: data[name] for alias, name in ALIASES.items()}


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes_or_no(value: bool) -> str:
    return "是" if value else "否"


def _evidence(order: int, item: Evidence) -> dict[str, str]:
    return {
        "order": str(order),
        "number": item.number,
        "name": item.name,
        "kind": item.kind,
        "pages": item.pages,
        "source": item.source,
        "original": item.original,
    }


def _picture_pages(pictures: tuple[PaperPicture, ...]) -> list[dict[str, object]]:
    """Two pictures a page at most, so that each can still be read on paper."""
    groups = [pictures[start : start + PICTURES_A_PAGE] for start in range(0, len(pictures), PICTURES_A_PAGE)]
    return [
        {
            "title": f"支撑材料图片（第{page}页，共{len(groups)}页）",
            "pictures": [{"key": picture.key, "number": picture.number, "name": picture.name} for picture in group],
        }
        for page, group in enumerate(groups, 1)
    ]
