"""The paragraphs of a Word file of ours in order, each with what stands inside its bookmarks."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.traces import PREFIX, TOKEN_LENGTH
from xuncha_desktop.exports.word.bookmarks import W
from xuncha_desktop.exports.word.marked import said

_READ = (W + "tr", W + "tc", W + "p", W + "bookmarkStart", W + "bookmarkEnd", W + "t", W + "tab", W + "br", W + "cr")
_EDGES = ("bookmarkStart", "bookmarkEnd")


@dataclass(slots=True)
class Marked:
    """A piece of a paragraph that stands inside a bookmark."""

    start: int
    end: int
    token: str


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the body: the name of its style, its row and cell counted from 1, its text."""

    style: str  # in lower case, as Word names it: "heading 1"
    row: int = 0  # 0 outside of tables
    cell: int = 0
    text: str = ""
    pieces: list[Marked] = field(default_factory=list)


def paragraphs(file: bytes) -> list[Paragraph]:
    """All paragraphs of the body of a file that was just made."""
    with zipfile.ZipFile(BytesIO(file)) as package:
        body, styles = (_parse(package.read(f"word/{name}.xml")) for name in ("document", "styles"))
    named = {style.get(W + "styleId"): _name(style) for style in styles.iter(W + "style")}
    return list(_read(body, named))


def _read(body: "etree._Element", styles: dict[str | None, str]) -> Iterator[Paragraph]:
    row = cell = 0
    open_: dict[str, Marked] = {}
    paragraph: Paragraph | None = None
    for element in body.iter(*_READ):
        kind = element.tag.removeprefix(W)
        if kind == "tr":
            row += 1
        elif kind == "tc":
            cell += 1
        elif kind == "p":
            if paragraph:
                yield paragraph
            inside = next(element.iterancestors(W + "tc"), None) is not None
            paragraph = Paragraph(_style(element, styles), row if inside else 0, cell if inside else 0)
        elif paragraph and kind in _EDGES:
            _pass_edge(paragraph, element, kind, open_)
        elif paragraph:
            paragraph.text += said(kind, element)
    if paragraph:
        yield paragraph


def _pass_edge(paragraph: Paragraph, edge: "etree._Element", kind: str, open_: dict[str, Marked]) -> None:
    number, here = edge.get(W + "id", ""), len(paragraph.text)
    if kind == "bookmarkEnd":
        if piece := open_.pop(number, None):
            piece.end = here
    elif (name := edge.get(W + "name", "")).startswith(PREFIX):
        token = name.removeprefix(PREFIX)[:TOKEN_LENGTH]  # what is printed twice has a number behind it
        open_[number] = Marked(here, here, token)
        paragraph.pieces.append(open_[number])


def _style(paragraph: "etree._Element", styles: dict[str | None, str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else styles.get(style.get(W + "val"), "")


def _name(style: "etree._Element") -> str:
    name = style.find(W + "name")
    return "" if name is None else name.get(W + "val", "").lower()


def _parse(content: bytes) -> "etree._Element":
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
