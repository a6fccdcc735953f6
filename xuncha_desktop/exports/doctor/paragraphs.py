"""The paragraphs of a Word template, each with its place, its text and the runs the text is spread over."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.doctor.findings import Place
from xuncha_desktop.exports.word.text import W

_STORY = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_ORDER = list(_PARTS)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = {W + "t", W + "instrText", W + "delText"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n"}


@dataclass(eq=False)
class Paragraph:
    """One w:p. Every character of `text` has its element in `sources` and its index there."""

    element: "etree._Element"
    place: Place
    text: str
    sources: list[tuple["etree._Element", int]] = field(repr=False)
    shadow: bool = False  # a copy for programs that do not know text boxes; said once, mended twice

    def holder(self, name: str) -> "etree._Element | None":
        """The nearest element around the paragraph: w:tr, w:tc."""
        return next((found for found in self.element.iterancestors(W + name)), None)


@dataclass(eq=False)
class Story:
    """One part with text: body, a header, a footer, notes."""

    member: str
    part: str
    root: "etree._Element"
    paragraphs: list[Paragraph]


def read(path: Path) -> list[Story]:
    """All parts that a template is filled in, the body first."""
    with zipfile.ZipFile(path) as package:
        found = [(match[1], name) for name in package.namelist() if (match := _STORY.fullmatch(name))]
        found.sort(key=lambda item: (_ORDER.index(item[0]), item[1]))
        stories = [(name, _PARTS[kind], parse(package.read(name))) for kind, name in found]
        styles = parse(package.read("word/styles.xml")) if "word/styles.xml" in package.namelist() else None
    headings = _heading_styles(styles)
    return [Story(name, part, root, list(_paragraphs(root, name, part, headings))) for name, part, root in stories]


def parse(data: bytes) -> "etree._Element":
    """A part as a tree, without following anything it points to."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def relations_of(member: str) -> str:
    """The part that holds another part's relations."""
    folder, name = posixpath.split(member)
    return f"{folder}/_rels/{name}.rels"


def _heading_styles(styles: "etree._Element | None") -> set[str]:
    found = {"Title"}
    for style in styles.iter(W + "style") if styles is not None else ():
        name = style.find(W + "name")
        words = (name.get(W + "val") or "").lower() if name is not None else ""
        if words.startswith("heading") or style.find(f"{W}pPr/{W}outlineLvl") is not None:
            found.add(style.get(W + "styleId") or "")
    return found


def _paragraphs(root: "etree._Element", member: str, part: str, headings: set[str]) -> Iterator[Paragraph]:
    heading = ""
    tables = {table: number for number, table in enumerate(root.iter(W + "tbl"), 1)}
    for number, element in enumerate(root.iter(W + "p"), 1):
        text, sources = _content(element)
        row, cell = next(element.iterancestors(W + "tr"), None), next(element.iterancestors(W + "tc"), None)
        table = next(element.iterancestors(W + "tbl"), None)
        place = Place(
            part,
            member,
            number,
            heading,
            tables[table] if table is not None else 0,
            _position(row, "tr"),
            _position(cell, "tc"),
            text,
        )
        yield Paragraph(element, place, text, sources, next(element.iterancestors(_FALLBACK), None) is not None)
        style = element.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") in headings and text.strip():
            heading = _TAG.sub("", text).strip() or text


def _position(element: "etree._Element | None", name: str) -> int:
    if element is None:
        return 0
    return 1 + sum(sibling.tag == W + name for sibling in element.itersiblings(preceding=True))


def _content(paragraph: "etree._Element") -> tuple[str, list[tuple["etree._Element", int]]]:
    """The paragraph's own text, without that of text boxes inside it."""
    text: list[str] = []
    sources: list[tuple[etree._Element, int]] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == W + "p":
            continue
        if element.tag in _TEXT:
            content = element.text or ""
            text.append(content)
            sources += [(element, index) for index in range(len(content))]
        elif element.tag in _BREAKS and element.getparent().tag == W + "r":
            text.append(_BREAKS[element.tag])
            sources.append((element, 0))
        else:
            waiting += reversed(element)
    return "".join(text), sources
