"""Hidden bookmarks around what came from a record: marks while the template runs, bookmarks in the file."""

import re
from copy import deepcopy

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.traces import PREFIX, TOKEN_LENGTH

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "\U0010fffd"  # begins every mark; see text.py, which hides the data's own
_BEGIN, _FINISH = MARK + "s", MARK + "f"
_BOOKMARK = re.compile(f"{MARK}([sf])([0-9a-f]{{{TOKEN_LENGTH}}})")


def begin(token: str) -> str:
    """What stands where the bookmark begins."""
    return _BEGIN + token


def finish(token: str) -> str:
    """What stands where it ends."""
    return _FINISH + token


def unbookmarked(text: str) -> str:
    """The text without bookmarks, for places that can bear none."""
    return _BOOKMARK.sub("", text)


def bookmark(root: "etree._Element") -> None:
    """Split runs at the marks and put bookmarks between them."""
    for text in list(root.iter(W + "t")):
        if (content := text.text) and (_BEGIN in content or _FINISH in content):
            run = text.getparent()
            if run is None or run.tag != W + "r":
                text.text = unbookmarked(content)
            else:
                _split(run, text, content)


def _split(run: "etree._Element", text: "etree._Element", content: str) -> None:
    """The run's own text keeps what stands before the first mark; what followed it goes to the last run."""
    first, *rest = _BOOKMARK.split(content)
    behind = list(text.itersiblings())
    text.text = first
    last = run
    for kind, token, words in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        edge = etree.Element(W + ("bookmarkStart" if kind == "s" else "bookmarkEnd"))
        edge.set(W + "id", token)
        if kind == "s":
            edge.set(W + "name", PREFIX + token)
        last.addnext(edge)
        last = edge
        if words:
            last = _run_like(run, words)
            edge.addnext(last)
    if behind:
        if last.tag != W + "r":
            edge, last = last, _run_like(run, "")
            edge.addnext(last)
        last.extend(behind)
    if not first:
        run.remove(text)
        if all(child.tag == W + "rPr" for child in run):
            run.getparent().remove(run)


def _run_like(run: "etree._Element", words: str) -> "etree._Element":
    made = etree.Element(W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        made.append(deepcopy(looks))
    if words:
        etree.SubElement(made, W + "t").text = words
    return made
