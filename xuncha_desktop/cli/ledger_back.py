"""A ledger that was given out and comes back: import ledger-back."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.exports.returned.changes import STATES, Change, Plan
from xuncha_desktop.exports.returned.comparing import compare, take

KIND, TITLE = "ledger-back", "读回别人改过的问题台账"


def read_back(arguments: Namespace) -> Answer:
    """Take the changes nobody has to decide on, as one step; all others are told. With --dry-run take none."""
    with opened(arguments) as case:
        plan = compare(case.store, arguments.file, progress())
        clean = plan.of("clean")
        taken = clean if clean and not arguments.dry_run else []
        if taken:
            take(case.store, plan, taken)
    data = _data(plan) | {"file": str(arguments.file), "dry_run": arguments.dry_run, "taken": len(taken)}
    left = len(plan.changes) - len(clean)
    problem = f"另有 {left} 处修改不能直接采用，见上；请在窗口的“报告”里用“读回台账…”逐处处理。" if left else ""
    return Answer(data, _lines(plan, dry=arguments.dry_run), problem=problem)


def _lines(plan: Plan, *, dry: bool) -> list[str]:
    count = len(plan.of("clean"))
    if not plan.changes:
        found = [f"没有改动，共对照 {plan.compared} 份底稿。"]
    elif dry:
        found = [f"试读完成：会采用 {count} 处修改，没有写入案卷。"]
    else:
        found = [f"已采用 {count} 处修改。"]
    found += [f"【{STATES[change.state]}】{change.sentence}。" for change in plan.changes]
    return found + [f"{remark}。" for remark in plan.remarks()]


def _data(plan: Plan) -> dict[str, Any]:
    return {
        "exported_at": plan.exported_at,
        "compared": plan.compared,
        "changes": [_told(change) for change in plan.changes],
        "left_rows": [asdict(row) for row in plan.left_rows],
        "missing": [{"number": number, "title": title} for number, title in plan.missing],
        "unknown_columns": plan.unknown,
        "absent_columns": plan.absent,
        "notes": plan.notes,
    }


def _told(change: Change) -> dict[str, Any]:
    return {**asdict(change), "values": dict(change.values), "sentence": change.sentence}
