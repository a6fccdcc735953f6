"""Runs split at marks: hidden bookmarks around what came from a record, bold words in runs of their own."""

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.traces import PREFIX, TOKEN_LENGTH
from xuncha_desktop.exports.word.marks import BOLD, MARK, UNBOLD

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOOKMARK = re.compile(f"{MARK}([sf])([0-9a-f]{{{TOKEN_LENGTH}}})")
_EDGE = re.compile(f"{_BOOKMARK.pattern}|{BOLD}|{UNBOLD}")
SIGNS = tuple("，。、；：？！")  # hang over the margin at the end of a line
_BEFORE_BOLD = (W + "rStyle", W + "rFonts")


def unbookmarked(text: str) -> str:
    """The text without bookmarks, for places that can bear none."""
    return _BOOKMARK.sub("", text)


def bookmark(root: "etree._Element") -> None:
    """Split runs at the marks and put bookmarks between them."""
    for text in list(root.iter(W + "t")):
        if (content := text.text) and MARK in content and (edges := list(_EDGE.finditer(content))):
            run = text.getparent()
            if run is not None and run.tag == W + "r":
                if _is_all_of(run, text, edges):
                    _surround(run, text, edges)
                else:
                    _split(run, text, edges)


def draw_ends_in(root: "etree._Element") -> None:
    """Let a bookmark end before the sign that ends its paragraph.

    Behind a sign that hangs over the margin LibreOffice gives the end a line of its own, an empty one.
    """
    for end in list(root.iter(W + "bookmarkEnd")):
        run = end.getprevious() if end.getnext() is None else None
        if run is None or run.tag != W + "r" or not len(run) or (text := run[-1]).tag != W + "t":
            continue
        words = text.text or ""
        if len(words) > 1 and words.endswith(SIGNS):
            text.text = words[:-1]
            sign = _run_like(run)
            etree.SubElement(sign, W + "t").text = words[-1]
            end.addnext(sign)


def _is_all_of(run: "etree._Element", text: "etree._Element", edges: Sequence[re.Match[str]]) -> bool:
    """Whether one bookmark holds all the run says, as most do."""
    first, last = edges[0], edges[-1]
    return (
        len(edges) == 2
        and (first.start(), last.end()) == (0, len(first.string))
        and (first[1], last[1], first[2]) == ("s", "f", last[2])
        and all(child is text or child.tag == W + "rPr" for child in run)
    )


def _surround(run: "etree._Element", text: "etree._Element", edges: Sequence[re.Match[str]]) -> None:
    first, last = edges
    _put_edge(run, "f", last[2])
    run.addprevious(_edge("s", first[2]))
    text.text = first.string[first.end() : last.start()]


def _split(run: "etree._Element", text: "etree._Element", edges: Sequence[re.Match[str]]) -> None:
    """The run's own text keeps what stands before the first mark; what followed it goes to the last run."""
    content = edges[0].string
    behind = list(text.itersiblings())
    last, bold, end = run, False, 0
    for edge in edges:
        last = _say(run, last, content[end : edge.start()], bold=bold) if end else last
        if edge[1]:
            last = _put_edge(last, edge[1], edge[2])
        else:
            bold = edge[0] == BOLD
        end = edge.end()
    last = _say(run, last, content[end:], bold=bold)
    if behind:
        if last.tag != W + "r":
            edge, last = last, _run_like(run)
            edge.addnext(last)
        last.extend(behind)
    text.text = content[: edges[0].start()]
    if not text.text:
        run.remove(text)
        if all(child.tag == W + "rPr" for child in run):
            run.getparent().remove(run)


def _put_edge(last: "etree._Element", kind: str, token: str) -> "etree._Element":
    edge = _edge(kind, token)
    last.addnext(edge)
    return edge


def _edge(kind: str, token: str) -> "etree._Element":
    if kind == "s":
        return etree.Element(W + "bookmarkStart", {W + "id": token, W + "name": PREFIX + token})
    return etree.Element(W + "bookmarkEnd", {W + "id": token})


def _say(run: "etree._Element", last: "etree._Element", words: str, *, bold: bool) -> "etree._Element":
    """Words behind `last`, in a run that looks like `run`; the last element then."""
    if not words:
        return last
    made = _run_like(run)
    if bold:
        _embolden(made)
    etree.SubElement(made, W + "t").text = words
    last.addnext(made)
    return made


def _run_like(run: "etree._Element") -> "etree._Element":
    made = etree.Element(W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        made.append(deepcopy(looks))
    return made


def _embolden(run: "etree._Element") -> None:
    looks = run.find(W + "rPr")
    if looks is None:
        looks = etree.SubElement(run, W + "rPr")
    if looks.find(W + "b") is None:
        bold = etree.Element(W + "b")
        looks.insert(sum(child.tag in _BEFORE_BOLD for child in looks), bold)
