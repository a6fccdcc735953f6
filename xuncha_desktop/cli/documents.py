"""Documents: the sample with its report and ledger, and exports of a case."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from xuncha_desktop import faces, paths, settings
from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.document import WORD, Document
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
    """Export one document, or one file for every record of an inspection."""
    document = catalog.BY_KIND["paper" if arguments.kind == "papers" else arguments.kind]
    if arguments.inspection is not None and document.subject != "inspection":
        return _export_all(arguments, document)
    record = arguments.inspection if document.subject == "inspection" else arguments.record
    if record is None:
        raise UserError(f"导出{document.title}要用 --inspection ID 说明是哪项任务，编号见 xuncha dump。")
    with opened(arguments) as case:
        sheet, notes = catalog.export(
            case.store, document, record, arguments.out, draft=arguments.draft, progress=progress()
        )
    findings = [asdict(finding) for finding in sheet.findings]
    data = {"file": str(arguments.out), "papers": sheet.papers, "draft": arguments.draft, "check": findings}
    lines = [f"已导出 {arguments.out}", *(f"核对：{finding.text}" for finding in sheet.findings)]
    return Answer(data, lines, [*notes, *_faces_note(document)])


def _export_all(arguments: Namespace, document: Document) -> Answer:
    folder: Path = arguments.out
    if folder.suffix or folder.is_file():
        raise UserError(
            f"{document.title}一条记录一份，--out 应为文件夹，“{folder}”不是；只导出一份请用 --paper 或 --record。"
        )
    folder.mkdir(exist_ok=True)
    with opened(arguments) as case:
        written, left = catalog.write_all(
            case.store, document, arguments.inspection, folder, draft=arguments.draft, progress=progress()
        )
        for each in written:
            catalog.note(case.store, each)
    files = [each.file for each in written]
    data = {"files": [str(file) for file in files], "left": left, "draft": arguments.draft}
    return Answer(data, [f"已导出 {file}" for file in files], [*left, *_faces_note(document)])


def _faces_note(document: Document) -> list[str]:
    """What the window says when it exports: documents name their faces and do not carry them."""
    if document.suffix != WORD:
        return []
    lacking = faces.lacking(settings.load(paths.settings_folder()).font_faces)
    sentence = (
        f"这台电脑没有{'、'.join(lacking)}；请在装有这些字体的电脑上打印，或在“模板与设置”的“字体”页选代用的字体。"
    )
    return [sentence] if lacking else []
