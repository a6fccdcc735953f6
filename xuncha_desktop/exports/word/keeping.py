"""What stays together on a page: a table with the text before it, signatures with what they are set under."""

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.word.properties import properties_of, put
from xuncha_desktop.exports.word.text import W

_SIGNED = "XunchaSign"  # in a form's box for a signature
_SHOWN = (W + "t", W + "drawing", W + "pict", W + "object", W + "fldChar", W + "sym")


def keep_text_with(block: "etree._Element") -> None:
    """A table, or signature and date, must not stand on a page without the text, or the row, before it."""
    before = block.getprevious()
    while before is not None and before.tag == W + "p":
        _keep_with_next(before)
        if shows(before):
            return
        before = before.getprevious()
    if before is not None and before.tag == W + "tbl" and block.tag == W + "p":
        _keep_row_with_next(before.findall(W + "tr")[-1])


def keep_signatures_with_content(table: "etree._Element") -> None:
    """Nobody signs a sheet of boxes and empty entries: the last row that says something stands on it too."""
    rows = table.findall(W + "tr")
    first = len(rows)
    while first > 0 and (_is_signed(rows[first - 1]) or _says_nothing(rows[first - 1])):
        first -= 1
    if any(_is_signed(row) for row in rows[first:]):
        for row in rows[max(0, first - 1) : -1]:
            _keep_row_with_next(row)


def shows(element: "etree._Element") -> bool:
    """Whether anything of it can be seen on paper."""
    return any(found.tag != W + "t" or found.text for found in element.iter(*_SHOWN))


def _is_signed(row: "etree._Element") -> bool:
    return any(style.get(W + "val") == _SIGNED for style in row.iter(W + "pStyle"))


def _says_nothing(row: "etree._Element") -> bool:
    """A label without an entry."""
    return not any(shows(cell) for cell in row.findall(W + "tc")[1:])


def _keep_row_with_next(row: "etree._Element") -> None:
    for paragraph in row.iter(W + "p"):
        _keep_with_next(paragraph)


def _keep_with_next(paragraph: "etree._Element") -> None:
    put(properties_of(paragraph), "keepNext")
