"""What an import would do: the records it would make, what stops it, what it leaves out. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Inspection, Kind
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services.imports import names, twins
from xuncha_desktop.services.imports.complete import derived, title_of
from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.layout import Column, Line, Table, text_of
from xuncha_desktop.services.imports.lines import lines
from xuncha_desktop.services.imports.mapping import Columns
from xuncha_desktop.services.imports.rows import RowReader
from xuncha_desktop.store.store import Store

_EVERY = 200
# Required fields that the program knows or proposes where a table does not say them.
_FOLLOWS = frozenset(
    {"inspection", "short_name", "code", "kind", "party_body", "role", "level", "destination", "title", "subject"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a cell, a row or the table: it stops the import, or is only to be known."""

    row: int
    column: int | None
    place: str
    text: str

    @property
    def sentence(self) -> str:
        """Place and text."""
        return f"{self.place}：{self.text}" if self.place else self.text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that becomes no record, and why."""

    row: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A record to be made."""

    row: int
    id: str
    values: dict[str, Any]
    derived: frozenset[str]  # fields whose value the table does not say


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a person wants a table to be read, beyond its columns."""

    inspection: str = ""
    rows: Mapping[int, bool] = field(default_factory=dict)  # rows to take in or leave out in spite of their looks
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)  # cells corrected by hand


@dataclass(slots=True)
class Plan:
    """The whole of it."""

    kind: ImportKind
    table: Table
    columns: Columns
    rows: list[int]  # under the heading, whatever becomes of them
    items: list[Item] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unmapped: list[Column] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def finding(self, row: int, column: int | None, text: str) -> Finding:
        """Something told of a cell of this table."""
        return Finding(row, column, self.table.place(row, column), text)


def make(
    store: Store, kind: ImportKind, table: Table, columns: Columns, wanted: Wanted, today: date, progress: Progress
) -> Plan:
    """Read every row for the fields its columns go to."""
    plan = Plan(kind, table, columns, table.below())
    records = _records(plan, wanted)
    _tell(plan)
    if table.sideways:
        turn = f"栏目名称竖着写在 {table.sideways} 列里；请在 Excel 里复制这张表，用“选择性粘贴”的“转置”横过来再导入"
        plan.problems.append(Finding(0, None, "", turn))
        return plan
    if not {kind.must, kind.instead} & set(columns.values()):
        label = kind.targets[kind.must].field.label
        missing = f"没有一列是“{label}”；请在列的上方选定哪一列是它"
        plan.problems.append(Finding(0, None, "", missing if table.columns else "没有内容；请选择有表格的工作表或文件"))
        return plan
    with store.read() as session:
        known = names.load(session, kind, wanted.inspection)
        reader = RowReader(kind, table, columns, known, wanted.cells, today)
        codes = (word for rows in records for word in reader.words(rows[0], ("code",)))
        there = twins.load(session, kind, wanted.inspection, codes)
        look_backs = set(session.scalars(select(Inspection.id).where(Inspection.mode == "lookback")))
    ids = sorted(new_id() for _ in records)
    if kind.name == "unit":  # a list names its own units as those above others
        for record, rows in zip(ids, records, strict=True):
            known.add("unit", record, reader.words(rows[0], ("name", "short_name", "code")))
    for number, (record, rows) in enumerate(zip(ids, records, strict=True)):
        if number % _EVERY == 0:
            progress.step(number, len(records), "核对各行")
        _add(plan, reader, there, record, rows, wanted)
    if kind.name == "previous":
        _demand_look_back(plan, look_backs)
    plan.problems.sort(key=lambda found: (found.row, found.column or 0))
    if again := there.again:
        plan.notes.append(f"有 {again} 行与案卷里已有的{kind.title}内容相同，可能以前导入过，请核对。")
    return plan


def _records(plan: Plan, wanted: Wanted) -> list[list[int]]:
    """The rows of each record; all others are noted as left out."""
    found: dict[int, list[int]] = {}
    for line in lines(plan.table, plan.kind):
        why = _why(line, wanted)
        if why:
            plan.left_out.append(LeftOut(line.row, why, text_of(plan.table.sheet, line.row)))
        elif line.of in found:
            found[line.of].append(line.row)
        else:
            found[line.row] = [line.row]
    return list(found.values())


def _why(line: Line, wanted: Wanted) -> str:
    if line.row not in wanted.rows:
        return line.why
    return "" if wanted.rows[line.row] else line.why or "由您选定不导入"


def _add(plan: Plan, reader: RowReader, there: twins.Twins, record: str, rows: Sequence[int], wanted: Wanted) -> None:
    kind, row = plan.kind, reader.read(rows, record)
    values = row.values
    if there.has(values):
        plan.left_out.append(LeftOut(rows[0], "案卷里已有", text_of(plan.table.sheet, rows[0])))
        return
    plan.problems += [plan.finding(*told) for told in row.problems]
    plan.remarks += [plan.finding(*told) for told in row.remarks]
    clashes = there.clashes(values, rows[0])
    plan.problems += [plan.finding(rows[0], _column(plan, name), text) for name, text in clashes]
    wrong = {plan.columns.get(column, "") for _, column, _ in row.problems}
    added: dict[str, Any] = {}
    if kind.of_inspection and not values.get("inspection") and "inspection" not in wrong:
        added["inspection"] = wanted.inspection or None
        if not wanted.inspection:
            plan.problems.append(plan.finding(rows[0], None, "没有说明属于哪项巡察任务，请选定一项"))
    if values.get(kind.must):
        added |= derived(kind, values, there.taken)
    elif text := values.get(kind.instead):
        added[kind.must] = title_of(text)
    elif not {kind.must, kind.instead} & wrong:
        label = kind.targets[kind.must].field.label
        plan.problems.append(plan.finding(rows[0], _column(plan, kind.must), f"是空的，每条都要有“{label}”"))
    plan.items.append(Item(rows[0], record, values | added, frozenset(added)))


def _demand_look_back(plan: Plan, look_backs: set[str]) -> None:
    """Last round's problems are what a look-back goes through; no other inspection does."""
    told: set[str] = set()
    for item in plan.items:
        inspection = item.values.get("inspection") or ""
        if inspection not in look_backs | told | {""}:
            told.add(inspection)
            text = "所属的巡察任务不是“回头看”；请先到“任务”把它的巡察方式改为回头看，或选另一项任务"
            plan.problems.append(plan.finding(item.row, None, text))


def _column(plan: Plan, name: str) -> int | None:
    """The column that goes to a field, or to the one it is taken from."""
    return next((c for wanted in (name, plan.kind.instead) for c, to in plan.columns.items() if to == wanted), None)


def _tell(plan: Plan) -> None:
    """What is not brought in, and what the table leaves open."""
    kind, table, mapped = plan.kind, plan.table, set(plan.columns.values())
    plan.unmapped = [column for column in table.columns if column.place not in plan.columns]
    if table.above:
        plan.notes.append(f"表头以上的文字没有导入：{'；'.join(table.above)}")
    plan.notes += table.unread
    for column in table.columns:
        target = kind.targets.get(plan.columns.get(column.place, ""))
        if target and target.field.kind in (Kind.MONEY, Kind.YUAN) and column.cents is None:
            unit = "万元" if target.field.kind is Kind.MONEY else "元"
            plan.notes.append(f"{column.name}没有写金额单位，没有带单位的数按{unit}。")
    told = {kind.must, *_FOLLOWS}  # elsewhere, or not at all
    open_fields = [n for n, t in kind.targets.items() if t.field.required and n not in mapped | told]
    if "handlers" in open_fields and kind.name == "paper":
        open_fields.remove("handlers")
        plan.notes.append("表里没有承办人，先记为您本人。")
    if open_fields and table.columns:
        labels = "、".join(kind.targets[name].field.label for name in open_fields)
        plan.notes.append(f"表里没有这些必填项，导入后请补填：{labels}。")
