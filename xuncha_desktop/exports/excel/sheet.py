"""The XML around the data rows: references moved, totals valued; the rest as it was."""

import re
from collections.abc import Collection, Mapping

from xuncha_desktop.exports.excel.layout import Layout
from xuncha_desktop.exports.excel.ranges import (
    Stretch,
    column_letters,
    column_number,
    move_formulas,
    move_list,
    move_reference,
    move_xml_formula,
    parse_block,
)
from xuncha_desktop.exports.excel.text import escaped
from xuncha_desktop.exports.excel.values import ErrorValue
from xuncha_desktop.exports.templates import TemplateFault

Value = int | float | str | ErrorValue
Place = tuple[int, int]  # row and column of the template
Moves = Collection[Stretch]
_ROW = re.compile(r"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_ROW_TAG = re.compile(r'(<row\b[^>]*?\br=")(\d+)(")')
_CELL = re.compile(r'<c\b([^>]*?)\br="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>.*?</f>)", re.DOTALL)
_RULES = re.compile(r"<((?:x14:)?(?:conditionalFormatting|dataValidation))\b[^>]*[^/]>.*?</\1>", re.DOTALL)
_RULE_FORMULA = re.compile(r"<(formula[12]?|xm:f)>([^<]*)</\1>")
_RULE_AREA = re.compile(r'sqref="([^"]*)"|<xm:sqref>([^<]*)</xm:sqref>')
_AREA = re.compile(r'(\b(?:sq)?ref=")([^"]*)(")')
_EXTENSION_AREA = re.compile(r"(<xm:sqref>)([^<]*)(</xm:sqref>)")
_FILTER = re.compile(r'<autoFilter\b[^>]*?\bref="([^"]*)"')
_BREAKS = re.compile(r"<rowBreaks\b.*?</rowBreaks>", re.DOTALL)
_BREAK = re.compile(r'(<brk\b[^>]*?\bid=")(\d+)(")')


def head(layout: Layout, stretch: Stretch) -> str:
    """Everything before the rows; only the used area grows."""
    return re.sub(
        r'(<dimension\b[^>]*?\bref=")([^"]*)(")',
        lambda match: match[1] + move_list(match[2], stretch) + match[3],
        layout.head,
        count=1,
    )


def fixed_row(row: str, own: Stretch, texts: Mapping[Place, str], values: Mapping[Place, Value], moves: Moves) -> str:
    """A row of the template that is no data, at its new place with its formulas moved and valued."""

    def cell(match: re.Match[str]) -> str:
        at, content = (int(match[3]), column_number(match[2])), match[5] or ""
        place = f"{match[2]}{own.moved(at[0])}"
        written = match[0].replace(f'r="{match[2]}{match[3]}"', f'r="{place}"', 1)
        if at not in texts:
            return written
        formula = move_formulas(texts[at], moves, own.sheet)
        if at in values:
            kept = re.sub(r'\s*\bt="[^"]*"', "", match[1] + match[4]).strip()
            return valued_cell(place, kept, formula, values[at])
        # Shared formulas are always written out, their areas would be wrong.
        if formula == texts[at] and 't="shared"' not in content:
            return written
        if 't="array"' in content:
            raise TemplateFault(f"模板的表“{own.sheet}”{match[2]}{match[3]} 是数组公式，不能随数据移动；请删去该公式。")
        return _FORMULA.sub(lambda _: f"<f>{escaped_formula(formula)}</f>", written, count=1)

    moved = _ROW_TAG.sub(lambda match: f"{match[1]}{own.moved(int(match[2]))}{match[3]}", row, count=1)
    return _CELL.sub(cell, moved)


def valued_cell(place: str, kept: str, formula: str, value: Value) -> str:
    """A cell with a formula and its value; `kept` are further attributes."""
    kind, shown = "", repr(value)
    if isinstance(value, bool):
        kind, shown = ' t="b"', str(int(value))
    elif isinstance(value, str):
        kind, shown = ' t="str"', escaped(value)
    elif isinstance(value, ErrorValue):
        kind, shown = ' t="e"', value.code
    return f'<c r="{place}"{" " + kept if kept else ""}{kind}><f>{escaped_formula(formula)}</f><v>{shown}</v></c>'


def other_sheet(
    source: str, own: Stretch, texts: Mapping[Place, str], values: Mapping[Place, Value], moves: Moves
) -> str:
    """A sheet without data rows whose formulas and rules look at sheets that have some; `own` moves nothing."""
    text = _ROW.sub(lambda match: fixed_row(match[0], own, texts, values, moves), source) if texts else source
    return _RULES.sub(lambda match: _moved_rule(match[0], own, moves), text)


def tail(layout: Layout, stretch: Stretch, moves: Moves) -> str:
    """Everything after the rows: filters, merges, rules and breaks cover the data."""
    text = _RULES.sub(lambda match: _moved_rule(match[0], stretch, moves), layout.tail)
    filtered = _FILTER.search(text)
    text = _AREA.sub(lambda match: match[1] + move_list(match[2], stretch) + match[3], text)
    text = _EXTENSION_AREA.sub(lambda match: match[1] + move_list(match[2], stretch) + match[3], text)
    if filtered:
        moved = _FILTER.search(text)
        whole = filter_area(filtered[1], stretch)
        text = text[: moved.start(1)] + whole + text[moved.end(1) :] if moved else text
    return _BREAKS.sub(
        lambda block: _BREAK.sub(lambda match: f"{match[1]}{stretch.moved(int(match[2]))}{match[3]}", block[0]), text
    )


def filter_area(area: str, stretch: Stretch) -> str:
    """Where a filter ends up; one that covers only the header covers the data as well."""
    sheet, _, cells = area.rpartition("!")
    block = parse_block(cells)
    if block is None or block.bottom != stretch.header:
        return move_reference(area, stretch)
    fixed = "$" if "$" in cells else ""
    start = f"{fixed}{column_letters(block.left)}{fixed}{block.top}"
    return f"{sheet}{'!' if sheet else ''}{start}:{fixed}{column_letters(block.right)}{fixed}{stretch.end}"


def escaped_formula(formula: str) -> str:
    """A formula as it stands in XML."""
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _moved_rule(rule: str, own: Stretch, moves: Moves) -> str:
    area = _RULE_AREA.search(rule)
    block = parse_block((area[1] or area[2] or "").split()[0]) if area and (area[1] or area[2]) else None
    anchored = block is not None and block.top <= own.last

    def formula(match: re.Match[str]) -> str:
        text = match[2]
        for stretch in moves:
            text = move_xml_formula(text, stretch, own.sheet, anchored=anchored and stretch.sheet == own.sheet)
        return f"<{match[1]}>{text}</{match[1]}>"

    return _RULE_FORMULA.sub(formula, rule)
