"""An official document in parts: 一、 （一） 1. numbered without gaps, tables of counts, signature and day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.declared import WordDeclared, named
from xuncha_desktop.exports.document import WordFile, word_file
from xuncha_desktop.exports.numerals import chinese
from xuncha_desktop.exports.sourced_texts import cut, of_field
from xuncha_desktop.exports.traces import joined
from xuncha_desktop.model.show import long_date
from xuncha_desktop.services.export_data import Head, InspectionData

ALIASES: Mapping[str, str] = {
    "标题": "title", "称谓": "addressee", "是否草稿": "draft", "各部分": "parts", "署名": "signature",
    "成文日期": "date",
}  # fmt: skip
_LAST_NUMERAL = 99
_TITLE_LINE = 20  # characters of 二号 on a line


@dataclass(frozen=True)
class Item:
    """A third-level point: 1. and its paragraphs."""

    title: str
    paragraphs: Sequence[str] = ()


@dataclass(frozen=True)
class Point:
    """A second-level point: （一） with paragraphs, third-level points and a table; without a title no heading."""

    title: str = ""
    paragraphs: Sequence[str] = ()
    items: Sequence[Item] = ()
    rows: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class Part:
    """A part of the document; one that says nothing vanishes with its heading."""

    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[Point] = ()


@dataclass(frozen=True)
class Official:
    """The whole document, before it is numbered."""

    title: str
    addressee: str
    parts: Sequence[Part]
    signature: str
    date: str  # in words

    def file(self, inspection: str, papers: int | None, template: str, draft: bool) -> WordFile:
        """The document ready to be written; a draft marks what is missing."""
        gap = GAP if draft else ""
        numbers = count(1)
        content: dict[str, object] = {
            "title": broken(self.title) or gap,
            "addressee": cut(self.addressee, 0, len(self.addressee.removesuffix("："))) or gap,
            "draft": draft,
            "parts": [_part(_numeral(next(numbers)), part) for part in self.parts if _says(part)],
            "signature": self.signature or gap,
            "date": self.date or gap,
        }
        return word_file(inspection, papers, template, content, ALIASES)


def declared(template: str, row: Sequence[str] = ()) -> WordDeclared:
    """What the template of such a document may name; `row` are the columns of its tables."""
    rows = [{name: f"{name}·0" for name in row}] if row else []
    item = {"number": "1.", "title": "事项·0", "paragraphs": ["事项段落·0"]}
    point = {"number": "（一）", "title": "要点·0", "paragraphs": ["要点段落·0"], "items": [item], "rows": rows}
    part = {"number": "一、", "title": "部分·0", "paragraphs": ["段落·0"], "points": [point]}
    texts = {"title": "标题·0", "addressee": "称谓·0", "signature": "署名·0", "date": "日期·0"}
    content: dict[str, object] = {**texts, "draft": True, "parts": [part]}
    return WordDeclared(template, lambda: named(content, ALIASES), {*ALIASES, "draft"}, ALIASES)


def of_report(data: InspectionData | Head, title: str, parts: Sequence[Part]) -> Official:
    """A document with the addressee, signature and day of the report."""

    def written(name: str, text: str) -> str:
        return of_field(text, "report", data.report_id, name)

    report = data.report
    return Official(
        title,
        written("addressee", report["addressee"]),
        parts,
        written("signature", report["signature"]),
        written("dated", long_date(report["dated"]) if report["dated"] else ""),
    )


def broken(title: str) -> str:
    """A title longer than a line begins its second one at 关于, not in the middle of a word."""
    place = title.find("关于")
    if len(title) <= _TITLE_LINE or not 0 < place < len(title) - len("关于"):
        return title
    return joined(cut(title, 0, place), "\n", cut(title, place, len(title)))


def _says(part: Part) -> bool:
    return any(part.paragraphs) or any(p.paragraphs or p.items or p.rows for p in part.points)


def _part(number: str, part: Part) -> dict[str, object]:
    numbers = count(1)
    return {
        "number": f"{number}、",
        "title": part.title,
        "paragraphs": _lines(part.paragraphs),
        "points": [
            {
                "number": f"（{_numeral(next(numbers))}）" if point.title else "",
                "title": point.title,
                "paragraphs": _lines(point.paragraphs),
                "items": [
                    {"number": f"{order}.", "title": item.title, "paragraphs": _lines(item.paragraphs)}
                    for order, item in enumerate(point.items, 1)
                ],
                "rows": [dict(row) for row in point.rows],
            }
            for point in part.points
        ],
    }


def _lines(paragraphs: Sequence[str]) -> list[str]:
    return [paragraph for paragraph in paragraphs if paragraph.strip()]


def _numeral(number: int) -> str:
    return chinese(number) if number <= _LAST_NUMERAL else str(number)
