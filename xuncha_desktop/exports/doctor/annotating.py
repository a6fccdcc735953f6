"""A copy of a Word template with a comment at each fault, for whoever mends it in Word or WPS."""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.doctor.findings import KINDS, Diagnosis, Fault

_AUTHOR, _INITIALS = "模板检查", "检"
_BODY = "word/document.xml"


def annotate(path: Path, diagnosis: Diagnosis, target: Path) -> None:
    """Write the copy. Word takes comments in the body only: other parts are told at the first paragraph."""
    if path.suffix.lower() != ".docx":
        raise UserError("只有 Word 模板能写批注；台账模板请按列出的单元格修改。")
    if diagnosis.harmful or any(fault.kind == "file" for fault in diagnosis.faults):
        raise UserError(f"模板“{path.name}”不能读取或可能有害，没有写批注；请换一个模板，或恢复自带模板。")
    document = Document(str(path))
    elements = list(document.element.iter(qn("w:p")))
    for fault in diagnosis.faults:
        here = fault.place.member == _BODY and 0 < fault.place.paragraph <= len(elements)
        element = _outside_boxes(elements[fault.place.paragraph - 1]) if here else elements[0]
        runs = _runs(document, element, fault.tag if here else "")
        document.add_comment(runs, _words(fault, here), author=_AUTHOR, initials=_INITIALS)
    data = BytesIO()
    document.save(data)
    with replaced(target) as part:
        part.write_bytes(data.getvalue())


def _words(fault: Fault, here: bool) -> str:
    said = f"【{KINDS[fault.kind]}】{fault.cause}。{fault.advice}"
    return said if here else f"{fault.place.words()}：{said}"


def _outside_boxes(paragraph: "etree._Element") -> "etree._Element":
    """The paragraph itself, or the one that holds the text box it is in: no comment may stand in a box."""
    while (box := next(paragraph.iterancestors(qn("w:txbxContent")), None)) is not None:
        paragraph = next(box.iterancestors(qn("w:p")))
    return paragraph


def _runs(document: Word, element: "etree._Element", tag: str) -> list[Run]:
    """The first and the last run of the tag, or of the whole paragraph."""
    paragraph = Paragraph(element, document._body)
    runs = paragraph.runs or [paragraph.add_run()]
    start = "".join(run.text for run in runs).find(tag) if tag else -1
    if start < 0:
        return [runs[0], runs[-1]]
    ends: list[int] = []
    for run in runs:
        ends.append((ends[-1] if ends else 0) + len(run.text))
    first = next(place for place, end in enumerate(ends) if end > start)
    last = next(place for place, end in enumerate(ends) if end >= start + len(tag))
    return [runs[first], runs[last]]
