"""What the user reads when an export failed because of its template: the doctor's findings, if it has any."""

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.declared import Declared
from xuncha_desktop.exports.doctor.doctor import inspect
from xuncha_desktop.exports.templates import Lost, TemplateFault

_MOST_TOLD = 5


def consult(fault: TemplateFault, declared: Declared | None) -> UserError:
    """The findings as one sentence after another; the fault itself where the doctor knows no more."""
    if declared is None:
        return fault
    try:
        found = [finding for finding in inspect(declared.path(), declared) if not finding.slight]
    except UserError:
        return fault
    if not found or {finding.kind for finding in found} <= {"trial", "file"}:
        return fault
    told = "\n".join(f"{number}. {finding.words()}" for number, finding in enumerate(found[:_MOST_TOLD], 1))
    more = f"\n另有 {len(found) - _MOST_TOLD} 处。" if len(found) > _MOST_TOLD else ""
    said = f"{fault}\n" if isinstance(fault, Lost) else ""  # which text it was, only the export can say
    return TemplateFault(
        f"{said}模板“{declared.path().name}”有 {len(found)} 处错误，没有导出；"
        f"可在“模板与设置”的“模板”中检查和修复：\n{told}{more}"
    )
