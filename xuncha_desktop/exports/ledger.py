"""问题台账 (.xlsx): one row a paper, on the 32-column data form and on the ten-column form for the secretary."""

import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from xuncha_desktop.exports import inspection_check
from xuncha_desktop.exports.check_sheet import CheckSheet, Finding
from xuncha_desktop.exports.declared import SheetColumns, SheetsDeclared
from xuncha_desktop.exports.document import Document
from xuncha_desktop.exports.excel.fill import SheetRows, Value
from xuncha_desktop.exports.excel.text import pieces
from xuncha_desktop.exports.headings import brief
from xuncha_desktop.exports.ledger_file import SUFFIX as SUFFIX
from xuncha_desktop.exports.ledger_file import LedgerFile, cell
from xuncha_desktop.exports.ledger_file import write as write
from xuncha_desktop.exports.numerals import chinese
from xuncha_desktop.exports.templates import ledger_template
from xuncha_desktop.model import Kind, fields
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.model.show import long_date
from xuncha_desktop.services.export_data import InspectionData, PaperLine, of_inspection
from xuncha_desktop.store.store import Store

TITLE = SHEET = "问题台账"
SECTION = "聚焦方面"
TEMPLATE = "problem_ledger.xlsx"
Source = str | Callable[[PaperLine, int], Value]  # "entity.field", or what the paper and its line number give
# 主要问题 is always the report's third part: the opening and the evaluation before it are mandatory.
_FINDINGS_PART = 3
_LARGEST_PART = 5_000_000  # of a template: larger ones hold no titles


def _order(line: PaperLine, number: int) -> Value:
    return number


def _section(line: PaperLine, number: int) -> Value:
    return line.place.title if line.place else ""


def _unit(line: PaperLine, number: int) -> Value:
    unit = line.values["unit"]
    return unit["short_name"] or unit["name"]


def _focus(line: PaperLine, number: int) -> Value:
    return brief(line.place)


def _paragraph(line: PaperLine, number: int) -> Value:
    place = line.place
    return f"{chinese(_FINDINGS_PART)}、（{chinese(place.section)}）{place.number}." if place and place.section else ""


def _period(line: PaperLine, number: int) -> Value:
    days = [long_date(day) for day in (line.paper["period_from"], line.paper["period_to"]) if day]
    return "至".join(dict.fromkeys(days))


def _parties(line: PaperLine, number: int) -> Value:
    return "、".join(party["name"] for party in line.paper["parties"])


def _proofs(line: PaperLine, number: int) -> Value:
    return "；".join(f"{proof['number']}{proof['place']}" for proof in line.evidence)


def _type(line: PaperLine, number: int) -> Value:
    kind = line.values["problem_type"]
    return "／".join(filter(None, (kind["level2"], kind["name"])))


Columns = Sequence[tuple[str, Source]]
COLUMNS: Columns = (
    ("序号", _order),
    ("底稿编号", "paper.official_number"),
    ("届次", "round.term"),
    ("轮次", "round.number"),
    ("巡察组", "team.name"),
    ("被巡察党组织", "unit.name"),
    ("组织类型", "unit.kind"),
    ("巡察方式", "inspection.mode"),
    ("延伸单位（村/社区/下属）", "paper.place"),
    (SECTION, _section),
    ("一级分类", "problem_type.level1_name"),
    ("二级分类", "problem_type.level2"),
    ("三级分类", "problem_type.name"),
    ("问题标题", "paper.title"),
    ("问题表述（与报告一致）", "paper.overview"),
    ("典型事例", "paper.typical_case"),
    ("涉及金额（万元）", "paper.amount"),
    ("涉及人次", "paper.people"),
    ("发生时间段", _period),
    ("责任主体", _parties),
    ("分管领导", "paper.leader_in_charge"),
    ("责任科室", "paper.department"),
    ("定性依据", "paper.basis"),
    ("支撑材料编号", _proofs),
    ("发现方式", "paper.sources"),
    ("承办人", "paper.handlers"),
    ("审签日期", "paper.signed_on"),
    ("是否共性问题", "paper.common"),
    ("是否立行立改", "paper.quick_fix"),
    ("去向（报告/反馈/口头/线索/建议书）", "paper.destination"),
    ("对应报告段落", _paragraph),
    ("备注", "paper.note"),
)
BRIEFING: Columns = (
    ("序号", _order),
    ("被巡察党组织", _unit),
    ("聚焦方面", _focus),
    ("问题分类", _type),
    ("问题表述", "paper.overview"),
    ("典型事例（点人点事）", "paper.typical_case"),
    ("涉及金额（万元）", "paper.amount"),
    ("责任主体", _parties),
    ("处理建议", "paper.suggestion"),
    ("备注", "paper.note"),
)
_SHEETS = ((SHEET, COLUMNS, ()), ("书记专题会汇报表", BRIEFING, ("被巡察党组织", "聚焦方面")))


def extra_columns() -> dict[str, Source]:
    """Fields of a paper beyond the form, by label: a template that has such a column gets it filled."""
    titles = {title for title, _ in COLUMNS}
    named = {source for _, source in COLUMNS if isinstance(source, str)}
    return {
        described.label: f"paper.{name}"
        for name, described in fields("paper").items()
        if f"paper.{name}" not in named and described.label not in titles and described.kind is not Kind.ROWS
    }


def _declared() -> dict[str, SheetColumns]:
    further = tuple(extra_columns())
    return {name: SheetColumns(tuple(title for title, _ in columns), further) for name, columns, _ in _SHEETS}


DECLARED = SheetsDeclared(TEMPLATE, _declared)


def check(store: Store, data: InspectionData) -> CheckSheet:
    """What is missing, left out or in conflict, which columns have empty cells, which texts go on elsewhere."""
    found = inspection_check.findings(store, data)
    gaps: dict[str, int] = {}
    long_texts = 0
    for number, line in enumerate(data.papers, 1):
        row = _row(line, number, dict(COLUMNS))
        for title, value in row.items():
            if value is None or value == "":
                gaps[title] = gaps.get(title, 0) + 1
        long_texts += sum(len(pieces(value)) > 1 for value in row.values() if isinstance(value, str))
    if gaps:
        listed = "、".join(f"{title} {count} 份" for title, count in gaps.items())
        found.append(Finding("empty", f"台账中这些列有空格：{listed}"))
    if long_texts:
        found.append(Finding("length", f"{long_texts} 处文字超过一个单元格的上限，余下部分续在“长文本”表"))
    return CheckSheet(TITLE, len(data.papers), tuple(found))


def collect(store: Store, data: InspectionData, draft: bool) -> LedgerFile:
    """The rows of both forms, the fields beyond them included; what stands in the long one is kept for its return."""
    papers = data.papers
    template = ledger_template(TEMPLATE)
    rows = [rows_of(papers, columns) for _, columns, _ in _SHEETS]
    sheets = [
        SheetRows(
            name,
            tuple(title for title, _ in columns),
            of_sheet,
            money=of_kind(columns, Kind.MONEY),
            dates=of_kind(columns, Kind.DATE),
            lighter_repeats=grouped,
            listed={SECTION: data.framework} if name == SHEET else {},
        )
        for (name, columns, grouped), of_sheet in zip(_SHEETS, rows, strict=True)
    ]
    titles = [*(title for title, _ in COLUMNS), *_named_in(template, extra_columns())]
    cells = [[line.id, *(row[title] for title in titles)] for line, row in zip(papers, rows[0], strict=True)]
    printed = {"titles": titles, "rows": cells}
    return LedgerFile(data.inspection, len(papers), template, tuple(sheets), new_id(), printed)


def rows_of(papers: Sequence[PaperLine], columns: Columns = COLUMNS) -> tuple[dict[str, Value], ...]:
    """What the cells of each paper's row hold, by title; fields beyond the form included."""
    sources = {**extra_columns(), **dict(columns)}
    return tuple(_row(line, number, sources) for number, line in enumerate(papers, 1))


def _row(line: PaperLine, number: int, sources: Mapping[str, Source]) -> dict[str, Value]:
    return {
        title: _value(line, source) if isinstance(source, str) else source(line, number)
        for title, source in sources.items()
    }


def _value(line: PaperLine, path: str) -> Value:
    entity, _, name = path.partition(".")
    return cell(fields(entity)[name], line.values[entity][name], line.names)


def of_kind(columns: Columns, kind: Kind) -> tuple[str, ...]:
    """The titles that hold a kind of value."""
    found: list[str] = []
    for title, source in {**extra_columns(), **dict(columns)}.items():
        entity, _, name = source.partition(".") if isinstance(source, str) else ("", "", "")
        if entity and fields(entity)[name].kind is kind:
            found.append(title)
    return tuple(found)


def _named_in(template: Path, titles: Collection[str]) -> list[str]:
    """Those a template has the words of: only what may stand in a file is kept of it."""
    try:
        with zipfile.ZipFile(template) as package:
            small = [info for info in package.infolist() if info.file_size <= _LARGEST_PART]
            words = "".join(package.read(info).decode("utf-8", "replace") for info in small)
    except (OSError, zipfile.BadZipFile):  # the writer says what is wrong with it
        return []
    return [title for title in titles if title in words]


DOCUMENT = Document("ledger", "inspection", TITLE, SUFFIX, check, collect, write, DECLARED, read=of_inspection)
