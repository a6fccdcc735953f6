"""The small parts of a workbook that name cells of a filled sheet: defined names, tables, the calculation chain."""

import re
from collections.abc import Sequence

from xuncha_desktop.decoding.lists.grid import MARK_NAME
from xuncha_desktop.exports.excel.package import attributes
from xuncha_desktop.exports.excel.ranges import Stretch, column_letters, move_reference, move_xml_formula, parse_block
from xuncha_desktop.exports.excel.sheet import filter_area

_NAME = re.compile(r"(<definedName\b[^>]*>)([^<]*)(</definedName>)")
_TABLE_AREA = re.compile(r'(<(?:table|autoFilter|sortState|sortCondition)\b[^>]*?\bref=")([^"]*)(")')
_LINK = re.compile(r"<c\b[^>]*/>")
_SHEET = re.compile(rb"<sheet\b[^>]*/>")
_OUR_NAME = re.compile(rf'<definedName\b[^>]*\bname="{MARK_NAME}"[^>]*>[^<]*</definedName>')
# The names stand behind these, in this order.
_BEFORE_NAMES = re.compile(
    r"</sheets>(?:\s*<functionGroups\b.*?</functionGroups>)?(?:\s*<externalReferences\b.*?</externalReferences>)?",
    re.DOTALL,
)


def moved_names(workbook: bytes, stretches: Sequence[Stretch]) -> bytes:
    """The workbook part with the defined names (print areas, filters, the user's own) over the data."""

    def name(match: re.Match[str]) -> str:
        text = match[2]
        for stretch in stretches:
            block = parse_block(text)
            if "_xlnm._FilterDatabase" in match[1] and block and block.sheet == stretch.sheet:
                text = filter_area(text, stretch)
            else:
                text = move_xml_formula(text, stretch, "")
        return match[1] + text + match[3]

    return _NAME.sub(name, workbook.decode("utf-8")).encode("utf-8")


def shown_sheet(workbook: bytes, sheet: str) -> bytes:
    """The workbook part with one sheet no longer hidden."""

    def show(match: re.Match[bytes]) -> bytes:
        tag = match[0]
        return re.sub(rb'\s+state="[^"]*"', b"", tag) if attributes(tag)["name"] == sheet else tag

    return _SHEET.sub(show, workbook)


def marked(workbook: bytes, sheet: str, mark: str) -> bytes:
    """The workbook part with a hidden name of one sheet that says which export it comes from.

    A name of the sheet stays with it when rows are sorted, columns move, or the sheet is copied into another workbook.
    """
    text = _OUR_NAME.sub("", workbook.decode("utf-8"))
    place = [attributes(tag)["name"] for tag in _SHEET.findall(workbook)].index(sheet)
    name = f'<definedName name="{MARK_NAME}" localSheetId="{place}" hidden="1">"{mark}"</definedName>'
    if "</definedNames>" in text:
        return text.replace("</definedNames>", f"{name}</definedNames>", 1).encode("utf-8")
    text = re.sub(r"<definedNames\s*/>", "", text)
    return _BEFORE_NAMES.sub(lambda found: f"{found[0]}<definedNames>{name}</definedNames>", text, count=1).encode()


def moved_table(table: bytes, stretch: Stretch) -> bytes:
    """A table part whose area covers the data."""
    text = table.decode("utf-8")
    moved = _TABLE_AREA.sub(lambda match: match[1] + move_reference(match[2], stretch) + match[3], text)
    return moved.encode("utf-8")


def moved_chain(chain: bytes, workbook: bytes, stretches: Sequence[Stretch]) -> bytes:
    """The order of calculation with each formula at its new place; a wrong one makes Excel repair the file."""
    by_id = {
        attributes(tag)["sheetId"]: stretch
        for tag in _SHEET.findall(workbook)
        for stretch in stretches
        if attributes(tag)["name"] == stretch.sheet
    }
    sheet_id = ""

    def link(match: re.Match[str]) -> str:
        nonlocal sheet_id
        found = attributes(match[0].encode())
        # An entry without a sheet belongs to the same sheet as the one before it.
        sheet_id = found.get("i", sheet_id)
        block = parse_block(found["r"])
        if sheet_id not in by_id or block is None:
            return match[0]
        place = f"{column_letters(block.left)}{by_id[sheet_id].moved(block.top)}"
        return match[0].replace(f'r="{found["r"]}"', f'r="{place}"', 1)

    return _LINK.sub(link, chain.decode("utf-8")).encode("utf-8")
