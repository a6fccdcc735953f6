"""Lists and tables out of paragraphs that say what they are: a point, a row's first cell, a further one."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from docx.document import Document
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.word.bookmarks import W
from xuncha_desktop.exports.word.numbering import Numbering
from xuncha_desktop.exports.word.properties import properties_of, put

_KIND = "kind"  # of a paragraph, until it is set
_IN_TABLES = "XunchaTableText"  # the style of our official page; a template without it keeps its own
_TEXT_WIDTH, _CELL_MARGIN = 8845, 85  # twentieths of a point: 156 mm, 1.5 mm
_LINE = "579"  # 28.95 pt
_ROOM, _NARROWEST, _WIDEST = 2, 6, 32  # columns are as wide as their longest cell, in half-width characters
_SHOWN = (W + "t", W + "drawing", W + "pict", W + "object", W + "fldChar", W + "sym")
_NUMBER = re.compile(r"[-+]?\d[\d,.]*[%％]?")
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def note(paragraph: "etree._Element", kind: str) -> None:
    """Remember what a paragraph is: i, m1; … (a point), r, x (a cell), z (behind a table)."""
    paragraph.set(_KIND, kind)


def is_free(paragraph: "etree._Element", text: "etree._Element") -> bool:
    """Whether nothing stands before this text in its paragraph, which then may become a point or cell as it is."""
    if paragraph.get(_KIND):
        return False
    for found in paragraph.iter(*_SHOWN):
        if found is text:
            return True
        if found.tag != W + "t" or found.text:
            return False
    return True


class Setting:
    """What is set in one document; its lists are written in the end."""

    def __init__(self, document: Document) -> None:
        """Take the document with its styles."""
        self.numbering = Numbering(document)
        styles = document.styles.element.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next((s for s in styles if s.get(W + "default") == "1"), None)

    def set(self, root: "etree._Element") -> None:
        """Make lists and tables of the paragraphs that were noted."""
        made: list[etree._Element] = []
        behind: list[etree._Element] = []
        for paragraph in [found for found in root.iter(W + "p") if found.get(_KIND)]:
            kind = paragraph.attrib.pop(_KIND)
            if kind == "z":
                behind.append(paragraph)
            elif kind in ("r", "x"):
                table = paragraph.getprevious()
                if table is None or table not in made[-1:]:
                    table = etree.Element(W + "tbl")
                    paragraph.addprevious(table)
                    made.append(table)
                self._put_cell(table, paragraph, begins_row=kind == "r")
            else:
                self._make_point(paragraph, int(kind.strip("mi;") or 0))
        for table in made:
            _draw(table)
        for paragraph in behind:
            _settle(paragraph)

    def _make_point(self, paragraph: "etree._Element", number: int) -> None:
        """A point begins where a line of the body does: said here, since a list would have an indent of its own."""
        properties = properties_of(paragraph)
        points = put(properties, "numPr")
        etree.SubElement(points, W + "ilvl", {W + "val": "0"})
        etree.SubElement(points, W + "numId", {W + "val": self.numbering.of(number)})
        indent = put(properties, "ind")
        style = properties.find(W + "pStyle")
        for name, value in self._indent(None if style is None else style.get(W + "val")).items():
            if name not in indent.attrib:
                indent.set(name, value)

    def _indent(self, style: str | None) -> dict[str, str]:
        """The indent of a style, with what it takes from those it is based on."""
        found = {W + "left": "0", W + "firstLine": "0"}
        above = self._styles.get(style or "", self._default)
        chain: list[etree._Element] = []
        while above is not None and above not in chain:
            chain.append(above)
            based = above.find(W + "basedOn")
            above = None if based is None else self._styles.get(based.get(W + "val", ""))
        for one in reversed(chain):
            indent = one.find(f"{W}pPr/{W}ind")
            found |= {} if indent is None else dict(indent.attrib)
        return found

    def _put_cell(self, table: "etree._Element", paragraph: "etree._Element", *, begins_row: bool) -> None:
        row = self._begin_row(table) if begins_row else table[-1]
        properties = properties_of(paragraph)
        for name in ("keepNext", "keepLines", "pageBreakBefore"):
            if (found := properties.find(W + name)) is not None:
                properties.remove(found)
        if _IN_TABLES in self._styles:
            put(properties, "pStyle", val=_IN_TABLES)
        put(properties, "ind", left="0", right="0", firstLine="0", firstLineChars="0")
        put(properties, "jc", val="left")
        etree.SubElement(row, W + "tc").append(paragraph)

    def _begin_row(self, table: "etree._Element") -> "etree._Element":
        """On the official page a row is as high as a line of the body."""
        row = etree.SubElement(table, W + "tr")
        if _IN_TABLES in self._styles:
            height = etree.SubElement(etree.SubElement(row, W + "trPr"), W + "trHeight")
            height.set(W + "val", _LINE)
            height.set(W + "hRule", "atLeast")
        return row


def _settle(paragraph: "etree._Element") -> None:
    """What stands behind a table begins with this paragraph; an empty one goes where the table needs none behind it."""
    behind, properties = paragraph.getnext(), properties_of(paragraph)
    if any(found.tag != W + "t" or found.text for found in paragraph.iter(*_SHOWN)):
        return
    if behind is not None and behind.tag == W + "p" and properties.find(W + "sectPr") is None:
        for child in list(paragraph):
            if child.tag in (W + "bookmarkStart", W + "bookmarkEnd"):
                behind.insert(0 if behind.find(W + "pPr") is None else 1, child)
        paragraph.getparent().remove(paragraph)
    else:  # a table must not touch another one or the end of a cell
        put(properties, "spacing", before="0", after="0", line="20", lineRule="exact")
        put(properties, "snapToGrid", val="0")


def _draw(table: "etree._Element") -> None:
    """Borders and widths: as wide as the text around it, columns by what stands in them."""
    widths = _widths(table)
    look = etree.Element(W + "tblPr")
    etree.SubElement(look, W + "tblW", {W + "w": str(sum(widths)), W + "type": "dxa"})
    borders = etree.SubElement(look, W + "tblBorders")
    for edge in _EDGES:
        etree.SubElement(borders, W + edge, {W + "val": "single", W + "sz": "4", W + "space": "0", W + "color": "auto"})
    etree.SubElement(look, W + "tblLayout", {W + "type": "fixed"})
    margins = etree.SubElement(look, W + "tblCellMar")
    for side in ("left", "right"):
        etree.SubElement(margins, W + side, {W + "w": str(_CELL_MARGIN), W + "type": "dxa"})
    grid = etree.Element(W + "tblGrid")
    for width in widths:
        etree.SubElement(grid, W + "gridCol", {W + "w": str(width)})
    for order, row in enumerate(table):
        for cell, width in zip(_cells(row), widths, strict=True):
            if order == 0 or _NUMBER.fullmatch("".join(t.text or "" for t in cell.iter(W + "t"))):
                put(properties_of(cell[0]), "jc", val="center")
            place = etree.Element(W + "tcPr")
            etree.SubElement(place, W + "tcW", {W + "w": str(width), W + "type": "dxa"})
            etree.SubElement(place, W + "vAlign", {W + "val": "center"})
            cell.insert(0, place)
    table.insert(0, grid)
    table.insert(0, look)


def _widths(table: "etree._Element") -> Sequence[int]:
    longest = [0] * len(_cells(table[0]))
    for row in table:
        for column, cell in enumerate(_cells(row)):
            longest[column] = max(longest[column], _length(cell))
    shares = [min(max(length + _ROOM, _NARROWEST), _WIDEST) for length in longest]
    room = _room(table)
    widths = [room * share // sum(shares) for share in shares]
    widths[-1] += room - sum(widths)
    return widths


def _cells(row: "etree._Element") -> list["etree._Element"]:
    return row.findall(W + "tc")


def _length(cell: "etree._Element") -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for t in cell.iter(W + "t") for sign in t.text or "")


def _room(table: "etree._Element") -> int:
    """How wide the cell around is, or else the page."""
    around = next(table.iterancestors(W + "tc"), None)
    width = around.find(f"{W}tcPr/{W}tcW") if around is not None else None
    if width is None or width.get(W + "type") != "dxa":
        return _TEXT_WIDTH
    return max(int(width.get(W + "w", "0")) - 4 * _CELL_MARGIN, _TEXT_WIDTH // 4)
