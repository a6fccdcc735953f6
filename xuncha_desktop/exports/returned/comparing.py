"""An edited ledger against what was exported and what the case says now, cell by cell; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xuncha_desktop.decoding.decoder import Source as File
from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import ledger
from xuncha_desktop.exports.returned.changes import Change, LeftRow, Plan, short
from xuncha_desktop.exports.returned.columns import LEVELS, ORDER, TYPE, Column, targets, why_fixed
from xuncha_desktop.exports.returned.matching import Cells, Printed, match, printed_by
from xuncha_desktop.exports.returned.reading import Reader, as_cell, differs, in_words, same
from xuncha_desktop.exports.returned.sheet import Ledger, find
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model.choices import PAPER_STATES
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import export_data, export_records, papers
from xuncha_desktop.services.export_data import PaperLine
from xuncha_desktop.services.imports import corrections
from xuncha_desktop.services.imports.values import Unreadable
from xuncha_desktop.store.store import Store

_SMALLER = "请用 Excel 或 WPS 打开它，另存为 xlsx 后再读。"
_SENT_BACK = "要采用请先退回修改，再读一次"
_BOTH = "导出以后案卷里也改过，采用会以文件为准"


def compare(store: Store, file: Path, progress: Progress, today: date | None = None) -> Plan:
    """What was changed in a ledger of ours (a job); UserError where the file is none."""
    progress.step(0, 4, f"读取“{file.name}”")
    table = find(_read(store, file, progress))
    printed = printed_by(store, table.sheet.mark)
    progress.step(1, 4, "认出各行的底稿")
    plan = Plan(file.name, printed.exported_at, notes=list(table.notes))
    plan.unknown = [f"{grid.letters(column.place)}列“{column.heading}”" for column in table.unknown]
    there = {column.title for column in table.columns}
    plan.absent = [title for title, _ in ledger.COLUMNS if title not in there and title != ORDER]
    rows, plan.left_rows = match(store, table, printed)
    progress.step(2, 4, "读取案卷")
    lines = export_data.of_papers(store, {*rows, *printed.rows})
    for paper in [paper for paper in rows if paper not in lines]:
        plan.left_rows.append(LeftRow(rows[paper], "这份底稿在案卷里已删除", table.text(rows.pop(paper))))
    plan.missing = [_called(lines[paper]) for paper in printed.rows if paper in lines and paper not in rows]
    plan.seen = _heads(store, [lines[paper] for paper in rows])
    inspection = printed.inspection or next((lines[paper].paper["inspection"] or "" for paper in rows), "")
    names, types = corrections.words(store, inspection)
    compared = _Comparing(table, printed, Reader(names, today or date.today()), types)
    now = dict(zip(rows, ledger.rows_of([lines[paper] for paper in rows]), strict=True))
    for done, (paper, row) in enumerate(sorted(rows.items(), key=lambda one: one[1])):
        if done % 20 == 0:
            progress.step(done, len(rows), "逐格对照")
        plan.changes += compared.row(lines[paper], row, now[paper])
    plan.compared = len(rows)
    plan.left_rows.sort(key=lambda left: left.row)
    return plan


def take(store: Store, plan: Plan, chosen: Sequence[Change]) -> str:
    """Take the chosen changes as one batch, all or none; what to say of it."""
    if not chosen:
        raise UserError("没有选要采用的修改；请先勾选。")
    values: dict[str, dict[str, Any]] = {}
    for change in chosen:
        if not change.takeable:
            raise UserError(f"{change.sentence}；不能采用，请先取消勾选。")
        values.setdefault(change.paper, {}).update(change.values)
    label = f"采用台账里的 {len(chosen)} 处修改"
    corrections.take(store, values, plan.seen, label)
    return f"已{label}"


def _read(store: Store, file: Path, progress: Progress) -> grid.Source:
    if file.suffix.lower() != ".xlsx":
        raise UserError(f"“{file.name}”不是 xlsx 格式；请用 Excel 或 WPS 打开它，另存为 xlsx（Excel 工作簿）后再读。")
    try:
        return store.decoder.lists(File(file.name, new_id(), lambda: file.open("rb"), _SMALLER), progress, whole=True)
    except OSError as error:
        raise UserError(f"读不出“{file.name}”；请检查文件是否还在、是否正被别的程序打开，再试一次。") from error


def _heads(store: Store, lines: Sequence[PaperLine]) -> dict[Any, tuple[str, ...]]:
    of = {("paper", line.id) for line in lines}
    of |= {("paper_party", row["id"]) for line in lines for row in line.paper["parties"]}
    return export_records.heads(store, of)


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Goes through the cells of a paper's row."""

    table: Ledger
    printed: Printed
    reader: Reader
    types: corrections.Types

    def row(self, line: PaperLine, row: int, now: Cells) -> Iterator[Change]:
        """What the row says other than the case."""
        then = self.printed.rows.get(line.id, {})
        cells = {column.title: self.table.value(row, column) for column in self.table.columns}
        new_type = ""
        found: list[Change] = []
        # The third level first: the two above follow from it.
        for column in sorted(self.table.columns, key=lambda column: column.title != TYPE):
            title, cell = column.title, cells[column.title]
            changed = title != ORDER and not (title in then and same(cell, then[title], title))
            if not changed or same(cell, now[title], title) or self._follows(title, cell, new_type):
                continue
            change = self._change(column, cell, cells, line, row, now, then)
            if change:
                new_type = change.values.get("problem_type", "") or new_type
                found.append(change)
        return iter(sorted(found, key=lambda change: [c.title for c in self.table.columns].index(change.column)))

    def _follows(self, title: str, cell: grid.Value, new_type: str) -> bool:
        """Whether a level above is that of the type the row names now."""
        place = list(LEVELS).index(title) if title in LEVELS and new_type else -1
        return place >= 0 and same(cell, self.types[new_type][place], title)

    def _change(
        self,
        column: Column,
        cell: grid.Value,
        cells: Mapping[str, grid.Value],
        line: PaperLine,
        row: int,
        now: Cells,
        then: Cells,
    ) -> Change | None:
        title, target, was_known = column.title, targets().get(column.title), column.title in then
        values: dict[str, Any] = {}
        if target is None:
            if not was_known:
                return None  # who knows whether it was the file that changed
            state, why = "fixed", why_fixed(title)
        else:
            levels = [grid.shown(cells[level]) for level in LEVELS if level in cells]
            try:
                values = self.reader.read(target, column, cell, line.paper, levels)
            except Unreadable as reason:
                state, why = "unreadable", str(reason)
            else:
                if not differs(values, line.paper) or self._said(column, then, line) == values:
                    return None
                state, why = self._state(line, was_known, was_known and (then[title] or "") != (now[title] or ""))
        number, name = _called(line)
        return Change(
            state,
            row,
            f"{grid.letters(column.place)}{row}",
            title,
            line.id,
            number,
            name,
            in_words(as_cell(then[title], title), title) if was_known else None,
            in_words(as_cell(now[title], title), title),
            in_words(cell, title),
            why,
            values,
        )

    def _said(self, column: Column, then: Cells, line: PaperLine) -> dict[str, Any] | None:
        """What the cell said when it was exported: the same in other writing is no change."""
        if column.title not in then:
            return None
        plain = Column(column.title, column.place, column.title)
        try:
            return self.reader.read(
                targets()[column.title], plain, as_cell(then[column.title], column.title), line.paper
            )
        except Unreadable:
            return None

    def _state(self, line: PaperLine, known: bool, moved: bool) -> tuple[str, str]:
        state = line.paper["state"]
        if papers.is_locked(state):
            return "locked", f"底稿已是“{PAPER_STATES[state]}”，{_SENT_BACK}"
        if not known:
            return "unsure", ""
        return ("conflict", _BOTH) if moved else ("clean", "")


def _called(line: PaperLine) -> tuple[str, str]:
    return line.paper["official_number"] or line.paper["number"], short(line.paper["title"] or "（未命名）")
