"""Charts of a template over the data: their ranges cover all rows, and what they show at once is what is written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape

from xuncha_desktop.exports.excel.package import Package
from xuncha_desktop.exports.excel.ranges import Block, Stretch, map_references, move_xml_formula, parse_block
from xuncha_desktop.exports.excel.text import escaped
from xuncha_desktop.exports.excel.values import ErrorValue

Shown = str | int | float | Decimal | ErrorValue | None
_PART = re.compile(r"xl/charts/chart\d+\.xml")
# Excel and WPS write these with a prefix, libraries without.
_REFERENCE = re.compile(
    r"<(?P<kind>(?P<p>(?:c:)?)(?:numRef|strRef|multiLvlStrRef))>\s*<(?P=p)f>(?P<formula>[^<]*)</(?P=p)f>"
    r"(?P<rest>.*?)</(?P=kind)>",
    re.DOTALL,
)
_CACHE = re.compile(r"<((?:c:)?(?:numCache|strCache|multiLvlStrCache))>.*?</\1>", re.DOTALL)
_FORMAT = re.compile(r"<(?:c:)?formatCode>([^<]*)<")
_ANCHOR = re.compile(r"<((?:xdr:)?(?:twoCellAnchor|oneCellAnchor))\b.*?</\1>", re.DOTALL)
_ANCHOR_COLUMN = re.compile(r"<(?:xdr:)?col>(\d+)</")
_ANCHOR_ROW = re.compile(r"(<(?:xdr:)?row>)(\d+)(</)")


@dataclass
class Filled:
    """What a chart may ask about one filled sheet: values by column in the data, and by cell beside it."""

    stretch: Stretch
    columns: Mapping[int, Sequence[Shown]]
    fixed: Callable[[int, int], Shown]  # row and column of the template
    totals: Mapping[tuple[int, int], Shown] = field(default_factory=dict)

    def values(self, block: Block) -> list[Shown]:
        """The values of a block of the template at the length it gets, row by row."""
        found: list[Shown] = []
        row = block.top
        while row <= block.bottom:
            columns = range(block.left, block.right + 1)
            if self.stretch.first <= row <= self.stretch.last:
                for at in range(self.stretch.count):
                    found += [_at(self.columns.get(column, ()), at) for column in columns]
                row = self.stretch.last + 1
                continue
            found += [self.totals.get((row, column), self.fixed(row, column)) for column in columns]
            row += 1
        return found


def charted_columns(package: Package, sheet: str) -> set[int]:
    """The columns of a sheet that some chart of the template is drawn from."""
    found = set[int]()

    def note(reference: str) -> str:
        block = parse_block(reference)
        if block and block.sheet == sheet:
            found.update(range(block.left, block.right + 1))
        return reference

    for part in chart_parts(package):
        for match in _REFERENCE.finditer(package.part(part).decode("utf-8")):
            map_references(unescape(match["formula"]), note)
    return found


def chart_parts(package: Package) -> list[str]:
    """The charts of a template, wherever they stand."""
    return [info.filename for info in package.infos if _PART.fullmatch(info.filename)]


def moved_chart(chart: bytes, filled: Sequence[Filled]) -> bytes:
    """A chart over the data; a cache that cannot be made anew goes, and the office program makes it."""

    def reference(match: re.Match[str]) -> str:
        block = parse_block(unescape(match["formula"]))
        sheet = next((one for one in filled if block and block.sheet == one.stretch.sheet), None)
        formula = match["formula"]
        for one in filled:
            formula = move_xml_formula(formula, one.stretch, "")
        kind, prefix, rest = match["kind"], match["p"], match["rest"]
        if sheet is not None and block is not None and not kind.endswith("multiLvlStrRef"):
            rest = _cached(rest, sheet.values(block), prefix, numbers=kind.endswith("numRef"))
        elif formula == match["formula"]:
            return match[0]
        else:
            rest = _CACHE.sub("", rest)
        return f"<{kind}><{prefix}f>{formula}</{prefix}f>{rest}</{kind}>"

    return _REFERENCE.sub(reference, chart.decode("utf-8")).encode("utf-8")


def moved_drawing(drawing: bytes, stretch: Stretch, right: int) -> bytes:
    """Charts, shapes and pictures below the data, which reaches to column `right`, move along; those beside it stay."""
    # A drawing counts rows and columns from 0.

    def anchor(match: re.Match[str]) -> str:
        rows = [int(row) for _, row, _ in _ANCHOR_ROW.findall(match[0])]
        left = _ANCHOR_COLUMN.search(match[0])
        if not rows or left is None or rows[0] < stretch.last or int(left[1]) >= right:
            return match[0]
        by = stretch.end - stretch.last
        return _ANCHOR_ROW.sub(lambda row: f"{row[1]}{int(row[2]) + by}{row[3]}", match[0])

    return _ANCHOR.sub(anchor, drawing.decode("utf-8")).encode("utf-8")


def plain(value: object) -> Shown:
    """A cell of the template as a chart shows it."""
    return value if isinstance(value, str | int | float | None) else str(value)


def _cached(rest: str, values: Sequence[Shown], prefix: str, *, numbers: bool) -> str:
    """What follows a reference, with these values in its cache."""
    name = f"{prefix}{'numCache' if numbers else 'strCache'}"
    shown = [(at, _text(value, numbers=numbers)) for at, value in enumerate(values)]
    points = "".join(f'<{prefix}pt idx="{at}"><{prefix}v>{text}</{prefix}v></{prefix}pt>' for at, text in shown if text)
    known = _FORMAT.search(rest)
    format_ = f"<{prefix}formatCode>{known[1] if known else 'General'}</{prefix}formatCode>" if numbers else ""
    cache = f'<{name}>{format_}<{prefix}ptCount val="{len(values)}"/>{points}</{name}>'
    return _CACHE.sub(lambda _: cache, rest, count=1) if _CACHE.search(rest) else cache + rest


def _text(value: Shown, *, numbers: bool) -> str:
    if value is None or isinstance(value, bool | ErrorValue) or (numbers and isinstance(value, str)):
        return ""
    if isinstance(value, str):
        return escaped(value)
    return f"{value:f}" if isinstance(value, Decimal) else repr(value)


def _at(values: Sequence[Shown], place: int) -> Shown:
    return values[place] if place < len(values) else None
