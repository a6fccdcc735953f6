"""What ledgers have in common: values as cells hold them, and the template filled with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuncha_desktop.exports.excel.fill import MOST_GROUPS, SheetRows, Value, fill
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Field, Kind
from xuncha_desktop.model.show import show

SUFFIX = ".xlsx"
_AS_THEY_ARE = (Kind.INT, Kind.MONEY, Kind.YUAN, Kind.DATE, Kind.BOOL)


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger ready to be written."""

    inspection: str
    papers: int | None  # how many papers went in; None where it is not made of papers
    template: Path
    sheets: tuple[SheetRows, ...]
    mark: str = ""  # the export's id, for a ledger that can be read back
    printed: Mapping[str, Any] | None = None  # what its export record keeps of the cells


def cell(described: Field, value: Any, names: Mapping[str, str]) -> Value:
    """Numbers, money (分), days and yes or no as they are; everything else as people read it."""
    return value if described.kind in _AS_THEY_ARE else show(described, value, names)


def write(file: LedgerFile, target: Path, progress: Progress) -> tuple[str, ...]:
    """Fill the template and read it back; sentences on empty columns, columns with no place, rows too high."""
    notes: list[str] = []
    for sheet in fill(file.template, target, file.sheets, progress, file.mark):
        if sheet.unknown:
            notes.append(f"模板的表“{sheet.name}”中这些列没有对应的内容，已留空：{'、'.join(sheet.unknown)}")
        if sheet.absent:
            notes.append(f"模板的表“{sheet.name}”没有这些列，未写入：{'、'.join(sheet.absent)}")
        if sheet.left_out:
            odd = "很长的、像数字或带 * ? = 等符号的也不单列"
            notes.append(f"表“{sheet.name}”另有 {sheet.left_out} 项没有单独成行（至多 {MOST_GROUPS} 项；{odd}）")
        if sheet.cut:
            notes.append(
                f"表“{sheet.name}”有 {sheet.cut} 行的文字超过一行的最大高度，打印不全；打印前请加宽文字所在的列"
            )
    return tuple(notes)
