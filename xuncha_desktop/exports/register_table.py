"""A table of all records of a register: one line a record, numbered, with what stands around it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, conflict_findings
from xuncha_desktop.exports.declared import WordDeclared, named
from xuncha_desktop.exports.document import WORD, Document, WordFile, word_file, write
from xuncha_desktop.exports.record_form import AROUND, in_cell, printed, specimen_of
from xuncha_desktop.model import entities, fields
from xuncha_desktop.services import export_checks, record_data
from xuncha_desktop.services.export_data import Values
from xuncha_desktop.services.record_data import RecordData
from xuncha_desktop.store.store import Store

ALIASES: Mapping[str, str] = {**AROUND, "各行": "rows", "行数": "count"}
Row = dict[str, object]


@dataclass(frozen=True)
class RegisterTable:
    """What is special about the table of one register."""

    kind: str
    entity: str
    title: str
    template: str
    columns: Sequence[str]  # fields, by name
    order: Sequence[str] = ()  # fields it is sorted by
    gather: Callable[[Store, str], list[RecordData]] | None = None  # where they are not simply the inspection's
    line: Callable[[RecordData, Row], Row] | None = None  # what a line says besides
    besides: Sequence[str] = ()  # the names of that
    of_unit: bool = True  # unit and round stand above it

    @property
    def document(self) -> Document:
        """The line for the catalog."""
        line = {"order": "1", **specimen_of(self.entity, self.columns), **{name: f"{name}·0" for name in self.besides}}
        declared = table_declared(self.template, line, of_unit=self.of_unit)
        return Document(
            self.kind, "inspection", self.title, WORD, self.check, self.collect, write, declared, self.entity
        )

    def check(self, store: Store, inspection: str) -> CheckSheet:
        """Whether there is anything to list, what is empty in it, what is in dispute."""
        found = self._records(store, inspection)
        described = fields(self.entity)
        gaps = {described[n].label: sum(r.values[n] == described[n].empty for r in found) for n in self.columns}
        listed = "、".join(f"{label} {count} 处" for label, count in gaps.items() if count)
        findings = [Finding("empty", f"表中这些列有空格：{listed}")] if listed else []
        title = entities()[self.entity].TITLE.partition(".")[0]
        called = {one.id: (self.entity, str(printed(one, [title])[title])) for one in found}
        findings += conflict_findings(export_checks.disputed(store, called), called)
        if self.of_unit:
            findings = [*unit_missing(inspection, record_data.around_inspection(store, inspection)), *findings]
        return CheckSheet(self.title, None, (*nothing(self.entity, found), *findings))

    def collect(self, store: Store, inspection: str, draft: bool) -> WordFile:
        """Every line."""
        found = self._records(store, inspection)
        rows: list[Row] = []
        described = fields(self.entity)
        for order, one in enumerate(found, 1):
            cells = {name: in_cell(described[name], one.values[name], one.names) for name in self.columns}
            row: Row = {"order": str(order), **cells}
            rows.append(self.line(one, row) if self.line else row)
        around = record_data.around_inspection(store, inspection) if self.of_unit else None
        return table_file(self.template, inspection, around, rows, ["order", *self.columns], draft)

    def _records(self, store: Store, inspection: str) -> list[RecordData]:
        if self.gather:
            return self.gather(store, inspection)
        return record_data.of_inspection(store, self.entity, inspection, self.order)


def table_declared(template: str, line: Mapping[str, object], *, of_unit: bool = True) -> WordDeclared:
    """What the template of a table may name, given one line of it."""
    around = {"round": "round·0", "unit": "unit·0"} if of_unit else {}
    content = {**around, "rows": [line], "count": 1}
    aliases = _aliases(content)
    return WordDeclared(template, lambda: named(content, aliases), frozenset(aliases), aliases)


def table_file(
    template: str,
    inspection: str,
    around: Mapping[str, Values] | None,
    rows: list[Row],
    names: Sequence[str],
    draft: bool,
) -> WordFile:
    """A table ready to be written, of a unit where there is something around it; a draft shows where lines would be."""
    gap = GAP if draft else ""
    count = len(rows)
    if not rows and draft:
        rows = [{name: "" if name == "order" else GAP for name in names}]
    content: dict[str, object] = {}
    if around is not None:
        content["round"] = "　".join(filter(None, (around["round"]["name"], around["team"]["name"])))
        content["unit"] = around["unit"]["name"] or gap
    content |= {"rows": rows, "count": count}
    return word_file(inspection, None, template, content, _aliases(content))


def _aliases(content: Mapping[str, object]) -> dict[str, str]:
    return {alias: name for alias, name in ALIASES.items() if name in content}


def nothing(entity: str, found: Sequence[object]) -> list[Finding]:
    """Why there is no table without records."""
    return [] if found else [Finding("missing", f"还没有{entities()[entity].LABEL}", True)]


def unit_missing(inspection: str, around: Mapping[str, Values]) -> list[Finding]:
    """The unit stands in every head."""
    if around["unit"]["name"]:
        return []
    return [Finding("missing", "巡察任务没有选被巡察党组织，或它没有全称", True, "inspection", inspection, "unit")]
