"""问题台账 (.xlsx): one row a paper, on the 32-column data form and on the ten-column form for the secretary."""

from collections.abc import Callable, Mapping

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
from xuncha_desktop.model.show import long_date
from xuncha_desktop.services import export_data
from xuncha_desktop.services.export_data import PaperLine
from xuncha_desktop.store.store import Store

TITLE = "问题台账"
TEMPLATE = "problem_ledger.xlsx"
Source = str | Callable[[PaperLine, int], Value]  # "entity.field", or what the paper and its line number give
# 主要问题 is always the report's third part: the opening and the evaluation before it are mandatory.
_FINDINGS_PART = 3


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
    return f"{chinese(_FINDINGS_PART)}、（{chinese(place.section)}）{place.number}." if place else ""


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


COLUMNS: tuple[tuple[str, Source], ...] = (
    ("序号", _order),
    ("底稿编号", "paper.official_number"),
    ("届次", "round.term"),
    ("轮次", "round.number"),
    ("巡察组", "team.name"),
    ("被巡察党组织", "unit.name"),
    ("组织类型", "unit.kind"),
    ("巡察方式", "inspection.mode"),
    ("延伸单位（村/社区/下属）", "paper.place"),
    ("聚焦方面", _section),
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
BRIEFING: tuple[tuple[str, Source], ...] = (
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
_SHEETS = (("问题台账", COLUMNS, ()), ("书记专题会汇报表", BRIEFING, ("被巡察党组织", "聚焦方面")))


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


def check(store: Store, inspection: str) -> CheckSheet:
    """What is missing, left out or in conflict, which columns have empty cells, which texts go on elsewhere."""
    data = export_data.of_inspection(store, inspection)
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


def collect(store: Store, inspection: str, draft: bool) -> LedgerFile:
    """The rows of both forms, the fields beyond them included."""
    data = export_data.of_inspection(store, inspection)
    extra = extra_columns()
    sheets: list[SheetRows] = []
    for name, columns, grouped in _SHEETS:
        sources = {**extra, **dict(columns)}
        sheets.append(
            SheetRows(
                name,
                tuple(title for title, _ in columns),
                tuple(_row(line, number, sources) for number, line in enumerate(data.papers, 1)),
                money=_of_kind(sources, Kind.MONEY),
                dates=_of_kind(sources, Kind.DATE),
                lighter_repeats=grouped,
            )
        )
    return LedgerFile(inspection, len(data.papers), ledger_template(TEMPLATE), tuple(sheets))


def _row(line: PaperLine, number: int, sources: Mapping[str, Source]) -> dict[str, Value]:
    return {
        title: _value(line, source) if isinstance(source, str) else source(line, number)
        for title, source in sources.items()
    }


def _value(line: PaperLine, path: str) -> Value:
    entity, _, name = path.partition(".")
    return cell(fields(entity)[name], line.values[entity][name], line.names)


def _of_kind(sources: Mapping[str, Source], kind: Kind) -> tuple[str, ...]:
    found: list[str] = []
    for title, source in sources.items():
        entity, _, name = source.partition(".") if isinstance(source, str) else ("", "", "")
        if entity and fields(entity)[name].kind is kind:
            found.append(title)
    return tuple(found)


DOCUMENT = Document("ledger", "inspection", TITLE, SUFFIX, check, collect, write, DECLARED)
