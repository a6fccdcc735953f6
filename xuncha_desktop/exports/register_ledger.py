"""Ledgers of registers (.xlsx): the base that each of them fills in with its columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xuncha_desktop.exports.check_sheet import CheckSheet, Finding, conflict_findings
from xuncha_desktop.exports.declared import SheetColumns, SheetsDeclared
from xuncha_desktop.exports.document import Document
from xuncha_desktop.exports.excel.fill import SheetRows, Value
from xuncha_desktop.exports.excel.text import pieces
from xuncha_desktop.exports.ledger_file import SUFFIX, LedgerFile, cell, write
from xuncha_desktop.exports.templates import ledger_template
from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.services import export_checks, record_data
from xuncha_desktop.services.record_data import RecordData
from xuncha_desktop.store.store import Store

Row = Mapping[str, Value]
Column = str | tuple[str, Callable[[RecordData], Value]]  # a field, or a title and what stands under it
ORDER, UNIT = "序号", "被巡察党组织"  # every sheet begins with them


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its titles, and the fields a template may have columns for besides."""

    name: str
    titles: tuple[str, ...]
    further: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()  # titles set lighter where they repeat the row above


@dataclass(frozen=True, slots=True)
class Content:
    """What a case holds for a ledger: rows by sheet, without number and unit, and what a user should know."""

    rows: Mapping[str, Sequence[Row]]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterLedger:
    """A ledger of the records of one kind."""

    kind: str
    entity: str
    title: str
    sheets: Callable[[], tuple[Sheet, ...]]
    content: Callable[[Store, str], Content]

    @property
    def document(self) -> Document:
        """The line for the catalog."""
        return Document(
            self.kind, "inspection", self.title, SUFFIX, self.check, self.collect, write, self.declared,
            shown_at=self.entity,
        )  # fmt: skip

    @property
    def declared(self) -> SheetsDeclared:
        """The template and its columns."""
        return SheetsDeclared(
            f"{self.kind}{SUFFIX}", lambda: {s.name: SheetColumns(s.titles, s.further) for s in self.sheets()}
        )

    def check(self, store: Store, inspection: str) -> CheckSheet:
        """Whether there is anything to list, what is in dispute, empty or goes on elsewhere."""
        content, found = self.content(store, inspection), list[Finding]()
        if not any(content.rows.values()):
            found.append(Finding("missing", f"还没有{entities()[self.entity].LABEL}", True))
        gaps: dict[str, int] = {}
        long_texts = 0
        for sheet in self.sheets():
            for row in content.rows[sheet.name]:
                for title in set(sheet.titles) - {ORDER, UNIT}:
                    gaps[title] = gaps.get(title, 0) + (row.get(title) in (None, ""))
                long_texts += sum(len(pieces(value)) > 1 for value in row.values() if isinstance(value, str))
        titles = dict.fromkeys(title for sheet in self.sheets() for title in sheet.titles)
        if listed := "、".join(f"{title} {gaps[title]} 处" for title in titles if gaps.get(title)):
            found.append(Finding("empty", f"台账中这些列有空格：{listed}"))
        if long_texts:
            found.append(Finding("length", f"{long_texts} 处文字超过一个单元格的上限，余下部分续在“长文本”表"))
        return CheckSheet(self.title, None, (*found, *content.findings))

    def collect(self, store: Store, inspection: str, draft: bool) -> LedgerFile:
        """Every row, numbered."""
        content = self.content(store, inspection)
        unit = record_data.around_inspection(store, inspection)["unit"]
        around = unit["short_name"] or unit["name"]
        sheets = tuple(
            SheetRows(
                sheet.name,
                sheet.titles,
                tuple({ORDER: number, UNIT: around, **row} for number, row in enumerate(content.rows[sheet.name], 1)),
                dates=sheet.dates,
                lighter_repeats=sheet.repeats,
            )
            for sheet in self.sheets()
        )
        return LedgerFile(inspection, None, ledger_template(self.declared.file), sheets)


def of_register(
    kind: str,
    entity: str,
    title: str,
    columns: Sequence[Column],
    order: Sequence[str],
    *,
    closed: bool = False,
    gather: Callable[[Store, str], list[RecordData]] | None = None,
) -> RegisterLedger:
    """A ledger with one row a record; where it is `closed`, a template cannot ask for more of the fields.

    What `gather` gives is of no unit.
    """

    def sheets() -> tuple[Sheet, ...]:
        described = fields(entity)
        titles = tuple(described[one].label if isinstance(one, str) else one[0] for one in columns)
        dates = [field.label for field in described.values() if field.kind is Kind.DATE]
        return (
            Sheet(
                title,
                (ORDER, *([] if gather else [UNIT]), *titles),
                () if closed else _further(entity, titles),
                tuple(dates),
            ),
        )

    def content(store: Store, inspection: str) -> Content:
        found = gather(store, inspection) if gather else record_data.of_inspection(store, entity, inspection, order)
        (sheet,) = sheets()
        rows = [_row(one, columns, sheet.further) for one in found]
        return Content({title: rows}, tuple(disputed(store, entity, found)))

    return RegisterLedger(kind, entity, title, sheets, content)


def disputed(store: Store, entity: str, found: Sequence[RecordData]) -> list[Finding]:
    """Fields of these records with two versions."""
    title = entities()[entity].TITLE.partition(".")[0]
    called = {one.id: (entity, str(one.values[title])) for one in found}
    return conflict_findings(export_checks.disputed(store, called), called)


def _further(entity: str, titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        field.label
        for field in fields(entity).values()
        if not field.private and field.kind is not Kind.ROWS and field.label not in (*titles, "巡察任务")
    )


def _row(one: RecordData, columns: Sequence[Column], further: Sequence[str]) -> Row:
    described = fields(one.entity)
    row: dict[str, Value] = {
        field.label: cell(field, one.values[name], one.names)
        for name, field in described.items()
        if field.label in further
    }
    for column in columns:
        if isinstance(column, str):
            row[described[column].label] = cell(described[column], one.values[column], one.names)
        else:
            row[column[0]] = column[1](one)
    return row
