"""What a template could do to whoever opens its documents: run programs, fetch files, carry foreign objects.

None of it is ever run here. The engines refuse such a template, the template doctor says where it stands.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import fields, formulas
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.untrusted import Unsafe, check_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OUTSIDE = {
    "attachedTemplate": "附加了别处的模板",
    "image": "图片链接到别处的文件",
    "oleObject": "链接了别处的对象",
    "externalLinkPath": "链接了别的工作簿",
    "hyperlink": "超链接指向本机或局域网的文件",
}
_CARRIED = {
    "vbaProject": "带有宏",
    "oleObject": "嵌有别的程序的对象（OLE）",
    "package": "嵌有别的文件",
    "control": "带有控件（ActiveX）",
    "aFChunk": "夹带了别的文档",
    "subDocument": "引用了子文档",
    "extensibility": "改动了 Office 的菜单",
    "connections": "带有外部数据连接",
    "xlMacrosheet": "带有宏表",
    "externalLink": "链接了别的工作簿",
}
_UNREADABLE = ("已损坏", "是旧格式", "设有打开口令")
_BROKEN = {
    True: "不是完好的 Word 文档（.docx），请重新保存或换一个模板。",
    False: "不是可读的 xlsx 表格（也可能设了打开密码）；请用 Excel 或 WPS 另存为 xlsx 后再试。",
}
_ELEMENTS = {"OLEObject": "嵌有别的程序的对象（OLE）", "control": "带有控件（ActiveX）", "subDoc": "引用了子文档"}
_HARMLESS = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)


class Unreadable(TemplateFault):
    """No package an office program would open: nothing to fear, and nothing to use."""


@dataclass(frozen=True)
class Danger:
    """One thing found: what it is, the part it is in, and there its paragraph's number (0 for none) or its cell."""

    cause: str
    member: str
    paragraph: int = 0
    cell: str = ""


def refuse(path: Path) -> None:
    """Raise the sentence that refuses a template which could do harm."""
    check(path)
    if found := next(search(path), None):
        raise TemplateFault(f"模板“{path.name}”{found.cause}，可能有害，没有使用；请删去后再试，或恢复自带模板。")


def check(path: Path) -> None:
    """Refuse what no parser should see: bombs, macros, document types, files that are no package."""
    try:
        check_package(path)
    except Unsafe as error:
        words = f"{error.cause}，没有使用；请换一个模板，或恢复自带模板。"
        if error.cause.startswith("已损坏"):
            words = _BROKEN[path.suffix.lower() == ".docx"]
        kind = Unreadable if error.cause.startswith(_UNREADABLE) else TemplateFault
        raise kind(f"模板“{path.name}”{words}") from error
    except UserError as error:
        raise Unreadable(str(error)) from error


def search(path: Path) -> Iterator[Danger]:
    """Everything of that kind in a package that `check` let pass, each once."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name == "[Content_Types].xml":
                if b"macroEnabled" in package.read(name):
                    yield Danger("是可以带宏的文件", name)
            elif name.endswith(".rels"):
                yield from _relations(name, package.read(name))
            elif name.startswith("word/") and name.endswith(".xml"):
                yield from _in_part(name, package.read(name))
            elif name.startswith("xl/") and name.endswith(".xml"):
                yield from _in_sheets(name, package.read(name))


def _parse(name: str, data: bytes) -> "etree._Element":
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"模板的部件“{name}”已损坏；请用 Word、Excel 或 WPS 重新保存，或恢复自带模板。") from error


def _relations(name: str, data: bytes) -> Iterator[Danger]:
    owner = name.replace("_rels/", "").removesuffix(".rels")
    for relation in _parse(name, data).iter(_RELATION):
        kind, target = (relation.get("Type") or "").rsplit("/", 1)[-1], relation.get("Target") or ""
        if relation.get("TargetMode") == "External":
            if not (kind == "hyperlink" and _HARMLESS.match(target)):
                yield Danger(_OUTSIDE.get(kind, "引用了文件外面的内容"), owner)
        elif kind in _CARRIED and not (kind == "package" and "/charts/" in owner):  # a chart's own numbers
            yield Danger(_CARRIED[kind], owner)


def _in_sheets(name: str, data: bytes) -> Iterator[Danger]:
    if formulas.runs_by_itself(root := _parse(name, data)):
        yield Danger("含有打开时自动运行的名称", name)
    if formulas.reaches_out(root):
        yield from (Danger("的公式会调用别的程序或网络", name, cell=cell) for cell in _reaching(root) or [""])


def _reaching(root: "etree._Element") -> list[str]:
    """The cells with such a formula, and the first of each area with such a format or condition."""
    holders = root.iter("{*}c", "{*}conditionalFormatting", "{*}dataValidation")
    return [
        holder.get("r") or re.split("[ :]", holder.get("sqref") or "")[0]
        for holder in holders
        if formulas.reaches_out(holder)
    ]


def _in_part(name: str, data: bytes) -> Iterator[Danger]:
    root = _parse(name, data)
    numbers = {paragraph: number for number, paragraph in enumerate(root.iter(_W + "p"), 1)}
    for element, code in fields.harmful(root):
        paragraph = next(element.iterancestors(_W + "p"), None)
        cause = f"含有会取外部内容或运行程序的域（{code}）"
        yield Danger(cause, name, numbers[paragraph] if paragraph is not None else 0)
    for paragraph, number in numbers.items():
        for element in paragraph.iter():
            if isinstance(element.tag, str) and (cause := _ELEMENTS.get(etree.QName(element).localname)):
                yield Danger(cause, name, number)
