"""Text on its way into a Word file: frozen before, marked while the template runs (marks.py), exact afterwards."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Self

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.traces import Sourced, Span
from xuncha_desktop.exports.word.bookmarks import W, bookmark, draw_ends_in, unbookmarked
from xuncha_desktop.exports.word.marks import (
    LINES,
    MARK,
    NEW_LINE,
    OF_LINE,
    TAB,
    begin,
    finish,
    hide,
    of_setting,
    show,
    unset,
)
from xuncha_desktop.exports.word.setting import Setting, is_free, note
from xuncha_desktop.rich import Block

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MARKED = etree.XPath(f"descendant::text()[contains(., '{MARK}')]/parent::*")
_IN_ATTRIBUTE = re.compile(f'="[^"<>]*{MARK}')
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

Plain = str | bool | int | list["Plain"] | dict[str, "Plain"]


class Traced(Sourced):
    """A text of the data that knows where in the data it stands."""

    path: str = ""

    @classmethod
    def at(cls, path: str, text: str, spans: tuple[Span, ...] = (), blocks: tuple[Block, ...] = ()) -> Self:
        """Mark `text` as standing at `path`."""
        traced = cls(text, spans, blocks)
        traced.path = path
        return traced


def freeze(value: object, path: str = "") -> Plain:
    """Copy data into plain dicts, lists and traced texts; refuse what a Word file cannot hold, naming the place."""
    match value:
        case str():
            if bad := _ILLEGAL.search(value):
                raise UserError(
                    f"“{path}”的第 {bad.start() + 1} 个字符（U+{ord(bad.group()):04X}）不能写入 Word 文件，"
                    "请删去该字符后再导出。"
                )
            return Traced.at(path, value, *((value.spans, value.blocks) if isinstance(value, Sourced) else ((), ())))
        case bool() | int():
            return value
        case Mapping():
            dot = f"{path}." if path else ""
            return {str(key): freeze(item, f"{dot}{key}") for key, item in value.items()}
        case Sequence():
            return [freeze(item, f"{path}[{number}]") for number, item in enumerate(value)]
        case _:
            raise TypeError(f"{path}: {type(value).__name__} is not plain data")


def said(text: str) -> list[str]:
    """What of a text is looked for in a file: of a list its points without their signs, of a table each cell."""
    if not isinstance(text, Sourced) or not text.blocks:
        return [text]
    path = text.path if isinstance(text, Traced) else ""
    return [
        Traced.at(path, words, ()) for block in text.blocks for words in map(rich.words_of, rich.parts(block)) if words
    ]


def mark(text: str) -> str:
    """Hide from docxtpl and jinja2 what they would read as commands; mark bookmarks and the setting."""
    if not isinstance(text, Sourced):
        return hide(text)
    if text.blocks:
        return of_setting(text)
    pieces: list[str] = []
    end = 0
    for span in text.spans:
        pieces += (hide(text[end : span.start]), begin(span.token), hide(text[span.start : span.end]))
        pieces.append(finish(span.token))
        end = span.end
    return "".join((*pieces, hide(text[end:])))


def unmark(xml: str, setting: Setting, heard: Callable[[], None]) -> "etree._Element":
    """Parse rendered XML and put the hidden characters back: line breaks as new paragraphs of the same style.

    `heard` is asked between stretches of work, and may end it all.
    """
    # huge_tree: a field may hold 200,000 characters many times over; entities are never expanded.
    root = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    heard()
    bookmark(root)
    heard()
    for text in list(root.iter(W + "t")):
        content = text.text or ""
        if MARK in content:
            _restore(text, content)
        elif content != content.strip():
            text.set(_XML_SPACE, "preserve")
    for other in _MARKED(root):
        if other.tag != W + "t" and other.text:
            other.text = _plain(other.text)
    if _IN_ATTRIBUTE.search(xml):
        for element in root.iter():
            for name, value in element.attrib.items():
                if MARK in value:
                    element.set(name, _plain(value))
    if OF_LINE.search(xml):
        setting.set(root)
    draw_ends_in(root)
    return root


def _plain(text: str) -> str:
    return show(unset(unbookmarked(text)))


def _restore(text: "etree._Element", content: str) -> None:
    """Fill one w:t; its line breaks split the paragraph as the Enter key would, everything behind goes along."""
    run = text.getparent()
    paragraph = None if run is None else run.getparent()
    if run is None or paragraph is None or paragraph.tag != W + "p" or run.tag != W + "r":
        first, *rest = unset(unbookmarked(content)).split(NEW_LINE)
        _break_softly(_fill(text, first), rest)
        return
    first, *rest = LINES.split(content)
    if OF_LINE.match(content) and is_free(paragraph, text):
        first = _begin(paragraph, rest.pop(0))
    last = _fill(text, first)
    if not rest:
        return
    behind_text = list(last.itersiblings())
    behind_run = list(run.itersiblings())
    shape = _paragraph_like(paragraph, run)
    for line in rest:
        after = deepcopy(shape)
        paragraph.addnext(after)
        paragraph, run = after, after[-1]
        _fill(run[-1], _begin(paragraph, line))
    run.extend(behind_text)
    paragraph.extend(behind_run)


def _begin(paragraph: "etree._Element", line: str) -> str:
    """The words of a line, when its paragraph knows what it is: a point of a list, a cell."""
    found = OF_LINE.match(line)
    if found is None:
        return line
    note(paragraph, found[1])
    return line[found.end() :]


def _fill(text: "etree._Element", content: str) -> "etree._Element":
    """Write one line into a w:t, its tabs as w:tab between further w:t; give the last of them."""
    first, *rest = content.split(TAB)
    _write(text, first)
    for piece in rest:
        tab = etree.Element(W + "tab")
        text.addnext(tab)
        text = etree.Element(W + "t")
        tab.addnext(text)
        _write(text, piece)
    return text


def _write(text: "etree._Element", content: str) -> None:
    text.text = _plain(content)
    text.set(_XML_SPACE, "preserve")


def _break_softly(last: "etree._Element", lines: list[str]) -> None:
    """Where a paragraph cannot be split (inside a link or a content control) a line break stands instead."""
    for line in lines:
        line_break = etree.Element(W + "br")
        last.addnext(line_break)
        text = etree.Element(W + "t")
        line_break.addnext(text)
        last = _fill(text, line)


def _paragraph_like(paragraph: "etree._Element", run: "etree._Element") -> "etree._Element":
    """An empty paragraph with one run, of the same looks; what only the last paragraph may hold moves there."""
    after = etree.Element(W + "p")
    properties = paragraph.find(W + "pPr")
    if properties is not None:
        copied = deepcopy(properties)
        after.append(copied)
        page_break, section = copied.find(W + "pageBreakBefore"), properties.find(W + "sectPr")
        if page_break is not None:
            copied.remove(page_break)
        if section is not None:
            properties.remove(section)
    new_run = etree.SubElement(after, W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        new_run.append(deepcopy(looks))
    etree.SubElement(new_run, W + "t")
    return after
