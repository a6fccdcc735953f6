"""Reads a docx file as paragraphs and tables of cells, text boxes and content controls included."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.decoding.lists.word_file import Cell, Rows, WordFile
from xuncha_desktop.errors import UserError
from xuncha_desktop.text import clean_text
from xuncha_desktop.untrusted import Unsafe, check_package

_LARGEST = 16 << 20  # of text and its marks; a thousand papers need less
_BODY, _FOOT = "word/document.xml", ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
_SILENT = frozenset(
    ("del", "moveFrom", "Fallback", "rt", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr", "trPr")
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
# Ticks and boxes of the pictorial faces, as forms have them.
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0FC": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F071": "□", "F0A1": "□"}


def read(content: bytes, name: str) -> WordFile:
    """A Word file's text; UserError for what is none."""
    try:
        check_package(content, name)
        with zipfile.ZipFile(BytesIO(content)) as package:
            if package.getinfo(_BODY).file_size > _LARGEST:
                raise UserError(f"“{name}”里的文字太多，没有读入；请拆成几份文件再导入。")
            root = etree.fromstring(package.read(_BODY), etree.XMLParser(resolve_entities=False, no_network=True))
            unread = tuple(_unread(package, root))
    except Unsafe:
        raise
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise UserError(f"“{name}”不是可读的 docx 文件；请用 Word 或 WPS 打开它，另存为 docx 后再试。") from error
    body = root.find("{*}body")
    blocks = tuple(_blocks(body)) if body is not None else ()
    return WordFile(name, blocks, unread)


def _unread(package: zipfile.ZipFile, root: Any) -> Iterator[str]:
    """What a Word file holds besides text in the body."""
    if count := sum(1 for _ in root.iter("{*}blip", "{*}imagedata")):
        yield f"{count} 张图片没有读入；需要的请另存为证据"
    if count := sum(1 for _ in root.iter("{*}altChunk", "{*}subDoc")):
        yield f"{count} 处插入的其他文件没有读入；请在 Word 里打开，另存为 docx 后再导入"
    if count := sum(_value(symbol, "char").upper() not in _SYMBOLS for symbol in root.iter("{*}sym")):
        yield f"{count} 个特殊符号没有读入"
    names = set(package.namelist())
    margins = [name for name in sorted(names) if name.startswith(("word/header", "word/footer"))]
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for title, parts in (("页眉、页脚", margins), ("脚注、批注", [name for name in _FOOT if name in names])):
        texts = [_text(etree.fromstring(package.read(part), parser)) for part in parts]
        if found := list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip())):
            yield f"{title}没有读入：{'；'.join(found)}"


def _blocks(parent: Any) -> Iterator[str | Rows]:
    for element in parent:
        tag = _tag(element)
        if tag == "p":
            yield _text(element)
        elif tag == "tbl":
            yield _rows(element)
        elif tag and tag not in _SILENT:
            yield from _blocks(element)


def _rows(table: Any) -> Rows:
    """The rows of a table; content controls and tracked rows are looked through."""
    return [_cells(row) for row in _inside(table, "tr")]


def _cells(row: Any) -> list[Cell]:
    found: list[Cell] = []
    skipped = row.find("{*}trPr/{*}gridBefore")
    column = _number(skipped) if skipped is not None else 0
    for cell in _inside(row, "tc"):
        wide = cell.find("{*}tcPr/{*}gridSpan")
        span = max(1, _number(wide)) if wide is not None else 1
        merged = cell.find("{*}tcPr/{*}vMerge")
        goes_on = merged is not None and _value(merged) != "restart"
        found.append(Cell(_tidied(_text(cell)), column, span, goes_on))
        column += span
    return found


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The nearest elements of a kind, through whatever is wrapped around them."""
    for element in parent:
        tag = _tag(element)
        if tag == wanted:
            yield element
        elif tag and tag not in _SILENT and tag != "tbl":
            yield from _inside(element, wanted)


def _text(element: Any) -> str:
    """The text of an element: paragraphs on lines of their own, cells of inner tables side by side."""
    return clean_text("".join(_pieces(element))).strip("\n")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = _tag(child)
        if tag == "t":
            yield child.text or ""
        elif tag == "sym":
            yield _SYMBOLS.get(_value(child, "char").upper(), "")
        elif tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == "ffData":
            yield _chosen(child)
        elif tag == "p":
            yield from (*_pieces(child), "\n")
        elif tag == "tc":
            yield " ".join("".join(_pieces(child)).split("\n")).strip() + " "
        elif tag == "tr":
            yield from (*_pieces(child), "\n")
        elif tag and tag not in _SILENT:
            yield from _pieces(child)


def _chosen(field: Any) -> str:
    """What somebody chose in a box or list of an old form, which Word paints and writes nowhere as text."""
    if (box := field.find("{*}checkBox")) is not None:
        marks = [mark for mark in (box.find("{*}checked"), box.find("{*}default")) if mark is not None]
        return "☑" if marks and _value(marks[0]) not in ("0", "false", "off") else "□"
    if (menu := field.find("{*}ddList")) is not None:
        marks = [mark for mark in (menu.find("{*}result"), menu.find("{*}default")) if mark is not None]
        entries = [_value(entry) for entry in menu.iterfind("{*}listEntry")]
        place = _number(marks[0]) if marks else 0
        return entries[place] if place < len(entries) else ""
    return ""


def _tidied(text: str) -> str:
    lines = (line.replace("\u00a0", " ").strip(" \u3000") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _tag(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _value(element: Any, name: str = "val") -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _number(element: Any) -> int:
    text = _value(element)
    return min(int(text), 1000) if text.isdecimal() else 0
