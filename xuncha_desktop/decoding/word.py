"""docx as text: a part for each page as Word last laid it out, table rows as lines, notes at the end."""

from collections.abc import Iterator
from typing import Any

from xuncha_desktop.decoding.packages import Package, local
from xuncha_desktop.decoding.pdf import Step
from xuncha_desktop.decoding.plain import parts_of

_ASIDE = ("header", "footer", "footnotes", "endnotes", "comments")
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": "\f"}
_STEP = 500


def texts(content: bytes, step: Step) -> Iterator[str]:
    """The parts of a document."""
    package = Package(content)
    main = package.main()
    page: list[str] = []
    for number, line in enumerate(_lines(package, main)):
        if number % _STEP == 0:
            step(0, 1)
        before, *breaks = line.split("\f")
        page.append(before)
        for after in breaks:
            yield from parts_of(_trimmed(page))
            page = [after]
    yield from parts_of(_trimmed(page))
    aside = [line.replace("\f", "") for part in _aside(package, main) for line in _lines(package, part)]
    if any(aside):
        yield from parts_of(["（页眉、页脚、脚注、批注）", *filter(None, aside)])


def _trimmed(page: list[str]) -> list[str]:
    """A page without the blank lines that push its text down or to the next page."""
    filled = [at for at, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _aside(package: Package, main: str) -> list[str]:
    return list(dict.fromkeys(package.related(main, *_ASIDE).values()))


def _lines(package: Package, part: str) -> Iterator[str]:
    """Paragraphs and table rows; a form feed stands where a page ends."""
    open_cells: list[list[str]] = []  # one list of texts for each cell we are in
    open_rows: list[list[str]] = []
    for event, element in package.elements(part, "p", "tc", "tr", starts=True):
        name = local(element)
        if event == "start":
            if name != "p":
                (open_rows if name == "tr" else open_cells).append([])
            continue
        if name == "tc":
            text = " ".join(filter(None, open_cells.pop())).replace("\n", " ")
            (open_rows[-1] if open_rows else open_cells[-1] if open_cells else [""]).append(text)
            continue
        text = "\t".join(open_rows.pop()) if name == "tr" else _paragraph(element)
        if text is None:
            continue
        if open_cells:
            open_cells[-1].append(text)
        elif name == "tr":
            yield "\f" * ("\f" in text) + text.replace("\f", "")
        else:
            yield from text.split("\n")


def _paragraph(paragraph: Any) -> str | None:
    if any(local(above) == "Fallback" for above in paragraph.iterancestors()):
        return None  # the same once more, for programs that know no text boxes
    pieces: list[str] = []
    ends_page = False
    for element in paragraph.iter():
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name == "br":
            pieces.append("\f" if "page" in element.values() else "\n")
        elif name == "pageBreakBefore" and not {"0", "false"} & set(element.values()):
            pieces.append("\f")
        elif name == "sectPr":
            ends_page = not any("continuous" in child.values() for child in element)
        elif name in _SIGNS and local(element.getparent()) == "r":
            pieces.append(_SIGNS[name])
    return "".join(pieces) + "\f" * ends_page
