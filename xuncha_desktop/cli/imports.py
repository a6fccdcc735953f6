"""Lists and old papers from files: import."""

from argparse import Namespace
from datetime import date
from typing import Any

from xuncha_desktop.cli import ledger_back
from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.services import inspections
from xuncha_desktop.services.imports import kinds, sources, write
from xuncha_desktop.services.imports.plan import Finding, Plan
from xuncha_desktop.store.store import Store


def bring_in(arguments: Namespace) -> Answer:
    """Make records of a file's rows, all or none; with --dry-run only say what they would be."""
    if arguments.kind == ledger_back.KIND:
        return ledger_back.read_back(arguments)
    kind = kinds.kind_of(arguments.kind)
    with opened(arguments) as case:
        news = progress()
        source = sources.read(arguments.file, kind, case.store.decoder, news)
        inspection = arguments.inspection or _only(case.store)
        changes = dict(change.rpartition("=")[::2] for change in arguments.column or ())
        choice = sources.Choice(inspection, arguments.sheet or "", changes=changes)
        plan = sources.preview(case.store, kind, source, choice, date.today(), news)
        writes = not plan.problems and not arguments.dry_run
        ids = write.write(case.store, plan, news) if writes else []
    data = _data(plan) | {"file": str(arguments.file), "dry_run": arguments.dry_run, "ids": ids}
    return Answer(data, _lines(plan, arguments.dry_run), problem=_problem(plan))


def _only(store: Store) -> str:
    """The inspection meant where nobody says which: the only one."""
    found = list(inspections.every(store))
    return found[0] if len(found) == 1 else ""


def _problem(plan: Plan) -> str:
    if not plan.problems:
        return ""
    return f"没有导入：有 {len(plan.problems)} 处要改，第一处：{plan.problems[0].sentence}。"


def _lines(plan: Plan, dry: bool) -> list[str]:
    title, count = plan.kind.title, len(plan.items)
    found = [f"{finding.sentence}。" for finding in plan.problems]
    if not found:
        found.append(f"试读完成：会导入 {count} 条{title}，没有写入案卷。" if dry else f"已导入 {count} 条{title}。")
    if plan.unmapped:
        found.append(f"没有导入的列：{'、'.join(column.name for column in plan.unmapped)}")
    found += [f"{plan.table.place(row.row)}没有导入（{row.why}）：{row.text}" for row in plan.left_out]
    found += [f"{finding.sentence}。" for finding in plan.remarks]
    return found + plan.notes


def _data(plan: Plan) -> dict[str, Any]:
    targets = plan.kind.targets
    columns = {
        column.letter: {
            "heading": column.heading,
            "field": plan.columns.get(column.place),
            "label": targets[plan.columns[column.place]].field.label if column.place in plan.columns else None,
        }
        for column in plan.table.columns
    }
    return {
        "kind": plan.kind.name,
        "sheet": plan.table.sheet.name,
        "heading": list(plan.table.heading),
        "count": len(plan.items),
        "columns": columns,
        "records": [{"row": item.row, "values": item.values, "derived": sorted(item.derived)} for item in plan.items],
        "problems": [_told(finding) for finding in plan.problems],
        "remarks": [_told(finding) for finding in plan.remarks],
        "left_out": [{"row": row.row, "why": row.why, "text": row.text} for row in plan.left_out],
        "notes": plan.notes,
    }


def _told(finding: Finding) -> dict[str, Any]:
    return {"row": finding.row or None, "place": finding.place, "text": finding.text, "sentence": finding.sentence}
