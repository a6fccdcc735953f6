"""The examination: which faults a template has, before it is used and whenever an export failed."""

from collections.abc import Callable
from pathlib import Path

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import dangers
from xuncha_desktop.exports.catalog import DOCUMENTS, Document
from xuncha_desktop.exports.declared import Declared, SheetsDeclared
from xuncha_desktop.exports.doctor.findings import Diagnosis, Fault, Place
from xuncha_desktop.exports.templates import TemplateFault

_SETTINGS = "word/settings.xml"
_DETACH = "请在 Word 的“开发工具”“文档模板”中换成 Normal，保存后再检查。"
_KEEP_OFF = "请不要使用；需要时请对方删去后重新给一份，或恢复自带模板。"


def examine(path: Path, document: Document | None) -> Diagnosis:
    """All faults of the template at `path`, judged as a template of `document` (None: by its signs alone)."""
    declared = document.template if document else None
    title = document.title if document else ""
    return Diagnosis(path.name, title, tuple(inspect(path, declared)))


def inspect(path: Path, declared: Declared | None) -> list[Fault]:
    """All faults, in the order of the file."""
    if not path.is_file():
        raise UserError(f"找不到模板“{path.name}”；请检查文件是否还在。")
    try:
        dangers.check(path)
        found = list(dangers.search(path))
    except TemplateFault as error:
        kind = "file" if isinstance(error, dangers.Unreadable) else "danger"
        return [Fault(kind, Place(), str(error).rstrip("。"), "没有继续检查。")]
    is_word = path.suffix.lower() == ".docx"
    expects_sheets = isinstance(declared, SheetsDeclared)
    if declared is not None and is_word == expects_sheets:
        wanted = "xlsx 表格" if expects_sheets else "docx 文档"
        return [Fault("file", Place(), f"这种文书的模板应是 {wanted}", "请换一个文件，或改选文书。")]
    judge: Callable[[Path, Declared | None, list[dangers.Danger]], list[Fault]]
    if is_word:
        from xuncha_desktop.exports.doctor.word import judge
    else:
        from xuncha_desktop.exports.doctor.sheets import judge
    return judge(path, declared, found)


def danger_fault(danger: dangers.Danger, place: Place) -> Fault:
    """A danger as a fault."""
    return Fault("danger", place, f"模板{danger.cause}", _DETACH if danger.member == _SETTINGS else _KEEP_OFF)


def meant_for(path: Path) -> Document | None:
    """Which document a template is for: by its file's name, else the one whose names fit it best."""
    rivals = [
        document for document in DOCUMENTS if document.template is not None and document.suffix == path.suffix.lower()
    ]
    named = next((rival for rival in rivals if rival.template and rival.template.file == path.name), None)
    if named or len(rivals) < 2:
        return named or next(iter(rivals), None)
    return min(rivals, key=lambda rival: sum(fault.kind in _NAMING for fault in inspect(path, rival.template)))


_NAMING = ("name", "use", "sheet", "header", "column", "unprinted")
