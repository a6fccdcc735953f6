"""What changed in a report, at the command line."""

from argparse import Namespace
from dataclasses import asdict

from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.report_changes import KINDS, NEVER, compare, summary, words
from xuncha_desktop.services import hearings


def tell(arguments: Namespace) -> Answer:
    """Every change since an export of the report, by default the one the last hearing was given."""
    with opened(arguments) as case:
        known = hearings.bases(case.store, arguments.inspection)
        if not known:
            raise UserError(NEVER)
        called = {base.export: base.words for base in reversed(known)}
        for given in filter(None, (arguments.since, arguments.until)):
            if given not in called:
                raise UserError(f"这项任务没有编号为 {given} 的报告导出记录；编号见 xuncha dump 的 export_record。")
        since, until = arguments.since or known[0].export, arguments.until or ""
        found = compare(case.store, arguments.inspection, since, until, progress())
    data = {
        "since": since,
        "until": until or None,
        "counts": {kind: sum(change.kind == kind for change in found) for kind in KINDS},
        "changes": [asdict(change) for change in found],
    }
    between = f"{called.get(until, '现在的报告')}与{called[since]}相比："
    return Answer(data, [between, summary(found), *words(found)])
