"""The XML around the data rows: references moved, totals valued; the rest as it was."""

import re
from collections.abc import Mapping

from xuncha_desktop.exports.excel.layout import Layout
from xuncha_desktop.exports.excel.ranges import (
    Stretch,
    column_letters,
    column_number,
    move_list,
    move_reference,
    move_xml_formula,
    parse_block,
)
from xuncha_desktop.exports.excel.text import escaped
from xuncha_desktop.exports.templates import TemplateFault

Value = int | float | str
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


def fixed_row(
    row: str, stretch: Stretch, formulas: Mapping[tuple[int, int], str], totals: Mapping[tuple[int, int], Value]
) -> str:
    """A row of the template above or below the data, at its new place with its totals valued."""

    def cell(match: re.Match[str]) -> str:
        at = int(match[3]), column_number(match[2])
        place = f"{match[2]}{stretch.moved(at[0])}"
        if at not in formulas or not _formula_moves(match[5] or "", formulas[at], stretch, at in totals):
            return match[0].replace(f'r="{match[2]}{match[3]}"', f'r="{place}"', 1)
        formula = move_xml_formula(escaped_formula(formulas[at]), stretch, stretch.sheet)
        if at not in totals:
            if 't="array"' in (match[5] or ""):
                raise TemplateFault(
                    f"模板的表“{stretch.sheet}”{match[2]}{match[3]} 是数组公式，不能随数据移动；请删去该公式。"
                )
            written = match[0].replace(f'r="{match[2]}{match[3]}"', f'r="{place}"', 1)
            return _FORMULA.sub(lambda _: f"<f>{formula}</f>", written, count=1)
        kept = re.sub(r'\s*\bt="[^"]*"', "", match[1] + match[4]).strip()
        value = totals[at]
        kind = ' t="str"' if isinstance(value, str) else ""
        shown = escaped(value) if isinstance(value, str) else repr(value)
        return f'<c r="{place}"{" " + kept if kept else ""}{kind}><f>{formula}</f><v>{shown}</v></c>'

    moved = _ROW_TAG.sub(lambda match: f"{match[1]}{stretch.moved(int(match[2]))}{match[3]}", row, count=1)
    return _CELL.sub(cell, moved)


def tail(layout: Layout, stretch: Stretch) -> str:
    """Everything after the rows: filters, merges, rules and breaks cover the data."""
    text = _RULES.sub(lambda match: _moved_rule(match[0], stretch), layout.tail)
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


def _formula_moves(content: str, formula: str, stretch: Stretch, is_total: bool) -> bool:
    """Whether a formula cell must be written anew; shared formulas always are, their areas would be wrong."""
    plain = escaped_formula(formula)
    return is_total or 't="shared"' in content or move_xml_formula(plain, stretch, stretch.sheet) != plain


def _moved_rule(rule: str, stretch: Stretch) -> str:
    area = _RULE_AREA.search(rule)
    block = parse_block((area[1] or area[2] or "").split()[0]) if area and (area[1] or area[2]) else None
    anchored = block is not None and block.top <= stretch.last
    return _RULE_FORMULA.sub(
        lambda match: (
            f"<{match[1]}>{move_xml_formula(match[2], stretch, stretch.sheet, anchored=anchored)}</{match[1]}>"
        ),
        rule,
    )
