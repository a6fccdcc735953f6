"""The small parts of a workbook that name cells of a filled sheet: defined names, tables, the calculation chain."""

import re
from collections.abc import Collection, Mapping, Sequence

from xuncha_desktop.decoding.lists.grid import MARK_NAME
from xuncha_desktop.exports.excel.package import attributes
from xuncha_desktop.exports.excel.ranges import Stretch, column_letters, move_reference, move_xml_formula, parse_block
from xuncha_desktop.exports.excel.sheet import filter_area

FilledDown = Mapping[str, tuple[Collection[int], int]]
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


def moved_chain(chain: bytes, workbook: bytes, stretches: Sequence[Stretch], filled_down: FilledDown) -> bytes:
    """The order of calculation with each formula at its new place; a wrong one makes Excel repair the file.

    `filled_down` are the columns whose formulas stand in every row of the data, and how many rows there are, by sheet.
    """
    ids = {attributes(tag)["name"]: attributes(tag)["sheetId"] for tag in _SHEET.findall(workbook)}
    by_id = {ids[stretch.sheet]: stretch for stretch in stretches}
    sheet_id = said = ""

    def link(match: re.Match[str]) -> str:
        nonlocal sheet_id, said
        found = attributes(match[0].encode())
        # An entry without a sheet belongs to the same sheet as the one before it, which may be gone.
        sheet_id = found.get("i", sheet_id)
        block, stretch = parse_block(found["r"]), by_id.get(sheet_id)
        if stretch and block and stretch.touches(block):
            return ""
        sheet, said = "" if sheet_id == said or "i" in found else f'i="{sheet_id}" ', sheet_id
        place = f"{column_letters(block.left)}{stretch.moved(block.top)}" if stretch and block else found["r"]
        return match[0].replace(f'r="{found["r"]}"', f'{sheet}r="{place}"', 1)

    new = "".join(
        f'<c r="{column_letters(column)}{row}" i="{ids[stretch.sheet]}"/>'
        for stretch in stretches
        for column in filled_down[stretch.sheet][0]
        for row in range(stretch.first, stretch.first + filled_down[stretch.sheet][1])
    )
    return _LINK.sub(link, chain.decode("utf-8")).replace("</calcChain>", f"{new}</calcChain>").encode("utf-8")
