"""Fields of a Word file that could run a program or fetch something: all but those that are known to be harmless."""

import re
from collections.abc import Iterator

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Computed from the document itself, without a file, a program or a network.
_NAMES = (
    "= PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF REF NOTEREF STYLEREF SEQ TOC TC INDEX XE DATE TIME CREATEDATE"
    " SAVEDATE PRINTDATE EDITTIME TITLE SUBJECT AUTHOR KEYWORDS COMMENTS LASTSAVEDBY FILENAME FILESIZE NUMWORDS"
    " NUMCHARS REVNUM DOCPROPERTY INFO SYMBOL EQ ADVANCE LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT BIDIOUTLINE QUOTE IF"
    " COMPARE MERGEFIELD FORMTEXT FORMCHECKBOX FORMDROPDOWN"
)
_HARMLESS = frozenset(_NAMES.split(" "))
_INNER = "\0"  # stands where another field's result becomes part of a code
_CODE = re.compile(rf"\s*(=|[A-Za-z]+(?![\w{_INNER}]))")
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\b|"?(?:https?://|mailto:|#))', re.IGNORECASE)
_MOST_SHOWN = 20


def harmful(root: "etree._Element") -> Iterator[tuple["etree._Element", str]]:
    """Where each such field begins, and the beginning of its code."""
    for element, code in _codes(root):
        found = _CODE.match(code)
        name = found[1].upper() if found else ""
        if code.strip() and name not in _HARMLESS and not _LINK.match(code):
            yield element, name or " ".join(code.replace(_INNER, "…").split())[:_MOST_SHOWN]


def _codes(root: "etree._Element") -> Iterator[tuple["etree._Element", str]]:
    """The code of every field, also of those that nobody closed."""
    open_: list[tuple[etree._Element, list[str]]] = []
    told: list[bool] = []  # of each open field: whether its code is behind us
    for element in root.iter(_W + "fldChar", _W + "instrText", _W + "delInstrText", _W + "fldSimple"):
        kind = element.get(_W + "fldCharType")
        inside = bool(open_) and not told[-1]
        if element.tag == _W + "fldSimple" or kind == "begin":
            if inside:
                open_[-1][1].append(_INNER)
            if kind == "begin":
                open_.append((element, []))
                told.append(False)
            else:
                yield element, element.get(_W + "instr") or ""
        elif kind is None:
            if inside:
                open_[-1][1].append(element.text or "")
            elif not open_:
                yield element, element.text or ""
        elif open_:
            if not told[-1]:
                yield open_[-1][0], "".join(open_[-1][1])
                told[-1] = True
            if kind == "end":
                open_.pop()
                told.pop()
    for (element, code), is_told in zip(open_, told, strict=True):
        if not is_told:
            yield element, "".join(code)
