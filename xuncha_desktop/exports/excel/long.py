"""The sheet 长文本: what does not fit into a cell, piece by piece, one paper still one row of its ledger."""

from collections.abc import Iterator, Sequence

from xuncha_desktop.exports.templates import TemplateFault

LONG_SHEET = "长文本"
LONG_TITLES = ("所在表", "所在行", "所在列", "段", "文字")


class LongTexts:
    """Collects the later pieces of long texts and knows the row each will stand in."""

    def __init__(self, template: str, first_row: int) -> None:
        self._template, self._first_row = template, first_row
        self._rows = list[dict[str, str | int]]()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, str | int]]:
        return iter(self._rows)

    def add(self, sheet: str, row: int, title: str, rest: Sequence[str]) -> int:
        """Keep the pieces after the first one; return the row of 长文本 that the first of them gets."""
        if not self._first_row:
            raise TemplateFault(
                f"表“{sheet}”第 {row} 行“{title}”列的文字超过一个单元格的上限，"
                f"而模板“{self._template}”里没有“{LONG_SHEET}”表；"
                "请恢复默认模板，或在模板中加上这张表。"
            )
        start = self._first_row + len(self._rows)
        for index, piece in enumerate(rest):
            self._rows.append(dict(zip(LONG_TITLES, (sheet, row, title, index + 2, piece), strict=True)))
        return start
