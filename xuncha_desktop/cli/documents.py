"""Documents: the sample with its report and ledger, and exports of a case."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.services import sample
from xuncha_desktop.services.making import new_case
from xuncha_desktop.store.slots import ArgonCost

_SAMPLE_FILES = {"report": "report.docx", "ledger": "ledger.xlsx"}


def demo(arguments: Namespace, argon: ArgonCost | None) -> Answer:
    """Make the sample case, and export its report and ledger beside it."""
    folder: Path = arguments.folder
    made = {"case": str(folder / "case")}
    folder.mkdir(parents=True, exist_ok=True)
    with new_case(folder / "case", sample.PASSWORD, argon) as (case, _):
        sample.write_note(folder / "case")
        inspection = sample.fill(
            case.store,
            count=arguments.papers,
            pictures=arguments.pictures,
            seed=arguments.seed,
            progress=progress(),
        )
        for kind, name in _SAMPLE_FILES.items():
            target = folder / name
            catalog.export(case.store, catalog.BY_KIND[kind], inspection, target, draft=False, progress=progress())
            made[kind] = str(target)
    lines = [
        f"示例案卷：{made['case']}（内容全部虚构，口令 {sample.PASSWORD}）",
        f"巡察情况报告：{made['report']}",
        f"问题台账：{made['ledger']}",
    ]
    return Answer({**made, "inspection": inspection, "password": sample.PASSWORD}, lines)


def export(arguments: Namespace) -> Answer:
    """Export one document; the check sheet is part of the answer."""
    document = catalog.BY_KIND[arguments.kind]
    record = arguments.inspection if document.subject == "inspection" else arguments.paper
    if record is None:
        raise UserError(f"导出{document.title}要用 --{document.subject} ID 说明是哪一个，编号见 xuncha dump。")
    with opened(arguments) as case:
        sheet, notes = catalog.export(
            case.store, document, record, arguments.out, draft=arguments.draft, progress=progress()
        )
    findings = [asdict(finding) for finding in sheet.findings]
    data = {"file": str(arguments.out), "papers": sheet.papers, "draft": arguments.draft, "check": findings}
    lines = [f"已导出 {arguments.out}", *(f"核对：{finding.text}" for finding in sheet.findings)]
    return Answer(data, lines, notes)
