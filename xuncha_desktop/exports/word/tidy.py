"""What Word demands of a rendered part and a template's loops can spoil, put right before the file is written."""

from collections.abc import Callable, Iterator
from unicodedata import east_asian_width

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.word.keeping import keep_signatures_with_content, keep_text_with, shows
from xuncha_desktop.exports.word.text import W

SIGNATURE, DATE = "XunchaSignature", "XunchaDate"
_TAIL = (SIGNATURE, DATE, "XunchaAttachment", "XunchaAttachments")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_NAMES = {"w": W[1:-1], "w14": _W14[1:-1]}
_NUMBERED = etree.XPath("descendant::w:p[@w14:paraId or @w14:textId]", namespaces=_NAMES)
_ENDING = etree.XPath(f"descendant::w:pStyle[{' or '.join(f'@w:val={name!r}' for name in _TAIL)}]", namespaces=_NAMES)
_LENGTH = etree.XPath("string-length()")
# 三号 (16 pt) less the style's 0.25 pt, in twentieths of a point: a Han character, a Latin digit.
_HAN, _LATIN = 315, 155
_TWO_CHARACTERS = 2 * _HAN
_STANDARD_WIDTH = 8845  # 156 mm
# A row of more lines may go on over the page: held together it leaves a hole, or is cut off where no page holds it.
_LONG_ROW = 8
_CELL_SIDES, _HALF_SMALL = 170, 120  # twips: what a cell leaves empty, half a character of 小四


def tidy(root: "etree._Element", heard: Callable[[], None]) -> None:
    """Make one rendered part sound: tables with rows, cells with a paragraph, ids used once, blocks in place.

    `heard` is asked between stretches of work, and may end it all.
    """
    for row in list(root.iter(W + "tr")):
        if row.find(f".//{W}tc") is None:
            _remove(row)
    for table in list(root.iter(W + "tbl")):
        if table.find(f".//{W}tr") is None:
            _remove(table)
    for cell in root.iter(W + "tc"):
        if len(cell) == 0 or cell[-1].tag != W + "p":
            etree.SubElement(cell, W + "p")
    for paragraph in _NUMBERED(root):
        for name in ("paraId", "textId"):
            paragraph.attrib.pop(_W14 + name, None)
    heard()
    _renumber_bookmarks(root)
    heard()
    for row in root.iter(W + "tr"):
        _let_split(row)
    for table in list(root.iter(W + "tbl")):
        keep_signatures_with_content(table)
        keep_text_with(table)
        _end_behind(table)
    _place_signature(root)
    _end_sections(root)


def _remove(element: "etree._Element") -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _renumber_bookmarks(root: "etree._Element") -> None:
    """Bookmarks inside a loop come out many times; each gets its own number, and a name of its own."""
    open_ones: dict[str, str] = {}
    names: set[str] = set()
    starts = 0
    for element in root.iter(W + "bookmarkStart", W + "bookmarkEnd"):
        old = element.get(W + "id", "")
        if element.tag == W + "bookmarkEnd":
            element.set(W + "id", open_ones.get(old, old))
            continue
        starts += 1
        open_ones[old] = str(starts)
        element.set(W + "id", open_ones[old])
        name = element.get(W + "name", "")
        if name in names:
            name = f"{name}_{starts}"
            element.set(W + "name", name)
        names.add(name)


def _place_signature(root: "etree._Element") -> None:
    """Set signature and date as the standard says for a document without seal.

    The signature ends two characters before the margin and the date begins two characters after the signature
    does; a date too long for that ends two characters before the margin itself, and the signature moves left.
    """
    tail = list(_tail(root))
    signatures = [paragraph for style, paragraph in tail if style == SIGNATURE]
    dates = [paragraph for style, paragraph in tail if style == DATE]
    if not signatures or not dates:
        return
    keep_text_with(tail[0][1])
    longest = max(_width(paragraph) for paragraph in signatures)
    date = max(_width(paragraph) for paragraph in dates)
    date_right = max(_TWO_CHARACTERS, longest - date)
    signature_right = max(_TWO_CHARACTERS, date_right + date + _TWO_CHARACTERS - longest)
    for paragraph in signatures:
        _indent(paragraph, "right", signature_right)
    for paragraph in dates:
        # From the left: some readers widen the gap between digits and Han, the beginning must not move.
        _indent(paragraph, "left", _text_width(root) - date_right - date)


def _text_width(root: "etree._Element") -> int:
    section = next(root.iter(W + "sectPr"), None)
    size, margins = (None, None) if section is None else (section.find(W + "pgSz"), section.find(W + "pgMar"))
    if size is None or margins is None:
        return _STANDARD_WIDTH
    sides = int(margins.get(W + "left", "0")) + int(margins.get(W + "right", "0"))
    return int(size.get(W + "w", "0")) - sides


def _width(paragraph: "etree._Element") -> int:
    text = "".join(piece.text or "" for piece in paragraph.iter(W + "t"))
    return sum(_HAN if east_asian_width(char) in "WFA" else _LATIN for char in text)


def _indent(paragraph: "etree._Element", side: str, twips: int) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        return
    indent = properties.find(W + "ind")
    if indent is None:
        indent = etree.SubElement(properties, W + "ind")
        _sort_indent(properties, indent)
    indent.set(W + side, str(twips))


def _sort_indent(properties: "etree._Element", indent: "etree._Element") -> None:
    """The schema wants w:ind before these and Word refuses another order."""
    behind = ("contextualSpacing", "mirrorIndents", "jc", "textDirection", "outlineLvl", "rPr", "sectPr")
    for child in properties:
        if child.tag in {W + name for name in behind}:
            child.addprevious(indent)
            return


def _tail(root: "etree._Element") -> "Iterator[tuple[str, etree._Element]]":
    """The paragraphs that end a document, by their styles."""
    for style in _ENDING(root):
        properties = style.getparent()
        paragraph = None if properties is None else properties.getparent()
        if paragraph is not None and paragraph.tag == W + "p":
            yield style.get(W + "val"), paragraph


def _end_behind(table: "etree._Element") -> None:
    """Word wants a paragraph behind the last table; one of a point high needs no page of its own."""
    parent, after = table.getparent(), table.getnext()
    if parent is None or parent.tag != W + "body" or (after is not None and after.tag != W + "sectPr"):
        return
    paragraph = etree.Element(W + "p")
    properties = etree.SubElement(paragraph, W + "pPr")
    line = {W + "before": "0", W + "after": "0", W + "line": "20", W + "lineRule": "exact"}
    etree.SubElement(properties, W + "spacing", line)
    etree.SubElement(etree.SubElement(properties, W + "rPr"), W + "sz", {W + "val": "2"})
    table.addnext(paragraph)


def _let_split(row: "etree._Element") -> None:
    held = row.find(f"{W}trPr/{W}cantSplit")
    if held is not None and any(_lines(cell) > _LONG_ROW for cell in row.iterfind(W + "tc")):
        _remove(held)


def _lines(cell: "etree._Element") -> int:
    """About how many lines a cell's text takes; everything that is not ASCII counts as full width."""
    if len(cell) <= _LONG_ROW and _LENGTH(cell) < 2 * _LONG_ROW:  # most cells: not worth measuring
        return 1
    width = cell.find(f"{W}tcPr/{W}tcW")
    room = max(1, (int(width.get(W + "w", "0")) if width is not None else _STANDARD_WIDTH) - _CELL_SIDES)
    lines = 0
    for paragraph in cell.iterfind(W + "p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(W + "t"))
        half_widths = 2 * len(text) - len(text.encode("ascii", "ignore"))
        lines += max(1, -(-half_widths * _HALF_SMALL // room))
    return lines


def _end_sections(root: "etree._Element") -> None:
    """A section ends with its last printed paragraph, and one the data left empty is no page of its own."""
    for section in list(root.iter(W + "sectPr")):
        properties = section.getparent()
        holder = None if properties is None or properties.tag != W + "pPr" else properties.getparent()
        before = None if holder is None else holder.getprevious()
        if holder is None or shows(holder) or before is None or before.tag != W + "p":
            continue
        target = before.find(W + "pPr")
        if target is None:
            target = etree.Element(W + "pPr")
            before.insert(0, target)
        if target.find(W + "sectPr") is None:
            target.append(section)
            _remove(holder)
    last = root[-1] if len(root) else None
    if root.tag != W + "body" or last is None or last.tag != W + "sectPr":
        return
    behind = list(last.itersiblings(preceding=True))
    empty = []
    for element in behind:
        section = element.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            root.replace(last, section)
            for useless in empty:
                root.remove(useless)
            return
        if shows(element):
            return
        empty.append(element)
