"""The report line by line as its template prints it, each line with the field it comes from: for the live view."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xuncha_desktop import rich
from xuncha_desktop.exports.report import content_of
from xuncha_desktop.exports.traces import Sourced
from xuncha_desktop.rich import Block, Item, Table
from xuncha_desktop.services.export_data import InspectionData, PaperLine

_TABLE = ("序号", "聚焦方面", "问题分类", "问题标题", "涉及金额（万元）", "责任主体", "备注")
_CELLS = ("number", "focus", "problem_type", "title", "amount", "responsible", "remark")
_GAP = "　"
_PARTS = {
    "opening": "巡察工作开展情况",
    "evaluation": "总体评价",
    "findings": "发现的主要问题",
    "leadership": "对领导班子及主要负责人的评价",
    "suggestions": "意见建议",
    "leads": "问题线索",
}


@dataclass(frozen=True, slots=True)
class Source:
    """The field a line comes from; without a record nobody wrote it."""

    entity: str = ""
    record: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its style, its words, and where in its field they begin."""

    style: (
        str  # title, subtitle, addressee, part, heading, problem, body, cells, attachment, signature, date, mark, row
    )
    text: str = ""
    source: Source = Source()
    offset: int = 0  # of the first character that comes from the field, in the field
    prefix: int = 0  # characters before it that the program wrote
    bold: tuple[tuple[int, int], ...] = ()  # from where to where
    columns: tuple[int, ...] = ()  # of a table's row, parted by tabs: how many characters each cell has at most

    def place(self, column: int) -> int:
        """The place in the field that a column of the line comes from."""
        return self.offset + max(0, column - self.prefix)


def of_report(data: InspectionData, *, draft: bool) -> list[Line]:
    """All lines that would be exported now; what is still lacking is marked in the final text, too."""
    return list(_lines(data, content_of(data, draft=True), draft))


def _lines(data: InspectionData, content: Mapping[str, Any], draft: bool) -> Iterator[Line]:
    def own(name: str) -> Source:
        return Source("report", data.report_id, name)

    offset = 0
    for part in content["title"].split("\n"):  # broken by the program: the field has no such break
        yield Line("title", part, own("title"), offset)
        offset += len(part)
    if draft:
        yield Line("subtitle", "（草稿）")
    yield Line("subtitle")
    yield Line("addressee", f"{content['addressee']}：", own("addressee"))
    for name, title in _PARTS.items():
        if not content[name]["number"]:
            continue
        yield Line("part", f"{content[name]['number']}{title}")
        if name == "findings":
            yield from _findings(data, content[name]["headings"])
        elif name == "suggestions":
            yield from _suggestions(content[name]["paragraphs"], data.report[name], own(name))
        else:
            for place, paragraph in enumerate(content[name]["paragraphs"]):
                computed = name == "leads" or (name == "opening" and place == 0)
                yield from _split("body", paragraph, Source("inspection", data.inspection) if computed else own(name))
    yield from _end(content, own)
    yield from _problem_list(data, content["problem_list"])


def _findings(data: InspectionData, headings: list[dict[str, Any]]) -> Iterator[Line]:
    if not data.papers:  # a draft says where the problems would stand
        for heading in headings:
            yield Line("heading", f"{heading['number']}{heading['title']}")
            yield from (Line("problem", f"{problem['number']}{problem['title']}") for problem in heading["problems"])
        return
    for number, (heading, record) in enumerate(zip(headings, data.headings, strict=True), 1):
        papers = [line for line in data.papers if line.place and line.place.section == number]
        yield Line("heading", f"{heading['number']}{heading['title']}")
        if heading["text"]:
            yield from _split("body", heading["text"], Source("report_text", record, "text"))
        for problem, paper in zip(heading["problems"], papers, strict=True):
            yield from _problem(problem, paper)


def _problem(problem: dict[str, Any], paper: PaperLine) -> Iterator[Line]:
    yield from _split("problem", problem["title"], Source("paper", paper.id, "title"), problem["number"])
    for name, paragraphs in (("overview", "paragraphs"), ("typical_case", "case_paragraphs")):
        for paragraph in problem[paragraphs]:
            yield from _split("body", paragraph, Source("paper", paper.id, name))


def _suggestions(paragraphs: list[str], written: str, source: Source) -> Iterator[Line]:
    """Numbered by the program; lines without a sign are not printed."""
    offset, offsets = 0, list[tuple[int, int]]()
    for line in written.split("\n"):
        if line:
            offsets.append((offset, len(line)))
        offset += len(line) + 1
    for paragraph, (start, length) in zip(paragraphs, offsets or [(0, len(paragraphs[0]))], strict=True):
        yield Line("body", paragraph, source, start, len(paragraph) - length)


def _end(content: Mapping[str, Any], own: Any) -> Iterator[Line]:
    for place, attachment in enumerate(content["attachments"]):
        if place == 0:
            yield Line("attachment")
        yield Line("attachment", f"{'' if place else '附件：'}{attachment['number']}{attachment['name']}")
    if content["signature"] or content["date"]:
        yield Line("signature")
        yield from _split("signature", content["signature"], own("signature"))
        yield Line("date", content["date"], own("dated"))


def _problem_list(data: InspectionData, table: Mapping[str, Any]) -> Iterator[Line]:
    """The attached table, a line for each row."""
    if not table["rows"]:
        return
    yield Line("mark")
    yield Line("mark", table["mark"])
    yield Line("title", table["title"])
    yield Line("row", _GAP.join(_TABLE))
    for row, paper in zip(table["rows"], data.papers, strict=True):
        words = _GAP.join(row[cell] for cell in _CELLS if row[cell]).replace("\n", " ")
        yield Line("row", words, Source("paper", paper.id, "title"))
    if table["total"]:
        yield Line("row", f"合计{_GAP}{table['total']}")


def _split(style: str, text: str, source: Source, number: str = "") -> Iterator[Line]:
    """A text's lines are paragraphs of their own, as in the file."""
    if isinstance(text, Sourced) and text.blocks:
        yield from _set_out(style, text.blocks, source)
        return
    offset = 0
    for place, line in enumerate(text.split("\n")):
        before = "" if place else number
        yield Line(style, f"{before}{line}", source, offset, len(before))
        offset += len(line) + 1


def _set_out(style: str, blocks: Sequence[Block], source: Source) -> Iterator[Line]:
    """The same of a text with lists and tables: the signs of points are the program's, a row is a line."""
    offset = 0
    for block in blocks:
        if isinstance(block, Table):
            lengths = ([len(rich.words_of(cell)) for cell in row] for row in block.rows)
            columns = tuple(map(max, zip(*lengths, strict=True)))
            for row in block.rows:
                words = "\t".join(map(rich.words_of, row))
                yield Line("cells", words, source, offset, 0, rich.bold_spans([Table((row,))]), columns)
                offset += len(words) + 1
        else:
            sign = block.sign if isinstance(block, Item) else ""
            words = f"{sign}{rich.words_of(block.runs)}"
            yield Line(style, words, source, offset + len(sign), len(sign), rich.bold_spans([block]))
            offset += len(words) + 1
