"""A form of one record: its fields as people read them, checked, gaps marked, private ones only where asked for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, Finding, conflict_findings
from xuncha_desktop.exports.declared import WordDeclared, named
from xuncha_desktop.exports.document import WORD, Document, WordFile, word_file, write
from xuncha_desktop.model import Field, Kind, fields
from xuncha_desktop.model.show import dotted_date, show
from xuncha_desktop.services import export_checks, field_records, record_data
from xuncha_desktop.services.record_data import RecordData
from xuncha_desktop.services.record_gaps import Gap
from xuncha_desktop.store.store import Store

More = Callable[[RecordData], Mapping[str, object]]
AROUND: Mapping[str, str] = {"届次轮次巡察组": "round", "被巡察党组织": "unit"}
_NOT_A_NAME = re.compile(r"（[^）]*）|\W")


@dataclass(frozen=True)
class RecordForm:
    """What is special about the form of one kind of record."""

    kind: str
    entity: str
    title: str
    template: str
    fields: Sequence[str]  # printed, by name
    by_pen: frozenset[str] = frozenset()  # of those: may be empty, somebody writes them on the sheet
    more: More | None = None  # what is printed besides the fields
    more_names: Mapping[str, str] | None = None  # Chinese names of that
    more_specimen: Mapping[str, object] | None = None  # one of everything in that
    around: frozenset[str] = frozenset({"round", "unit"})  # what of the inspection stands in it

    @property
    def document(self) -> Document:
        """The line for the catalog."""
        declared = WordDeclared(self.template, self._specimen, frozenset(self.aliases), self.aliases)
        return Document(self.kind, self.entity, self.title, WORD, self.check, self.collect, write, declared)

    @property
    def aliases(self) -> dict[str, str]:
        """Chinese names of the content."""
        labels = {alias(fields(self.entity)[name].label): name for name in self.fields}
        return {
            **labels,
            **{label: name for label, name in AROUND.items() if name in self.around},
            **(self.more_names or {}),
        }

    def check(self, store: Store, record: str) -> CheckSheet:
        """What the printed fields lack or dispute."""
        data = record_data.of_record(store, self.entity, record)
        found = [
            Finding("missing" if gap.blocking else "empty", f"{self.title}缺{gap.label}", gap.blocking,
                    self.entity, record, gap.field)
            for gap in self._gaps(data)
        ]  # fmt: skip
        if not data.units:
            found.append(Finding("missing", "没有选巡察任务，或任务没有被巡察党组织", True, self.entity, record))
        disputed = export_checks.disputed(store, {record})
        return CheckSheet(self.title, None, (*found, *conflict_findings(disputed, {record: (self.entity, self.title)})))

    def collect(self, store: Store, record: str, draft: bool) -> WordFile:
        """Everything the form prints."""
        data = record_data.of_record(store, self.entity, record)
        gap = GAP if draft else ""
        content = printed(data, self.fields)
        content |= {name: text for name, text in _around(data, gap).items() if name in self.around}
        for lacking in self._gaps(data):
            if lacking.blocking and draft:
                name = lacking.field
                content[name] = _marked(fields(self.entity)[name], content[name])
        content |= self.more(data) if self.more else {}
        return word_file(data.inspection, None, self.template, content, self.aliases)

    def _specimen(self) -> Mapping[str, object]:
        content = {**specimen_of(self.entity, self.fields), **{name: f"{name}·0" for name in self.around}}
        return named({**content, **(self.more_specimen or {})}, self.aliases)

    def _gaps(self, data: RecordData) -> list[Gap]:
        """Gaps of the printed fields; one that is filled in with a pen stops nothing."""
        if self.entity not in field_records.NUMBER_WORDS:
            return []
        return [
            Gap(gap.field, gap.label, False, blocking=gap.blocking and gap.field not in self.by_pen)
            for gap in field_records.gaps(self.entity, data.values)
            if not gap.met and gap.field in self.fields
        ]


def alias(label: str) -> str:
    """A label as a template may name it: without brackets and punctuation."""
    return _NOT_A_NAME.sub("", label)


def specimen_of(entity: str, names: Sequence[str]) -> dict[str, object]:
    """What `printed` gives, made up: texts that differ, one line of every list."""
    return {name: _specimen_of(fields(entity)[name]) for name in names}


def _specimen_of(described: Field) -> object:
    if described.kind is not Kind.ROWS:
        return f"{described.label}·0"
    columns = [column for column in fields(described.target).values() if column.stored and column.name != "parent"]
    return [{"order": "1"} | {column.name: f"{described.label}·{column.label}" for column in columns}]


def printed(data: RecordData, names: Sequence[str]) -> dict[str, object]:
    """Fields of a record as people read them; rows as lists of such."""
    described = fields(data.entity)
    return {name: _printed(described[name], data.values[name], data.names) for name in names}


def in_cell(described: Field, value: Any, names: Mapping[str, str]) -> str:
    """A value as a column of a table shows it: days are short."""
    return dotted_date(value) if described.kind is Kind.DATE and value else show(described, value, names)


def _printed(described: Field, value: Any, names: Mapping[str, str]) -> object:
    if described.kind is not Kind.ROWS:
        return show(described, value, names)
    columns = [column for column in fields(described.target).values() if column.stored and column.name != "parent"]
    return [
        {"order": str(order)} | {column.name: in_cell(column, row[column.name], names) for column in columns}
        for order, row in enumerate(value, 1)
    ]


def _marked(described: Field, text: object) -> object:
    """What stands in a draft where a final export would have been refused."""
    if described.kind is not Kind.ROWS:
        return f"{text}{GAP}"
    if text:
        return text
    columns = [column for column in fields(described.target).values() if column.stored and column.name != "parent"]
    return [{"order": "1"} | {column.name: GAP if column.required else "" for column in columns}]


def _around(data: RecordData, gap: str) -> dict[str, str]:
    return {
        "round": "　".join(filter(None, (data.around["round"]["name"], data.around["team"]["name"]))),
        "unit": "\n".join(data.units) or gap,
    }
