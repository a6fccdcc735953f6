"""The template doctor at the command line."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from xuncha_desktop.cli.answer import Answer
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.catalog import BY_KIND
from xuncha_desktop.exports.doctor.annotating import annotate
from xuncha_desktop.exports.doctor.doctor import examine, meant_for
from xuncha_desktop.exports.doctor.findings import KINDS, Fault


def check(arguments: Namespace) -> Answer:
    """All faults of one template; a template with which an export would fail is a refusal."""
    file: Path = arguments.file
    if arguments.annotate and arguments.annotate.resolve() == file.resolve():
        raise UserError("批注副本不能存为模板自己；请换一个文件名。")
    document = BY_KIND[arguments.kind] if arguments.kind else meant_for(file)
    diagnosis = examine(file, document)
    if arguments.annotate:
        annotate(file, diagnosis, arguments.annotate)
    data = {
        "file": str(file),
        "kind": document.kind if document else None,
        "faults": [_described(fault) for fault in diagnosis.faults],
        "annotated": str(arguments.annotate) if arguments.annotate else None,
    }
    lines = [f"{number}. 【{KINDS[fault.kind]}】{fault.words()}" for number, fault in enumerate(diagnosis.faults, 1)]
    if not lines:
        lines = [f"没有发现错误（按{diagnosis.title}检查）。" if document else "没有发现错误（只检查了标签写法）。"]
    if arguments.annotate:
        lines.append(f"已写批注副本：{arguments.annotate}")
    found = len(diagnosis.serious)
    return Answer(data, lines, problem=f"模板“{file.name}”有 {found} 处错误。" if found else "")


def _described(fault: Fault) -> dict[str, Any]:
    place = fault.place
    return {
        "kind": fault.kind,
        "label": KINDS[fault.kind],
        "place": place.words(),
        "part": place.part,
        "paragraph": place.paragraph or None,
        "heading": place.heading or None,
        "table": [place.table, place.row, place.column] if place.table else None,
        "cell": place.cell or None,
        "text": place.text,
        "tag": fault.tag,
        "cause": fault.cause,
        "repair": fault.advice,
        "mends": fault.mends,
        "stops": not fault.slight,
    }
