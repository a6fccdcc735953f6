"""What a 巡察情况报告 prints: plain data, numbered as official documents number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from xuncha_desktop.exports.numerals import chinese, in_fen, written_amount, written_date
from xuncha_desktop.exports.traces import sourced
from xuncha_desktop.model.show import decimals_of
from xuncha_desktop.services.export_data import Counted

PROBLEM_LIST = "问题清单"

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "标题": "title",
        "称谓": "addressee",
        "内部标识": "internal_mark",
        "是否草稿": "draft",
        "工作开展情况": "opening",
        "总体评价": "evaluation",
        "主要问题": "findings",
        "班子评价": "leadership",
        "意见建议": "suggestions",
        "问题线索": "leads",
        "附件说明": "attachments",
        "署名": "signature",
        "成文日期": "date",
        "问题清单": "problem_list",
    }
)


@dataclass(frozen=True)
class Problem:
    """One approved problem as it stands in the report: the point, what it is, the typical cases."""

    title: str
    paragraphs: tuple[str, ...] = ()
    case_paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """One 聚焦 with the problems under it."""

    title: str
    problems: tuple[Problem, ...]
    text: str = ""  # what leads from the heading to its problems


@dataclass(frozen=True)
class ProblemRow:
    """One line of 问题清单; the amount is in 万元."""

    focus: str
    problem_type: str
    title: str
    amount: Decimal | None
    responsible: str
    remark: str = ""
    paper: str = ""  # id, where the line comes from a record


@dataclass(frozen=True)
class Report:
    """The whole report; empty parts are left out with their heading. 问题清单 becomes the first attachment."""

    title: str
    addressee: str
    opening: tuple[str, ...] = ()
    statistics: str = ""
    evaluation: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    leadership: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    leads: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    day: date | None = None
    problem_list: tuple[ProblemRow, ...] = ()
    internal_mark: str = ""
    draft: bool = False

    def to_template(self) -> dict[str, object]:
        """The names a template may use, in English and by their Chinese aliases."""
        headings = [heading for heading in self.headings if heading.problems]
        parts: dict[str, list[str]] = {
            "opening": _filled((*self.opening, self.statistics)),
            "evaluation": _filled(self.evaluation),
            "findings": [heading.title for heading in headings],
            "leadership": _filled(self.leadership),
            "suggestions": _filled(self.suggestions),
            "leads": _filled((self.leads,)),
        }
        numbers = _number_parts(parts)
        data: dict[str, object] = {  # in the order of the page, which traces keep
            "title": self.title,
            "addressee": self.addressee,
            "internal_mark": self.internal_mark,
            "draft": self.draft,
        }
        data |= {name: {"number": numbers[name], "paragraphs": paragraphs} for name, paragraphs in parts.items()}
        data["findings"] = {
            "number": numbers["findings"],
            "headings": [_heading(number, heading) for number, heading in enumerate(headings, 1)],
        }
        names = [*([PROBLEM_LIST] if self.problem_list else []), *self.attachments]
        data |= {
            "attachments": _attachments(names),
            "signature": self.signature,
            "date": written_date(self.day) if self.day else "",
            "problem_list": _problem_list(self.problem_list, alone=len(names) == 1),
        }
        return data | {alias: data[name] for alias, name in ALIASES.items()}


def _filled(paragraphs: Iterable[str]) -> list[str]:
    return [paragraph for paragraph in paragraphs if paragraph]


def _number_parts(parts: Mapping[str, list[str]]) -> dict[str, str]:
    """一、二、三… over the parts that have something to print; nothing for the others."""
    numbers: dict[str, str] = {}
    count = 0
    for name, paragraphs in parts.items():
        count += bool(paragraphs)
        numbers[name] = f"{chinese(count)}、" if paragraphs else ""
    return numbers


def _heading(number: int, heading: Heading) -> dict[str, object]:
    return {
        "number": f"（{chinese(number)}）",
        "title": heading.title,
        "text": heading.text,
        "problems": [
            {
                "number": f"{place}.",
                "title": problem.title,
                "paragraphs": _filled(problem.paragraphs),
                "case_paragraphs": _filled(problem.case_paragraphs),
            }
            for place, problem in enumerate(heading.problems, 1)
        ],
    }


def _attachments(names: list[str]) -> list[dict[str, str]]:
    """1. 2. 3. and the names; a single attachment bears no number."""
    if len(names) == 1:
        return [{"number": "", "name": names[0]}]
    return [{"number": f"{number}.", "name": name} for number, name in enumerate(names, 1)]


def _problem_list(rows: tuple[ProblemRow, ...], alone: bool) -> dict[str, object]:
    """The attachment page; without rows there is no page, and so no mark and no title."""
    decimals = decimals_of([in_fen(row.amount) for row in rows if row.amount is not None])
    return {
        "mark": "" if not rows else "附件" if alone else "附件1",
        "title": PROBLEM_LIST if rows else "",
        "rows": [_row(number, row, decimals) for number, row in enumerate(rows, 1)],
        "total": _total(rows, decimals),
    }


def _row(number: int, row: ProblemRow, decimals: int) -> dict[str, str]:
    return {
        "number": str(number),
        "focus": row.focus,
        "problem_type": row.problem_type,
        "title": row.title,
        "amount": ""
        if row.amount is None
        else sourced(written_amount(row.amount, decimals), "paper", row.paper, "amount"),
        "responsible": row.responsible,
        "remark": row.remark,
    }


def _total(rows: Iterable[ProblemRow], decimals: int) -> str:
    counted = [row for row in rows if row.amount is not None]
    if not counted:
        return ""
    amount = sum((row.amount for row in counted if row.amount is not None), Decimal())
    papers = Counted("paper", tuple(row.paper for row in counted))
    return sourced(written_amount(amount, decimals), "paper", "", "amount", papers)
